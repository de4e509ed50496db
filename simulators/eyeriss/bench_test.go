package eyeriss_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/eyeriss"
)

// BenchmarkNetwork maps all layers of a network on the published design.
func BenchmarkNetwork(b *testing.B) {
	for _, network := range []string{"alexnet", "resnet50"} {
		b.Run(network, func(b *testing.B) {
			in, _, err := eyeriss.Factory().Open(map[string]any{"network": network})
			require.NoError(b, err)
			p, err := in.Simulator.Spec().Space.Point(published())
			require.NoError(b, err)
			for b.Loop() {
				results, err := in.Simulator.Evaluate(b.Context(), []space.Point{p})
				require.NoError(b, err)
				require.NotNil(b, results[0].Values)
			}
		})
	}
}
