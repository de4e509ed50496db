package loopnest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// evaluateDrawn evaluates a drawn nest under other costs.
func evaluateDrawn(t *rapid.T, d drawn, change func(*Level)) Result {
	m := *d.model
	m.architecture.Levels = append([]Level(nil), m.architecture.Levels...)
	for i := range m.architecture.Levels {
		change(&m.architecture.Levels[i])
	}
	var r Result
	require.NoError(t, m.Evaluate(&d.mapping, &r))
	if r.Infeasible.Cause != Feasible {
		t.Skip("does not fit")
	}
	return r
}

func TestMoreBandwidthIsNeverSlower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawNest(t)
		bandwidth := rapid.Float64Range(0.01, 8)
		slow, more := bandwidth.Draw(t, "bandwidth"), bandwidth.Draw(t, "more")
		limit := func(words float64) func(*Level) {
			return func(l *Level) { l.ReadWordsPerCycle, l.WriteWordsPerCycle, l.WordsPerCycle = words, 2*words, words }
		}
		first, second := evaluateDrawn(t, d, limit(slow)), evaluateDrawn(t, d, limit(slow+more))
		free := evaluateDrawn(t, d, limit(0))
		require.GreaterOrEqual(t, first.Cycles, second.Cycles)
		require.GreaterOrEqual(t, second.Cycles, free.Cycles)
		require.Equal(t, free.Steps, free.Cycles)
	})
}

// TestTrafficIsConserved holds what follows from the meaning of the counts: what a level sends is what the next one takes, once for all instances that
// share it; every output leaves at least once; every multiply-accumulate is done.
func TestTrafficIsConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawNest(t)
		r := evaluateDrawn(t, d, func(l *Level) { l.ReadPJ, l.WritePJ, l.UpdatePJ = 1, 1, 1 })
		units := d.model.instances(&r.nest, len(d.model.levels))
		require.GreaterOrEqual(t, r.Steps*units, r.Computes)
		require.LessOrEqual(t, r.UtilizationFrac, 1.0)
		for tensor := range d.model.tensors {
			parent := r.Levels[0].Tensors[tensor]
			if d.model.tensors[tensor].output {
				require.GreaterOrEqual(t, parent.TotalUpdates, d.model.problem.Words(tensor))
			} else if !d.model.tensors[tensor].sums {
				require.GreaterOrEqual(t, parent.TotalReads, d.model.problem.Words(tensor))
			}
			for level := 1; level < len(r.Levels); level++ {
				child := r.Levels[level].Tensors[tensor]
				if !child.Kept {
					continue
				}
				if d.model.tensors[tensor].output {
					require.LessOrEqual(t, child.TotalFills, child.TotalUpdates)
				} else {
					require.LessOrEqual(t, parent.TotalReads, child.TotalFills)
				}
				parent = child
			}
			require.LessOrEqual(t, parent.TotalReads, r.Computes)
			require.LessOrEqual(t, parent.TotalUpdates, r.Computes)
			for level := range r.Levels {
				c := r.Levels[level].Tensors[tensor]
				for _, pair := range [][2]int64{{c.Reads, c.TotalReads}, {c.Fills, c.TotalFills}, {c.Updates, c.TotalUpdates}} {
					require.LessOrEqual(t, pair[0], pair[1])
					require.GreaterOrEqual(t, pair[0]*r.Levels[level].Instances, pair[1])
				}
			}
		}
	})
}

// TestEvenAndUnevenCountsAgree counts nests whose trips divide with the arithmetic for those that do not.
func TestEvenAndUnevenCountsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawNest(t)
		if !d.even {
			t.Skip("does not divide")
		}
		r := evaluateDrawn(t, d, func(*Level) {})
		var uneven Result
		require.NoError(t, d.model.lay(&uneven.nest, &d.mapping))
		d.model.reset(&uneven)
		d.model.fit(&uneven)
		uneven.nest.uneven = 1<<len(d.model.problem.Dimensions) - 1
		d.model.count(&uneven)
		require.Equal(t, r.Steps, uneven.Steps)
		for l := range r.Levels {
			require.Equal(t, r.Levels[l].Instances, uneven.Levels[l].Instances)
			for tensor := range r.Levels[l].Tensors {
				a, b := r.Levels[l].Tensors[tensor], uneven.Levels[l].Tensors[tensor]
				a.EnergyPJ, b.EnergyPJ = 0, 0
				if d.model.tensors[tensor].sums { // tiles of uneven dimensions are not recognised as the same
					require.LessOrEqual(t, a.Reads, b.Reads)
					a.Reads, a.TotalReads = b.Reads, b.TotalReads
				}
				require.Equal(t, a, b)
			}
		}
	})
}
