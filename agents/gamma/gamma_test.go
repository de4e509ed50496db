package gamma

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

// The axes of nested, by name.
const (
	depth = iota
	outerChoice
	outerOrder
	outerTileA
	outerTileB
	outerUnits
	innerChoice
	innerOrder
	innerTileA
	innerTileB
	innerCluster
)

// nested is a space of one or two groups, of which the second has coarser tiles.
func nested(t require.TestingT) space.Space {
	two := []space.Cond{{Param: "levels", In: []string{"2"}}}
	s, err := space.New(
		space.Param{Name: "levels", Group: "nest", Values: []float64{1, 2}},
		space.Param{Name: "outer_parallel", Group: "outer", Kind: space.Nominal, Labels: []string{"a", "b", "c"}},
		space.Param{Name: "outer_order", Group: "outer", Kind: space.Permutation, Labels: []string{"a", "b", "c", "d"}},
		space.Param{Name: "outer_tile_a", Group: "outer", Values: []float64{1, 2, 3, 4, 5, 6, 7, 8}},
		space.Param{Name: "outer_tile_b", Group: "outer", Values: []float64{1, 2, 3, 4}},
		space.Param{Name: "outer_units", Group: "outer", Values: []float64{1, 2, 3}},
		space.Param{Name: "inner_parallel", Group: "inner", Kind: space.Nominal, Labels: []string{"a", "b", "c"}, When: two},
		space.Param{Name: "inner_order", Group: "inner", Kind: space.Permutation, Labels: []string{"a", "b", "c", "d"}, When: two},
		space.Param{Name: "inner_tile_a", Group: "inner", Values: []float64{1, 2, 4, 8}, When: two},
		space.Param{Name: "inner_tile_b", Group: "inner", Values: []float64{1, 2, 3, 4}, When: two},
		space.Param{Name: "inner_cluster", Group: "inner", Values: []float64{1, 2, 3}, When: two},
	)
	require.NoError(t, err)
	return s
}

func made(t require.TestingT, s space.Space, root uint64) *operators {
	o, err := Options{}.withDefaults(0)
	require.NoError(t, err)
	return newOperators(s, o, seed.New(root, "gamma"))
}

// differing lists the axes in which two points differ.
func differing(p, q space.Point) (axes []int) {
	for axis := range p {
		if p[axis] != q[axis] {
			axes = append(axes, axis)
		}
	}
	return axes
}

func TestStructureOfAxes(t *testing.T) {
	ops := made(t, nested(t), 1)
	require.Equal(t, []int{depth}, ops.depths)
	require.Equal(t, []int{outerOrder, innerOrder}, ops.orders)
	require.Equal(t, [][]int{{outerTileA, innerTileA}, {outerTileB, innerTileB}, {outerUnits}, {innerCluster}}, ops.sizes)
	require.Equal(t, [][]int{{outerChoice, innerChoice}}, ops.choices)
	require.True(t, ops.part(innerTileA))
	require.False(t, ops.part(innerCluster))
	require.False(t, ops.part(outerTileA))

	plain, err := space.New(
		space.Param{Name: "cpu_rows", Group: "npu", Values: []float64{1, 2}},
		space.Param{Name: "rows", Values: []float64{1, 2}},
		space.Param{Name: "npu_rows", Group: "npu", Values: []float64{1, 2}},
	)
	require.NoError(t, err)
	require.Equal(t, [][]int{{0}, {1}, {2}}, made(t, plain, 1).roles, "names without their group's are roles of their own")
}

func TestCrossoverTakesARoleInAllGroups(t *testing.T) {
	ops := made(t, nested(t), 2)
	a, b := space.Point{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, space.Point{1, 2, 5, 7, 3, 2, 2, 5, 3, 3, 2}
	seen := map[string]bool{}
	for range 200 {
		p := slices.Clone(a)
		ops.cross(p, b)
		seen[fmt.Sprint(differing(a, p))] = true
	}
	require.Equal(t, map[string]bool{
		fmt.Sprint([]int{outerTileA, innerTileA}): true, fmt.Sprint([]int{outerTileB, innerTileB}): true,
		fmt.Sprint([]int{outerUnits}): true, fmt.Sprint([]int{innerCluster}): true,
	}, seen)
	shallow := space.Point{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	for range 50 {
		p := slices.Clone(shallow)
		ops.cross(p, b)
		require.NoError(t, ops.space.Check(p), "the second group stays off")
	}
}

func TestReorderSwapsTwoLabels(t *testing.T) {
	ops := made(t, nested(t), 3)
	for range 100 {
		p := ops.space.Sample(ops.rng)
		q := slices.Clone(p)
		ops.reorder(q)
		axes := differing(p, q)
		require.Len(t, axes, 1)
		require.Contains(t, []int{outerOrder, innerOrder}, axes[0])
		before, after := space.Unrank(nil, p[axes[0]], 4), space.Unrank(nil, q[axes[0]], 4)
		moved := 0
		for i := range before {
			if before[i] != after[i] {
				moved++
			}
		}
		require.Equal(t, 2, moved)
	}
}

func TestMutationKeepsPartsWithinTheirWhole(t *testing.T) {
	ops := made(t, nested(t), 4)
	p := space.Point{1, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0} // outer tiles of 5 and 2
	greatest := map[int]int{}
	for range 2000 {
		q := ops.mutate(p)
		require.NoError(t, ops.space.Check(q))
		for _, axis := range differing(p, q) {
			require.NotContains(t, []int{depth, outerOrder, innerOrder}, axis, "neither depth nor order mutate")
			greatest[axis] = max(greatest[axis], q[axis])
		}
	}
	require.Equal(t, map[int]int{
		outerChoice: 2, outerTileA: 7, outerTileB: 3, outerUnits: 2, innerChoice: 2, innerCluster: 2,
		innerTileA: 2, // the value 4, the greatest of at most 5
		innerTileB: 1,
	}, greatest)
}

func TestGroupsExchangeTheirChoice(t *testing.T) {
	ops := made(t, nested(t), 5)
	p := space.Point{1, 0, 3, 4, 1, 0, 2, 1, 0, 0, 0}
	q := ops.exchange(p)
	require.Equal(t, []int{outerChoice, innerChoice}, differing(p, q))
	require.Equal(t, [2]int{2, 0}, [2]int{q[outerChoice], q[innerChoice]})
	shallow := space.Point{0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	require.Equal(t, shallow, ops.exchange(shallow), "one group has nobody to exchange with")
}

func TestGrowthAndAgeing(t *testing.T) {
	ops := made(t, nested(t), 6)
	shallow := space.Point{0, 1, 2, 7, 3, 2, 0, 0, 0, 0, 0}
	clusters := map[int]bool{}
	for range 100 {
		deep := ops.deepen(shallow, 1)
		require.Equal(t, shallow[outerChoice:innerChoice], deep[outerChoice:innerChoice])
		require.Equal(t, [2]int{}, [2]int{deep[innerTileA], deep[innerTileB]}, "parts begin at their first level")
		clusters[deep[innerCluster]] = true
		require.Equal(t, deep, ops.deepen(deep, 1), "no deeper")
		require.Equal(t, shallow, ops.deepen(deep, -1))
	}
	require.Len(t, clusters, 3, "what is no part begins anywhere")
	require.Equal(t, shallow, ops.deepen(shallow, -1), "no shallower")
}

func TestChildrenAreCanonicalAndLeaveTheirParentsAlone(t *testing.T) {
	s := nested(t)
	rapid.Check(t, func(t *rapid.T) {
		ops := made(t, s, rapid.Uint64().Draw(t, "seed"))
		parents := []space.Point{s.Sample(ops.rng), s.Sample(ops.rng)}
		kept := []space.Point{slices.Clone(parents[0]), slices.Clone(parents[1])}
		for range 20 {
			require.NoError(t, s.Check(ops.child(func() space.Point { return parents[ops.rng.IntN(2)] })))
			require.NoError(t, s.Check(ops.smallest(parents[0])))
		}
		require.Equal(t, kept, parents)
	})
}

// The first two designs have tiles of one element.
func TestStartHasTwoSmallDesigns(t *testing.T) {
	s := nested(t)
	agent, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 400}, Options{}, seed.New(7))
	require.NoError(t, err)
	points, err := agent.Ask(20)
	require.NoError(t, err)
	small := 0
	for i, p := range points {
		if p[outerTileA]+p[outerTileB]+p[innerTileA]+p[innerTileB] == 0 {
			small++
			require.Less(t, i, 4)
		}
	}
	require.GreaterOrEqual(t, small, 2)
}

// On functions without groups, where only mutation and the exchange of single axes are left, it is better than random search: the bounds are half way from random's
// medians at 1,000 trials (314.5 and 2.636) to the optimum, 0.
func TestBeatsRandomWithoutStructure(t *testing.T) {
	create := func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) { return New(p, Options{}, rng) }
	agenttest.RequireMedian(t, agenttest.Rosenbrock10(), create, 1000, 157)
	agenttest.RequireMedian(t, agenttest.Ackley20(), create, 1000, 1.3)
}

func TestOptionsOutOfRangeAreNamed(t *testing.T) {
	p := agents.Problem{Space: nested(t), Objectives: 1, Budget: 50}
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Population: 1}, "gamma: population 1 must be at least 2"},
		{Options{Population: 51}, "gamma: population 51 must be at most 50, the budget in trials"},
		{Options{Growth: 1.5, Ageing: 2}, "gamma: growth 1.5 must be at most 1\nageing 2 must be at most 1"},
		{Options{Genes: -1}, "gamma: genes -1 must be at least 1"},
		{Options{Start: "corner"}, `gamma: unknown design "corner"`},
	} {
		_, err := New(p, c.o, seed.New(1))
		require.ErrorContains(t, err, c.want)
	}
	for budget, want := range map[int]int{0: 20, 1: 2, 5: 5, 90: 10, 1000: 32, 10_000: 100} {
		require.Equal(t, want, DefaultPopulation(budget))
	}
}

// A file's 0 is 0, not the default.
func TestRatesOfZero(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), map[string]any{"crossover": 0.0, "growth": 0.0})
	o, err := options(settings).withDefaults(100)
	require.NoError(t, err)
	require.Zero(t, o.Crossover)
	require.Zero(t, o.Growth)
	require.InDelta(t, DefaultAgeing, o.Ageing, 0)
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	agent, err := New(f.Problem(10_000), Options{}, seed.New(1))
	require.NoError(b, err)
	b.ReportAllocs()
	for id := 0; b.Loop(); id++ {
		points, err := agent.Ask(1)
		require.NoError(b, err)
		trial := f.Trial(points[0])
		trial.ID, trial.Point = id, points[0]
		require.NoError(b, agent.Tell([]agents.Trial{trial}))
	}
}

// Three generations of mappings of two levels.
func ExampleNew() {
	s, err := space.New(
		space.Param{Name: "level1_tile", Group: "level1", Values: []float64{1, 2, 4, 8, 16, 32}},
		space.Param{Name: "level2_tile", Group: "level2", Values: []float64{1, 2, 4, 8, 16, 32}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	agent, err := New(agents.Problem{Space: s, Objectives: 1, Budget: 30}, Options{}, seed.New(1))
	if err != nil {
		fmt.Println(err)
		return
	}
	best := 0.0
	for id := range 30 {
		points, err := agent.Ask(1)
		if err != nil || len(points) == 0 {
			fmt.Println("finished", err)
			return
		}
		p := points[0]
		speed := float64(p[0]*(5-p[0]) + p[1]) // the outer tile is best in the middle
		best = max(best, speed)
		if err := agent.Tell([]agents.Trial{{ID: id, Point: p, Objectives: []float64{speed}, Violations: []float64{0}}}); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println("best", best)
	// Output:
	// best 11
}
