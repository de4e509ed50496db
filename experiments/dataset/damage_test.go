package dataset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"
)

func TestOpenNamesTheBadPart(t *testing.T) {
	good := parts(t, writeArray(t, small(), 30, 30)) // three parts
	other := parts(t, writeArray(t, small(), 20, 30))
	plain := filepath.Join(t.TempDir(), "plain.parquet")
	require.NoError(t, parquet.WriteFile(plain, []Timing{{}}))
	later := filepath.Join(t.TempDir(), "later.parquet")
	require.NoError(t, parquet.WriteFile(later, []Timing{{}}, parquet.KeyValueMetadata(versionKey, "9")))
	content := func(path string) string {
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		return string(b)
	}
	one := partName(1)
	tests := []struct {
		name    string
		file    string // is changed
		content string // empty = removed
		want    string
	}{
		{"first missing", partName(0), "", "part-00000.parquet is missing: the next part is part-00001.parquet"},
		{"middle missing", one, "", "part-00001.parquet is missing: the next part is part-00002.parquet"},
		{"last missing", partName(2), "", "part-00002.parquet is missing: part-00001.parquet is not the last part"},
		{"one too many", partName(3), good[partName(2)], `part-00002.parquet: the last of 3 parts, but 4 are there`},
		{"not Parquet", one, "name = \"experiment\"", `part-00001.parquet: not a whole Parquet file: it does not start with "PAR1"`},
		{"empty", one, "P", `part-00001.parquet: not a whole Parquet file: 1 bytes`},
		{"cut short", one, good[one][:len(good[one])-9], `part-00001.parquet: not a whole Parquet file: it does not end with "PAR1": cut short`},
		{"footer too long", one, "PAR1PAR1\xff\xff\xff\x7fPAR1", `a footer of 2147483647 bytes in a file of 16`},
		{"not a dataset", partName(0), content(plain), "part-00000.parquet: a Parquet file, but not of a dataset: it has no codesign.schema_version"},
		{"later version", partName(0), content(later), `part-00000.parquet: schema version "9" is not "1", the only one that this program reads`},
		{"other place", one, good[partName(2)], `part-00001.parquet: it is part "2" by its metadata`},
		{"same dataset twice", one, other[partName(0)], `part-00001.parquet: it is part "0" by its metadata`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, b := range good {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(b), 0o644))
			}
			if test.content == "" {
				require.NoError(t, os.Remove(filepath.Join(dir, test.file)))
			} else {
				require.NoError(t, os.WriteFile(filepath.Join(dir, test.file), []byte(test.content), 0o644))
			}
			_, err := Open(dir)
			require.ErrorContains(t, err, test.want)
			require.ErrorContains(t, err, dir)
		})
	}
	_, err := Open(t.TempDir())
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "no dataset: it holds no part-00000.parquet")
}

// damaged opens a one-part dataset of the given bytes and reads it to its end.
func damaged(t *testing.T, dir, b string) (rows int, err error) {
	require.NoError(t, os.WriteFile(filepath.Join(dir, partName(0)), []byte(b), 0o644))
	r, err := Open(dir)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for _, err := range r.Rows() {
		if err != nil {
			return rows, err
		}
		rows++
	}
	return rows, nil
}

func TestCutFilesAreErrors(t *testing.T) {
	whole, dir := parts(t, writeArray(t, version1(), 20, 20))[partName(0)], t.TempDir()
	for length := 0; length < len(whole); length += 11 {
		_, err := damaged(t, dir, whole[:length])
		require.ErrorContains(t, err, "part-00000.parquet: not a whole Parquet file", "cut at %d", length)
	}
}

func TestFlippedBytesNeverPanic(t *testing.T) {
	whole, dir := parts(t, writeArray(t, version1(), 20, 20))[partName(0)], t.TempDir()
	unnoticed := 0
	for at := 0; at < len(whole); at += 3 {
		b := []byte(whole)
		b[at] ^= 0x55
		if _, err := damaged(t, dir, string(b)); err == nil {
			unnoticed++
		} else {
			require.True(t, strings.Contains(err.Error(), "part-00000.parquet") || strings.Contains(err.Error(), dir), err)
		}
	}
	require.Less(t, unnoticed, len(whole)/6, "pages carry checksums, the footer none")
}
