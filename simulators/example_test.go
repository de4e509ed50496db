package simulators_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// A simulator is a typed configuration, the axes that set it, and one pure function.
func Example() {
	type config struct {
		Rows    int
		SRAMKiB int
	}
	sim, err := simulators.Model[config]{
		Name: "toy", Version: "1", Doc: "A square array with a buffer.",
		Metrics: []simulators.Metric{
			{Name: "latency", Unit: "cycles", Doc: "of 4096 multiplications"},
			{Name: "area", Unit: "mm2", Doc: "0.01 mm2 a cell and 0.02 mm2 a KiB"},
		},
		Fields: []simulators.Field[config]{
			simulators.Int("rows", "PE", "rows and columns", []int{4, 8, 16}, func(c *config) *int { return &c.Rows }).Log(),
			simulators.Int("sram_kib", "KiB", "buffer", []int{1, 2}, func(c *config) *int { return &c.SRAMKiB }),
		},
		Eval: func(_ context.Context, c config) simulators.Result {
			if c.Rows > 8*c.SRAMKiB {
				return simulators.Infeasible("the buffer holds no row", float64(c.Rows-8*c.SRAMKiB))
			}
			return simulators.OK(4096/float64(c.Rows*c.Rows), 0.01*float64(c.Rows*c.Rows)+0.02*float64(c.SRAMKiB))
		},
	}.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := sim.Evaluate(context.Background(), []space.Point{{0, 0}, {2, 0}, {2, 1}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sim.Spec().Keys())
	for _, r := range results {
		fmt.Printf("%v %q\n", r.Values, r.Infeasible)
	}
	// Output:
	// [latency_cycles area_mm2]
	// [256 0.18] ""
	// [] "the buffer holds no row"
	// [16 2.6] ""
}

func ExampleStage() {
	hardware, err := hardware().Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	slow, err := simulators.Model[int]{
		Name: "toy/training", Version: "1", Metrics: []simulators.Metric{{Name: "accuracy"}},
		Fields: []simulators.Field[int]{simulators.Int("depth", "layers", "hidden layers", []int{1, 2}, func(depth *int) *int { return depth })},
		Eval: func(_ context.Context, depth int) simulators.Result {
			fmt.Println("training", depth, "layers")
			return simulators.OK(0.5 + 0.1*float64(depth))
		},
	}.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	small := func(r simulators.Result) bool { return r.Values[1] <= 8 }
	sim, err := simulators.Stage(hardware, slow, small)
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := sim.Evaluate(context.Background(), []space.Point{{1, 0, 0, 0, 1}, {2, 1, 0, 0, 0}})
	fmt.Println(results[0].Values, err)
	fmt.Println(results[1].Infeasible)
	// Output:
	// training 2 layers
	// [0.5 8 0.7] <nil>
	// does not pass toy/array: toy/training was not evaluated
}
