package golden_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/golden"
)

// BenchmarkEvaluate costs a published mapping of each design; the bar is 100,000 mappings a second on one core without allocations.
func BenchmarkEvaluate(b *testing.B) {
	designs, err := golden.Embedded()
	require.NoError(b, err)
	for _, d := range designs {
		m, err := loopnest.NewModel(d.Problem, d.Architecture)
		require.NoError(b, err)
		b.Run(d.Name, func(b *testing.B) {
			var r loopnest.Result
			b.ReportAllocs()
			for b.Loop() {
				if err := m.Evaluate(&d.Mapping, &r); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mappings/s")
		})
	}
}

func TestEvaluateDoesNotAllocate(t *testing.T) {
	designs, err := golden.Embedded()
	require.NoError(t, err)
	for _, d := range designs {
		m, err := loopnest.NewModel(d.Problem, d.Architecture)
		require.NoError(t, err)
		var r loopnest.Result
		require.NoError(t, m.Evaluate(&d.Mapping, &r))
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if err := m.Evaluate(&d.Mapping, &r); err != nil {
				t.Fatal(err)
			}
		}), d.Name)
	}
}
