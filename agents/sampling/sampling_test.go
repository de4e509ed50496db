package sampling_test

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// levels is a space of nominal axes with the given numbers of levels.
func levels(t require.TestingT, counts ...int) space.Space {
	params := make([]space.Param, len(counts))
	for i, n := range counts {
		params[i] = space.Param{Name: "a" + strconv.Itoa(i), Kind: space.Nominal}
		for l := range n {
			params[i].Labels = append(params[i].Labels, strconv.Itoa(l))
		}
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

// 12 points on axes of 3, 4 and 6 levels: each level exactly 4, 3 and 2 times, in each hypercube.
func TestLatinHypercubeIsBalanced(t *testing.T) {
	s := levels(t, 3, 4, 6)
	next, err := sampling.NewSource(s, sampling.Latin, 12, seed.New(1))
	require.NoError(t, err)
	for range 3 {
		count := map[[2]int]int{}
		for range 12 {
			for axis, level := range next() {
				count[[2]int{axis, level}]++
			}
		}
		for key, n := range count {
			require.Equal(t, 12/s.Levels(key[0]), n, "axis %d, level %d", key[0], key[1])
		}
	}
}

// 15,000 points are two hypercubes of 7,500: each level 2,500, 1,875 and 1,250 times in each.
func TestLargeLatinHypercubesAreCut(t *testing.T) {
	s := levels(t, 3, 4, 6)
	next, err := sampling.NewSource(s, sampling.Latin, 15_000, seed.New(1))
	require.NoError(t, err)
	for range 2 {
		count := [3][6]int{}
		for range 7500 {
			for axis, level := range next() {
				count[axis][level]++
			}
		}
		require.Equal(t, [3][6]int{{2500, 2500, 2500}, {1875, 1875, 1875, 1875}, {1250, 1250, 1250, 1250, 1250, 1250}}, count)
	}
}

// A hypercube of 10,000 points on three axes takes 240 kB; one of a million points would take 24 MB.
func TestMemoryOfLatinHypercubesDoesNotGrowWithTheBudget(t *testing.T) {
	for _, budget := range []int{1_000_000, 1_000_000_000} {
		p := agents.Problem{Space: levels(t, 3, 4, 6), Objectives: 1, Budget: budget}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		agent, err := sampling.New(p, sampling.Options{Design: sampling.Latin}, seed.New(1))
		require.NoError(t, err)
		_, err = agent.Ask(1)
		require.NoError(t, err)
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2e6))
	}
}

// 16 points of a Sobol sequence on two axes of 4 levels: each of the 16 designs once.
func TestSobolCoversPairsOfAxes(t *testing.T) {
	next, err := sampling.NewSource(levels(t, 4, 4), sampling.Sobol, 0, seed.New(2))
	require.NoError(t, err)
	seen := map[string]bool{}
	for range 16 {
		seen[fmt.Sprint(next())] = true
	}
	require.Len(t, seen, 16)
}

func TestSobolScrambleDependsOnTheSeed(t *testing.T) {
	s := levels(t, 1000, 1000)
	first, err := sampling.NewSource(s, sampling.Sobol, 0, seed.New(3))
	require.NoError(t, err)
	second, err := sampling.NewSource(s, sampling.Sobol, 0, seed.New(4))
	require.NoError(t, err)
	require.NotEqual(t, first(), second())
}

func TestErrorsNameTheValueAndTheRange(t *testing.T) {
	big := levels(t, slices.Repeat([]int{2}, 65)...)
	_, err := sampling.NewSource(big, sampling.Sobol, 0, seed.New(1))
	require.EqualError(t, err, `sampling: a Sobol sequence over 65 axes: there are direction numbers for at most 64; use "lhs"`)
	_, err = sampling.NewSource(big, "halton", 0, seed.New(1))
	require.EqualError(t, err, `unknown design "halton" (known: random, lhs, sobol)`)
	_, err = sampling.NewSource(big, sampling.Latin, 0, seed.New(1))
	require.EqualError(t, err, "sampling: a Latin hypercube of 0 points: need at least 1")
	_, err = sampling.New(agents.Problem{}, sampling.Options{Size: -1}, seed.New(1))
	require.EqualError(t, err, "sampling: size -1 must be in [0, 10000]")
	_, err = sampling.New(agents.Problem{}, sampling.Options{Size: 10_001}, seed.New(1))
	require.EqualError(t, err, "sampling: size 10001 must be in [0, 10000]")
}

// 60 designs, 10 of them given: the next 50 proposals are the others, for every design.
func TestNoRepeatWhileUnseenDesignsRemain(t *testing.T) {
	for _, name := range sampling.Designs() {
		s := levels(t, 3, 4, 5)
		agent, err := sampling.New(agents.Problem{Space: s, Objectives: 1}, sampling.Options{Design: sampling.Design(name)}, seed.New(5))
		require.NoError(t, err)
		seen := map[string]bool{}
		for p := range s.Points() {
			if len(seen) == 10 {
				break
			}
			given := agents.Trial{ID: len(seen), Point: p, Objectives: []float64{0}, Violations: []float64{0}, Given: true}
			require.NoError(t, agent.Tell([]agents.Trial{given}))
			seen[s.Key(p)] = true
		}
		for range 50 {
			points, err := agent.Ask(1)
			require.NoError(t, err)
			require.False(t, seen[s.Key(points[0])], "%s proposed %v again", name, points[0])
			seen[s.Key(points[0])] = true
		}
		points, err := agent.Ask(4) // nothing is unseen any more: repeats
		require.NoError(t, err)
		require.Len(t, points, 4)
	}
}

func TestSeenIsExactUpToTwoToThe64(t *testing.T) {
	for _, axes := range []int{4, 40} { // 16^4 fits, 16^40 is hashed
		counts := make([]int, axes)
		for i := range counts {
			counts[i] = 16
		}
		s := levels(t, counts...)
		seen, rng := sampling.NewSeen(s), seed.New(6)
		exact := map[string]bool{}
		for range 20_000 {
			p := s.Sample(rng)
			require.Equal(t, exact[s.Key(p)], seen.Has(p))
			require.Equal(t, !exact[s.Key(p)], seen.Add(p))
			exact[s.Key(p)] = true
		}
	}
}

func BenchmarkSeenFresh(b *testing.B) {
	s := levels(b, 8, 8, 8, 8, 8, 8, 8, 8)
	seen, rng := sampling.NewSeen(s), seed.New(7)
	b.ReportAllocs()
	for b.Loop() {
		seen.Add(seen.Fresh(func() space.Point { return s.Sample(rng) }, rng))
	}
}

func BenchmarkSobol(b *testing.B) {
	next, err := sampling.NewSource(levels(b, 8, 8, 8, 8, 8, 8, 8, 8), sampling.Sobol, 0, seed.New(8))
	require.NoError(b, err)
	for b.Loop() {
		next()
	}
}

func ExampleNewSource() {
	s, err := space.New(space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16, 32}})
	if err != nil {
		fmt.Println(err)
		return
	}
	next, err := sampling.NewSource(s, sampling.Latin, 4, seed.New(1, "example"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var total float64
	for range 4 {
		total += s.Param(0).Values[next()[0]]
	}
	fmt.Println(total) // each level once: 4 + 8 + 16 + 32
	// Output: 60
}
