package valuemix_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/valuemix"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// brisk is options for games of a few steps: small nets, fast steps, and exploring throughout, so that every joint action is seen as often.
func brisk(o valuemix.Options, optimism float64) valuemix.Options {
	o.Hidden, o.Warmup, o.LearningRate, o.TargetRate, o.Optimism = []int{32}, 100, 5e-3, 0.02, optimism
	o.Mix.Width, o.Mix.Hyper = min(o.Mix.Width, 16), min(o.Mix.Hyper, 16)
	o.Explore = valuemix.Explore{Last: 1}
	return o
}

// settling is options that explore less and less: which of two best joint actions the agents take is then agreed upon by chance.
func settling(o valuemix.Options) valuemix.Options {
	o.Explore = valuemix.Explore{Last: 0.1, Steps: 5000}
	return o
}

// greedy trains in four lanes for the given joint steps and returns the return of an episode of the frozen policy.
func greedy(t testing.TB, m env.Maker, name string, o valuemix.Options, root uint64, steps int) float64 {
	v, err := env.Vectorize(m, 4)
	require.NoError(t, err)
	p, err := valuemix.NewPolicy(name, v.Agents(), o, seed.New(root, name))
	require.NoError(t, err)
	agenttest.Play(t, v, p, root, steps)
	p.Freeze()
	return agenttest.Play(t, v, p, root, 400)
}

// BenchmarkGames measures the table of the package comment.
func BenchmarkGames(b *testing.B) {
	const seeds = 20
	for _, g := range []struct {
		name  string
		maker env.Maker
		best  float64
	}{
		{"two-step", games.TwoStep(false), 8},
		{"climbing", games.Matrix(games.Climbing()), 11},
		{"penalty 0", games.Matrix(games.Penalty(0)), 10},
		{"penalty -25", games.Matrix(games.Penalty(-25)), 10},
		{"penalty -100", games.Matrix(games.Penalty(-100)), 10},
	} {
		b.Run(g.name, func(b *testing.B) {
			for _, name := range []string{"vdn", "qmix"} {
				o := map[string]valuemix.Options{"vdn": valuemix.VDN(), "qmix": valuemix.QMIX()}[name]
				for _, optimism := range []float64{0, 0.9, 0.99} {
					optimal, mean := 0.0, 0.0
					for root := range seeds {
						o := brisk(o, optimism)
						if g.best != 8 {
							o = settling(o)
						}
						payoff := greedy(b, g.maker, name, o, uint64(root), 10_000)
						mean += payoff / seeds
						if payoff == g.best {
							optimal += 1.0 / seeds
						}
					}
					b.Logf("%s, optimism %v: %.2f (%.1f)", name, optimism, optimal, mean)
				}
			}
		})
	}
}
