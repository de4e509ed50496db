package file_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/experiments/file"
)

func ExampleParse() {
	f, err := file.Parse("sweep.toml", []byte(`
name   = "sweep"
budget = 200
[[scenario]]
simulator = "systolic"
set = { workload = "resnet18" }
[[agent]]
kind = "ga"
population = [8, 16]
elitism = true
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Scenarios[0].Name, f.Studies(), "studies")
	for _, cell := range f.Cells(0) {
		fmt.Println(cell)
	}
	// The planner knows the agents, this package knows the lines.
	fmt.Println(f.Errorf(f.At("agent", 0, "elitism"), "true is not an integer in [0, 8]"))
	// Output:
	// systolic workload=resnet18 2 studies
	// map[elitism:true population:8]
	// map[elitism:true population:16]
	// sweep.toml:10: true is not an integer in [0, 8]
}

func ExampleParse_mistakes() {
	_, err := file.Parse("sweep.toml", []byte(`
name   = "sweep"
bugdet = 200
[[scenario]]
simulator = "systolic"
[[agent]]
kind = "ga"
budget = 0
`))
	fmt.Println(err)
	// Output:
	// sweep.toml:1: key "budget" is required
	// sweep.toml:3: unknown key "bugdet", did you mean "budget"? (known: name, seed, repeats, budget, lag, lanes, max_failed, timeout_s, evaluations_per_trial, save_policies, distribute, stop_on_spec, limits, preset, scenario, start, warm_start, agent, include, exclude, proxy)
	// sweep.toml:8: agent.budget: a key of the whole file, not an option of an agent: move it above the first [[…]]
}
