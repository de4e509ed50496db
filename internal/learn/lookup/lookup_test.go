package lookup_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/learn/boost"
	"github.com/codesign-gym/codesign/internal/learn/lookup"
)

// table is random rows of axes with the given numbers of levels: axis 0 is one-hot, the others are one number each.
func table(levels []int, rows int, rng *rand.Rand) (axes []lookup.Axis, at []uint8, x []float64) {
	first := 0
	for a, n := range levels {
		axis := lookup.Axis{First: first}
		for l := range n {
			features := []float64{float64(l) / float64(n)}
			if a == 0 {
				features = make([]float64, n)
				features[l] = 1
			}
			axis.Levels = append(axis.Levels, features)
		}
		first += len(axis.Levels[0])
		axes = append(axes, axis)
	}
	for range rows {
		for a, n := range levels {
			l := rng.IntN(n)
			at = append(at, uint8(l))
			x = append(x, axes[a].Levels[l]...)
		}
	}
	return axes, at, x
}

func fitted(t testing.TB, levels []int, rows, trees int) (*boost.Model, *lookup.Ensemble, []uint8, []float64) {
	rng := rand.New(rand.NewPCG(1, 2))
	axes, at, x := table(levels, rows, rng)
	y := make([]float64, rows)
	for i := range y {
		y[i] = rng.NormFloat64() + float64(at[i*len(levels)])*float64(at[i*len(levels)+1])
	}
	m, err := boost.Fit(boost.Data[float64]{Features: len(x) / rows, X: x, Y: y},
		boost.Options{Trees: trees, MaxDepth: 12, MaxLeaves: lookup.MostLeaves}, rng)
	require.NoError(t, err)
	e, err := lookup.Compile(m, axes)
	require.NoError(t, err)
	return m, e, at, x
}

func TestScoresAreThoseOfTheTrees(t *testing.T) {
	for _, levels := range [][]int{{3, 4}, {8, 9, 7}, {20, 30, 5, 2, 9, 4}, {4, 100, 90, 80, 70, 3}, {2, 256}} { // 1 to 5 groups
		t.Run(fmt.Sprint(levels), func(t *testing.T) {
			m, e, at, x := fitted(t, levels, 700, 20)
			want, got := make([]float64, 700), make([]float64, 700)
			boost.Scores(m, x, want)
			e.Scores(at, got, new(lookup.Scratch))
			require.Equal(t, want, got)
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	axes, at, x := table([]int{3, 200}, 500, rng)
	y := make([]float64, 500)
	for i := range y {
		y[i] = rng.NormFloat64() + float64(at[2*i])
	}
	m, err := boost.Fit(boost.Data[float64]{Features: 4, X: x, Y: y}, boost.Options{Trees: 1, MaxDepth: 12, MaxLeaves: 65}, rng)
	require.NoError(t, err)
	_, err = lookup.Compile(m, axes)
	require.ErrorIs(t, err, lookup.ErrLimit)
	require.ErrorContains(t, err, "tree 0 has more than 64 leaves")
	_, err = lookup.Compile(m, axes[:1])
	require.ErrorContains(t, err, "feature 3 comes from no axis")
	wide := axes[1]
	wide.Levels = append(append([][]float64{}, wide.Levels...), make([][]float64, 57)...)
	_, err = lookup.Compile(m, []lookup.Axis{axes[0], wide})
	require.ErrorContains(t, err, "axis 1 has 257 levels, at most 256")
}

func TestScoresAllocateNothing(t *testing.T) {
	_, e, at, _ := fitted(t, []int{8, 9, 7}, 300, 3)
	scores, scratch := make([]float64, 300), new(lookup.Scratch)
	e.Scores(at, scores, scratch)
	require.Zero(t, testing.AllocsPerRun(10, func() { e.Scores(at, scores, scratch) }))
}

func ExampleCompile() {
	axes := []lookup.Axis{{First: 0, Levels: [][]float64{{0}, {1}}}, {First: 1, Levels: [][]float64{{0}, {0.5}, {1}}}}
	d := boost.Data[float64]{Features: 2, X: []float64{0, 0, 0, 1, 1, 0, 1, 1}, Y: []float64{1, 1, 5, 7}}
	m, err := boost.Fit(d, boost.Options{Trees: 1, LearningRate: 1, L2: -1}, nil)
	if err != nil {
		panic(err)
	}
	e, err := lookup.Compile(m, axes)
	if err != nil {
		panic(err)
	}
	scores := make([]float64, 2)
	e.Scores([]uint8{0, 1, 1, 2}, scores, new(lookup.Scratch))
	fmt.Println(scores)
	// Output: [1 7]
}

// BenchmarkScores has the shape of the memory controller's design space with four traces.
func BenchmarkScores(b *testing.B) {
	const rows = 8192
	_, e, at, _ := fitted(b, []int{4, 3, 3, 8, 2, 2, 5, 5, 4, 9, 4}, rows, 400)
	scores, scratch := make([]float64, rows), new(lookup.Scratch)
	b.ReportAllocs()
	for b.Loop() {
		e.Scores(at, scores, scratch)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}

// BenchmarkTrees is the same with the trees themselves.
func BenchmarkTrees(b *testing.B) {
	const rows = 8192
	m, _, _, x := fitted(b, []int{4, 3, 3, 8, 2, 2, 5, 5, 4, 9, 4}, rows, 400)
	scores := make([]float64, rows)
	for b.Loop() {
		boost.Scores(m, x, scores)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
