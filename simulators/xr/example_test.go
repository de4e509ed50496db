package xr_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/xr"
)

// Social interaction A on two accelerators: a large NVDLA and a small one.
func ExampleFactory() {
	in, _, err := xr.Factory().Open(map[string]any{"scenario": "social-a"})
	if err != nil {
		fmt.Println(err)
		return
	}
	spec := in.Simulator.Spec()
	p, err := spec.Space.Point(map[string]any{
		"accelerators": 2, "order": "deadline", "placement": "finish", "admission": "any",
		"acc0_dataflow": "kcp", "acc0_pes": 1024, "acc0_noc_bandwidth": 128, "acc0_offchip_bandwidth": 64, "acc0_l1": 256, "acc0_l2": 256,
		"acc1_dataflow": "kcp", "acc1_pes": 256, "acc1_noc_bandwidth": 64, "acc1_offchip_bandwidth": 32, "acc1_l1": 256, "acc1_l2": 256,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, key := range spec.Keys() {
		if key == "score_percent" || key == "missed_frac" || key == "area_mm2" {
			fmt.Printf("%s %.4g\n", key, results[0].Values[i])
		}
	}
	// Output:
	// score_percent 98.96
	// missed_frac 0
	// area_mm2 6.143
}
