package soc_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/soc"
)

// The cheapest chip for the camera pipeline, and what its model would change first.
func ExampleComprehensive() {
	in, _, err := soc.Comprehensive().Open(map[string]any{"workload": "hpvm_cava", "profile": "reference"})
	if err != nil {
		fmt.Println(err)
		return
	}
	cheapest := in.Advise(nil)[0].Point
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{cheapest})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.0f ms\n", results[0].Values[0])
	fmt.Println(in.Advise(cheapest)[0].Why)
	// Output:
	// 84882 ms
	// gpp0 limits it for 8.13e+04 ms: an accelerator of its own
}

// An episode of design moves: the reward is how many times nearer to the budgets the design has come, as a power of two.
func ExampleMoves() {
	maker, _, err := soc.Moves().Open(map[string]any{"workload": "hpvm_cava", "profile": "reference"})
	if err != nil {
		fmt.Println(err)
		return
	}
	chip, err := maker()
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := chip.Reset(context.Background(), 1); err != nil {
		fmt.Println(err)
		return
	}
	move := chip.Agents()[0].Actions.Param(0)
	for _, name := range []string{"gamut_map_fxp_cloned allocate", "gamut_map_fxp_cloned unroll up"} {
		level, err := move.Level(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		outcomes, _, err := chip.Step(context.Background(), []space.Point{{level}})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %.2f\n", name, outcomes[0].Reward)
	}
	// Output:
	// gamut_map_fxp_cloned allocate: 1.18
	// gamut_map_fxp_cloned unroll up: 0.86
}
