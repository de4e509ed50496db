package groups_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// board has five ordered axes, one of names and one that is active sometimes.
func board(t testing.TB) space.Space {
	values := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	var params []space.Param
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		params = append(params, space.Param{Name: name, Kind: space.Ordinal, Values: values})
	}
	params = append(params,
		space.Param{Name: "kind", Kind: space.Nominal, Labels: []string{"p", "q", "r", "s", "t", "u"}},
		space.Param{Name: "f", Kind: space.Ordinal, Values: values, When: []space.Cond{{Param: "kind", In: []string{"p", "q", "r"}}}})
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

// evaluated draws trials of a function.
func evaluated(s space.Space, n int, root uint64, f func(p space.Point, rng *rand.Rand) float64) []agents.Trial {
	rng := seed.New(root, "groups")
	trials := make([]agents.Trial, n)
	for i := range trials {
		p := s.Sample(rng)
		trials[i] = agents.Trial{ID: i, Point: p, Objectives: []float64{f(p, rng)}, Violations: []float64{0}}
	}
	return trials
}

func names(list []groups.Group) []string {
	var all []string
	for _, g := range list {
		all = append(all, g.Name)
	}
	return all
}

// The joint effects are known: a with d, b with kind, the others none; noise on top.
func TestAxesThatActTogetherAreFound(t *testing.T) {
	s := board(t)
	for root := range uint64(5) {
		trials := evaluated(s, 300, root, func(p space.Point, rng *rand.Rand) float64 {
			bump := 0.0
			if p[5]%2 == 0 {
				bump = float64(p[1])
			} else {
				bump = 9 - float64(p[1])
			}
			return -float64((p[0]-p[3])*(p[0]-p[3]))/4 + 2*bump + float64(p[2]) + float64(p[4]) + rng.NormFloat64()
		})
		require.Equal(t, []string{"a+d", "b+kind", "c", "e", "f"}, names(groups.Find(s, trials)), "seed %d", root)
	}
}

// Sums of the axes' own effects, and pure noise, have no groups: of 40 looks at 21 pairs at most one finds one by chance.
func TestSumsHaveNoGroups(t *testing.T) {
	s := board(t)
	together := 0
	for root := range uint64(20) {
		for _, f := range []func(space.Point, *rand.Rand) float64{
			func(p space.Point, rng *rand.Rand) float64 {
				return float64(p[0]+p[1]-p[2]+p[3]-p[5]) + 3*rng.NormFloat64()
			},
			func(_ space.Point, rng *rand.Rand) float64 { return rng.NormFloat64() },
		} {
			if list := groups.Find(s, evaluated(s, 200, root, f)); len(list) < s.Len() {
				together++
				t.Log(names(list))
			}
		}
	}
	require.LessOrEqual(t, together, 1)
}

// A group has at most five axes, the strongest pairs first, whatever acts together.
func TestGroupsStaySmall(t *testing.T) {
	s := board(t)
	trials := evaluated(s, 600, 1, func(p space.Point, _ *rand.Rand) float64 {
		product := 1.0
		for _, level := range p[:5] {
			product *= float64(level%2*2 - 1)
		}
		return product * float64(p[5]%2*2-1)
	})
	for _, g := range groups.Find(s, trials) {
		require.LessOrEqual(t, len(g.Axes), 5)
	}
	require.Equal(t, []string{"a", "b", "c", "d", "e", "kind", "f"}, names(groups.Find(s, nil)), "nothing is known")
	require.Len(t, groups.Find(s, trials[:1]), 7)
}

// A learner says when the groups change: it looks at 60 trials, and then whenever they are half as many more.
func TestLearnersLookAgainWithMoreTrials(t *testing.T) {
	s := board(t)
	l := groups.NewLearner(s)
	var at []string
	for i, trial := range evaluated(s, 1000, 1, func(p space.Point, _ *rand.Rand) float64 { return float64((p[0] - p[3]) * (p[0] - p[3])) }) {
		if split, changed := l.Tell(trial); changed {
			at = append(at, fmt.Sprint(i+1, " ", split.Specs(nil)[0].ID))
		}
	}
	require.Equal(t, []string{"90 a+d"}, at)
	var none *groups.Learner
	_, changed := none.Tell(agents.Trial{})
	require.False(t, changed)
}
