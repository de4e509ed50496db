package files_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/files"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func TestOriginIsOfTheContent(t *testing.T) {
	content, origin, err := files.Read("table", write(t, "abc"), 3)
	require.NoError(t, err)
	require.Equal(t, "abc", string(content))
	require.Equal(t, "+table.ba7816bf8f01", origin) // SHA-256 of "abc": ba7816bf 8f01cfea …
	text, same, err := files.ReadTable("table", write(t, "abc"))
	require.NoError(t, err)
	require.Equal(t, "abc", text)
	require.Equal(t, origin, same)
}

func TestFilesThatAreNone(t *testing.T) {
	path := write(t, "abcd")
	_, _, err := files.Read("table", path, 3)
	require.EqualError(t, err, "setting table: "+path+" is not a regular file of at most 3 bytes")
	_, _, err = files.Read("table", "/none", 3)
	require.EqualError(t, err, "setting table: stat /none: no such file or directory")
	_, err = files.Open("table", t.TempDir(), 3)
	require.ErrorContains(t, err, "is not a regular file of at most 3 bytes")
}

func TestStrictKnowsTheKeys(t *testing.T) {
	var into struct {
		Name string `toml:"name"`
		Rows []struct {
			Size int `toml:"size"`
		} `toml:"rows"`
	}
	require.NoError(t, files.Strict("name = \"x\"\n[[rows]]\nsize = 3\n", &into))
	require.Equal(t, 3, into.Rows[0].Size)
	require.EqualError(t, files.Strict("nam = \"x\"\n", &into), `unknown key "nam", did you mean "name"? (known: name, rows)`)
	require.EqualError(t, files.Strict("[[rows]]\nsizes = 3\n", &into), `unknown key "rows.sizes", did you mean "rows.size"? (known: rows.size)`)
	require.NoError(t, files.Loose("nam = \"x\"\n", &into))
	require.Error(t, files.Loose("name = 3\n", &into))
}
