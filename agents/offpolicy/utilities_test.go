package offpolicy

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// chip has an ordered axis, one of names, and one that is active in mode "deep" only: 4 + 4*3 canonical points of 24 vectors.
func chip(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8}},
		space.Param{Name: "mode", Kind: space.Nominal, Labels: []string{"flat", "deep"}},
		space.Param{Name: "depth", Kind: space.Ordinal, Values: []float64{1, 2, 3}, When: []space.Cond{{Param: "mode", In: []string{"deep"}}}},
	)
	require.NoError(t, err)
	return s
}

func utilities(t testing.TB, joint int) *Utilities {
	u := NewUtilities(chip(t), 2, UtilitiesOptions{Hidden: []int{5}, Ordered: true, Joint: joint}, seed.New(1))
	for i := range u.net.Params() {
		u.net.Params()[i] = float64(i*7%11)/5 - 1
	}
	return u
}

// Central differences of the utility of each action.
func TestGradientsOfUtilities(t *testing.T) {
	obs := []float64{0.2, -0.4, 1, 0.5}
	for _, joint := range []int{0, 24} {
		u := utilities(t, joint)
		for p := range chip(t).Points() {
			value := func() float64 { u.Forward(obs, 2); return 3 * u.Value(1, p) }
			slopes := make([]float64, len(u.net.Params()))
			for i := range slopes {
				const h = 1e-6
				was := u.net.Params()[i]
				u.net.Params()[i] = was + h
				up := value()
				u.net.Params()[i] = was - h
				slopes[i] = (up - value()) / (2 * h)
				u.net.Params()[i] = was
			}
			value()
			u.AddGradient(1, p, 3)
			u.toOutputs()
			u.net.Backward(u.deltas)
			require.InDeltaSlice(t, slopes, u.net.Grads(), 1e-6, "%v", p)
			u.net.Clear()
		}
	}
}

// Best against all legal actions: with values of whole actions always, without on a space without conditions.
func TestBestIsTheGreatestLegalUtility(t *testing.T) {
	free, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8}},
		space.Param{Name: "mode", Kind: space.Nominal, Labels: []string{"flat", "deep"}},
	)
	require.NoError(t, err)
	all := []*Utilities{utilities(t, 24), NewUtilities(free, 2, UtilitiesOptions{}, seed.New(2))}
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.SampledFrom(all).Draw(t, "utilities")
		mask := make([][]bool, u.space.Len())
		for axis := range mask {
			mask[axis] = rapid.SliceOfN(rapid.Bool(), u.space.Levels(axis), u.space.Levels(axis)).Draw(t, "mask")
			mask[axis][rapid.IntRange(0, u.space.Levels(axis)-1).Draw(t, "legal")] = true
		}
		u.Forward([]float64{rapid.Float64Range(-3, 3).Draw(t, "a"), rapid.Float64Range(-3, 3).Draw(t, "b")}, 1)
		best, value, err := u.Best(0, mask)
		require.NoError(t, err)
		require.True(t, u.allowed(best, mask))
		require.InDelta(t, u.Value(0, best), value, 1e-12)
		for p := range u.space.Points() {
			if u.allowed(p, mask) {
				require.LessOrEqual(t, u.Value(0, p), value+1e-12)
			}
		}
		explored, err := u.Explore(0, mask, 0.5, seed.New(rapid.Uint64().Draw(t, "seed")))
		require.NoError(t, err)
		require.NoError(t, u.space.Check(explored))
		require.True(t, u.allowed(explored, mask))
		same, err := u.Explore(0, mask, 0, seed.New(1))
		require.NoError(t, err)
		require.Equal(t, best, same)
	})
}

func TestMasksOfNothing(t *testing.T) {
	mask := [][]bool{{false, false, false, false}, {true, true}, {true, true, true}}
	for joint, want := range map[int]string{0: `the mask of "rows" allows none of its 4 levels`, 24: "the mask allows none of the 16 actions"} {
		u := utilities(t, joint)
		u.Forward([]float64{0, 0}, 1)
		_, _, err := u.Best(0, mask)
		require.EqualError(t, err, want)
		_, err = u.Explore(0, mask, 0, seed.New(1))
		require.EqualError(t, err, want)
	}
}

// A sum over the axes has a value that only whole actions can have; steps of fitting find both.
func TestUtilitiesFit(t *testing.T) {
	square, err := space.New(
		space.Param{Name: "a", Kind: space.Nominal, Labels: []string{"0", "1"}},
		space.Param{Name: "b", Kind: space.Nominal, Labels: []string{"0", "1"}},
	)
	require.NoError(t, err)
	for joint, want := range map[int][]float64{ // of the payoffs 0, 0, 0, 10: least squares of a sum, and the payoffs
		0: {-2.5, 2.5, 2.5, 7.5},
		4: {0, 0, 0, 10},
	} {
		u := NewUtilities(square, 0, UtilitiesOptions{Joint: joint}, seed.New(1))
		for range 3000 {
			u.Forward(nil, 4)
			row := 0
			for p := range square.Points() {
				u.AddGradient(row, p, u.Value(row, p)-10*float64(p[0]*p[1]))
				row++
			}
			u.Learn(0.02, 0)
		}
		u.Forward(nil, 1)
		row := 0
		for p := range square.Points() {
			require.InDelta(t, want[row], u.Value(0, p), 0.01)
			row++
		}
	}
}

func TestTargetsFollow(t *testing.T) {
	u, target := utilities(t, 0), NewUtilities(chip(t), 2, UtilitiesOptions{Hidden: []int{5}, Ordered: true}, seed.New(2))
	before, to := target.net.Params()[3], u.net.Params()[3]
	target.Follow(u, 0.25)
	require.InDelta(t, before+0.25*(to-before), target.net.Params()[3], 1e-12)
	target.Follow(u, 1)
	require.InDeltaSlice(t, u.net.Params(), target.net.Params(), 1e-12)
}

func TestForwardAndLearnAllocateNothing(t *testing.T) {
	u, p := utilities(t, 24), space.Point{1, 1, 1}
	obs := make([]float64, 2*8)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		u.Forward(obs, 8)
		for row := range 8 {
			u.AddGradient(row, p, u.Value(row, p))
		}
		u.Learn(0.01, 1)
	}))
}
