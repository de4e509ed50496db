package examples

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	// What the examples are built from: a change there makes `go test` run these tests again, instead of repeating what it knows.
	_ "github.com/codesign-gym/codesign/agents/agenttest"
	_ "github.com/codesign-gym/codesign/agents/catalog"
	_ "github.com/codesign-gym/codesign/env/envtest"
	_ "github.com/codesign-gym/codesign/experiments/cli"
	_ "github.com/codesign-gym/codesign/simulators/catalog"
	_ "github.com/codesign-gym/codesign/simulators/simtest"
)

// example is one module below this package.
type example struct{ folder, command, experiment string }

func examples() []example {
	return []example{
		{"simulator", "chip", "chip.toml"},
		{"environment", "governor", "governor.toml"},
		{"agent", "anneal", "anneal.toml"},
	}
}

func TestExamplesBuildPassAndRun(t *testing.T) {
	top := copies(t)
	for _, e := range examples() {
		t.Run(e.folder, func(t *testing.T) {
			dir := filepath.Join(top, e.folder)
			succeed(t, dir, "go vet ./...")
			succeed(t, dir, "go test ./...")
			succeed(t, dir, "go build -o "+e.command+" .")

			out := filepath.Join(t.TempDir(), "out")
			table := succeed(t, dir, "./"+e.command+" run "+e.experiment+" --out "+out)
			for _, kind := range kinds(t, filepath.Join(dir, e.experiment)) {
				require.Regexp(t, `(?m)^`+kind+` .*\d`, table, "the table has a row of the agent %s", kind)
			}
			require.Contains(t, table, "best: ")
			require.FileExists(t, filepath.Join(out, "dataset", "part-00000.parquet"))
			require.FileExists(t, filepath.Join(out, "report.html"))

			again, status := shell(t, dir, "./"+e.command+" run "+e.experiment+" --out "+out)
			require.Equal(t, 2, status, "a second run must not write over the first: %s", again)
		})
	}
}

func TestTheSimulatorIsShort(t *testing.T) {
	const most = 59 // "under 60 lines with its test"
	lines := 0
	for _, name := range []string{"chip.go", "chip_test.go"} {
		text, err := os.ReadFile(filepath.Join("simulator", name))
		require.NoError(t, err)
		lines += bytes.Count(text, []byte("\n"))
	}
	require.LessOrEqual(t, lines, most)
}

// kinds lists the agents of an experiment file.
func kinds(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var list []string
	for line := range strings.Lines(string(text)) {
		if kind, ok := strings.CutPrefix(strings.TrimSpace(line), "kind = "); ok {
			list = append(list, strings.Trim(kind, `"`))
		}
	}
	require.NotEmpty(t, list, "agents of %s", path)
	return list
}

// copies is a folder outside the tree with a copy of every example, whose go.mod points back here.
func copies(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs commands: not with -short")
	}
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	top := t.TempDir()
	for _, folder := range programs() {
		require.NoError(t, os.CopyFS(filepath.Join(top, folder), os.DirFS(folder)))
	}
	for _, e := range examples() {
		dir := filepath.Join(top, e.folder)
		require.NoError(t, os.CopyFS(dir, os.DirFS(e.folder)))
		succeed(t, dir, "go mod edit -replace github.com/codesign-gym/codesign='"+root+"'")
	}
	return top
}

// succeed runs a command that must end with status 0, and gives what it printed.
func succeed(t *testing.T, dir, command string) string {
	t.Helper()
	output, status := shell(t, dir, command)
	if regexp.MustCompile(`updates to go.mod needed|missing go.sum entry|no required module provides`).MatchString(output) {
		t.Fatalf("%s: go.mod or go.sum is out of date: run `go mod tidy` in examples/%s\n%s", command, filepath.Base(dir), output)
	}
	require.Zero(t, status, "%s: %s", command, output)
	return output
}

// shell runs a command line in a folder, and gives what it printed with its exit status.
func shell(t *testing.T, dir, command string) (output string, status int) {
	t.Helper()
	c := exec.CommandContext(t.Context(), "sh", "-c", command)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOFLAGS=-mod=readonly -buildvcs=false", "GOWORK=off", "PWD="+dir)
	text, err := c.CombinedOutput()
	if err != nil {
		if _, ok := errors.AsType[*exec.ExitError](err); !ok {
			t.Fatalf("%s: %v", command, err)
		}
	}
	return string(text), c.ProcessState.ExitCode()
}
