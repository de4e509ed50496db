package serve_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/wire"
)

// start serves the toy in a process of its own, over its standard input and output.
func start(b *testing.B, binary bool) *client {
	b.Helper()
	executable, err := os.Executable()
	require.NoError(b, err)
	cmd := exec.Command(executable, programWord, "toy")
	in, err := cmd.StdinPipe()
	require.NoError(b, err)
	out, err := cmd.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	b.Cleanup(func() { require.NoError(b, in.Close()); require.NoError(b, cmd.Wait()) })
	c := &client{t: b, conn: wire.NewConn(out, in)}
	require.IsType(b, &wire.Welcome{}, c.ask(&wire.Hello{Binary: binary}))
	if binary {
		c.conn.AgreeBinary()
	}
	return c
}

// BenchmarkStep is a step of the toy in one lane and in a thousand.
func BenchmarkStep(b *testing.B) {
	for _, lanes := range []int{1, 1000} {
		for name, binary := range map[string]bool{"lines": false, "binary": true} {
			b.Run(fmt.Sprintf("lanes=%d/%s", lanes, name), func(b *testing.B) {
				c := start(b, binary)
				require.IsType(b, &wire.Started{}, c.ask(&wire.Reset{Lanes: lanes}))
				step := &wire.Step{Actions: wire.NewLevels(lanes, 4)}
				for b.Loop() {
					if _, ok := c.ask(step).(*wire.Stepped); !ok {
						b.Fatal("no step")
					}
				}
				b.ReportMetric(float64(lanes*b.N)/b.Elapsed().Seconds(), "steps/s")
			})
		}
	}
}

// BenchmarkEvaluate is a batch of a thousand designs of the toy.
func BenchmarkEvaluate(b *testing.B) {
	const designs = 1000
	for name, binary := range map[string]bool{"lines": false, "binary": true} {
		b.Run(name, func(b *testing.B) {
			c := start(b, binary)
			batch := &wire.Evaluate{Points: wire.NewLevels(designs, 4)}
			for b.Loop() {
				if r, ok := c.ask(batch).(*wire.Results); !ok || r.Values.Rows != designs {
					b.Fatal("no results")
				}
			}
			b.ReportMetric(float64(designs*b.N)/b.Elapsed().Seconds(), "designs/s")
		})
	}
}
