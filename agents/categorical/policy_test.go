package categorical_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// cached has an axis of every kind, one without a choice and one that is active only with a cache: 3 * (1 + 4) * 6 designs.
func cached(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{1, 2, 4}},
		space.Param{Name: "fixed", Kind: space.Ordinal, Values: []float64{7}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "some"}},
		space.Param{Name: "ways", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8}, When: []space.Cond{{Param: "cache", In: []string{"some"}}}},
		space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"m", "n", "k"}},
	)
	require.NoError(t, err)
	return s
}

// forms lists policies of every form with random parameters.
func forms(t testing.TB, inputs int) map[string]*categorical.Policy {
	policies := map[string]*categorical.Policy{}
	for _, form := range categorical.Forms() {
		widths := [][]int{nil, {5}}
		if form == string(categorical.Recurrent) {
			widths = [][]int{{1}, {4}} // its default is a memory
		}
		for _, hidden := range widths {
			for _, ordered := range []bool{false, true} {
				name := fmt.Sprintf("%s hidden=%v ordered=%v", form, hidden, ordered)
				o := categorical.Options{Form: categorical.Form(form), Hidden: hidden, Ordered: ordered}
				p := categorical.New(cached(t), inputs, o, seed.New(1, name))
				scatter(p, seed.New(2, name))
				policies[name] = p
			}
		}
	}
	return policies
}

func scatter(p *categorical.Policy, rng *rand.Rand) {
	for _, n := range p.Nets() {
		for i := range n.Params() {
			n.Params()[i] = rng.NormFloat64()
		}
	}
}

// The logits of rows are 0, ln 2, ln 5, those of cache ln 3, 0, of ways 0, 0, 0, ln 7: probabilities 1/8, 2/8, 5/8; 3/4, 1/4; 1/10 and 7/10.
func TestLogProbAndEntropyByHand(t *testing.T) {
	p := categorical.New(cached(t), 0, categorical.Options{}, seed.New(1))
	require.Len(t, p.Nets(), 1)
	copy(p.Nets()[0].Params(), []float64{0, math.Log(2), math.Log(5), math.Log(3), 0, 0, 0, 0, math.Log(7), 0, 0, 0, 0, 0, 0})
	mask := [][]bool{{true, true, false}, {true}, {true, true}, {true, true, true, true}, {true, false, false, true, false, false}}
	logProbs, entropies := p.Evaluate(categorical.Batch{
		Points: []space.Point{{2, 0, 0, 0, 4}, {1, 0, 1, 3, 0}, {1, 0, 0, 0, 3}},
		Masks:  [][][]bool{nil, nil, mask},
	})
	rows, cache := 0.900256, 0.562335 // 1/8 ln 8 + 2/8 ln 4 + 5/8 ln 1.6; 3/4 ln 4/3 + 1/4 ln 4
	require.InDeltaSlice(t, []float64{
		math.Log(5. / 8 * 3 / 4 / 6), math.Log(2. / 8 * 1 / 4 * 7 / 10 / 6), math.Log(2. / 3 * 3 / 4 / 2), // the mask leaves 1 : 2 of rows and two orders
	}, logProbs, 1e-12)
	require.InDeltaSlice(t, []float64{
		rows + cache + math.Log(6),            // ways is inactive
		rows + cache + math.Log(6) + 0.940448, // 3/10 ln 10 + 7/10 ln 10/7
		0.636514 + cache + math.Log(2),        // 1/3 ln 3 + 2/3 ln 1.5
	}, entropies, 1e-6)
}

// Differences 1 and 2 between neighbours are the logits 0, 1, 3.
func TestOrderedHeadsByHand(t *testing.T) {
	s, err := space.New(space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{1, 2, 4}})
	require.NoError(t, err)
	p := categorical.New(s, 0, categorical.Options{Ordered: true}, seed.New(1))
	copy(p.Nets()[0].Params(), []float64{9, 1, 2}) // the first moves all logits alike
	logProbs, _ := p.Evaluate(categorical.Batch{Points: []space.Point{{0}, {1}, {2}}})
	total := math.Log(1 + math.E + math.Exp(3))
	require.InDeltaSlice(t, []float64{-total, 1 - total, 3 - total}, logProbs, 1e-12)
}

// The probabilities of all designs sum to 1, and the expectation of the entropy along them is the joint entropy.
func TestDistributionsAreNormalised(t *testing.T) {
	for name, p := range forms(t, 2) {
		t.Run(name, func(t *testing.T) {
			var b categorical.Batch
			for point := range cached(t).Points() {
				b.Points, b.Obs = append(b.Points, point), append(b.Obs, 0.3, -0.7)
			}
			logProbs, entropies := p.Evaluate(b)
			require.Len(t, logProbs, 90)
			total, joint, mean := 0.0, 0.0, 0.0
			for i, l := range logProbs {
				total += math.Exp(l)
				joint -= math.Exp(l) * l
				mean += math.Exp(l) * entropies[i]
			}
			require.InDelta(t, 1, total, 1e-12)
			require.InDelta(t, joint, mean, 1e-12)
		})
	}
}

func TestSamplesFollowTheProbabilities(t *testing.T) {
	const draws = 5000
	mask := [][]bool{{true, false, true}, {true}, {true, true}, {false, true, false, true}, {true, true, true, false, false, true}}
	for name, p := range forms(t, 1) {
		t.Run(name, func(t *testing.T) {
			rng, count, best := seed.New(3), map[string]int{}, map[string]float64{}
			for range draws {
				point, logProb, err := p.Sample(categorical.View{Obs: []float64{0.5}, Mask: mask}, rng)
				require.NoError(t, err)
				require.NoError(t, p.Space().Check(point))
				logProbs, _ := p.Evaluate(categorical.Batch{Obs: []float64{0.5}, Masks: [][][]bool{mask}, Points: []space.Point{point}})
				require.InDelta(t, logProbs[0], logProb, 1e-12)
				count[fmt.Sprint(point)]++
				best[fmt.Sprint(point)] = math.Exp(logProb)
			}
			require.LessOrEqual(t, len(count), 24) // 2 * (1 + 2) * 4 are legal
			for point, probability := range best {
				spread := math.Sqrt(probability*(1-probability)*draws) + 1
				require.InDelta(t, probability*draws, count[point], 5*spread, point)
			}
		})
	}
}

// A controller remembers the first choice when it makes the last one.
func TestMemoryReachesBack(t *testing.T) {
	p := categorical.New(cached(t), 0, categorical.Options{Form: categorical.Recurrent}, seed.New(1))
	scatter(p, seed.New(2))
	logProb := func(first int, orders []bool) float64 {
		mask := [][]bool{{true, true, true}, {true}, {true, true}, {true, true, true, true}, orders}
		logProbs, _ := p.Evaluate(categorical.Batch{Points: []space.Point{{first, 0, 0, 0, 2}}, Masks: [][][]bool{mask}})
		return logProbs[0]
	}
	var last [2]float64 // log-probability of the last choice after two choices of the first
	for first := range last {
		last[first] = logProb(first, []bool{true, true, true, true, true, true}) - logProb(first, []bool{false, false, true, false, false, false})
	}
	require.Greater(t, math.Abs(last[0]-last[1]), 0.01)
}

func TestGivenNarrowsByWhatWasChosen(t *testing.T) {
	for name, p := range forms(t, 0) {
		v := categorical.View{
			Mask: [][]bool{{false, true, true}, {true}, {true, true}, {true, true, true, true}, {true, true, true, true, true, true}},
			Given: func(axis int, chosen space.Point) []bool {
				if axis == 2 { // a cache only beside one level of rows
					return []bool{true, chosen[0] == 1}
				}
				return nil
			},
		}
		rng, both := seed.New(4), map[string]bool{}
		for range 300 {
			point, _, err := p.Sample(v, rng)
			require.NoError(t, err, name)
			require.True(t, point[0] == 1 || point[0] == 2 && point[2] == 0, "%s: %v", name, point)
			both[fmt.Sprint(point[0], point[2])] = true
		}
		require.NotEmpty(t, both)
	}
}

func TestModeTakesTheLikeliestLevels(t *testing.T) {
	p := categorical.New(cached(t), 0, categorical.Options{}, seed.New(1))
	copy(p.Nets()[0].Params(), []float64{0, 3, 2, 0, 1, 0, 0, 4, 0, 5, 0, 0, 0, 0, 6})
	point, err := p.Mode(categorical.View{})
	require.NoError(t, err)
	require.Equal(t, space.Point{1, 0, 1, 2, 5}, point)
	point, err = p.Mode(categorical.View{Mask: [][]bool{{true, false, true}, {true}, {true, false}, {true, true, true, true}, {true, true, true, true, true, false}}})
	require.NoError(t, err)
	require.Equal(t, space.Point{2, 0, 0, 0, 0}, point)
}

// The gradient of sum_r c_r log p_r + e_r H_r against central differences.
func TestGradients(t *testing.T) {
	const h = 1e-6
	mask := [][]bool{{true, true, false}, {true}, {true, true}, {true, true, false, true}, {true, false, true, true, false, true}}
	for name, p := range forms(t, 2) {
		t.Run(name, func(t *testing.T) {
			b := categorical.Batch{
				Obs:    []float64{0.3, -0.7, 1, 0.2, -0.4, 0.9},
				Masks:  [][][]bool{nil, mask, nil},
				Points: []space.Point{{2, 0, 0, 0, 4}, {1, 0, 1, 3, 2}, {0, 0, 1, 1, 0}},
			}
			byLogProb, byEntropy := []float64{1.5, -2, 0.5}, []float64{0.3, 0, -1}
			loss := func() float64 {
				sum := 0.0
				logProbs, entropies := p.Evaluate(b)
				for r := range logProbs {
					sum += byLogProb[r]*logProbs[r] + byEntropy[r]*entropies[r]
				}
				return sum
			}
			loss()
			p.Backward(byLogProb, byEntropy)
			for _, n := range p.Nets() {
				for i, v := range n.Params() {
					n.Params()[i] = v + h
					up := loss()
					n.Params()[i] = v - h
					down := loss()
					n.Params()[i] = v
					want := (up - down) / (2 * h)
					require.InDelta(t, want, n.Grads()[i], 1e-5*max(1, math.Abs(want)), "parameter %d", i)
				}
			}
		})
	}
}

func TestMasksThatDoNotFitAreErrors(t *testing.T) {
	p := categorical.New(cached(t), 0, categorical.Options{}, seed.New(1))
	all := func() [][]bool {
		return [][]bool{{true, true, true}, {true}, {true, true}, {true, true, true, true}, {true, true, true, true, true, true}}
	}
	nothing := all()
	nothing[2] = []bool{false, false}
	short := all()
	short[0] = []bool{true}
	for _, c := range []struct {
		mask [][]bool
		want string
	}{
		{nothing, `the mask of "cache" allows none of its 2 levels`},
		{short, `the mask of "rows" has 1 levels: must have 3`},
		{all()[:2], "a mask of 2 axes for 5"},
	} {
		_, _, err := p.Sample(categorical.View{Mask: c.mask}, seed.New(1))
		require.EqualError(t, err, c.want)
	}
	inactive := all()
	inactive[2], inactive[3] = []bool{true, false}, make([]bool, 4)
	_, _, err := p.Sample(categorical.View{Mask: inactive}, seed.New(1))
	require.NoError(t, err, "ways is inactive, its mask means nothing")
}

func TestSpacesWithoutAChoice(t *testing.T) {
	one, err := space.New(space.Param{Name: "fixed", Kind: space.Nominal, Labels: []string{"only"}})
	require.NoError(t, err)
	for _, s := range []space.Space{{}, one} {
		p := categorical.New(s, 3, categorical.Options{Hidden: []int{4}}, seed.New(1))
		require.Empty(t, p.Nets())
		point, logProb, err := p.Sample(categorical.View{Obs: []float64{1, 2, 3}}, seed.New(1))
		require.NoError(t, err)
		require.Equal(t, make(space.Point, s.Len()), point)
		require.Zero(t, logProb)
		logProbs, entropies := p.Evaluate(categorical.Batch{Obs: []float64{1, 2, 3}, Points: []space.Point{point}})
		require.Equal(t, []float64{0}, logProbs)
		require.Equal(t, []float64{0}, entropies)
		p.Backward([]float64{1}, []float64{1})
	}
}

func TestLearningAllocatesNothing(t *testing.T) {
	b := categorical.Batch{Obs: []float64{0.3, -0.7}, Points: []space.Point{{1, 0, 1, 3, 2}}}
	by := []float64{1}
	for name, p := range forms(t, 2) {
		p.Evaluate(b)
		p.Backward(by, by)
		require.Zero(t, testing.AllocsPerRun(3, func() {
			p.Evaluate(b)
			p.Backward(by, by)
		}), name)
	}
}

func BenchmarkSample(b *testing.B) {
	for _, form := range categorical.Forms() {
		b.Run(form, func(b *testing.B) {
			p := categorical.New(cached(b), 4, categorical.Options{Form: categorical.Form(form), Hidden: []int{64, 64}}, seed.New(1))
			rng, obs := seed.New(2), []float64{1, 2, 3, 4}
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := p.Sample(categorical.View{Obs: obs}, rng); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Likelihood ascent on one design makes it the likeliest.
func ExamplePolicy() {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}},
		space.Param{Name: "dataflow", Kind: space.Nominal, Labels: []string{"os", "ws"}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := categorical.New(s, 0, categorical.Options{}, seed.New(1))
	good := categorical.Batch{Points: []space.Point{{2, 1}}}
	adams := make([]nn.Adam, len(p.Nets()))
	for range 100 {
		p.Evaluate(good)
		p.Backward([]float64{-1}, []float64{0}) // the loss is -log p
		for i, n := range p.Nets() {
			adams[i].Step(n.Params(), n.Grads(), 0.05)
			n.Clear()
		}
	}
	logProbs, _ := p.Evaluate(good)
	mode, err := p.Mode(categorical.View{})
	fmt.Println(mode, math.Exp(logProbs[0]) > 0.9, err)
	// Output: [2 1] true <nil>
}
