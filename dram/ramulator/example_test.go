package ramulator_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/dram/trace"
)

// The same random reads with rows left open and with rows closed after every access.
func ExampleRun() {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		fmt.Println(err)
		return
	}
	g := address.Geometry{Channels: 1, Ranks: 1, Device: d}
	spec, err := address.Preset("row-bank-column", g)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := address.New(g, spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, policy := range ramulator.RowPolicies() {
		w, err := trace.Lookup("rand_rd")
		if err != nil {
			fmt.Println(err)
			return
		}
		c := ramulator.Default()
		c.RowPolicy = policy
		s, err := ramulator.Run(c, memory.Job{Device: d, Channels: 1, Ranks: 1, Map: m, Source: w.Open()})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%-10s  %d clocks, mean read latency %.1f, %d ACT, %d PRE\n",
			policy, s.TotalCycles, s.ReadLatency.Accepted.MeanCycles, s.Commands[device.ACT], s.Commands[device.PRE])
	}
	// Output:
	// open        200033 clocks, mean read latency 72.0, 9999 ACT, 9650 PRE
	// closed_cap  200017 clocks, mean read latency 56.3, 10000 ACT, 0 PRE
}
