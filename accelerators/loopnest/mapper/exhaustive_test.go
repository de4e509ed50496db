package mapper_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// every calls visit with all mappings of a model: every way to give the trips of every dimension to the loops of the levels, in every order, with every
// set of tensors. It knows nothing of the space of the mapper.
func every(m *loopnest.Model, visit func(*loopnest.Mapping)) {
	p, a := m.Problem(), m.Architecture()
	levels := len(a.Levels)
	var mapping loopnest.Mapping
	mapping.Levels = make([]loopnest.LevelMapping, levels)
	var keep func(level int)
	var order func(level int)
	order = func(level int) {
		if level == levels {
			visit(&mapping)
			return
		}
		loops := mapping.Levels[level].Temporal
		permutations(loops, 0, func() { order(level + 1) })
	}
	keep = func(level int) {
		if level == levels {
			order(0)
			return
		}
		for set := loopnest.TensorSet(0); set < 1<<len(p.Tensors); set++ {
			if set&^m.Holds(level) == 0 {
				mapping.Levels[level].Keep = set
				keep(level + 1)
			}
		}
	}
	var cut func(d, level int, left int64, spatial bool)
	cut = func(d, level int, left int64, spatial bool) {
		if level < 0 {
			if left > 1 {
				return
			}
			if d++; d == len(p.Dimensions) {
				keep(0)
				return
			}
			cut(d, levels-1, p.Dimensions[d].Size, true)
			return
		}
		l := &mapping.Levels[level]
		for trips := int64(1); trips <= left; trips++ {
			if left%trips != 0 {
				continue
			}
			if spatial {
				saved := slices.Clone(l.Spatial)
				if trips > 1 {
					l.Spatial = append(l.Spatial, loopnest.Spread{Dimension: d, Trips: trips})
				}
				cut(d, level, left/trips, false)
				l.Spatial = saved
			} else {
				saved := slices.Clone(l.Temporal)
				if trips > 1 {
					l.Temporal = append(l.Temporal, loopnest.Loop{Dimension: d, Trips: trips})
				}
				cut(d, level-1, left/trips, true)
				l.Temporal = saved
			}
		}
	}
	cut(0, levels-1, p.Dimensions[0].Size, true)
}

func permutations(loops []loopnest.Loop, from int, visit func()) {
	if from >= len(loops)-1 {
		visit()
		return
	}
	for i := from; i < len(loops); i++ {
		loops[from], loops[i] = loops[i], loops[from]
		permutations(loops, from+1, visit)
		loops[from], loops[i] = loops[i], loops[from]
	}
}

// drawModel is a random small convolution on a random small hierarchy.
func drawModel(t *rapid.T) *loopnest.Model {
	size := func(name string, sizes ...int64) loopnest.Dimension {
		return loopnest.Dimension{Name: name, Size: rapid.SampledFrom(sizes).Draw(t, name)}
	}
	p := loopnest.Problem{Name: "drawn", Dimensions: []loopnest.Dimension{size("C", 1, 2), size("M", 1, 3), size("R", 1, 2), size("P", 2, 4)},
		Tensors: []loopnest.Tensor{
			{Name: "Weights", Axes: []loopnest.Axis{loopnest.Along(1), loopnest.Along(0), loopnest.Along(2)}},
			{Name: "Inputs", Axes: []loopnest.Axis{loopnest.Along(0), loopnest.Window(3, rapid.Int64Range(1, 2).Draw(t, "stride"), 2, 1)}},
			{Name: "Outputs", Axes: []loopnest.Axis{loopnest.Along(1), loopnest.Along(3)}, Output: true},
		}}
	pj := rapid.Float64Range(0.1, 10)
	bandwidth := rapid.SampledFrom([]float64{0, 0.5, 2})
	level := func(name string, capacity int64) loopnest.Level {
		return loopnest.Level{Name: name, CapacityWords: capacity, ReadPJ: pj.Draw(t, "read"), WritePJ: pj.Draw(t, "write"), UpdatePJ: pj.Draw(t, "update"),
			LeakPJPerCycle: pj.Draw(t, "leak"), ReadWordsPerCycle: bandwidth.Draw(t, "bandwidth")}
	}
	a := loopnest.Architecture{Name: "drawn", Levels: []loopnest.Level{level("DRAM", 0), level("buffer", rapid.Int64Range(3, 30).Draw(t, "words"))},
		Compute: loopnest.Compute{Instances: rapid.IntRange(1, 4).Draw(t, "units"), EnergyPJ: 1}}
	a.Levels[1].Holds = rapid.SampledFrom([][]string{{"Inputs"}, {"Outputs"}, {"Weights", "Inputs"}}).Draw(t, "holds")
	m, err := loopnest.NewModel(p, a)
	require.NoError(t, err)
	return m
}

// TestExhaustiveFindsTheOptimum compares with all mappings, whatever the objective: neither the orders left out nor the bounds cost the optimum.
func TestExhaustiveFindsTheOptimum(t *testing.T) {
	values := map[mapper.Objective]func(*loopnest.Result) float64{
		mapper.EDP:               (*loopnest.Result).EDPPJCycles,
		mapper.Energy:            func(r *loopnest.Result) float64 { return r.EnergyPJ },
		mapper.Cycles:            func(r *loopnest.Result) float64 { return float64(r.Cycles) },
		mapper.OutermostAccesses: func(r *loopnest.Result) float64 { return float64(r.OutermostWords()) },
	}
	models, found := rapid.Custom(drawModel), 0
	for seed := range 24 { // each takes tens of milliseconds
		m := models.Example(seed)
		objective := mapper.Objective(seed % 4)
		best, all := math.Inf(1), 0
		var r loopnest.Result
		every(m, func(mapping *loopnest.Mapping) {
			all++
			if err := m.Evaluate(mapping, &r); err != nil {
				t.Fatal(err)
			}
			if r.Infeasible.Cause == loopnest.Feasible {
				best = min(best, values[objective](&r))
			}
		})
		o, err := mapper.Search(m, mapper.Constraints{}, mapper.Options{Algorithm: mapper.Exhaustive, Objectives: []mapper.Objective{objective}, Budget: 1 << 30},
			stream(uint64(seed)))
		if math.IsInf(best, 1) {
			require.ErrorIs(t, err, mapper.ErrNone)
			continue
		}
		found++
		require.NoError(t, err)
		require.True(t, o.Complete)
		require.Equal(t, best, values[objective](&o.Result), "seed %d, %s, %d mappings", seed, objective, all)
	}
	require.Greater(t, found, 15)
}
