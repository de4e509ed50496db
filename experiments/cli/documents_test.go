package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/file"
)

// TestDocumentsPrintWhatTheySay runs the commands of documents, in their order, in a folder with the files that they show:
//
//	```csv name        a file
//	```console         `$ command` and all that it prints
//	```console NAME    the same, if the environment has the variable NAME; skipped aloud otherwise
//
// With -update what the commands print is written into the documents.
func TestDocumentsPrintWhatTheySay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: the commands are for a shell")
	}
	for _, name := range []string{"distributed.md", "experiment-files.md", "migrate.md", "network-spaces.md", "timeloop.md", "verify.md"} {
		t.Run(name, func(t *testing.T) {
			path, dir := filepath.Join("..", "..", "docs", name), t.TempDir()
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			fence := regexp.MustCompile("(?m)^```(\\w+)(?: (\\S+))?\n((?:.*\n)*?)```$")
			ran := 0
			updated := fence.ReplaceAllStringFunc(string(text), func(block string) string {
				part := fence.FindStringSubmatch(block)
				kind, word, body := part[1], part[2], part[3]
				switch {
				case kind != "console" && word != "":
					require.NoError(t, os.WriteFile(filepath.Join(dir, word), []byte(body), 0o644))
				case kind == "console" && word != "" && os.Getenv(word) == "":
					t.Logf("SKIPPED: %s is not set, so these commands were not run:\n%s", word, body)
				case kind == "console":
					printed := ""
					for line := range strings.Lines(body) {
						if command, ok := strings.CutPrefix(line, "$ "); ok {
							printed += line + shell(t, dir, command)
							ran++
						}
					}
					if !*update {
						require.Equal(t, body, printed, "go test ./experiments/cli -run Documents -update writes it into %s", name)
					}
					return strings.Replace(block, body, printed, 1)
				}
				return block
			})
			require.Positive(t, ran)
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(updated), 0o644))
			}
		})
	}
}

// shell runs a command line in a folder and gives all that it prints.
func shell(t *testing.T, dir, command string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "sh", "-c", command)
	c.Dir, c.Env = dir, append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	out, err := c.CombinedOutput()
	require.NoError(t, err, "%s: %s", command, out)
	return string(out)
}

// TestTheReferenceOfExperimentFilesNamesEveryKey provokes the lists of known keys and looks them up in the document.
func TestTheReferenceOfExperimentFilesNamesEveryKey(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "experiment-files.md"))
	require.NoError(t, err)
	const sections = "zz = 1\n[limits]\nzz = 1\n[proxy]\nzz = 1\n[[proxy.source]]\nzz = 1\n[[scenario]]\nzz = 1\nobjective = { zz = 1 }\n[[scenario.published]]\nzz = 1\n" +
		"[[start]]\nzz = 1\n[[warm_start]]\nzz = 1\n[[include]]\nzz = 1\n[[agent]]\nsearch = { zz = 1 }\na = { low = 1, zz = 1 }\nb = { zz = 1 }\n"
	_, err = file.Parse("x.toml", []byte(sections))
	require.Error(t, err)
	keys := 0
	for _, list := range regexp.MustCompile(`unknown key "zz" \(known: ([^)]*)\)`).FindAllStringSubmatch(err.Error(), -1) {
		for key := range strings.SplitSeq(list[1], ", ") {
			require.Regexp(t, "\\b"+regexp.QuoteMeta(key)+"\\b", string(page))
			keys++
		}
	}
	require.Greater(t, keys, 60, err)
}
