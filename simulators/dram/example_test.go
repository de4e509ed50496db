package dram_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/dram"
)

func Example() {
	in, _, err := dram.Factories()[0].Open(map[string]any{"workload": "stream", "device": "ddr4-2400-8gb-x8"})
	if err != nil {
		fmt.Println(err)
		return
	}
	spec := in.Simulator.Spec()
	point, err := spec.Space.Point(space.Design{
		"page_policy": "open", "scheduler": "frfcfs", "scheduler_buffer": "bankwise", "request_buffer_size": 8, "respqueue": "fifo",
		"refresh_policy": "all_bank", "refresh_max_postponed": 1, "refresh_max_pulled_in": 1, "arbiter": "simple",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{point})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, m := range spec.Metrics {
		switch m.Key() {
		case "time_ns", "energy_pj", "power_mw", "row_hits":
			fmt.Printf("%s %.0f\n", m.Key(), results[0].Values[i])
		}
	}
	// Output:
	// time_ns 50638
	// energy_pj 54078608
	// power_mw 1068
	// row_hits 9916
}
