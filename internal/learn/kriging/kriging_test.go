package kriging_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/internal/learn/kriging"
)

func TestWeightsByHand(t *testing.T) {
	known := [][]float64{{0}, {2}} // scaled: -1 and 1
	tests := []struct {
		name    string
		rule    kriging.Rule
		known   [][]float64
		x       []float64
		weights []float64
		shift   float64
	}{
		{"the mean", kriging.Rule{}, known, []float64{7}, []float64{0.5, 0.5}, 0},
		{"in the middle", kriging.Rule{Near: []int{0}, Length: 1, Noise: 0.1}, known, []float64{1}, []float64{0.5, 0.5}, 0},
		// A = [1.1 e; e 1.1] with e = exp(-2): the weights differ by (1 - e) / (1.1 - e) = 0.896337, and add up to 1.
		{"at the first", kriging.Rule{Near: []int{0}, Length: 1, Noise: 0.1}, known, []float64{0}, []float64{0.9481685, 0.0518315}, 0},
		// Values grow with the feature: ln 8 - (ln 1 + ln 4) / 2 = ln 4.
		{"over the feature", kriging.Rule{Over: []kriging.Power{{Of: 0, Power: 1}}}, [][]float64{{1}, {4}}, []float64{8}, []float64{0.5, 0.5}, 1.3862944},
		{"times the feature", kriging.Rule{Over: []kriging.Power{{Of: 0, Power: -1}}}, [][]float64{{1}, {4}}, []float64{8}, []float64{0.5, 0.5}, -1.3862944},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			weights, shift := test.rule.Weights(test.known, test.x)
			require.InDeltaSlice(t, test.weights, weights, 1e-6)
			require.InDelta(t, test.shift, shift, 1e-6)
		})
	}
}

// cases draws features of some cases; the first feature is positive and over more than a factor of ten.
func cases(t *rapid.T) ([][]float64, kriging.Rule) {
	n := rapid.IntRange(4, 9).Draw(t, "cases")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	known := make([][]float64, n)
	for s := range known {
		known[s] = []float64{math.Exp(5 * rng.Float64()), rng.NormFloat64(), float64(rng.IntN(3))}
	}
	rule := kriging.Rule{Near: []int{0, 1, 2}[:rapid.IntRange(0, 3).Draw(t, "near")], Length: 1.5, Noise: 0.1}
	if rapid.Bool().Draw(t, "over") {
		rule.Over = []kriging.Power{{Of: 0, Power: 1}}
	}
	return known, rule
}

// What all cases agree on, any case has, wherever its features lie: the weights add up to 1.
func TestWeightsAddUpToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known, rule := cases(t)
		weights, _ := rule.Weights(known, []float64{1e4, -3, 5})
		left, _ := rule.LeftOut(known)
		for c, row := range append(left, weights) {
			sum := 0.0
			for _, w := range row {
				sum += w
			}
			require.InDelta(t, 1, sum, 1e-9)
			if c < len(left) {
				require.Zero(t, row[c], "a case does not tell itself")
			}
		}
	})
}

// The weights of left-out cases come from one inverse: they are those of leaving the case out, but that its features have a part in the scale of all.
func TestLeftOutIsLeavingOut(t *testing.T) {
	known := [][]float64{{-1}, {1}, {-1}, {1}, {0}} // without the last, mean 0 and deviation 1
	scaled := math.Sqrt(4.0 / 5)                    // the deviation with it
	left, _ := kriging.Rule{Near: []int{0}, Length: 2 / scaled, Noise: 0.1}.LeftOut(known)
	weights, _ := kriging.Rule{Near: []int{0}, Length: 2, Noise: 0.1}.Weights(known[:4], known[4])
	require.InDeltaSlice(t, append(weights, 0), left[4], 1e-9)
}

// held makes the values of cases: rows times a law of the features, with some noise of each case.
func held(known [][]float64, law func(x []float64) float64, noise float64) []kriging.Held {
	rng := rand.New(rand.NewPCG(3, 4))
	values := make([]float64, len(known))
	for s, x := range known {
		values[s] = law(x) + noise*rng.NormFloat64()
	}
	list := make([]kriging.Held, len(known))
	for c := range list {
		for range 20 {
			differences := make([]float64, len(known))
			for s := range differences {
				if s != c {
					differences[s] = values[s] - values[c] + 0.01*rng.NormFloat64()
				}
			}
			list[c].Add(differences)
		}
	}
	return list
}

func described(n int) [][]float64 {
	rng := rand.New(rand.NewPCG(1, 2))
	known := make([][]float64, n)
	for s := range known {
		known[s] = []float64{math.Exp(6 * rng.Float64()), rng.Float64(), rng.NormFloat64(), rng.NormFloat64()}
	}
	return known
}

func TestChooseFindsTheLaw(t *testing.T) {
	known := described(12)
	tests := []struct {
		name string
		law  func(x []float64) float64
		want string // features used
		over int
	}{
		{"as a feature grows", func(x []float64) float64 { return math.Log(x[0]) }, "[0]", 1},
		{"bent over a feature", func(x []float64) float64 { return 3 * math.Sin(3*x[1]) }, "[1]", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rule, before, after := kriging.Choose(known, held(known, test.law, 0), true)
			require.Equal(t, test.want, fmt.Sprint(rule.Used()[:1]))
			require.Len(t, rule.Over, test.over)
			require.NoError(t, rule.Check(4))
			worse := 0
			for c := range before {
				if after[c] > before[c] {
					worse++
				}
			}
			require.LessOrEqual(t, worse, 2)
		})
	}
}

// Features that tell nothing are not used, and few cases tell too little.
func TestChooseKeepsTheMean(t *testing.T) {
	rule, before, after := kriging.Choose(described(3), held(described(3), func(x []float64) float64 { return math.Log(x[0]) }, 0), true)
	require.Equal(t, kriging.Rule{}, rule)
	require.Equal(t, before, after)
	same := [][]float64{{2, 1}, {2, 1}, {2, 1}, {2, 1}, {2, 1}}
	rule, _, _ = kriging.Choose(same, held(same, func(x []float64) float64 { return 0 }, 1), true)
	require.Equal(t, kriging.Rule{}, rule, "features that do not vary tell nothing")
}

func TestOffsetsAreSorted(t *testing.T) {
	known := described(10)
	list := kriging.Offsets(known, held(known, func(x []float64) float64 { return -math.Log(x[0]) }, 0.1), 2)
	require.NotEmpty(t, list)
	require.Equal(t, []kriging.Power{{Of: 0, Power: -1}}, list[0].Over)
}

func TestCheckRefuses(t *testing.T) {
	require.ErrorContains(t, kriging.Rule{Near: []int{4}, Length: 1, Noise: 1}.Check(4), "feature 4 of 4")
	require.ErrorContains(t, kriging.Rule{Over: []kriging.Power{{Of: 1, Power: 2}}}.Check(4), "power 2 of feature 1")
	require.ErrorContains(t, kriging.Rule{Near: []int{1}, Length: 1}.Check(4), "noise 0")
	require.ErrorContains(t, kriging.Rule{Near: []int{1}, Length: 1, Noise: 1e-300}.Check(4), "at least 1e-06")
	require.False(t, kriging.Rule{Over: []kriging.Power{{Of: 0, Power: 1}}}.Applies([]float64{0}))
}

// Time is the multiply-accumulates over the speed: a network of 8 million takes 4 times as long as one of 2 million.
func ExampleRule_Weights() {
	macs := [][]float64{{1e6}, {4e6}}
	rule := kriging.Rule{Over: []kriging.Power{{Of: 0, Power: 1}}}
	weights, shift := rule.Weights(macs, []float64{8e6})
	timesMS := []float64{10, 40}
	v := shift
	for s, w := range weights {
		v += w * math.Log(timesMS[s])
	}
	fmt.Printf("%.0f ms\n", math.Exp(v))
	// Output: 80 ms
}
