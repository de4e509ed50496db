package sac_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/agents/sac"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// quick is a small net that learns fast.
func quick(o sac.Options) sac.Options {
	o.Hidden, o.Warmup, o.Batch, o.LearningRate = []int{32}, 200, 32, 5e-3
	return o
}

// train runs a policy in four lanes for the given steps and returns the mean return of the last 100 episodes.
func train(t testing.TB, m env.Maker, o sac.Options, root uint64, steps int) (*offpolicy.Policy, float64) {
	v, err := env.Vectorize(m, 4)
	require.NoError(t, err)
	p, err := sac.NewPolicy("sac", v.Agents(), o, seed.New(root, "sac"))
	require.NoError(t, err)
	return p, play(t, v, p, root, steps)
}

func play(t testing.TB, v *env.Vector, p *offpolicy.Policy, root uint64, steps int) float64 {
	ctx := context.Background()
	_, err := v.Reset(ctx, root)
	require.NoError(t, err)
	var returns []float64
	for range steps / v.Lanes() {
		actions, err := p.Act(v.Observations())
		require.NoError(t, err)
		outcomes, infos, err := v.Step(ctx, actions)
		require.NoError(t, err)
		require.NoError(t, p.Learn(outcomes))
		for lane, o := range outcomes {
			if o[0].Done() {
				returns = append(returns, infos[lane].Score.Objectives[0])
			}
		}
	}
	sum := 0.0
	last := returns[max(0, len(returns)-100):]
	for _, r := range last {
		sum += r
	}
	return sum / float64(len(last))
}

// The best mean return over uniform starts 1 … 4 steps from the goal is 0.75; random walks, walls masked, stay below 0.
func TestSACLearnsTheCorridor(t *testing.T) {
	p, mean := train(t, games.Corridor(), quick(sac.Defaults()), 1, 6000)
	t.Logf("mean return %.3f", mean)
	require.Greater(t, mean, 0.4)
	p.Freeze()
	v, err := env.Vectorize(games.Corridor(), 4)
	require.NoError(t, err)
	require.InDelta(t, 0.75, play(t, v, p, 7, 2000), 0.05, "the likeliest step is to the right")
}

// BenchmarkCartPole reports the mean return of the last 100 of the training episodes, two seeds, with the default options; random pushes have some 22.
func BenchmarkCartPole(b *testing.B) {
	for b.Loop() {
		for root := range uint64(2) {
			_, mean := train(b, games.CartPole(), sac.Defaults(), root, 50_000)
			b.Logf("seed %d: %.1f", root, mean)
		}
	}
}
