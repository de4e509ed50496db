package offpolicy

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

func trial(value float64) agents.Trial {
	return agents.Trial{Objectives: []float64{value}, Violations: []float64{0}}
}

func TestRewardsByRank(t *testing.T) {
	r := told{capacity: 5}
	r.add(trial(7))
	require.Zero(t, r.reward(0, 3), "of one trial nothing can be said")
	for _, v := range []float64{9, 5, 7, 1} {
		r.add(trial(v))
	}
	for i, want := range []float64{0.625, 1, 0.25, 0.625, 0} { // places 1.5, 0, 3, 1.5, 4 of 4
		require.InDelta(t, want, r.reward(i, 0), 1e-12)
	}
	for i, want := range []float64{0.4563, 1, 0.1497, 0.4563, 0} { // ln(4 / (1 + 3x)) / ln 4
		require.InDelta(t, want, r.reward(i, 3), 1e-4)
	}
	r.add(trial(20)) // in the place of the first
	for i, want := range []float64{1, 0.75, 0.25, 0.5, 0} {
		require.InDelta(t, want, r.reward(i, 0), 1e-12)
	}
}

// Places that are kept up to date against places that are counted.
func TestPlacesAreThoseOfAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := told{capacity: rapid.IntRange(2, 6).Draw(t, "capacity")}
		for range rapid.IntRange(1, 20).Draw(t, "trials") {
			one := agents.Trial{Objectives: rapid.SliceOfN(rapid.SampledFrom([]float64{0, 1, 2}), 2, 2).Draw(t, "objectives"), Violations: []float64{0}}
			if rapid.Bool().Draw(t, "infeasible") {
				one = agents.Trial{Violations: []float64{rapid.SampledFrom([]float64{0, 1}).Draw(t, "violation")}, Infeasible: "no"}
			}
			r.add(one)
		}
		for i, one := range r.trials {
			place := 0.0
			for j, other := range r.trials {
				switch c := rank.Compare(other, one); {
				case i == j:
				case c < 0:
					place++
				case c == 0:
					place += 0.5
				}
			}
			require.InDelta(t, place, r.places[i], 1e-12)
		}
	})
}

func TestReplayForgetsTheOldest(t *testing.T) {
	r := replay{capacity: 2}
	for i := range 3 {
		r.add(step{rewards: []float64{float64(i)}})
	}
	require.Equal(t, []float64{2}, r.steps[0].rewards)
	require.Equal(t, []float64{1}, r.steps[1].rewards)
}
