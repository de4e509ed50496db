package boost

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
)

// single is the options of one tree without shrinkage or penalty.
func single() Options { return Options{Trees: 1, LearningRate: 1, L2: -1, MaxDepth: 1} }

func fitted(t require.TestingT, d Data[float64], o Options) *Model {
	m, err := Fit(d, o, seed.New(1, "fit"))
	require.NoError(t, err)
	require.NoError(t, m.Check())
	return m
}

func scoresOf(m *Model, x []float64) []float64 {
	scores := make([]float64, len(x)/m.Features)
	Scores(m, x, scores)
	return scores
}

// Targets 1, 2, 10, 12 at 0, 1, 2, 3: base 6.25, gradients 5.25, 4.25, -3.75, -5.75. The cut in the middle gains (9.5²/2 + 9.5²/2 - 0)/2 = 45.125, the
// others (5.25² + 5.25²/3)/2 = 18.375 and (5.75²/3 + 5.75²)/2 = 22.04.
func TestSquaredSplitByHand(t *testing.T) {
	d := Data[float64]{Features: 1, X: []float64{0, 1, 2, 3}, Y: []float64{1, 2, 10, 12}}
	m := fitted(t, d, single())
	require.InDelta(t, 6.25, m.Base, 1e-15)
	require.Equal(t, Node{Threshold: 1.5, Feature: 0, Left: 1}, m.Trees[0].Nodes[0])
	require.InDelta(t, 45.125, m.Trees[0].Gains[0], 1e-9)
	require.Equal(t, []float64{4, 2, 2}, m.Trees[0].Weights)
	require.InDeltaSlice(t, []float64{1.5, 1.5, 11, 11}, scoresOf(m, d.X), 1e-12)

	o := single()
	o.L2, o.LearningRate = 2, 0.5 // leaves -0.5 · 9.5 / (2 + 2) = -1.1875 and its opposite
	require.InDeltaSlice(t, []float64{5.0625, 5.0625, 7.4375, 7.4375}, scoresOf(fitted(t, d, o), d.X), 1e-12)

	o = single()
	o.MinChildWeight = 3
	require.InDeltaSlice(t, []float64{6.25, 6.25, 6.25, 6.25}, scoresOf(fitted(t, d, o), d.X), 1e-12, "no split leaves three rows on both sides")
	o = single()
	o.MinGain = 45.2
	require.Len(t, fitted(t, d, o).Trees[0].Nodes, 1)
}

// The weights are as good as repeated rows.
func TestWeightsAreRepeatedRows(t *testing.T) {
	d := Data[float64]{Features: 1, X: []float64{0, 1, 2, 3}, Y: []float64{1, 2, 10, 12}, Weights: []float64{3, 1, 1, 2}}
	repeated := Data[float64]{Features: 1, X: []float64{0, 0, 0, 1, 2, 3, 3}, Y: []float64{1, 1, 1, 2, 10, 12, 12}}
	for _, loss := range []Loss{Squared, Quantile} {
		o := Options{Loss: loss, Trees: 5, MaxDepth: 2}
		require.InDeltaSlice(t, scoresOf(fitted(t, repeated, o), d.X), scoresOf(fitted(t, d, o), d.X), 1e-9, string(loss))
	}
}

// Classes 0, 0, 1, 1 at 0, 1, 2, 3: base 0, gradients ±1/2, curvatures 1/4; each leaf has G = ±1 and H = 1/2: scores ∓2.
func TestLogisticSplitByHand(t *testing.T) {
	d := Data[float64]{Features: 1, X: []float64{0, 1, 2, 3}, Y: []float64{0, 0, 1, 1}}
	o := single()
	o.Loss, o.MinChildWeight = Logistic, 0.25
	m := fitted(t, d, o)
	require.InDeltaSlice(t, []float64{-2, -2, 2, 2}, scoresOf(m, d.X), 1e-12)
	require.InDelta(t, 0.8807970780, Probability(2), 1e-10)
}

// The leaves of the median are the medians of their rows: 2 of 1, 2, 9 and 30 of 20, 30, 99.
func TestQuantileSplitByHand(t *testing.T) {
	d := Data[float64]{Features: 1, X: []float64{0, 0, 0, 1, 1, 1}, Y: []float64{1, 9, 2, 99, 20, 30}}
	o := single()
	o.Loss = Quantile
	require.InDeltaSlice(t, []float64{2, 30}, scoresOf(fitted(t, d, o), []float64{0, 1}), 1e-12)
}

// The missing are a side of their own.
func TestMissingValuesCanBeParted(t *testing.T) {
	nan := math.NaN()
	d := Data[float64]{Features: 1, X: []float64{nan, 5, nan, -7}, Y: []float64{1, 3, 1, 3}}
	m := fitted(t, d, single())
	require.InDeltaSlice(t, []float64{1, 3, 3}, scoresOf(m, []float64{nan, -1e300, 5}), 1e-12)
	require.InDelta(t, 1, m.Score([]float64{nan}), 1e-12)
}

// Of the four leaves of a full tree of depth 2, three are asked for: the half where more is gained is split.
func TestLeafWiseSplitsTheGreatestGain(t *testing.T) {
	d := Data[float64]{Features: 1, X: []float64{0, 1, 2, 3}, Y: []float64{0, 1, 20, 30}}
	o := single()
	o.MaxDepth, o.MaxLeaves = 5, 3
	require.InDeltaSlice(t, []float64{0.5, 0.5, 20, 30}, scoresOf(fitted(t, d, o), d.X), 1e-12)
}

// random draws a small table.
func random(t *rapid.T) (d Data[float64], root uint64) {
	root = rapid.Uint64().Draw(t, "seed")
	rng := seed.New(root)
	d.Features = 1 + rng.IntN(9)
	for range 1 + rng.IntN(60) {
		target := rng.NormFloat64()
		for range d.Features {
			v := float64(rng.IntN(1 + rng.IntN(40)))
			if rng.IntN(30) == 0 {
				v = math.NaN()
			}
			d.X = append(d.X, v)
			target += math.Mod(v, 3)
		}
		if math.IsNaN(target) {
			target = 7
		}
		d.Y = append(d.Y, target)
	}
	return d, root
}

// The best split of the first tree is that of all thresholds tried on plain sums.
func TestTheFirstSplitIsTheBestOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := random(t)
		o := Options{Trees: 1, MaxDepth: 1}
		m := fitted(t, d, o)
		sum := func(rows func(i int) bool) (g, h float64) {
			for i, y := range d.Y {
				if rows(i) {
					g, h = g+m.Base-y, h+1
				}
			}
			return g, h
		}
		g, h := sum(func(int) bool { return true })
		best := 0.0
		for f := range d.Features {
			for i := range d.Y {
				threshold := d.X[i*d.Features+f]
				if math.IsNaN(threshold) {
					threshold = math.Inf(-1)
				}
				leftG, leftH := sum(func(r int) bool { return !(d.X[r*d.Features+f] > threshold) })
				if leftH < 1 || h-leftH < 1 {
					continue
				}
				best = max(best, (leftG*leftG/(leftH+1)+(g-leftG)*(g-leftG)/(h-leftH+1)-g*g/(h+1))/2)
			}
		}
		require.InDelta(t, best, m.Trees[0].Gains[0], 1e-9*(1+best))
	})
}

// Enough trees without a penalty reproduce targets that are a function of the row; no threshold splits equal values.
func TestTrainingRowsAreReproduced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := random(t)
		o := single()
		o.MaxDepth = MostDepth
		means, counts := map[string]float64{}, map[string]float64{}
		key := func(i int) string { return string(rune(i)) }
		for i := range d.Y { // rows with equal features
			same := i
			for j := range i {
				if slices.EqualFunc(d.X[i*d.Features:(i+1)*d.Features], d.X[j*d.Features:(j+1)*d.Features], equal) {
					same = j
					break
				}
			}
			d.Y[i] = float64(same)
			means[key(i)], counts[key(i)] = float64(same), 1
		}
		o.Trees = 3 // a row can be alone behind splits that gain nothing: exclusive or
		scores := scoresOf(fitted(t, d, o), d.X)
		worst := 0.0
		for i, y := range d.Y {
			worst = max(worst, math.Abs(scores[i]-y))
		}
		require.Less(t, worst, 1e-6)
	})
}

func equal(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

// What a model says depends on the order of a feature's values only.
func TestAscendingTransformsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := random(t)
		o := Options{Trees: 5, MaxBins: 2 + int(d.Y[0])&7}
		before := scoresOf(fitted(t, d, o), d.X)
		for i, v := range d.X {
			d.X[i] = math.Exp(v / 4)
		}
		require.Equal(t, before, scoresOf(fitted(t, d, o), d.X))
	})
}

func TestWorkersChangeNothing(t *testing.T) {
	rng := seed.New(4)
	d := Data[float64]{Features: 11}
	for range 3500 {
		for range d.Features {
			d.X = append(d.X, rng.Float64())
		}
		x := d.X[len(d.X)-d.Features:]
		d.Y = append(d.Y, x[0]*x[1]+x[10])
	}
	for _, o := range []Options{{Trees: 2}, {Trees: 2, MaxLeaves: 9, RowFrac: 0.5, FeatureFrac: 0.4}} {
		one, err := Fit(d, o, seed.New(5))
		require.NoError(t, err)
		o.Workers = 3
		three, err := Fit(d, o, seed.New(5))
		require.NoError(t, err)
		require.Equal(t, one, three)
		if o.RowFrac > 0 {
			other, err := Fit(d, o, seed.New(6))
			require.NoError(t, err)
			require.NotEqual(t, one, other, "another seed")
		}
	}
}

// Targets of two groups that differ by a constant rank alike: the model does not see the constant, and orders the rows of each.
func TestRankingLearnsTheOrderWithinGroups(t *testing.T) {
	rng := seed.New(7)
	d := Data[float64]{Features: 2, Groups: []int{100, 50}}
	for range 150 {
		x := []float64{rng.Float64(), rng.Float64()}
		d.X, d.Y = append(d.X, x...), append(d.Y, math.Exp(3*x[0]))
	}
	m := fitted(t, d, Options{Loss: Pairwise})
	shifted := d
	shifted.Y = slices.Clone(d.Y)
	for i := range 100 {
		shifted.Y[i] += 1000
	}
	require.Equal(t, m, fitted(t, shifted, Options{Loss: Pairwise}))
	scores, right := scoresOf(m, d.X), 0
	for i := range 100 {
		for j := range i {
			if (scores[i] < scores[j]) == (d.Y[i] < d.Y[j]) {
				right++
			}
		}
	}
	require.Greater(t, right, 4900, "of 4,950 pairs")
}

// Friedman's function of five of ten features (Ann. Statist. 19, 1991), noise 1: the error on new rows is at most 1.6, where the standard deviation of the target is 5.
func TestFriedmanFunction(t *testing.T) {
	rng := seed.New(8)
	draw := func(rows int) (d Data[float64]) {
		d.Features = 10
		for range rows {
			for range 10 {
				d.X = append(d.X, rng.Float64())
			}
			x := d.X[len(d.X)-10:]
			d.Y = append(d.Y, 10*math.Sin(math.Pi*x[0]*x[1])+20*(x[2]-0.5)*(x[2]-0.5)+10*x[3]+5*x[4]+rng.NormFloat64())
		}
		return d
	}
	train, test := draw(1000), draw(1000)
	rmse := func(o Options) float64 {
		sum := 0.0
		for i, s := range scoresOf(fitted(t, train, o), test.X) {
			sum += (s - test.Y[i]) * (s - test.Y[i])
		}
		return math.Sqrt(sum / float64(len(test.Y)))
	}
	require.Less(t, rmse(Options{MaxDepth: 4}), 1.6)
	require.Less(t, rmse(Options{MaxLeaves: 12, RowFrac: 0.7, FeatureFrac: 0.8}), 1.6)
	covered := 0
	for i, s := range scoresOf(fitted(t, train, Options{Loss: Quantile, Quantile: 0.9, MaxDepth: 3, Trees: 50, MinChildWeight: 20}), test.X) {
		if test.Y[i] <= s {
			covered++
		}
	}
	require.InDelta(t, 0.9, float64(covered)/1000, 0.04)
}

func TestBadArgumentsAreErrors(t *testing.T) {
	ok := Data[float64]{Features: 1, X: []float64{0, 1}, Y: []float64{0, 1}}
	with := func(change func(d *Data[float64])) Data[float64] {
		d := ok
		d.X, d.Y = slices.Clone(ok.X), slices.Clone(ok.Y)
		change(&d)
		return d
	}
	for _, c := range []struct {
		name    string
		data    Data[float64]
		options Options
		want    string
	}{
		{"no rows", Data[float64]{Features: 1}, Options{}, "boost: 0 targets and 0 values of 1 features: need at least 1 target, and 0 values"},
		{"no features", Data[float64]{Y: []float64{1}}, Options{}, "0 features: need at least 1"},
		{"width", with(func(d *Data[float64]) { d.Features = 2 }), Options{}, "2 targets and 2 values of 2 features: need at least 1 target, and 4 values"},
		{"infinite", with(func(d *Data[float64]) { d.X[1] = math.Inf(1) }), Options{}, "row 1: feature 0 is +Inf: it must be finite, or NaN where it is missing"},
		{"target", with(func(d *Data[float64]) { d.Y[1] = math.NaN() }), Options{}, "target 1 is NaN"},
		{"class", with(func(d *Data[float64]) { d.Y[1] = 2 }), Options{Loss: Logistic}, "target 1 is 2: it must be finite and, of the logistic loss, in [0, 1]"},
		{"weights", with(func(d *Data[float64]) { d.Weights = []float64{1} }), Options{}, "1 weights of 2 rows: need as many, or none"},
		{"weight", with(func(d *Data[float64]) { d.Weights = []float64{1, 0} }), Options{}, "weight 1 is 0: it must be above 0 and finite"},
		{"group", with(func(d *Data[float64]) { d.Groups = []int{2, 0} }), Options{}, "group 1 has 0 rows: need at least 1"},
		{"groups", with(func(d *Data[float64]) { d.Groups = []int{1} }), Options{}, "the groups have 1 rows, there are 2"},
		{"loss", ok, Options{Loss: "square"}, `unknown loss "square"`},
		{"quantile", ok, Options{Quantile: 1}, "quantile 1 must be in (0, 1)"},
		{"trees", ok, Options{Trees: -1}, "trees -1 must be at least 1"},
		{"rate", ok, Options{LearningRate: 2}, "learning rate 2 must be in (0, 1]"},
		{"depth", ok, Options{MaxDepth: 25}, "depth 25 must be in [1, 24]"},
		{"leaves", ok, Options{MaxLeaves: 1}, "leaves 1 must be 0, which is any number, or at least 2"},
		{"bins", ok, Options{MaxBins: 257}, "bins 257 must be in [2, 256]"},
		{"penalty", ok, Options{L2: math.Inf(1)}, "L2 penalty +Inf must be finite"},
		{"child", ok, Options{MinChildWeight: -1}, "least weight of a leaf -1 must be above 0 and finite"},
		{"gain", ok, Options{MinGain: -1}, "least gain -1 must be at least 0 and finite"},
		{"rows", ok, Options{RowFrac: 2}, "share of rows 2 must be in (0, 1]"},
		{"features", ok, Options{FeatureFrac: -1}, "share of features -1 must be in (0, 1]"},
		{"pairs", ok, Options{Pairs: 1}, "pairs 1 must be at least 2"},
		{"workers", ok, Options{Workers: -1}, "workers -1 must be at least 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Fit(c.data, c.options, seed.New(1))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := Fit(ok, Options{Trees: -1, MaxDepth: -1}, nil)
	require.ErrorContains(t, err, "trees -1")
	require.ErrorContains(t, err, "depth -1", "every mistake at once")
}
