package asic_test

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// ResNet-50 on an NVDLA-like accelerator.
func Example() {
	in, _, err := asic.Template().Open(map[string]any{"network": "resnet50"})
	if err != nil {
		panic(err)
	}
	spec := in.Simulator.Spec()
	p, err := spec.Space.Point(map[string]any{"template": "kcp", "pes": 1024, "noc_bandwidth": 64, "l1": 256, "l2": 64})
	if err != nil {
		panic(err)
	}
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	if err != nil {
		panic(err)
	}
	for i, key := range spec.Keys()[:5] {
		fmt.Printf("%s %.4g\n", key, results[0].Values[i])
	}
	// Output:
	// latency_cycles 8.257e+06
	// latency_ns 8.257e+06
	// energy_pj 9.789e+09
	// energy_macs 4.256e+10
	// area_mm2 634.9
}
