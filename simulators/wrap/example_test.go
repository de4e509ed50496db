package wrap_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// A model that cannot divide by the level 0 of its axis, evaluated with a budget of three trials and a cache.
func Example() {
	type config struct{ Banks int }
	model, err := simulators.Model[config]{
		Name: "toy", Version: "1", Doc: "Words a bank.",
		Metrics: []simulators.Metric{{Name: "words", Doc: "in each bank"}},
		Fields:  []simulators.Field[config]{simulators.Int("banks", "", "", []int{0, 1, 2, 4}, func(c *config) *int { return &c.Banks })},
		Eval:    func(_ context.Context, c config) simulators.Result { return simulators.OK(float64(1024 / c.Banks)) },
	}.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	store := wrap.NewStore(1000)
	sim, counter := wrap.Stack(simulators.Instance{Simulator: model}, wrap.Options{Limit: 3, Store: store})

	results, err := sim.Evaluate(context.Background(), []space.Point{{0}, {2}, {2}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(results[0].Failed[:len("panic: runtime error: integer divide by zero: design [banks:0]")])
	fmt.Println(results[1].Values, results[2].Values)
	hits, misses := store.Counts()
	fmt.Println(counter.Evaluations(), "evaluations,", hits, "hit,", misses, "misses")
	_, err = sim.Evaluate(context.Background(), []space.Point{{3}})
	fmt.Println(err)
	// Output:
	// panic: runtime error: integer divide by zero: design [banks:0]
	// [512] [512]
	// 3 evaluations, 1 hit, 2 misses
	// meter: trial 3 is above the limit of 3 trials
}
