package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	_ "github.com/codesign-gym/codesign/experiments" // as in examples_test.go: the command is built from it
)

// programs lists the folders with simulators in other languages.
func programs() []string { return []string{"process-python", "process-cpp"} }

// need skips a test, aloud, where a program is not installed; never in CI, where everything is.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI needs %s", program)
	}
	t.Skipf("SKIPPED: what needs %s, for want of it", program)
}

// codesign builds the command and puts it first in PATH.
func codesign(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	succeed(t, "..", "go build -o "+filepath.Join(bin, "codesign")+" ./cmd/codesign")
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// TestProgramsHelpersKeepTheProtocol asks both helpers the same things, right and wrong ones.
func TestProgramsHelpersKeepTheProtocol(t *testing.T) {
	top := copies(t)
	for folder, build := range map[string]struct{ needs, make, command string }{
		"process-python": {"python3", "true", "python3 npu.py"},
		"process-cpp":    {"c++", "c++ -std=c++17 -O1 -Wall -Wextra -Wpedantic -Werror -o cache cache.cpp", "./cache"},
	} {
		t.Run(folder, func(t *testing.T) {
			need(t, build.needs)
			dir := filepath.Join(top, folder)
			succeed(t, dir, build.make)
			said := succeed(t, dir, `printf '%s\n' '{"type":"hello","id":0,"protocol":2}' '{"type":"hello","id":1,"protocol":1,"set":{"nothing":1}}' `+
				`'{"type":"hello","id":2,"protocol":1}' '{"type":"ask","id":3,"n":1}' '{"type":"evaluate","id":4,"points":[]}' '{"type":"close","id":5}' | `+
				build.command+` 2>/dev/null`)
			require.Regexp(t, `"error": ?"[^"]*version 2[^"]*version 1`, said, "another version is refused, both named")
			require.Regexp(t, `unknown setting \\?['"]nothing`, said)
			require.Regexp(t, `['"]ask\\?['"] is not served`, said)
			require.Regexp(t, `"values": ?\[\]`, said)
			require.Regexp(t, `"type": ?"close"`, said)
		})
	}
}
