package sweep

import (
	"path/filepath"
	"slices"
	"strings"
)

// ResumeCommand is the command that continues a run, for a shell.
func (o Options) ResumeCommand() string {
	words := o.Command
	if len(words) == 0 {
		words = []string{"codesign", "run", filepath.Join(o.Out, ExperimentName), "--out", o.Out}
	}
	if !slices.Contains(words, "--resume") {
		words = append(slices.Clip(words), "--resume")
	}
	return CommandLine(words)
}

// CommandLine is a command for a shell.
func CommandLine(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, " ")
}

// quote is a word as a POSIX shell reads it back.
func quote(word string) string {
	plain := func(c rune) bool {
		return c > 127 || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("%+,-./:=@_", c)
	}
	if word != "" && !strings.ContainsFunc(word, func(c rune) bool { return !plain(c) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
