package file

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/tomllines"
)

// documents are seeds with every part of the syntax that a line can hide in.
func documents(f *testing.F) []string {
	lottery, err := os.ReadFile("testdata/lottery.toml")
	require.NoError(f, err)
	return []string{
		string(lottery),
		small,
		"a.b.\"c d\".'e' = 1 # x = 2\r\n[a . f]\r\ng = 2\r\n",
		"a = \"\"\"\n\n\\\"\\\n  b = 1\"\"\"\"\"\nc = '''\n'd = 1'''''\ne = '\"'\nf = \"\\\"'#\"\n",
		"a = [ # one\n  [1, 2], [\"]\", '#'], # two\n  {b = 1, c = {d.e = 2}},\n]\nf = {}\ng = []\n",
		"[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[a.d]\n[[a]]\nb = 3\n[x.y.z]\n[x]\nw = 1\n",
		"a = { b = 1, # comment\n\n c = 2,\n}\nd = 1979-05-27 07:32:00Z\ne = [\n1.5e3,\n\ntrue,]\n",
		"\xef\xbb\xbfa = 1\n\"\\u0062\\n\" = 2\n\"\" = 3\n",
		"a = {b = [{c = 1}, {c = 2, d = [{e = 3}]}]}\n[[f.g]]\n[f.g.h]\ni = 1",
		"a = \"\\\\\"\"\n", "a = [", "[[a", "a = \"", "a = '''", "\"\\", "a.", "=", "[]", "a = {b", "\xff\xfe",
	}
}

// FuzzLines: scanning never fails on text that the library accepts, and then the tree of lines has exactly the document's paths, each with a
// line of the file, which for a bare key holds the key.
func FuzzLines(f *testing.F) {
	for _, d := range documents(f) {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, limit := tomllines.Scan(text)
		if limit != nil || len(text) > MaxBytes {
			return
		}
		document := map[string]any{}
		if _, err := toml.Decode(text, &document); err == nil {
			requireSamePaths(t, root, document, strings.Split(text, "\n"), nil)
		}
	})
}

func requireSamePaths(t *testing.T, n *tomllines.Node, value any, lines []string, path []any) {
	require.True(t, n.Line >= 1 && n.Line <= len(lines), "%v: line %d", path, n.Line)
	if list, ok := asList(value); ok {
		require.Len(t, n.Items, len(list), "%v", path)
		require.Empty(t, n.Keys, "%v", path)
		for i := range list {
			requireSamePaths(t, n.Items[i], list[i], lines, append(path[:len(path):len(path)], i))
		}
		return
	}
	require.Empty(t, n.Items, "%v", path)
	values, _ := value.(map[string]any)
	require.Len(t, n.Keys, len(values), "%v", path)
	for key, inner := range values {
		at := append(path[:len(path):len(path)], key)
		child := n.Keys[key]
		require.NotNil(t, child, "%v", at)
		if keyText(key) == key && !strings.Contains(lines[child.Line-1], `\`) {
			require.Contains(t, lines[child.Line-1], key, "%v", at)
		}
		requireSamePaths(t, child, inner, lines, at)
	}
}

// FuzzParse: whatever the text, Parse gives a file that its resolved form repeats, or mistakes that each have a line of the file.
func FuzzParse(f *testing.F) {
	for _, d := range documents(f) {
		f.Add([]byte(d))
		f.Add([]byte(small + d))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		file, err := Parse("x.toml", source)
		if err == nil {
			requireRepeats(t, file)
			return
		}
		if len(source) > MaxBytes {
			return
		}
		mistakes := []error{err}
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			mistakes = joined.Unwrap()
		}
		before := 1
		for _, mistake := range mistakes {
			at, ok := errors.AsType[*Error](mistake)
			require.True(t, ok, "%v", mistake)
			require.GreaterOrEqual(t, at.At.Line, before)
			require.LessOrEqual(t, at.At.Line, 1+bytes.Count(source, []byte("\n")))
			before = at.At.Line
		}
	})
}

// requireRepeats asserts that the resolved form parses back to the same file.
func requireRepeats(t require.TestingT, f *File) {
	again, err := Parse(f.Path, f.Resolved())
	require.NoError(t, err, "%s", f.Resolved())
	require.Equal(t, string(f.Resolved()), string(again.Resolved()))
	require.Equal(t, f.Hash(), again.Hash())
	left, right := *f, *again
	left.Source, left.lines, right.Source, right.lines = nil, nil, nil, nil
	require.Equal(t, left, right)
}
