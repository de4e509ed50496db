package marl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// brisk is options for games of a few steps without observations: small batches and fast steps, values that follow rewards at once.
func brisk(o marl.Options, optimism float64) marl.Options {
	o.Hidden, o.Batch, o.Minibatches, o.LearningRate = []int{16}, 50, 1, 0.03
	o.ValueClip, o.MaxNorm, o.Optimism = 0, 0, optimism
	return o
}

// greedy trains in four lanes for the given joint steps and returns the return of an episode of the frozen policy.
func greedy(t testing.TB, m env.Maker, name string, o marl.Options, root uint64, steps int) float64 {
	v, err := env.Vectorize(m, 4)
	require.NoError(t, err)
	p, err := marl.NewPolicy(name, v.Agents(), o, seed.New(root, name))
	require.NoError(t, err)
	agenttest.Play(t, v, p, root, steps)
	p.Freeze()
	return agenttest.Play(t, v, p, root, 400)
}

// share is the share of the seeds after which the greedy joint action is an optimum, and the mean greedy payoff.
func share(t testing.TB, m env.Maker, name string, o marl.Options, seeds int, best float64) (optimal, mean float64) {
	for root := range seeds {
		payoff := greedy(t, m, name, o, uint64(root), 10_000)
		mean += payoff / float64(seeds)
		if payoff == best {
			optimal += 1 / float64(seeds)
		}
	}
	return optimal, mean
}

type game struct {
	name  string
	maker env.Maker
	best  float64
}

func matrixGames() []game {
	return []game{
		{"climbing", games.Matrix(games.Climbing()), 11},
		{"penalty 0", games.Matrix(games.Penalty(0)), 10},
		{"penalty -25", games.Matrix(games.Penalty(-25)), 10},
		{"penalty -100", games.Matrix(games.Penalty(-100)), 10},
	}
}

// BenchmarkGames measures the table of the package comment: of one learner with -bench Games//happo.
func BenchmarkGames(b *testing.B) {
	for _, g := range append(matrixGames(), game{"two-step", games.TwoStep(false), 8}) {
		b.Run(g.name, func(b *testing.B) {
			for _, learner := range []struct {
				name    string
				options marl.Options
			}{{"ippo", marl.IPPO()}, {"mappo", marl.MAPPO()}, {"happo", marl.HAPPO()}} {
				b.Run(learner.name, func(b *testing.B) {
					for _, optimism := range []float64{0, 0.5, 0.9, 0.99} {
						optimal, mean := share(b, g.maker, learner.name, brisk(learner.options, optimism), 50, g.best)
						b.Logf("optimism %v: %.2f (%.1f)", optimism, optimal, mean)
					}
				})
			}
		})
	}
}
