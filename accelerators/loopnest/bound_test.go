package loopnest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestBoundHoldsForEveryOrder shuffles the loops of random nests: no order beats the bound, and one tensor alone can meet it.
func TestBoundHoldsForEveryOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawNest(t)
		for i := range d.model.architecture.Levels {
			l := &d.model.architecture.Levels[i]
			l.ReadPJ, l.WritePJ, l.UpdatePJ, l.ReadWordsPerCycle = float64(7-i), float64(9-i), float64(8-i), 0.25
		}
		var bound, r Result
		holds, err := d.model.Bound(&d.mapping, &bound)
		require.NoError(t, err)
		require.NoError(t, d.model.Evaluate(&d.mapping, &r))
		if !holds || r.Infeasible.Cause != Feasible {
			require.Equal(t, r.EnergyPJ, bound.EnergyPJ)
			t.Skip("no bound")
		}
		for range 5 {
			for i := range d.mapping.Levels {
				d.mapping.Levels[i].Temporal = rapid.Permutation(d.mapping.Levels[i].Temporal).Draw(t, "order")
			}
			require.NoError(t, d.model.Evaluate(&d.mapping, &r))
			require.LessOrEqual(t, bound.EnergyPJ, r.EnergyPJ)
			require.LessOrEqual(t, bound.Cycles, r.Cycles)
			for l := range r.Levels {
				for tensor := range r.Levels[l].Tensors {
					b, c := bound.Levels[l].Tensors[tensor], r.Levels[l].Tensors[tensor]
					require.LessOrEqual(t, b.TotalReads, c.TotalReads)
					require.LessOrEqual(t, b.TotalFills, c.TotalFills)
					require.LessOrEqual(t, b.TotalUpdates, c.TotalUpdates)
				}
			}
		}
	})
}
