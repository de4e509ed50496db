package cli_test

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	agents "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators/catalog"
)

// program is the command as cmd/codesign has it.
func program() cli.Program {
	return cli.Program{
		Version:     "v0.0-test",
		Catalog:     sweep.Catalog{Simulators: catalog.Simulators(), Environments: catalog.Environments(), Agents: agents.Agents()},
		Checks:      catalog.Checks(),
		Workloads:   catalog.Workloads(),
		Experiments: experiments.Files,
	}
}

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"codesign": func() { os.Exit(cli.Main(program(), os.Args[1:])) },
	})
}

var update = flag.Bool("update", false, "rewrite the expected outputs of the scripts")

// TestScripts runs the command as a process. Beside testscript's own, the scripts have the commands below.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata", UpdateScripts: *update, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", "atexit_sleep_ms=0") // under the race detector each process would sleep a second at its end
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "truncate": truncate, "flip": flip, "unfinish": unfinish, "long": long, "served": served,
		},
	})
}

// status N COMMAND… runs a command that must end with the exit status N.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, not %d", got, want)
	}
}

// truncate FILE N cuts off the last N bytes of a file.
func truncate(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := ts.ReadFile(args[0])
	ts.Check(os.Truncate(ts.MkAbs(args[0]), int64(len(text)-n)))
}

// flip FILE N inverts byte N of a file.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	data := []byte(ts.ReadFile(args[0]))
	data[n] ^= 0xff
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// unfinish DIR STUDY… makes a finished results folder what it was when the process had been killed in these studies.
func unfinish(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	path := filepath.Join(dir, "manifest.json")
	manifest, err := os.ReadFile(path)
	ts.Check(err)
	running := bytes.Replace(manifest, []byte(`"status": "complete"`), []byte(`"status": "running"`), 1)
	if bytes.Equal(running, manifest) {
		ts.Fatalf("%s is not that of a finished folder", path)
	}
	ts.Check(os.WriteFile(path, running, 0o644))
	for _, name := range []string{"dataset", "timings.parquet", "report.html"} {
		ts.Check(os.RemoveAll(filepath.Join(dir, name)))
	}
	for _, study := range args[1:] {
		ts.Check(os.Remove(filepath.Join(dir, "journals", study+".json")))
	}
}

// long FILE N writes a line of N letters.
func long(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte("a"), n), 0o644))
}

// served FILE COMMAND… runs a server until it has said where it is, interrupts it, and keeps what it said. It must end well.
func served(ts *testscript.TestScript, _ bool, args []string) {
	var program string
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path := filepath.Join(dir, args[1]); program == "" {
			if _, err := os.Stat(path); err == nil {
				program = path
			}
		}
	}
	c := exec.Command(program, args[2:]...)
	c.Dir, c.Env = ts.MkAbs("."), append(os.Environ(), "CODESIGN_TOKEN="+ts.Getenv("CODESIGN_TOKEN"))
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	said, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	ts.Check(c.Process.Signal(os.Interrupt))
	ts.Check(c.Wait())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(said), 0o644))
}
