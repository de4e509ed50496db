package sac_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
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
	return p, agenttest.Play(t, v, p, root, steps)
}

// The best mean return over uniform starts 1 … 4 steps from the goal is 0.75; random walks, walls masked, stay below 0.
func TestSACLearnsTheCorridor(t *testing.T) {
	p, mean := train(t, games.Corridor(), quick(sac.Defaults()), 1, 6000)
	t.Logf("mean return %.3f", mean)
	require.Greater(t, mean, 0.4)
	p.Freeze()
	v, err := env.Vectorize(games.Corridor(), 4)
	require.NoError(t, err)
	require.InDelta(t, 0.75, agenttest.Play(t, v, p, 7, 2000), 0.05, "the likeliest step is to the right")
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
