package vary_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func mixed(t require.TestingT) space.Space {
	s, err := space.New(
		space.Param{Name: "size", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8, 16, 32, 64, 128, 256}},
		space.Param{Name: "fixed", Kind: space.Nominal, Labels: []string{"only"}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "direct", "set"}},
		space.Param{Name: "sets", Kind: space.Ordinal, Values: []float64{16, 32, 64}, When: []space.Cond{{Param: "cache", In: []string{"set"}}}},
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"a", "b", "c", "d"}},
	)
	require.NoError(t, err)
	return s
}

func differing(p, q space.Point) []int {
	var axes []int
	for axis := range p {
		if p[axis] != q[axis] {
			axes = append(axes, axis)
		}
	}
	return axes
}

func TestVariationsAreCanonicalAndLeaveTheirParentsAlone(t *testing.T) {
	s := mixed(t)
	rapid.Check(t, func(t *rapid.T) {
		rng := seed.New(rapid.Uint64().Draw(t, "seed"))
		a, b := s.Sample(rng), s.Sample(rng)
		keepA, keepB := slices.Clone(a), slices.Clone(b)
		for _, p := range []space.Point{
			vary.Mutate(s, a, 0.5, rng), vary.One(s, a, rng), vary.Cross(s, a, b, 0.5, rng), vary.Walk(s, func() space.Point { return a }, rng)(),
		} {
			require.NoError(t, s.Check(p))
		}
		for _, m := range vary.AppendMoves(nil, s, a, 100) {
			require.NoError(t, s.Check(m.Apply(s, a, rng)))
		}
		require.Equal(t, keepA, a)
		require.Equal(t, keepB, b)
	})
}

func TestOneChangesOneAxis(t *testing.T) {
	s, rng := mixed(t), seed.New(1, "vary")
	hit := map[int]int{}
	for range 4000 {
		p := s.Sample(rng)
		axes := differing(p, vary.One(s, p, rng))
		if len(axes) == 2 { // the cache type changed and switched the number of sets on or off
			require.Equal(t, []int{2, 3}, axes)
			axes = axes[:1]
		}
		require.Len(t, axes, 1)
		hit[axes[0]]++
	}
	require.Zero(t, hit[1], "an axis of one level cannot change")
	for _, axis := range []int{0, 2, 4} {
		require.InDelta(t, 1200, hit[axis], 250, "axis %d", axis) // a third each, less the share of the conditional axis
	}
}

func TestNothingToMutate(t *testing.T) {
	rng := seed.New(1, "vary")
	require.Equal(t, space.Point{}, vary.One(space.Space{}, space.Point{}, rng))
	s, err := space.New(space.Param{Name: "fixed", Kind: space.Nominal, Labels: []string{"only"}})
	require.NoError(t, err)
	require.Equal(t, space.Point{0}, vary.Mutate(s, space.Point{0}, 1, rng))
}

func TestMutationReachesEveryLevel(t *testing.T) {
	rng := seed.New(2, "vary")
	for axis, p := range mixed(t).Params() {
		if p.Levels() == 1 {
			continue
		}
		reached := map[int]bool{}
		for range 5000 {
			level := vary.Level(p, 1, rng)
			require.NotEqual(t, 1, level, "axis %d", axis)
			require.True(t, level >= 0 && level < p.Levels())
			reached[level] = true
		}
		if p.Kind != space.Permutation { // an order of 4 labels has 6 swaps and 9 further moves
			require.Len(t, reached, p.Levels()-1, p.Name)
		}
	}
}

// Half of the changes from the middle of 2,001 levels are steps of k levels, k with probability 2^-k (mean 2); the other half hits any single
// level in 1 of 4,000 draws.
func TestOrdinalStepsAreGeometric(t *testing.T) {
	p := space.Param{Name: "x", Kind: space.Ordinal}
	for i := range 2001 {
		p.Values = append(p.Values, float64(i))
	}
	rng, count := seed.New(7, "vary"), map[int]int{}
	const draws = 40_000
	for range draws {
		count[vary.Level(p, 1000, rng)-1000]++
	}
	for k, want := range map[int]int{1: 5010, 2: 2510, 3: 1260, 4: 635, 5: 322} { // draws/4/2^k + draws/4000
		require.InDelta(t, want, count[k], 200, "%d up", k)
		require.InDelta(t, want, count[-k], 200, "%d down", k)
	}
}

// Of the order a b c d, rank 0: swaps give 6 other orders, moves of one label by two places or more 6 more: abcd -> bcad, bcda, acdb, cabd,
// dabc, adbc. (Moves by one place are swaps.)
func TestOrdersReachedFromTheFirst(t *testing.T) {
	rng, p := seed.New(3, "vary"), mixed(t).Param(4)
	reached := map[string]bool{}
	for range 5000 {
		reached[p.LevelName(vary.Level(p, 0, rng))] = true
	}
	require.Len(t, reached, 12)
	require.True(t, reached["b>c>d>a"])
	require.True(t, reached["d>b>c>a"])
	require.False(t, reached["d>c>b>a"])
}

func TestCrossTakesLevelsFromTheParents(t *testing.T) {
	s, rng := mixed(t), seed.New(4, "vary")
	a, b := space.Point{2, 0, 0, 0, 0}, space.Point{6, 0, 2, 1, 23}
	levels := map[int]int{}
	for range 3000 {
		child := vary.Cross(s, a, b, 0, rng)
		require.Contains(t, []int{2, 6}, child[0])
		require.Contains(t, []int{0, 23}, child[4])
		if child[2] == 2 {
			require.Equal(t, 1, child[3], "the only parent with sets gives them")
		}
		blended := vary.Cross(s, a, b, 1, rng)
		require.True(t, blended[0] >= 2 && blended[0] <= 6)
		levels[blended[0]]++
	}
	require.Len(t, levels, 5)
}

// The first and the last order of four labels make many others; an order crossed with itself makes itself.
func TestOrderCrossoverIsAnOrder(t *testing.T) {
	s, rng := mixed(t), seed.New(5, "vary")
	seen := map[int]bool{}
	for range 3000 {
		child := vary.Cross(s, space.Point{0, 0, 0, 0, 0}, space.Point{0, 0, 0, 0, 23}, 1, rng)
		seen[child[4]] = true
	}
	require.Greater(t, len(seen), 8)
	require.Equal(t, 7, vary.Cross(s, space.Point{0, 0, 0, 0, 7}, space.Point{0, 0, 0, 0, 7}, 1, rng)[4])
}

func TestMovesByHand(t *testing.T) {
	s := mixed(t)
	p := space.Point{3, 0, 0, 0, 0}
	moves := vary.AppendMoves(nil, s, p, 100)
	// size: 2, 4, then 2 away 1, 5, 4 away 7; cache: 1, 2; order: the three adjacent swaps of abcd, ranks 6 (bacd), 2 (acbd), 1 (abdc).
	require.Equal(t, []vary.Move{{0, 2}, {0, 4}, {0, 1}, {0, 5}, {0, 7}, {2, 1}, {2, 2}, {4, 6}, {4, 2}, {4, 1}}, moves)
	require.Len(t, vary.AppendMoves(nil, s, p, 1), 7)
	require.Equal(t, space.Point{5, 0, 0, 0, 0}, vary.Move{Axis: 0, Level: 5}.Apply(s, p, seed.New(1)))
}

func TestFoundersAreTheBestOfTheGiven(t *testing.T) {
	var f vary.Founders
	require.Empty(t, f.Take(3))
	require.False(t, f.Keep(agents.Trial{ID: 9, Objectives: []float64{9}}), "it was asked for")
	for id, value := range []float64{5, 1, 7, 3} {
		require.True(t, f.Keep(agents.Trial{ID: id, Objectives: []float64{value}, Given: true}))
	}
	require.True(t, f.Keep(agents.Trial{ID: 4, Violations: []float64{0}, Infeasible: "failed", Given: true}))
	var ids []int
	for _, t := range f.Take(3) {
		ids = append(ids, t.ID)
	}
	require.Equal(t, []int{2, 0, 3}, ids)
	require.Empty(t, f.Take(3), "the others are forgotten")
}

func TestAffordable(t *testing.T) {
	require.NoError(t, vary.Affordable("ants", 50, 50))
	require.NoError(t, vary.Affordable("ants", 50, 0), "an unknown budget")
	require.EqualError(t, vary.Affordable("ants", 51, 50), "ants 51 must be at most 50, the budget in trials")
}

func BenchmarkMutate(b *testing.B) {
	s, rng := mixed(b), seed.New(6, "vary")
	p := s.Sample(rng)
	b.ReportAllocs()
	for b.Loop() {
		p = vary.One(s, p, rng)
	}
}

func BenchmarkCross(b *testing.B) {
	s, rng := mixed(b), seed.New(6, "vary")
	p, q := s.Sample(rng), s.Sample(rng)
	b.ReportAllocs()
	for b.Loop() {
		vary.Cross(s, p, q, 0.5, rng)
	}
}

func ExampleAppendMoves() {
	s, err := space.New(space.Param{Name: "rows", Unit: "PE", Kind: space.Ordinal, Values: []float64{4, 8, 16, 32, 64}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range vary.AppendMoves(nil, s, space.Point{1}, s.Levels(0)) {
		fmt.Println(s.Param(m.Axis).Name, s.Param(m.Axis).LevelName(m.Level))
	}
	// Output:
	// rows 4
	// rows 16
	// rows 32
}
