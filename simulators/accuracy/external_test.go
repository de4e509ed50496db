//go:build unix

package accuracy_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/process"
)

// The test binary is the training script, too.
const scriptWord = "as-a-script"

func TestMain(m *testing.M) {
	if len(os.Args) > 3 && os.Args[1] == scriptWord {
		os.Exit(script(os.Args[2], os.Args[3]))
	}
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil { // under the race detector each script would sleep a second at its end
		panic(err)
	}
	os.Exit(m.Run())
}

// command is the command of a script that logs what it trains.
func command(t *testing.T, how string) (command, log string) {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	log = filepath.Join(t.TempDir(), "log")
	require.NoError(t, os.WriteFile(log, nil, 0o600))
	return strings.Join([]string{path, scriptWord, how, log}, " "), log
}

// script trains cells: 50 % and one for each level of the axes. The cell 444444 is the one that it cannot train.
func script(how, log string) int {
	in, _, err := accuracy.Factory().Open(nil)
	if err != nil {
		return 2
	}
	spec := process.Describe(in.Simulator.Spec())
	spec.Name, spec.Metrics = "training", spec.Metrics[:1]
	switch how {
	case "other-axes":
		spec.Axes[0].Labels[0] = "nothing"
	case "fewer-axes":
		spec.Axes = spec.Axes[1:]
	case "other-metric":
		spec.Metrics[0].Name, spec.Metrics[0].Key = "loss", ""
	case "garbage-at-once":
		fmt.Println("epoch 1: 10 %")
		return 0
	}
	conn := wire.NewConn(os.Stdin, os.Stdout)
	for {
		id, request, err := conn.NextRequest()
		if err != nil {
			return 0
		}
		var reply wire.Reply
		switch r := request.(type) {
		case *wire.Hello:
			reply = &wire.Welcome{Program: "script", Serves: []string{"evaluate"}, Spec: spec, Set: r.Set}
		case *wire.Evaluate:
			table := wire.NewTable(r.Points.Rows, 1)
			for i := range r.Points.Rows {
				if code := train(how, log, r.Points.Row(i), &table, i); code >= 0 {
					return code
				}
			}
			reply = &wire.Results{Values: table}
		case *wire.Close:
			_ = conn.Reply(id, &wire.Closed{})
			return 0
		}
		if conn.Reply(id, reply) != nil {
			return 1
		}
	}
}

// train trains one cell; a code of at least 0 ends the script.
func train[L ~int | ~int32 | ~uint32 | ~uint16 | ~uint8](how, log string, levels []L, table *wire.Table, row int) int {
	percent, text := 50.0, ""
	for _, l := range levels {
		percent += float64(l)
		text += fmt.Sprint(l)
	}
	file, err := os.OpenFile(log, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return 2
	}
	fmt.Fprintln(file, text)
	_ = file.Close()
	if text == "444444" {
		switch how {
		case "hangs":
			time.Sleep(time.Minute)
		case "crashes":
			fmt.Fprintln(os.Stderr, "CUDA out of memory")
			return 3
		case "garbage":
			fmt.Println("epoch 1: 10 %")
			return 0
		case "too-good":
			percent = 101
		}
	}
	table.Set(row, []float64{percent})
	return -1
}

func TestScriptIsAskedOnceForAClass(t *testing.T) {
	words, log := command(t, "works")
	in := open(t, map[string]any{"oracle": "external", "command": words})
	s := cells(t)
	// the first two compute the same, and so do the last two
	for range 2 {
		r := evaluate(t, in, s, []string{"130030"}, []string{"000300"}, []string{"000400"}, []string{"100040"})
		require.Equal(t, []float64{53, 53, 54, 54}, []float64{r[0].Values[0], r[1].Values[0], r[2].Values[0], r[3].Values[0]})
		require.Greater(t, r[0].Values[2], r[1].Values[2], "its own parameters")
	}
	trained, err := os.ReadFile(log)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"000300", "000400"}, strings.Fields(string(trained)))
}

func TestScriptThatFailsLosesOneNetwork(t *testing.T) {
	for how, want := range map[string]string{
		"hangs": "no answer within 500ms", "crashes": "CUDA out of memory", "garbage": "epoch 1", "too-good": "the script reports an accuracy of 101: want [0, 100] %",
	} {
		t.Run(how, func(t *testing.T) {
			words, _ := command(t, how)
			in := open(t, map[string]any{"oracle": "external", "command": words, "timeout": 0.5})
			r := evaluate(t, in, cells(t), []string{"000300"}, []string{"444444"}, []string{"000200"})
			require.Equal(t, 53.0, r[0].Values[0])
			require.Contains(t, r[1].Failed, want)
			require.Equal(t, 52.0, r[2].Values[0])
		})
	}
}

func TestScriptsThatDoNotFit(t *testing.T) {
	for how, want := range map[string]string{
		"other-axes": "axis edge_0_1", "fewer-axes": "axes edge_0_2, edge_1_2", "other-metric": "want accuracy_percent", "garbage-at-once": "epoch 1",
	} {
		t.Run(how, func(t *testing.T) {
			words, _ := command(t, how)
			_, _, err := accuracy.Factory().Open(map[string]any{"oracle": "external", "command": words})
			require.ErrorContains(t, err, want)
		})
	}
	_, _, err := accuracy.Factory().Open(map[string]any{"oracle": "external", "command": "/no/such/script"})
	require.ErrorContains(t, err, "/no/such/script")
}

func TestScriptEndsWithTheContext(t *testing.T) {
	words, _ := command(t, "hangs")
	in := open(t, map[string]any{"oracle": "external", "command": words})
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	p, err := cells(t).Parse("444444")
	require.NoError(t, err)
	_, err = in.Simulator.Evaluate(ctx, []space.Point{p})
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
