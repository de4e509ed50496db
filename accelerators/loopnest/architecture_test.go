package loopnest_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// line is a problem of one dimension that is copied: six inputs to six outputs.
func line() loopnest.Problem {
	return loopnest.Problem{Name: "line", Dimensions: []loopnest.Dimension{{Name: "I", Size: 6}}, Tensors: []loopnest.Tensor{
		{Name: "in", Axes: []loopnest.Axis{loopnest.Along(0)}}, {Name: "out", Axes: []loopnest.Axis{loopnest.Along(0)}, Output: true}}}
}

func tower() loopnest.Architecture {
	return loopnest.Architecture{Name: "tower", Levels: []loopnest.Level{{Name: "DRAM"}, {Name: "buffer", CapacityWords: 8, Instances: 4, MeshX: 2, AreaUM2: 2e6}},
		Compute: loopnest.Compute{Instances: 8, MeshX: 2, AreaUM2: 1e6}}
}

func TestArchitecturesAreChecked(t *testing.T) {
	a, err := tower().Check()
	require.NoError(t, err)
	require.Equal(t, 16.0, a.AreaMM2()) // 4 · 2 + 8 · 1
	x, y := a.Fanout(0)
	require.Equal(t, [2]int{2, 2}, [2]int{x, y})
	x, y = a.Fanout(1)
	require.Equal(t, [2]int{1, 2}, [2]int{x, y}) // 2×4 units below 2×2 buffers
	tests := []struct {
		name   string
		change func(*loopnest.Architecture)
		want   string
	}{
		{"no level", func(a *loopnest.Architecture) { a.Levels = nil }, `loopnest: architecture "tower": 0 levels out of range [1, 16]`},
		{"no name", func(a *loopnest.Architecture) { a.Levels[1].Name = "" }, `loopnest: architecture "tower": level 1 has no name`},
		{"two of a name", func(a *loopnest.Architecture) { a.Levels[1].Name = "DRAM" }, `loopnest: architecture "tower": two levels named "DRAM"`},
		{"outermost without storage", func(a *loopnest.Architecture) { a.Levels[0].NoStorage = true },
			`loopnest: architecture "tower": level "DRAM" is outermost: it must hold every tensor`},
		{"capacity without storage", func(a *loopnest.Architecture) { a.Levels[1].NoStorage = true },
			`loopnest: architecture "tower": level "buffer" has no storage, but a capacity or tensors`},
		{"negative capacity", func(a *loopnest.Architecture) { a.Levels[1].CapacityWords = -1 },
			`loopnest: architecture "tower": level "buffer": capacity of -1 words out of range [0, 2^60]`},
		{"no copies", func(a *loopnest.Architecture) { a.Levels[1].Buffers = -1 }, `loopnest: architecture "tower": level "buffer": buffers -1 out of range [1, 2^20]`},
		{"bandwidth that is no number", func(a *loopnest.Architecture) { a.Levels[1].ReadWordsPerCycle = math.NaN() },
			`loopnest: architecture "tower": level "buffer": read bandwidth NaN: want a finite number, at least 0`},
		{"negative energy", func(a *loopnest.Architecture) { a.Compute.EnergyPJ = -1 },
			`loopnest: architecture "tower": compute: energy -1: want a finite number, at least 0`},
		{"rows that do not fit", func(a *loopnest.Architecture) { a.Levels[1].MeshX = 3 },
			`loopnest: architecture "tower": level "buffer": rows of 3 do not make up 4 instances`},
		{"mesh that is no multiple", func(a *loopnest.Architecture) { a.Compute.Instances, a.Compute.MeshX = 6, 3 },
			`loopnest: architecture "tower": compute is a mesh of 3×2, no multiple of the 2×2 of level "buffer" outside it`},
		{"part of nothing", func(a *loopnest.Architecture) { a.Levels[1].Parts = []loopnest.Part{{Tensor: "in"}} },
			`loopnest: architecture "tower": level "buffer": part of "in" of 0 words out of range [1, 2^60]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := tower()
			test.change(&a)
			_, err := a.Check()
			require.EqualError(t, err, test.want)
		})
	}
}

func TestUnknownTensorsOfALevelAreNamed(t *testing.T) {
	a := tower()
	a.Levels[1].Holds = []string{"in", "weights"}
	a.Levels[1].Parts = []loopnest.Part{{Tensor: "out", CapacityWords: 4}, {Tensor: "in", CapacityWords: 4}, {Tensor: "in", CapacityWords: 4}}
	_, err := loopnest.NewModel(line(), a)
	require.EqualError(t, err, strings.Join([]string{
		`loopnest: level "buffer": unknown tensor "weights": known are in, out`,
		`loopnest: level "buffer": a part of "out", which it does not hold or has a part of already`,
		`loopnest: level "buffer": a part of "in", which it does not hold or has a part of already`}, "\n"))
}
