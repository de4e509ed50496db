package serve_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/internal/wire"
)

// The benchmarks talk over pipes, as a client in another process does; server and client share the processors.

// BenchmarkStep is a step of the toy in one lane and in a thousand.
func BenchmarkStep(b *testing.B) {
	for _, lanes := range []int{1, 1000} {
		for name, binary := range map[string]bool{"lines": false, "binary": true} {
			b.Run(fmt.Sprintf("lanes=%d/%s", lanes, name), func(b *testing.B) {
				c, _ := dial(b, serve.Options{Name: "toy"}, &wire.Hello{Binary: binary})
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
			c, _ := dial(b, serve.Options{Name: "toy"}, &wire.Hello{Binary: binary})
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
