package tpe

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func mixed(t *testing.T) space.Space {
	s, err := space.New(
		space.Param{Name: "size", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8, 16}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "direct", "set"}},
		space.Param{Name: "sets", Kind: space.Ordinal, Values: []float64{16, 32, 64}, When: []space.Cond{{Param: "cache", In: []string{"set"}}}},
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"a", "b", "c"}},
		space.Param{Name: "fixed", Kind: space.Nominal, Labels: []string{"only"}},
	)
	require.NoError(t, err)
	return s
}

// Three levels and a standard deviation of one level, Φ(0.5) = 0.69146, Φ(1.5) = 0.93319, Φ(2.5) = 0.99379: around level 0 the masses are
// 0.38292, 0.24173, 0.06060, together 0.68525 = Φ(2.5) - Φ(-0.5); around level 1 they are 0.24173, 0.38292, 0.24173, together 0.86639.
func TestOrdinalKernelByHand(t *testing.T) {
	p := space.Param{Name: "x", Kind: space.Ordinal, Values: []float64{1, 2, 3}}
	k := newKernel(p, 4, 1, 1)
	for level, want := range [][2]float64{{0.55881, 0.27901}, {0.35276, 0.44198}, {0.08843, 0.27901}} {
		logs := k.appendLog(nil, level)
		require.InDelta(t, want[0], math.Exp(logs[1]), 2e-5)
		require.InDelta(t, want[1], math.Exp(logs[2]), 2e-5)
	}
}

// Two labels, four designs, prior weight 1: 1/5 on each label and 1 more on the own one: 6/7 and 1/7.
// Three labels in order, four designs: the odds of a swap are 1/6; the sum over the orders is (1 + 1/6)(1 + 1/6 + 1/36) = 301/216.
func TestNominalAndPermutationKernelsByHand(t *testing.T) {
	k := newKernel(space.Param{Name: "x", Kind: space.Nominal, Labels: []string{"a", "b"}}, 4, 0, 1)
	logs := k.appendLog(nil, 1)
	require.InDeltaSlice(t, []float64{math.Log(0.5), math.Log(1.0 / 7), math.Log(6.0 / 7)}, logs, 1e-12)

	p := space.Param{Name: "x", Kind: space.Permutation, Labels: []string{"a", "b", "c"}}
	k = newKernel(p, 4, 0, 1)
	for rank, swaps := range []int{0, 1, 1, 2, 2, 3} { // abc acb bac bca cab cba
		want := math.Pow(1.0/6, float64(swaps)) * 216 / 301
		require.InDelta(t, math.Log(want), k.logSwaps(place(p, rank), place(p, 0)), 1e-12, "order %d", rank)
		require.InDelta(t, math.Log(1.0/6), k.logSwaps(place(p, rank), absent), 1e-12)
	}
}

// The mixture's masses over the whole space sum to 1, and draws follow them.
func TestTheMixtureIsTheLawOfItsDraws(t *testing.T) {
	s := mixed(t)
	for _, bandwidth := range []Bandwidth{Spread, Range} {
		o, err := Options{Bandwidth: bandwidth}.withDefaults()
		require.NoError(t, err)
		var designs []design
		for _, p := range []space.Point{{1, 2, 2, 0, 0}, {2, 2, 1, 3, 0}, {4, 0, 0, 0, 0}} {
			designs = append(designs, newDesign(s, 0, p))
		}
		m := newMixture(s, []int{0, 1, 2, 3, 4}, designs, o)
		mass, total := map[string]float64{}, 0.0
		var tables scratch
		for p := range s.Points() {
			v := math.Exp(m.logDensity(at(newDesign(s, 0, p)), &tables))
			mass[s.Key(p)] = v
			total += v
		}
		require.InDelta(t, 1, total, 1e-9)
		rng, count := seed.New(1, "mixture"), map[string]float64{}
		const draws = 40_000
		p := make(space.Point, s.Len())
		for range draws {
			m.draw(p, rng)
			require.NoError(t, s.Check(p))
			count[s.Key(p)]++
		}
		for p := range s.Points() {
			want := mass[s.Key(p)] * draws
			require.InDelta(t, want, count[s.Key(p)], 5*math.Sqrt(want)+3, "%v", p)
		}
	}
}

// An axis alone is estimated from the designs in which it is active.
func TestInactiveDesignsDoNotCount(t *testing.T) {
	s := mixed(t)
	o, err := Options{}.withDefaults()
	require.NoError(t, err)
	designs := []design{newDesign(s, 0, space.Point{0, 0, 0, 0, 0}), newDesign(s, 0, space.Point{0, 2, 2, 0, 0})}
	require.Len(t, newMixture(s, []int{2}, designs, o).designs, 1)
	require.Len(t, newMixture(s, []int{0, 1, 2, 3, 4}, designs, o).designs, 2)
}

// Of 27 designs the two oldest weigh 1/27 and 1, of 26 the oldest 1/26; of 30 the first five rise evenly from 1/30 to 1.
func TestOlderDesignsWeighLess(t *testing.T) {
	require.InDelta(t, 1, ageWeight(0, 25), 0)
	require.InDelta(t, 1.0/26, ageWeight(0, 26), 1e-12)
	require.InDelta(t, 1.0/27, ageWeight(0, 27), 1e-12)
	require.InDelta(t, 1, ageWeight(1, 27), 1e-12)
	require.InDelta(t, 1.0/30+29.0/30/4, ageWeight(1, 30), 1e-12)
	require.InDelta(t, 1, ageWeight(5, 30), 0)
}

// Levels 10 and 30 of 41 axis levels, prior weight 1: squares 2·10^2 and the prior's 41^2/12 = 140.08 over three, 113.4, root 10.65; two designs
// on one axis shrink it by 2^(-1/5) = 0.8706 to 9.269. By the range: 0.2·0.8706·41 = 7.14, at least 41/4.
func TestBandwidthByHand(t *testing.T) {
	s := line()
	designs := []design{newDesign(s, 0, space.Point{10}), newDesign(s, 0, space.Point{30})}
	for bandwidth, want := range map[Bandwidth]float64{Spread: 9.2689, Range: 10.25} {
		o, err := Options{Bandwidth: bandwidth}.withDefaults()
		require.NoError(t, err)
		m := newMixture(s, []int{0}, designs, o)
		require.InDelta(t, want, m.deviation(0, 1, o), 1e-3)
	}
}

// In 300 axes of 65 levels the masses are far below the least float64; their logarithms are not.
func TestManyAxesDoNotUnderflow(t *testing.T) {
	var params []space.Param
	for range 300 {
		p := line().Param(0)
		p.Name = strconv.Itoa(len(params))
		params = append(params, p)
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	o, err := Options{}.withDefaults()
	require.NoError(t, err)
	axes := make([]int, 300)
	for i := range axes {
		axes[i] = i
	}
	rng := seed.New(1)
	m := newMixture(s, axes, []design{newDesign(s, 0, s.Sample(rng))}, o)
	density := m.logDensity(at(newDesign(s, 0, s.Sample(rng))), &scratch{})
	require.Less(t, density, -900.0)
	require.Greater(t, density, -2000.0)
}

func at(d design) *design { return &d }
