package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

const many = `name = "many"
repeats = 2
budget = %d
[[scenario]]
simulator = "systolic"
set = { network = "alexnet" }
fidelity = "bound"
objective = { minimise = ["edp_j_s"] }
[[agent]]
kind = "random"
[[agent]]
kind = "hill"
`

// inFolder makes a folder with the experiment file many.toml: four studies with a budget.
func inFolder(t *testing.T, budget int) string {
	t.Setenv("GORACE", "atexit_sleep_ms=0") // as in the scripts
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "many.toml"), fmt.Appendf(nil, many, budget), 0o644))
	return dir
}

func TestInterruptedRunIsResumedByTheCommandItPrints(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted there")
	}
	dir := inFolder(t, 4000)
	var stdout, stderr bytes.Buffer
	cmd := exec.Command("codesign", "run", "many.toml", "--out", "r", "--workers", "1")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool {
		info, err := os.Stat(filepath.Join(dir, "r", "journals", "000000.journal"))
		return err == nil && info.Size() > 1000
	}, time.Minute, time.Millisecond)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.Error(t, cmd.Wait())
	require.Equal(t, 130, cmd.ProcessState.ExitCode())
	require.Empty(t, stdout.String())
	const resume = "codesign run many.toml --out r --resume"
	require.Regexp(t, `^codesign: interrupted: [0-3] of 4 studies are finished, nothing is lost; continue with\n  `+resume+`\n$`, stderr.String())

	words := strings.Fields(resume)
	for _, command := range [][]string{words, {"codesign", "run", "many.toml", "--out", "whole"}} {
		cmd := exec.Command(command[0], command[1:]...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		require.Contains(t, string(out), "4 studies, 16000 trials in ")
	}
	part := filepath.Join("dataset", "part-00000.parquet")
	resumed, err := os.ReadFile(filepath.Join(dir, "r", part))
	require.NoError(t, err)
	whole, err := os.ReadFile(filepath.Join(dir, "whole", part))
	require.NoError(t, err)
	require.True(t, bytes.Equal(whole, resumed), "the resumed dataset differs from that of a run without a break")
}

func TestInterruptEndsWaitingForDesigns(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted there")
	}
	cmd := exec.Command("codesign", "eval", "systolic")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = in.Write([]byte(`{"rows":8,"cols":8,"dataflow":"os","ifmap_sram":8,"filter_sram":8,"ofmap_sram":8,"dram_bandwidth":1,"clock":200}` + "\n"))
	require.NoError(t, err)
	answer := make([]byte, 9)
	_, err = out.Read(answer) // the line is answered while the input is open
	require.NoError(t, err)
	require.Equal(t, `{"design"`, string(answer))
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.EqualError(t, cmd.Wait(), "signal: interrupt")
}

// A pseudo-terminal shows one bar while the sweep runs; when it ends, only the results are left on the screen.
func TestProgressOnATerminal(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil || runtime.GOOS != "linux" {
		t.Skip("needs script of util-linux")
	}
	cmd := exec.Command(script, "-qec", "stty cols 100; codesign run many.toml --out r", "/dev/null")
	cmd.Dir = inFolder(t, 10_000)
	out, err := cmd.Output()
	require.NoError(t, err, "%s", out)
	require.Regexp(t, `many +0% \|`, string(out))
	require.Regexp(t, `\rmany +[1-9]\d?% \|█+ *\| \(\d+/40000, [1-9]\d{1,6} trials/s\) \[\d+s:\d+s\]`, string(out), "count, rate and remaining time")
	var screen []string
	for line := range strings.Lines(string(out)) {
		line = strings.TrimRight(line, "\r\n")
		screen = append(screen, line[strings.LastIndex(line, "\r")+1:])
	}
	require.NotContains(t, strings.Join(screen, "\n"), "trials/s", "the bar is cleared")
	require.Equal(t, "many", strings.Fields(string(out))[0])
	require.Regexp(t, `^systolic network=alexnet: systolic \S+, fidelity bound$`, screen[0])
}

// TestAnInterruptEndsTheProgramToo: a program that hangs does not outlive the command that asked it.
func TestAnInterruptEndsTheProgramToo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted there")
	}
	dir := t.TempDir()
	const hello = `{"type":"hello","id":0,"protocol":1,"serves":["evaluate"],"spec":{"name":"stuck","version":"1",` +
		`"axes":[{"name":"a","kind":"ordinal","values":[1]}],"metrics":[{"name":"m"}]}}`
	script := filepath.Join(dir, "stuck.sh")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\nread request\necho '"+hello+"'\nread request\necho $$ > "+dir+"/pid\nsleep 300\n"), 0o755))
	cmd := exec.Command("codesign", "eval", "--command", script)
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = stdin.Write([]byte("{}\n"))
	require.NoError(t, err)
	var pid []byte
	require.Eventually(t, func() bool {
		pid, _ = os.ReadFile(filepath.Join(dir, "pid"))
		return bytes.HasSuffix(pid, []byte("\n"))
	}, time.Minute, time.Millisecond)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.Error(t, cmd.Wait())
	require.Equal(t, 130, cmd.ProcessState.ExitCode())
	require.Error(t, exec.Command("kill", "-0", strings.TrimSpace(string(pid))).Run(), "the program is gone")
}

// TestACoordinatorAndItsWorkersGiveTheDatasetOfOneProcess: with processes, one of which is
// interrupted, and one joins late, as a task of a Slurm job.
func TestACoordinatorAndItsWorkersGiveTheDatasetOfOneProcess(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted there")
	}
	dir := inFolder(t, 2000)
	command := func(words ...string) *exec.Cmd {
		cmd := exec.Command("codesign", words...)
		cmd.Dir = dir
		return cmd
	}
	out, err := command("run", "many.toml", "--out", "here").CombinedOutput()
	require.NoError(t, err, "%s", out)

	coordinator := command("run", "many.toml", "--out", "there", "--listen", "127.0.0.1:0")
	stderr, err := coordinator.StderrPipe()
	require.NoError(t, err)
	var stdout bytes.Buffer
	coordinator.Stdout = &stdout
	require.NoError(t, coordinator.Start())
	said := bufio.NewScanner(stderr)
	require.True(t, said.Scan())
	join := strings.Fields(strings.TrimPrefix(said.Text(), "workers join with: codesign "))[:3]
	first := command(append(join, "--workers", "1")...)
	require.NoError(t, first.Start())
	require.Eventually(t, func() bool {
		paths, _ := filepath.Glob(filepath.Join(dir, "there", "journals", "*.journal"))
		return len(paths) > 0
	}, time.Minute, time.Millisecond)
	slurm, err := filepath.Abs(filepath.Join("..", "..", "deploy", "slurm.sh"))
	require.NoError(t, err)
	second := exec.Command("bash", slurm, join[2], "--nats-prefix", "codesign") // as a task of a job array
	second.Dir = dir
	second.Stderr = new(bytes.Buffer)
	report, err := second.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, second.Start())
	require.NoError(t, first.Process.Signal(os.Interrupt))
	require.Error(t, first.Wait())
	require.Equal(t, 130, first.ProcessState.ExitCode())
	for said.Scan() { // until the coordinator ends
	}
	require.NoError(t, coordinator.Wait())
	require.Contains(t, stdout.String(), "4 studies, 8000 trials in ")
	text, err := io.ReadAll(report)
	require.NoError(t, err)
	require.NoError(t, second.Wait(), second.Stderr)
	require.Regexp(t, `^the run is complete; [1-4] studies and 0 single evaluations were done here\n$`, string(text))

	part := filepath.Join("dataset", "part-00000.parquet")
	here, err := os.ReadFile(filepath.Join(dir, "here", part))
	require.NoError(t, err)
	there, err := os.ReadFile(filepath.Join(dir, "there", part))
	require.NoError(t, err)
	require.True(t, bytes.Equal(here, there), "the dataset of the workers differs from that of one process")
}

// TestTheKubernetesManifestHasCommands runs what its containers run, as far as the flags.
func TestTheKubernetesManifestHasCommands(t *testing.T) {
	text, err := os.Open(filepath.Join("..", "..", "deploy", "kubernetes.yaml"))
	require.NoError(t, err)
	defer text.Close()
	commands := 0
	for d := yaml.NewDecoder(text); ; {
		var document struct {
			Kind string
			Spec struct {
				Template struct {
					Spec struct{ Containers []struct{ Args []string } }
				}
			}
		}
		err := d.Decode(&document)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		for _, c := range document.Spec.Template.Spec.Containers {
			out, err := exec.Command("codesign", append(c.Args, "--help")...).CombinedOutput()
			require.NoError(t, err, "%s", out)
			commands++
		}
	}
	require.Equal(t, 2, commands, "a coordinator and its workers")
}
