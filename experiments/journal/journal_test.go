package journal

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func identity() []byte { return []byte("study-1 of file A") }

// sample holds one record of each kind and of each odd size.
func sample() []Record {
	return []Record{
		{0, space.Point{0, 5, 300}, simulators.OK(1.5, -2, math.MaxFloat64)},
		{1, space.Point{1, 0, 0}, simulators.Infeasible("filter larger than its input", 0.25)},
		{2, space.Point{1, 1, 1 << 40}, simulators.Failed("panic: ∞")},
		{3, space.Point{}, simulators.Result{Values: []float64{}}},
	}
}

// write makes a journal of the records and returns its path.
func write(t testing.TB, records []Record, finish bool) string {
	path := filepath.Join(t.TempDir(), "study.journal")
	w, err := Create(path, identity())
	require.NoError(t, err)
	for _, r := range records {
		require.NoError(t, w.Record(r.ID, r.Point, r.Result))
	}
	if finish {
		require.NoError(t, w.Finish())
	}
	require.NoError(t, w.Close())
	return path
}

// read is everything that a reader gives.
func read(t testing.TB, r *Reader) ([]Record, error) {
	var records []Record
	for rec, err := range r.Records() {
		if err != nil {
			return records, err
		}
		records = append(records, rec)
	}
	return records, nil
}

func open(t testing.TB, path string) *Reader {
	r, err := Open(path, identity())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

func TestReadsBackWhatWasWritten(t *testing.T) {
	for _, finish := range []bool{false, true} {
		r := open(t, write(t, sample(), finish))
		records, err := read(t, r)
		require.NoError(t, err)
		require.Equal(t, sample(), records)
		require.Equal(t, finish, r.Complete())
		require.Equal(t, 4, r.Len())
		_, ok, err := r.Next()
		require.NoError(t, err)
		require.False(t, ok)
	}
}

func TestFormatIsFixed(t *testing.T) {
	b, err := os.ReadFile(write(t, sample()[1:1], true))
	require.NoError(t, err)
	require.Equal(t, "CDSGNJNL\x01\x00\x00\x00\x11\x00\x00\x00study-1 of file Ag5\x9d\xcc"+
		"\x02\x00\x00\x00\x04\x00\x95\xbd,\xc2", string(b))
	b = appendRecord(nil, 2, space.Point{1, 300}, &simulators.Result{Failed: "no"})
	require.Equal(t, "\x09\x00\x00\x00\x03\x02\x02\x01\xac\x02\x02no", string(b[:13]))
}

func TestCreateNeverOverwrites(t *testing.T) {
	path := write(t, sample(), false)
	_, err := Create(path, identity())
	require.ErrorIs(t, err, fs.ErrExist)
	records, err := read(t, open(t, path))
	require.NoError(t, err)
	require.Len(t, records, 4)
}

func TestOtherIdentityIsRefused(t *testing.T) {
	path := write(t, sample(), false)
	for name, open := range map[string]func() error{
		"open":   func() error { _, err := Open(path, []byte("other")); return err },
		"resume": func() error { _, err := Resume(path, []byte("other")); return err },
	} {
		err := open()
		mismatch, ok := errors.AsType[*IdentityError](err)
		require.True(t, ok, name)
		require.Equal(t, identity(), mismatch.Got)
		require.ErrorContains(t, err, "the folder "+filepath.Dir(path)+" belongs to another experiment file")
	}
	r, err := Open(path, nil)
	require.NoError(t, err)
	records, err := read(t, r)
	require.NoError(t, err)
	require.Len(t, records, 4)
	require.NoError(t, r.Close())
}

func TestBadFilesAreNamed(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"not a journal", "name = \"toml\"\n", `study.journal: not a journal: it does not start with "CDSGNJNL"`},
		{"later version", "CDSGNJNL\x02\x00\x00\x00\x01\x00\x00\x00ABCDE", "format version 2 is not 1"},
		{"damaged header", "CDSGNJNL\x01\x00\x00\x00\x01\x00\x00\x00ABCDE", "corrupt at byte 0: the header is damaged"},
		{"huge identity", "CDSGNJNL\x01\x00\x00\x00\xff\xff\xff\xffABCDE", "corrupt at byte 0: the header is damaged"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "study.journal")
			require.NoError(t, os.WriteFile(path, []byte(test.content), 0o644))
			_, err := Open(path, identity())
			require.ErrorContains(t, err, test.want)
			_, err = Resume(path, identity())
			require.ErrorContains(t, err, test.want)
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, test.content, string(after))
		})
	}
	_, err := Open(filepath.Join(t.TempDir(), "none"), identity())
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = Resume(filepath.Join(t.TempDir(), "none"), identity())
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = Create(filepath.Join(t.TempDir(), "a"), nil)
	require.ErrorContains(t, err, "an identity of 0 bytes out of range [1, 1024]")
}

func TestUnwritableFolderIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing", "study.journal")
	_, err := Create(path, identity())
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, path)
	if os.Geteuid() != 0 { // root may write anywhere
		folder := t.TempDir()
		require.NoError(t, os.Chmod(folder, 0o500))
		_, err = Create(filepath.Join(folder, "study.journal"), identity())
		require.ErrorIs(t, err, fs.ErrPermission)
	}
}

func TestRecordRefusesWhatCannotBeReadBack(t *testing.T) {
	w, err := Create(filepath.Join(t.TempDir(), "study.journal"), identity())
	require.NoError(t, err)
	require.ErrorContains(t, w.Record(1, nil, simulators.OK()), "record 1 out of order: the next one is 0")
	require.ErrorContains(t, w.Record(0, space.Point{0, -1}, simulators.OK()), "record 0: level -1 of axis 1 is negative")
	require.ErrorContains(t, w.Record(0, nil, simulators.Failed(strings.Repeat("x", MaxRecordBytes))), "exceeds 1048576")
	require.NoError(t, w.Record(0, nil, simulators.Failed(strings.Repeat("x", MaxRecordBytes-6))))
	require.Equal(t, 1, w.Len())
	require.NoError(t, w.Finish())
	require.NoError(t, w.Finish())
	require.ErrorContains(t, w.Record(1, nil, simulators.OK()), "complete with 1 records: nothing can follow")
	require.NoError(t, w.Close())
	records, err := read(t, open(t, w.path))
	require.NoError(t, err)
	require.Len(t, records[0].Result.Failed, MaxRecordBytes-6)
}
