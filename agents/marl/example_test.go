package marl_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// Two agents learn the climbing game, in which a cautious pair settles for 7.
func Example() {
	ctx := context.Background()
	lanes, err := env.Vectorize(games.Matrix(games.Climbing()), 4)
	if err != nil {
		panic(err)
	}
	options := marl.IPPO()
	options.Batch, options.Minibatches, options.LearningRate, options.Optimism = 50, 1, 0.03, 0.99
	options.ValueClip, options.MaxNorm = 0, 0
	policy, err := marl.NewPolicy("ippo", lanes.Agents(), options, seed.New(1))
	if err != nil {
		panic(err)
	}
	if _, err := lanes.Reset(ctx, 1); err != nil {
		panic(err)
	}
	for step := range 2500 {
		if step == 2499 {
			policy.Freeze()
		}
		actions, err := policy.Act(lanes.Observations())
		if err != nil {
			panic(err)
		}
		outcomes, _, err := lanes.Step(ctx, actions)
		if err != nil {
			panic(err)
		}
		if err := policy.Learn(outcomes); err != nil {
			panic(err)
		}
		if step == 2499 {
			fmt.Println("row", actions[0][0][0], "column", actions[0][1][0], "payoff", outcomes[0][0].Reward)
		}
	}
	// Output: row 0 column 0 payoff 11
}
