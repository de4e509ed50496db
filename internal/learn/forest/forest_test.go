package forest

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
)

// single grows one tree on the rows themselves, which is a function of them but for thresholds in gaps and levels that no row has.
func single(t require.TestingT, features []Feature, rows [][]int, targets []float64, minLeaf int) *Forest {
	f, err := Train(features, rows, targets, Options{Trees: 1, FeatureFrac: 1, MinLeaf: minLeaf, NoResample: true}, seed.New(1))
	require.NoError(t, err)
	return f
}

// Targets 1, 2, 10, 12 at levels 0, 1, 2, 3 (total 25). S_L^2/n_L + S_R^2/n_R of the cuts after level 0, 1, 2:
// 1 + 576/3 = 193; 9/2 + 484/2 = 246.5; 169/3 + 144 = 200.3. The middle cut is the best: leaves 1.5 ± 0.5 and 11 ± 1 when a leaf needs two rows.
func TestOrdinalSplitByHand(t *testing.T) {
	f := single(t, []Feature{{Levels: 4}}, [][]int{{0}, {1}, {2}, {3}}, []float64{1, 2, 10, 12}, 2)
	for level, want := range []struct{ mean, variance float64 }{{1.5, 0.25}, {1.5, 0.25}, {11, 1}, {11, 1}} {
		mean, variance := f.Predict([]int{level})
		require.InDelta(t, want.mean, mean, 1e-12)
		require.InDelta(t, want.variance, variance, 1e-12)
	}
	require.Len(t, f.trees[0].leaves, 2)
}

// Targets 0, 9, 1, 8 at labels 0 … 3: no threshold parts low from high, the subset {0, 2} does: 1/2 + 289/2 = 145, the most of all cuts of the
// order by mean (0, 2, 3, 1): after one 0 + 324/3 = 108, after three 81/3 + 81 = 108.
func TestNominalSubsetByHand(t *testing.T) {
	rows, targets := [][]int{{0}, {1}, {2}, {3}}, []float64{0, 9, 1, 8}
	f := single(t, []Feature{{Levels: 5, Nominal: true}}, rows, targets, 2)
	for level, want := range []float64{0.5, 8.5, 0.5, 8.5} {
		mean, _ := f.Predict([]int{level})
		require.InDelta(t, want, mean, 1e-12, "label %d", level)
	}
	mean, _ := f.Predict([]int{4}) // no row has it: either side
	require.Contains(t, []float64{0.5, 8.5}, mean)
	require.Len(t, f.trees[0].leaves, 2)
	ordinal := single(t, []Feature{{Levels: 5}}, rows, targets, 2)
	mean, _ = ordinal.Predict([]int{0})
	require.InDelta(t, 4.5, mean, 1e-12, "the same levels as numbers: the one cut that leaves two rows on both sides")
}

// Feature 1 explains everything, feature 0 nothing.
func TestTheFeatureThatExplainsMostIsSplit(t *testing.T) {
	f := single(t, []Feature{{Levels: 2}, {Levels: 70, Nominal: true}}, [][]int{{0, 3}, {1, 3}, {0, 69}, {1, 69}}, []float64{1, 1, 5, 5}, 1)
	require.Len(t, f.trees[0].nodes, 3)
	require.EqualValues(t, 1, f.trees[0].nodes[0].feature)
	for _, c := range []struct {
		row  []int
		want float64
	}{{[]int{1, 3}, 1}, {[]int{0, 69}, 5}} {
		mean, variance := f.Predict(c.row)
		require.InDelta(t, c.want, mean, 1e-12)
		require.Zero(t, variance)
	}
}

// Two trees whose leaves say 1 ± 2 and 5 ± 0: mean 3; variance (4 + 0)/2 within and (1 + 25)/2 - 9 = 4 between.
func TestLawOfTotalVariance(t *testing.T) {
	stump := func(l leaf) tree { return tree{nodes: []node{{feature: leafMark}}, leaves: []leaf{l}} }
	f := Forest{trees: []tree{stump(leaf{1, 4}), stump(leaf{5, 0})}}
	mean, variance := f.Predict(nil)
	require.InDelta(t, 3, mean, 1e-12)
	require.InDelta(t, 6, variance, 1e-12)
}

// The gap between levels 0 and 10 is cut everywhere, so that the mean rises through it.
func TestThresholdsAreUniformInTheGap(t *testing.T) {
	f, err := Train([]Feature{{Levels: 11}}, [][]int{{0}, {10}}, []float64{0, 1}, Options{Trees: 4000, NoResample: true}, seed.New(3))
	require.NoError(t, err)
	for level := range 11 {
		mean, _ := f.Predict([]int{level})
		require.InDelta(t, float64(level)/10, mean, 0.03, "level %d", level)
	}
}

// A tree grown to the end reproduces targets that are a function of the row; a forest stays within the range of the targets.
func TestPredictionsOfKnownRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := seed.New(rapid.Uint64().Draw(t, "seed"))
		var features []Feature
		for range 1 + rng.IntN(4) {
			features = append(features, Feature{Levels: 1 + rng.IntN(80), Nominal: rng.IntN(2) == 0})
		}
		targetOf := map[string]float64{}
		var rows [][]int
		var targets []float64
		low, high := math.Inf(1), math.Inf(-1)
		for range 1 + rng.IntN(60) {
			row := make([]int, len(features))
			for k, f := range features {
				row[k] = rng.IntN(f.Levels)
			}
			key := fmt.Sprint(row)
			if _, ok := targetOf[key]; !ok {
				targetOf[key] = rng.NormFloat64()
			}
			rows, targets = append(rows, row), append(targets, targetOf[key])
			low, high = min(low, targetOf[key]), max(high, targetOf[key])
		}
		grown := single(t, features, rows, targets, 1)
		forest, err := Train(features, rows, targets, Options{}, rng)
		require.NoError(t, err)
		for i, row := range rows {
			mean, variance := grown.Predict(row)
			require.InDelta(t, targets[i], mean, 1e-9)
			require.InDelta(t, 0, variance, 1e-9)
			mean, variance = forest.Predict(row)
			require.True(t, mean >= low-1e-9 && mean <= high+1e-9 && variance >= 0)
		}
	})
}

func TestTheSeedDecides(t *testing.T) {
	features := []Feature{{Levels: 9}, {Levels: 5, Nominal: true}}
	var rows [][]int
	var targets []float64
	for i := range 30 {
		rows, targets = append(rows, []int{i % 9, i % 5}), append(targets, float64(i*i%17))
	}
	sum := func(root uint64) float64 {
		f, err := Train(features, rows, targets, Options{}, seed.New(root))
		require.NoError(t, err)
		total := 0.0
		for _, row := range rows {
			mean, variance := f.Predict(row)
			total += mean + variance
		}
		return total
	}
	require.Equal(t, sum(1), sum(1))
	require.NotEqual(t, sum(1), sum(2))
}

func TestNoFeaturesIsTheMean(t *testing.T) {
	f := single(t, nil, [][]int{{}, {}}, []float64{1, 3}, 1)
	mean, variance := f.Predict(nil)
	require.InDelta(t, 2, mean, 1e-12)
	require.InDelta(t, 1, variance, 1e-12)
}

func TestBadArgumentsAreErrors(t *testing.T) {
	one := []Feature{{Levels: 2}}
	for _, c := range []struct {
		name     string
		features []Feature
		rows     [][]int
		targets  []float64
		options  Options
		want     string
	}{
		{"no rows", one, nil, nil, Options{}, "forest: 0 rows and 0 targets: need as many, and at least 1"},
		{"targets", one, [][]int{{0}}, []float64{1, 2}, Options{}, "forest: 1 rows and 2 targets"},
		{"feature", []Feature{{}}, [][]int{{0}}, []float64{1}, Options{}, "forest: feature 0 has 0 levels: need at least 1"},
		{"level", one, [][]int{{2}}, []float64{1}, Options{}, "forest: row 0: level 2 of feature 0 out of range [0, 2)"},
		{"width", one, [][]int{{0, 1}}, []float64{1}, Options{}, "forest: row 0 has 2 levels, there are 1 features"},
		{"not a number", one, [][]int{{0}}, []float64{math.NaN()}, Options{}, "forest: target 0 is NaN: it must be finite"},
		{"trees", one, [][]int{{0}}, []float64{1}, Options{Trees: -1}, "forest: -1 trees: need at least 1"},
		{"share", one, [][]int{{0}}, []float64{1}, Options{FeatureFrac: 2}, "forest: share of features 2 must be in (0, 1]"},
		{"leaf", one, [][]int{{0}}, []float64{1}, Options{MinLeaf: -2}, "forest: least rows of a leaf -2 must be at least 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Train(c.features, c.rows, c.targets, c.options, seed.New(1))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestPredictAllocatesNothing(t *testing.T) {
	f := single(t, []Feature{{Levels: 4}}, [][]int{{0}, {3}}, []float64{1, 2}, 1)
	row := []int{2}
	require.Zero(t, testing.AllocsPerRun(100, func() { f.Predict(row) }))
}
