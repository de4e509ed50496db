package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// matches tells whether a command printed what the document says, apart from durations, widths of columns and empty lines at the end.
func matches(expected, printed string) bool {
	duration := regexp.MustCompile(`\b(\d+m)?\d+(\.\d+)? ?m?s\b`)
	plain := func(text string) []string {
		var lines []string
		for line := range strings.Lines(duration.ReplaceAllString(strings.TrimRight(text, "\n"), "DURATION")) {
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
		return lines
	}
	return alike(plain(expected), plain(printed))
}

// alike compares lines; an expected … stands for any number of lines.
func alike(expected, printed []string) bool {
	switch {
	case len(expected) == 0:
		return len(printed) == 0
	case expected[0] == "…":
		return alike(expected[1:], printed) || len(printed) > 0 && alike(expected, printed[1:])
	}
	return len(printed) > 0 && expected[0] == printed[0] && alike(expected[1:], printed[1:])
}

func TestMatchesSeesDifferences(t *testing.T) {
	require.True(t, matches("agent   time\nga  1m02s 3 ms\n", "agent time\nga       3 ms 17ms\n"))
	require.True(t, matches("first\n…\nlast\n", "first\na\nb\nlast\n"))
	require.True(t, matches("…\nlast\n", "last\n"))
	require.False(t, matches("best: 88 ns\n", "best: 89 ns\n"))
	require.False(t, matches("first\n…\n", "second\n"))
	require.False(t, matches("first\n", "first\nsecond\n"))
}

// lines are those of a document.
type lines []string

// block is a fenced block of code: lines[line:end] of the document.
type block struct {
	info      string
	line, end int
	text      string
}

// command is one of a console block.
type command struct{ line, output string }

func read(t *testing.T, path string) lines {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return strings.Split(string(text), "\n")
}

func source(t *testing.T, folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name))
	require.NoError(t, err)
	return string(text)
}

func (d lines) blocks() []block {
	var list []block
	open := false
	for i, line := range d {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && !open:
			list = append(list, block{info: info, line: i + 1})
		case fence:
			b := &list[len(list)-1]
			b.end, b.text = i, strings.Join(d[b.line:i], "\n")+"\n"
		}
		open = open != fence
	}
	return list
}

func (b block) commands() []command {
	var list []command
	for line := range strings.Lines(b.text) {
		if c, ok := strings.CutPrefix(line, "$ "); ok {
			list = append(list, command{line: strings.TrimSuffix(c, "\n")})
		} else if len(list) > 0 {
			list[len(list)-1].output += line
		}
	}
	return list
}

// with is the document with other texts in its blocks.
func (d lines) with(blocks []block) string {
	for _, b := range slices.Backward(blocks) {
		d = slices.Concat(d[:b.line], strings.Split(strings.TrimSuffix(b.text, "\n"), "\n"), d[b.end:])
	}
	return strings.Join(d, "\n")
}
