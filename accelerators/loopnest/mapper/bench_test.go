package mapper_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// BenchmarkExhaustive finds and proves the best mapping of layers of ResNet-50 in the row-stationary space of the Eyeriss-like hierarchy.
func BenchmarkExhaustive(b *testing.B) {
	for name, best := range optima() {
		s, err := mapper.NewSpace(eyeriss(b, resNetLayer(b, name)), rowStationary(), false)
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				o, err := s.Search(mapper.Options{Algorithm: mapper.Exhaustive, Budget: 1 << 30}, stream(1))
				require.NoError(b, err)
				require.True(b, o.Complete)
				require.InEpsilon(b, best, o.Result.EDPPJCycles(), 1e-12)
				b.ReportMetric(float64(o.Evaluations), "mappings")
			}
		})
	}
}

// BenchmarkGenetic finds a mapping within 1 % of the best one; the bar is a second.
func BenchmarkGenetic(b *testing.B) {
	for name, best := range optima() {
		s, err := mapper.NewSpace(eyeriss(b, resNetLayer(b, name)), rowStationary(), false)
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			worst := 0.0
			for seed := uint64(0); b.Loop(); seed++ {
				o, err := s.Search(mapper.Options{Algorithm: mapper.Genetic, Budget: 80_000}, stream(seed))
				require.NoError(b, err)
				worst = max(worst, o.Result.EDPPJCycles()/best-1)
			}
			b.ReportMetric(100*worst, "%-off-at-worst")
		})
	}
}
