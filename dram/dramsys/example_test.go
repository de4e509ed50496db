package dramsys_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// Serve a trace under two page policies.
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
	w, err := trace.Lookup("hotrow")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, page := range []dramsys.PagePolicy{dramsys.Open, dramsys.Closed} {
		c := dramsys.Default()
		c.PagePolicy, c.EventOrder = page, dramsys.Peer
		s, err := dramsys.Run(c, memory.Job{Device: d, Channels: 1, Ranks: 1, Map: m, Source: w.Open()})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %d cycles, mean read latency %.1f cycles, %d ACT\n", page, s.TotalCycles, s.ReadLatency.Request.MeanCycles, s.Commands[device.ACT])
	}
	// Output:
	// open: 80103 cycles, mean read latency 97.4 cycles, 7150 ACT
	// closed: 80090 cycles, mean read latency 146.6 cycles, 10032 ACT
}
