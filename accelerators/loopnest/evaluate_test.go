package loopnest_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// row is a one-dimensional convolution: 6 outputs of 3 kernel elements from 8 inputs.
func row(stride int64) loopnest.Problem {
	return loopnest.Problem{Name: "row", Dimensions: []loopnest.Dimension{{Name: "P", Size: 6}, {Name: "R", Size: 3}}, Tensors: []loopnest.Tensor{
		{Name: "Weights", Axes: []loopnest.Axis{loopnest.Along(1)}},
		{Name: "Inputs", Axes: []loopnest.Axis{loopnest.Window(0, stride, 1, 1)}},
		{Name: "Outputs", Axes: []loopnest.Axis{loopnest.Along(0)}, Output: true}}}
}

func loops(pairs ...int64) (list []loopnest.Loop) {
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, loopnest.Loop{Dimension: int(pairs[i]), Trips: pairs[i+1]})
	}
	return list
}

func spread(pairs ...int64) (list []loopnest.Spread) {
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, loopnest.Spread{Dimension: int(pairs[i]), Trips: pairs[i+1]})
	}
	return list
}

func evaluate(t *testing.T, p loopnest.Problem, a loopnest.Architecture, m loopnest.Mapping) (*loopnest.Model, loopnest.Result) {
	t.Helper()
	model, err := loopnest.NewModel(p, a)
	require.NoError(t, err)
	var r loopnest.Result
	require.NoError(t, model.Evaluate(&m, &r))
	return model, r
}

// counts are the reads, fills and updates of a tensor in a level.
func counts(r loopnest.Result, level, tensor int) [3]int64 {
	c := r.Levels[level].Tensors[tensor]
	return [3]int64{c.Reads, c.Fills, c.Updates}
}

const p, r = 0, 1 // the dimensions of row

func TestTrafficByHand(t *testing.T) {
	all := loopnest.Tensors(0, 1, 2)
	buffer := func(change func(*loopnest.Architecture)) loopnest.Architecture {
		a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}, {Name: "buffer"}}, Compute: loopnest.Compute{Instances: 1}}
		if change != nil {
			change(&a)
		}
		return a
	}
	units := func(n int) func(*loopnest.Architecture) {
		return func(a *loopnest.Architecture) { a.Compute.Instances = n }
	}
	tests := []struct {
		name                        string
		architecture                loopnest.Architecture
		mapping                     loopnest.Mapping
		steps                       int64
		dram, weights, inputs, sums [3]int64 // reads, fills, updates: inputs in DRAM; weights, inputs, outputs in the buffer
	}{
		{
			// three tiles of 2 outputs: 4 inputs, 2 of them new each time: 4 + 2 + 2 = 8; weights stay; every output leaves once
			name: "a window slides", architecture: buffer(nil),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 3)}, {Keep: all, Temporal: loops(p, 2, r, 3)}}},
			steps:   18, dram: [3]int64{8, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
		{
			// kernel elements outside, one at a time, outputs inside: 3 · 6 inputs but for the overlap of 5 twice: 6 + 1 + 1; weights 3;
			// the outputs stay: R does not move them
			name: "the kernel slides", architecture: buffer(nil),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(r, 3)}, {Keep: all, Temporal: loops(p, 6)}}},
			steps:   18, dram: [3]int64{8, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
		{
			// R outside P: the inputs of a tile, 1·… tile 2 outputs, 1 kernel element: 2 inputs, no overlap in P: 9 tiles · 2 = 18. Weights: one word,
			// P does not move it: 3. Outputs leave 9 times 2 and come back all but the first time: 18 − 6 = 12
			name: "partial sums come back", architecture: buffer(nil),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(r, 3, p, 3)}, {Keep: all, Temporal: loops(p, 2)}}},
			steps:   18, dram: [3]int64{18, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 18, 0}, sums: [3]int64{12, 12, 18},
		},
		{
			// the unit draws an input from DRAM at each of 18 steps; the buffer has one weight and one output at a time
			name: "a tensor passes the buffer by", architecture: buffer(nil),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 6, r, 3)}, {Keep: loopnest.Tensors(0, 2)}}},
			steps:   18, dram: [3]int64{18, 0, 0}, weights: [3]int64{18, 18, 0}, inputs: [3]int64{}, sums: [3]int64{12, 0, 18},
		},
		{
			// three units share the outputs' partial sums: one update for three products, and one read of weights serves nobody else
			name: "sums are reduced in space", architecture: buffer(units(3)),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: all, Temporal: loops(p, 6), Spatial: spread(r, 3)}}},
			steps:   6, dram: [3]int64{8, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{0, 0, 6},
		},
		{
			name: "without a network that reduces", architecture: buffer(func(a *loopnest.Architecture) { a.Compute.Instances, a.Levels[1].NoReduction = 3, true }),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: all, Temporal: loops(p, 6), Spatial: spread(r, 3)}}},
			steps:   6, dram: [3]int64{8, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
		{
			// six units, one output each: a weight serves all: 3 reads
			name: "operands are multicast", architecture: buffer(units(6)),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: all, Temporal: loops(r, 3), Spatial: spread(p, 6)}}},
			steps:   3, dram: [3]int64{8, 0, 0}, weights: [3]int64{3, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
		{
			name: "without multicast", architecture: buffer(func(a *loopnest.Architecture) { a.Compute.Instances, a.Levels[1].NoMulticast = 6, true }),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: all, Temporal: loops(r, 3), Spatial: spread(p, 6)}}},
			steps:   3, dram: [3]int64{8, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
		{
			// 18 units: unit (p, r) reads input p + r, of which there are 8
			name: "diagonals share an input", architecture: buffer(units(18)),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: all, Spatial: spread(p, 6, r, 3)}}},
			steps:   1, dram: [3]int64{8, 0, 0}, weights: [3]int64{3, 3, 0}, inputs: [3]int64{8, 8, 0}, sums: [3]int64{0, 0, 6},
		},
		{
			// tiles of 4 and 2 outputs: inputs 6 + (4 − 2) = 8
			name: "the last tile is smaller", architecture: buffer(nil),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 2)}, {Keep: all, Temporal: loops(p, 4, r, 3)}}},
			steps:   18, dram: [3]int64{8, 0, 0}, weights: [3]int64{18, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
		{
			// 4 units take 6 outputs in two rounds of 4 and 2: 2 · 3 steps
			name: "the last round is smaller", architecture: buffer(units(4)),
			mapping: loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: all, Temporal: loops(p, 2, r, 3), Spatial: spread(p, 4)}}},
			steps:   6, dram: [3]int64{8, 0, 0}, weights: [3]int64{6, 3, 0}, inputs: [3]int64{18, 8, 0}, sums: [3]int64{12, 0, 18},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, result := evaluate(t, row(1), test.architecture, test.mapping)
			require.Equal(t, loopnest.Infeasible{}, result.Infeasible)
			require.Equal(t, test.steps, result.Steps)
			require.Equal(t, int64(18), result.Computes)
			require.Equal(t, test.dram, counts(result, 0, 1), "inputs of DRAM")
			require.Equal(t, test.weights, counts(result, 1, 0), "weights of the buffer")
			require.Equal(t, test.inputs, counts(result, 1, 1), "inputs of the buffer")
			require.Equal(t, test.sums, counts(result, 1, 2), "outputs of the buffer")
		})
	}
}

func TestBandwidthSetsTheCycles(t *testing.T) {
	// 18 steps; the buffer serves 18 weights and 18 inputs and reads 12 sums back: 48 reads; writes 3 + 8 + 18 = 29
	mapping := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 3)}, {Keep: loopnest.Tensors(0, 1, 2), Temporal: loops(p, 2, r, 3)}}}
	for _, test := range []struct {
		read, write, both float64
		want              int64
	}{{0, 0, 0, 18}, {48, 29, 77, 18}, {2, 0, 0, 24}, {2.5, 0, 0, 20}, {0, 1, 0, 29}, {0, 0, 2, 39}, {2, 1, 2, 39}} {
		a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}, {Name: "buffer", ReadWordsPerCycle: test.read, WriteWordsPerCycle: test.write,
			WordsPerCycle: test.both}}}
		_, result := evaluate(t, row(1), a, mapping)
		require.Equal(t, test.want, result.Cycles)
		require.Equal(t, int64(18), result.Steps)
	}
}

func TestEnergyByHand(t *testing.T) {
	// four registers in clusters of two, all used by P in space: 6 outputs in rounds of 4 and 2; each register has its unit
	a := loopnest.Architecture{Levels: []loopnest.Level{
		{Name: "DRAM", BlockWords: 4, ReadPJ: 10, WritePJ: 20, UpdatePJ: 30, LeakPJPerCycle: 1},
		{Name: "register", Instances: 4, ClusterSize: 2, Holds: []string{"Outputs"}, BlockWords: 2, ReadPJ: 1, WritePJ: 2, UpdatePJ: 3, LeakPJPerCycle: 0.25}},
		Compute: loopnest.Compute{Instances: 4, EnergyPJ: 0.5}}
	m := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 2), Spatial: spread(p, 4)}, {Keep: loopnest.Tensors(2), Temporal: loops(r, 3)}}}
	_, result := evaluate(t, row(1), a, m)
	require.Equal(t, int64(6), result.Steps)
	require.Equal(t, int64(4), result.Levels[1].Instances)
	require.Equal(t, int64(2), result.Levels[1].Clusters)
	// DRAM: weights 6 steps, one word for all units: 6 reads = 2 blocks = 20 pJ; inputs 18 words = 5 blocks = 50 pJ; outputs 6 updates = 2 blocks = 60 pJ
	require.Equal(t, 20.0, result.Levels[0].Tensors[0].EnergyPJ)
	require.Equal(t, 50.0, result.Levels[0].Tensors[1].EnergyPJ)
	require.Equal(t, 60.0, result.Levels[0].Tensors[2].EnergyPJ)
	// registers: 18 updates and 18 − 6 = 12 reads over 4: 5 and 3 a register = 3 and 2 blocks in each of 2 clusters: 2·(3·3 + 2·1) = 22 pJ
	require.Equal(t, 22.0, result.Levels[1].Tensors[2].EnergyPJ)
	require.Equal(t, 6.0, result.Levels[0].LeakPJ)
	require.Equal(t, 6.0, result.Levels[1].LeakPJ) // 0.25 · 4 · 6
	require.Equal(t, 9.0, result.ComputePJ)
	require.Equal(t, 20.0+50+60+22+6+6+9, result.EnergyPJ)
	require.Equal(t, 173.0*6, result.EDPPJCycles())
	require.Equal(t, int64(6+18+6), result.OutermostWords())
	require.InDelta(t, 18.0/(6*4), result.UtilizationFrac, 1e-15)
}

func TestWhatDoesNotFitSaysWhy(t *testing.T) {
	keep := loopnest.Tensors(0, 1, 2)
	mapping := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 3)}, {Keep: keep, Temporal: loops(p, 2, r, 3)}}}
	wide := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Spatial: []loopnest.Spread{{Dimension: p, Trips: 3, Y: true}, {Dimension: p, Trips: 2}}},
		{Keep: keep, Temporal: loops(r, 3)}}}
	tests := []struct {
		name      string
		buffer    loopnest.Level
		mapping   loopnest.Mapping
		want      string
		violation float64
	}{
		{"tiles of 3 weights, 4 inputs and 2 outputs", loopnest.Level{CapacityWords: 9}, mapping, "", 0},
		{"one word less", loopnest.Level{CapacityWords: 8}, mapping, "the tiles need 9 words of buffer, which has 8", 0.125},
		{"two copies", loopnest.Level{CapacityWords: 18, Buffers: 2}, mapping, "", 0},
		{"two copies, one word less", loopnest.Level{CapacityWords: 17, Buffers: 2}, mapping, "the tiles need 18 words of buffer, which has 17", 1.0 / 17},
		{"parts", loopnest.Level{CapacityWords: 2, Parts: []loopnest.Part{{Tensor: "Weights", CapacityWords: 3}, {Tensor: "Inputs", CapacityWords: 4}}}, mapping, "", 0},
		{"a part", loopnest.Level{CapacityWords: 2, Parts: []loopnest.Part{{Tensor: "Weights", CapacityWords: 3}, {Tensor: "Inputs", CapacityWords: 3}}}, mapping,
			"the tile of Inputs needs 4 words of buffer, which has 3 for it", 1.0 / 3},
		{"the worst counts", loopnest.Level{CapacityWords: 1, Parts: []loopnest.Part{{Tensor: "Weights", CapacityWords: 1}, {Tensor: "Inputs", CapacityWords: 4}}}, mapping,
			"the tile of Weights needs 3 words of buffer, which has 1 for it", 2},
		{"a mesh", loopnest.Level{Instances: 6, MeshX: 2}, wide, "", 0},
		{"a flat mesh", loopnest.Level{Instances: 4, MeshX: 2}, wide, "3 iterations in space below DRAM: its fan-out along Y is 2", 0.5},
		{"a narrow mesh", loopnest.Level{Instances: 3, MeshX: 1}, wide, "2 iterations in space below DRAM: its fan-out along X is 1", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.buffer.Name = "buffer"
			a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}, test.buffer}, Compute: loopnest.Compute{Instances: max(test.buffer.Instances, 1),
				MeshX: test.buffer.MeshX}}
			model, result := evaluate(t, row(1), a, test.mapping)
			require.Equal(t, test.want, model.Reason(result.Infeasible))
			require.InDelta(t, test.violation, result.Infeasible.Violation(), 1e-15)
			require.Equal(t, test.want == "", result.Cycles > 0)
		})
	}
}

func TestForeignMappingsAreErrors(t *testing.T) {
	a := loopnest.Architecture{Name: "a", Levels: []loopnest.Level{{Name: "DRAM"}, {Name: "buffer", Holds: []string{"Weights"}}}}
	model, err := loopnest.NewModel(row(1), a)
	require.NoError(t, err)
	whole := loops(p, 6, r, 3)
	for _, test := range []struct {
		name    string
		mapping loopnest.Mapping
		want    string
	}{
		{"levels", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: whole}}}, `loopnest: mapping of 1 levels on 2 of architecture "a"`},
		{"dimension", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(2, 3)}, {}}}, `loopnest: level "DRAM": dimension 2 out of range [0, 2)`},
		{"dimension of one trip", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(-1, 1)}, {}}},
			`loopnest: level "DRAM": dimension -1 out of range [0, 2)`},
		{"too few trips", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 5, r, 3)}, {}}},
			`loopnest: the loops of "P" make 5 trips and do not cover its size 6`},
		{"no trip", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 0)}, {}}},
			`loopnest: level "DRAM": 0 trips of 1 along "P" of size 6: the last one must start inside`},
		{"too many trips", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 3)}, {Temporal: loops(p, 4, r, 3)}}},
			`loopnest: level "DRAM": 3 trips of 4 along "P" of size 6: the last one must start inside`},
		{"tensor that the level does not hold", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: whole}, {Keep: loopnest.Tensors(1)}}},
			`loopnest: level "buffer" does not hold "Inputs"`},
		{"tensor that is none", loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: whole}, {Keep: loopnest.Tensors(0, 9)}}},
			`loopnest: level "buffer" keeps tensor 9, out of range [0, 3)`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var result loopnest.Result
			require.EqualError(t, model.Evaluate(&test.mapping, &result), test.want)
			require.EqualError(t, model.WriteNest(nil, &test.mapping), test.want)
		})
	}
}

// TestLargeNumbersDoNotWrap puts problems and trips at the limits where products pass 2^63.
func TestLargeNumbersDoNotWrap(t *testing.T) {
	huge := loopnest.Problem{Name: "huge", Dimensions: []loopnest.Dimension{{Name: "I", Size: 1 << 59}}, Tensors: []loopnest.Tensor{
		{Name: "in", Axes: []loopnest.Axis{loopnest.Along(0)}}, {Name: "out", Axes: []loopnest.Axis{loopnest.Along(0)}, Output: true}}}
	a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}, {Name: "buffer", CapacityWords: 1 << 60, Buffers: 1 << 20}}}
	model, err := loopnest.NewModel(huge, a)
	require.NoError(t, err)
	keep := loopnest.Tensors(0, 1)
	var result loopnest.Result
	far := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(0, 1<<59)}, {Keep: keep, Temporal: loops(0, 1<<58)}}}
	require.ErrorContains(t, model.Evaluate(&far, &result), "the last one must start inside")
	full := loopnest.Mapping{Levels: []loopnest.LevelMapping{{}, {Keep: keep, Temporal: loops(0, 1<<59)}}}
	require.NoError(t, model.Evaluate(&full, &result))
	require.Equal(t, loopnest.OverCapacity, result.Infeasible.Cause)
	require.Equal(t, int64(2*loopnest.MaxCount), result.Infeasible.Needed)
	wide := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Spatial: spread(0, 1<<58, 0, 2)}, {Keep: keep}}}
	require.NoError(t, model.Evaluate(&wide, &result))
	require.Equal(t, loopnest.OverFanoutX, result.Infeasible.Cause)
	require.Equal(t, int64(1<<59), result.Infeasible.Needed)
	outside := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(0, 1<<59)}, {}}}
	require.NoError(t, model.Evaluate(&outside, &result))
	require.Equal(t, int64(1<<59), result.Cycles)
	require.Equal(t, int64(1<<59), result.Levels[0].Tensors[0].TotalReads)
}

// TestAModelIsShared evaluates one model from two goroutines, and one result with two models.
func TestAModelIsShared(t *testing.T) {
	a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}, {Name: "buffer"}}}
	model, err := loopnest.NewModel(row(1), a)
	require.NoError(t, err)
	mapping := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 3)}, {Keep: loopnest.Tensors(0, 1, 2), Temporal: loops(p, 2, r, 3)}}}
	var results [2]loopnest.Result
	var wait sync.WaitGroup
	for i := range results {
		wait.Go(func() {
			for range 100 {
				if err := model.Evaluate(&mapping, &results[i]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	require.Equal(t, results[0].Levels, results[1].Levels)

	small, err := loopnest.NewModel(row(2), loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}}})
	require.NoError(t, err)
	outside := loopnest.Mapping{Levels: []loopnest.LevelMapping{{Temporal: loops(p, 6, r, 3)}}}
	var fresh loopnest.Result
	require.NoError(t, small.Evaluate(&outside, &fresh))
	require.NoError(t, small.Evaluate(&outside, &results[0]))
	require.Equal(t, fresh.Levels, results[0].Levels)
	require.NoError(t, model.Evaluate(&mapping, &results[0]))
	require.Equal(t, results[1].Levels, results[0].Levels)
}
