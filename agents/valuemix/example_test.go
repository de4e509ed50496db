package valuemix_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/agents/valuemix"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// Two agents that share a reward learn which joint action of the additive game is best.
func ExampleNewPolicy() {
	v, err := env.Vectorize(games.Matrix([][]float64{{1, 5}, {5, 9}}), 4)
	if err != nil {
		panic(err)
	}
	o := valuemix.VDN()
	o.Hidden, o.Warmup, o.LearningRate = nil, 50, 0.02
	p, err := valuemix.NewPolicy("vdn", v.Agents(), o, seed.New(1, "agent", "vdn"))
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	if _, err := v.Reset(ctx, 1); err != nil {
		panic(err)
	}
	step := func() float64 {
		actions, err := p.Act(v.Observations())
		if err != nil {
			panic(err)
		}
		outcomes, _, err := v.Step(ctx, actions)
		if err != nil {
			panic(err)
		}
		if err := p.Learn(outcomes); err != nil {
			panic(err)
		}
		return outcomes[0][0].Reward
	}
	for range 500 {
		step()
	}
	p.Freeze()
	fmt.Println("greedy payoff:", step())
	// Output:
	// greedy payoff: 9
}
