package study_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/grid"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// A search through every width for the least latency.
func ExampleRunAgent() {
	type config struct{ Width int }
	sim, err := simulators.Model[config]{
		Name: "adder", Version: "1", Doc: "An adder.", Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}},
		Fields: []simulators.Field[config]{simulators.Int("width", "bits", "", []int{8, 16, 32}, func(c *config) *int { return &c.Width })},
		Eval: func(_ context.Context, c config) simulators.Result {
			return simulators.OK(64 / float64(c.Width))
		},
	}.Build()
	if err != nil {
		panic(err)
	}
	least, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, sim.Spec().Metrics)
	if err != nil {
		panic(err)
	}
	task := study.Task{Objective: least, Trials: 10, Lag: 2}
	agent, err := grid.New(agents.Problem{Space: sim.Spec().Space, Objectives: 1})
	if err != nil {
		panic(err)
	}
	ending, err := study.RunAgent(context.Background(), task, sim, agent, nil)
	fmt.Println(ending.Reason, ending.Trials, err)
	// Output: agent finished 3 <nil>
}
