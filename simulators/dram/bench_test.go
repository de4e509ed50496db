package dram_test

import (
	"context"
	"testing"

	"github.com/codesign-gym/codesign/env/space"
)

// BenchmarkEvaluate measures ArchGym's evaluation: 10,000 requests, one a clock.
func BenchmarkEvaluate(b *testing.B) {
	for _, workload := range []string{"stream", "random", "cloud-1", "cloud-2"} {
		in := open(b, "dram", map[string]any{"workload": workload})
		for _, arbiter := range []string{"simple", "fifo", "reorder"} {
			b.Run(workload+"/"+arbiter, func(b *testing.B) {
				d := knobs(128, space.Design{"scheduler_buffer": "bankwise", "request_buffer_size": 8, "arbiter": arbiter})
				if arbiter == "simple" {
					delete(d, "max_active_transactions")
				}
				p, err := in.Simulator.Spec().Space.Point(d)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := in.Simulator.Evaluate(context.Background(), []space.Point{p}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
