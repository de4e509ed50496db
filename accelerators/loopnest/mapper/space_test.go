package mapper_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// product is a matrix product of 8×6 by 6×4 on a 4×2 mesh below a buffer.
func product(t testing.TB) *loopnest.Model {
	t.Helper()
	p := loopnest.Problem{Name: "product", Dimensions: []loopnest.Dimension{{Name: "I", Size: 8}, {Name: "J", Size: 4}, {Name: "K", Size: 6}},
		Tensors: []loopnest.Tensor{
			{Name: "A", Axes: []loopnest.Axis{loopnest.Along(0), loopnest.Along(2)}},
			{Name: "B", Axes: []loopnest.Axis{loopnest.Along(2), loopnest.Along(1)}},
			{Name: "C", Axes: []loopnest.Axis{loopnest.Along(0), loopnest.Along(1)}, Output: true}}}
	a := loopnest.Architecture{Name: "mesh", Levels: []loopnest.Level{{Name: "DRAM", ReadPJ: 100, WritePJ: 100, UpdatePJ: 100},
		{Name: "buffer", Holds: []string{"A", "C"}, ReadPJ: 1, WritePJ: 1, UpdatePJ: 1}}, Compute: loopnest.Compute{Instances: 8, MeshX: 4}}
	m, err := loopnest.NewModel(p, a)
	require.NoError(t, err)
	return m
}

func TestSizeByHand(t *testing.T) {
	tests := []struct {
		name        string
		constraints mapper.Constraints
		imperfect   bool
		want        string
	}{
		// slots from inside: Y of 2, X of 4, buffer, DRAM. Ordered factors with Y ≤ 2, X ≤ 4: 8 = 2³ has y ∈ {1,2}, x ∈ {1,2,4}, the rest in two
		// places: y=1: 4+3+2, y=2: 3+2+1 = 15; 4 = 2²: y=1: 3+2+1, y=2: 2+1 = 9; 6 = 2·3: y=1: x=1: 4, 2: 2, 3: 2; y=2: x=1: 2, 3: 1 = 11
		// 15·9·11 = 1,485 cuts; buffer keeps A and C or not: 4; orders: 3!·3! = 36
		{"free", mapper.Constraints{}, false, "213840"},
		// I whole in the buffer: 1; keep fixed: 1; K innermost in DRAM leaves 2! there: 9·11·1·2·6 = 1,188
		{"narrow", mapper.Constraints{Levels: []mapper.LevelConstraint{
			{Level: "buffer", Keep: []string{"A"}, Bypass: []string{"C"}, Temporal: []mapper.Factor{{Dimension: "I"}}},
			{Level: "DRAM", Innermost: []string{"K"}}}}, false, "1188"},
		// no loops in space; I at most 2 in the buffer: 2 ways; J: 3; K: 4; 2·3·4·4·36 = 3,456
		{"in time", mapper.Constraints{Levels: []mapper.LevelConstraint{
			{Level: "buffer", NoSpatial: true, Temporal: []mapper.Factor{{Dimension: "I", Trips: 2, Max: true}}}}}, false, "3456"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := mapper.NewSpace(product(t), test.constraints, test.imperfect)
			require.NoError(t, err)
			require.Equal(t, test.want, s.Size().String())
		})
	}
}

func TestContradictionsAreNamed(t *testing.T) {
	level := func(c mapper.LevelConstraint) mapper.Constraints {
		return mapper.Constraints{Levels: []mapper.LevelConstraint{c}}
	}
	factor := func(name string, trips int64) []mapper.Factor {
		return []mapper.Factor{{Dimension: name, Trips: trips}}
	}
	tests := []struct {
		name        string
		constraints mapper.Constraints
		want        string
	}{
		{"unknown level", level(mapper.LevelConstraint{Level: "cache"}), `mapper: constraint of an unknown level "cache"`},
		{"unknown dimension", level(mapper.LevelConstraint{Level: "DRAM", Innermost: []string{"Z"}}),
			`mapper: constraint of level "DRAM": unknown dimension "Z": known are I, J, K`},
		{"unknown tensor", level(mapper.LevelConstraint{Level: "buffer", Bypass: []string{"D"}}), `mapper: constraint of level "buffer": unknown tensor "D"`},
		{"tensor that the level does not hold", level(mapper.LevelConstraint{Level: "buffer", Keep: []string{"B"}}),
			`mapper: constraint of level "buffer": it does not hold "B"`},
		{"keep and bypass", level(mapper.LevelConstraint{Level: "buffer", Keep: []string{"A"}, Bypass: []string{"A"}}),
			`mapper: level "buffer" both keeps and passes "A" by`},
		{"bypass, then keep", mapper.Constraints{Levels: []mapper.LevelConstraint{{Level: "buffer", Bypass: []string{"A"}}, {Level: "buffer", Keep: []string{"A"}}}},
			`mapper: level "buffer" both keeps and passes "A" by`},
		{"bypass of the outermost level", level(mapper.LevelConstraint{Level: "DRAM", Bypass: []string{"A"}}),
			`mapper: level "DRAM" is outermost: "A" cannot pass it by`},
		{"factor beyond the size", level(mapper.LevelConstraint{Level: "DRAM", Temporal: factor("I", 9)}), `mapper: level "DRAM": factor 9 of "I" out of range [0, 8]`},
		{"factor that does not divide", level(mapper.LevelConstraint{Level: "DRAM", Temporal: factor("I", 3)}),
			`mapper: dimension "I" of size 8: constraints and fan-outs leave no way to cut it over the levels`},
		{"two factors", mapper.Constraints{Levels: []mapper.LevelConstraint{{Level: "DRAM", Temporal: factor("I", 2)}, {Level: "DRAM", Temporal: factor("I", 4)}}},
			`mapper: level "DRAM": factor 4 of "I" contradicts another constraint or the fan-out: at least 2 and at most 2 are left`},
		{"factor against no loops", mapper.Constraints{Levels: []mapper.LevelConstraint{{Level: "buffer", NoTemporal: true}, {Level: "buffer", Temporal: factor("I", 4)}}},
			`mapper: level "buffer": factor 4 of "I" contradicts another constraint or the fan-out: at least 1 and at most 1 are left`},
		{"space beyond the fan-out", level(mapper.LevelConstraint{Level: "buffer", Spatial: factor("I", 8)}),
			`mapper: level "buffer": 8 trips of "I" in space do not fit its fan-out or are excluded by its axes`},
		{"all that is left twice", mapper.Constraints{Levels: []mapper.LevelConstraint{{Level: "buffer", Temporal: factor("I", 0)}, {Level: "DRAM", Temporal: factor("I", 0)}}},
			`mapper: two factors of "I" take all that is left`},
		{"innermost and outermost", level(mapper.LevelConstraint{Level: "DRAM", Innermost: []string{"I"}, Outermost: []string{"I"}}),
			`mapper: dimension "I" is both innermost and outermost in level "DRAM"`},
		{"two orders", mapper.Constraints{Levels: []mapper.LevelConstraint{{Level: "DRAM", Innermost: []string{"I"}}, {Level: "DRAM", Innermost: []string{"J"}}}},
			`mapper: two orders of the loops of level "DRAM"`},
		{"fan-out from more to less", level(mapper.LevelConstraint{Level: "buffer", MinFanoutFrac: 0.9, MaxFanoutFrac: 0.5}),
			`mapper: level "buffer" must use at least 8 of its fan-out and at most 4`},
		{"fan-out out of range", level(mapper.LevelConstraint{Level: "buffer", MinFanoutFrac: 2}), `mapper: fan-out of level "buffer" from 2 to 1 out of range [0, 1]`},
		{"utilisation out of range", mapper.Constraints{MinUtilizationFrac: 1.5}, `mapper: least utilisation 1.5 out of range [0, 1]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := mapper.NewSpace(product(t), test.constraints, false)
			require.EqualError(t, err, test.want)
		})
	}
	_, err := mapper.NewSpace(product(t), mapper.Constraints{MinUtilizationFrac: -1, Levels: []mapper.LevelConstraint{{Level: "cache"}}}, false)
	require.Len(t, strings.Split(err.Error(), "\n"), 2, "all mistakes at once")
}

// TestFoundMappingsKeepTheConstraints draws constraints and looks at what each search finds under them.
func TestFoundMappingsKeepTheConstraints(t *testing.T) {
	m := product(t)
	rapid.Check(t, func(t *rapid.T) {
		c := mapper.Constraints{MinUtilizationFrac: rapid.SampledFrom([]float64{0, 0.4}).Draw(t, "utilisation")}
		buffer := mapper.LevelConstraint{Level: "buffer", Keep: []string{"A"}, Bypass: []string{"C"}, Innermost: []string{"K"}, SpatialX: []string{"I", "K"},
			Temporal:      []mapper.Factor{{Dimension: "J", Trips: rapid.SampledFrom([]int64{1, 2}).Draw(t, "J")}, {Dimension: "I", Trips: 4, Max: true}},
			MinFanoutFrac: rapid.SampledFrom([]float64{0, 0.5}).Draw(t, "fan-out")}
		c.Levels = []mapper.LevelConstraint{buffer, {Level: "DRAM", Outermost: []string{"I"}}}
		options := mapper.Options{Algorithm: mapper.Algorithm(rapid.IntRange(0, 4).Draw(t, "algorithm")), Budget: 300, Imperfect: rapid.Bool().Draw(t, "imperfect")}
		o, err := mapper.Search(m, c, options, stream(rapid.Uint64().Draw(t, "seed")))
		if errors.Is(err, mapper.ErrNone) {
			t.Skip("a short search found none")
		}
		require.NoError(t, err)
		require.GreaterOrEqual(t, o.Result.UtilizationFrac, c.MinUtilizationFrac)
		inner, outer := o.Mapping.Levels[1], o.Mapping.Levels[0]
		require.Equal(t, loopnest.Tensors(0), inner.Keep)
		trips, used := map[int]int64{0: 1, 1: 1, 2: 1}, int64(1)
		for i, l := range inner.Temporal {
			trips[l.Dimension] = l.Trips
			require.True(t, l.Dimension != 2 || i == len(inner.Temporal)-1, "K is innermost")
		}
		require.Equal(t, buffer.Temporal[0].Trips, trips[1])
		require.LessOrEqual(t, trips[0], int64(4))
		for i, l := range outer.Temporal {
			require.True(t, l.Dimension != 0 || i == 0, "I is outermost")
		}
		for _, s := range inner.Spatial {
			used *= s.Trips
			require.True(t, s.Y || s.Dimension != 1, "J is not spread along X")
		}
		require.GreaterOrEqual(t, float64(used), 8*buffer.MinFanoutFrac)
	})
}
