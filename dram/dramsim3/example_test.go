package dramsim3_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// The random reads of the reference, with open and with closed pages.
func Example() {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		panic(err)
	}
	geometry := address.Geometry{Channels: 1, Ranks: 1, Device: d}
	spec, err := address.Preset("row-bank-column", geometry)
	if err != nil {
		panic(err)
	}
	mapping, err := address.New(geometry, spec)
	if err != nil {
		panic(err)
	}
	reads, err := trace.Lookup("rand_rd")
	if err != nil {
		panic(err)
	}
	for _, policy := range dramsim3.PagePolicies() {
		config := dramsim3.Default()
		config.PagePolicy = policy
		stats, err := dramsim3.Run(config, memory.Job{Device: d, Channels: 1, Ranks: 1, Map: mapping, Source: reads.Open()})
		if err != nil {
			panic(err)
		}
		fmt.Printf("%-6s %d clocks, mean read latency %.2f clocks, %d activations, %d refreshes\n",
			policy, stats.TotalCycles, stats.ReadLatency.Arrival.MeanCycles, stats.Commands[device.ACT], stats.Commands[device.REF])
	}
	// Output:
	// open   200034 clocks, mean read latency 74.68 clocks, 10019 activations, 21 refreshes
	// closed 200018 clocks, mean read latency 57.64 clocks, 10003 activations, 21 refreshes
}
