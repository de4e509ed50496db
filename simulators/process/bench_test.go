//go:build unix

package process

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
)

// BenchmarkProgram is an evaluation by a program that does next to nothing: what the adapter, the protocol and the pipes cost.
func BenchmarkProgram(b *testing.B) {
	for _, c := range []struct {
		name, how string
		batch     int
	}{{"one", "works", 1}, {"one in binary", "works in binary", 1}, {"thousand", "works", 1000}, {"thousand in binary", "works in binary", 1000}} {
		b.Run(c.name, func(b *testing.B) {
			p, err := Open(b.Context(), Options{Command: command(b, c.how)})
			require.NoError(b, err)
			defer func() { require.NoError(b, p.Close()) }()
			points := make([]space.Point, c.batch)
			for i := range points {
				points[i] = space.Point{i % 10, 1, 3}
			}
			for b.Loop() {
				if _, err := p.Evaluate(b.Context(), points); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(c.batch*b.N)/b.Elapsed().Seconds(), "designs/s")
		})
	}
}

// BenchmarkStart is a program from its start over its hello to its end.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		p, err := Open(b.Context(), Options{Command: command(b, "works")})
		require.NoError(b, err)
		require.NoError(b, p.Close())
	}
}
