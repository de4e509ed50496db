package systolic_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/systolic"
)

// ResNet-50 on a TPU-like array.
func Example() {
	in, _, err := systolic.Factory().Open(map[string]any{"network": "resnet50"})
	if err != nil {
		panic(err)
	}
	spec := in.Simulator.Spec()
	p, err := spec.Space.Point(map[string]any{
		"rows": 128, "cols": 128, "dataflow": "ws", "ifmap_sram": 512, "filter_sram": 512, "ofmap_sram": 512, "dram_bandwidth": 64, "clock": 800,
	})
	if err != nil {
		panic(err)
	}
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	if err != nil {
		panic(err)
	}
	for i, m := range spec.Metrics {
		if m.Name == "latency" {
			fmt.Printf("%s %.6g\n", m.Key(), results[0].Values[i])
		}
	}
	// Output:
	// latency_cycles 1.61206e+06
	// latency_ns 2.01508e+06
}

// BenchmarkEvaluate is one evaluation of a whole network through the façade, energy and area included, what is read of the ifmaps known.
func BenchmarkEvaluate(b *testing.B) {
	for _, network := range []string{"alexnet", "resnet50", "bert-base"} {
		b.Run(network, func(b *testing.B) {
			in := open(b, map[string]any{"network": network})
			points := []space.Point{make(space.Point, in.Simulator.Spec().Space.Len())}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := in.Simulator.Evaluate(context.Background(), points); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
