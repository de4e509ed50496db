package dram

import (
	"math"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// window is over how many requests in a row the banks are counted that they visit.
const window = 16

// features describe the requests in numbers, on the memory of the settings or, where the axes choose it, the default one; nil where the trace does not fit into that.
func features(built *simulators.Built[design]) func() []simulators.Feature {
	d := built.Config(make(space.Point, built.Spec().Space.Len()))
	m := d.Map
	if d.places != nil {
		m = d.places[place{defaultDevice, defaultMapping}].mapping
	}
	if m == nil {
		return nil
	}
	return traffic{d.scenario.requests, d.scenario.maxOutstanding, m}.features
}

// traffic is what is described.
type traffic struct {
	requests       []trace.Request
	maxOutstanding int
	memory         *address.Map
}

func (t traffic) features() []simulators.Feature {
	g := t.memory.Geometry()
	device := g.Device
	n := float64(len(t.requests))
	rows := t.rows()
	reads, turns := t.directions()
	gap, variation := t.gaps()
	arrivalNS := gap * (n - 1) * device.ClockNS()
	busNS := n * float64(device.BurstClocks()) * device.ClockNS() / float64(g.Channels)
	bankNS := rows.busiest * float64(device.Timing.TRC) * device.ClockNS()
	serial, serialNS := 0.0, 0.0
	if t.maxOutstanding > 0 {
		serial = 1 / float64(t.maxOutstanding)
		serialNS = n * serial * float64(device.Timing.TRCDRD+device.Timing.CL+device.BurstClocks()) * device.ClockNS()
	}
	return []simulators.Feature{
		{Name: "requests", Unit: "requests", Doc: "in the trace", Value: n},
		{Name: "reads_frac", Doc: "of the requests", Value: reads / n},
		{Name: "turns_frac", Doc: "of the requests: reads after a write, and writes after a read", Value: turns / n},
		{Name: "gap_cycles", Unit: "cycles", Doc: "from one request to the next, the mean", Value: gap},
		{Name: "gap_variation_frac", Doc: "standard deviation of the gaps over their mean", Value: variation},
		{Name: "serial_frac", Doc: "one over the requests that may wait for their response; 0 = any number", Value: serial},
		{Name: "row_hits_frac", Doc: "of the requests: the row is the last one of its bank", Value: 1 - rows.changes/n},
		{Name: "row_changes", Unit: "rows", Doc: "requests whose row is not the last one of its bank", Value: rows.changes},
		{Name: "banks", Unit: "banks", Doc: "that 16 requests in a row visit, the mean", Value: rows.banks},
		{Name: "rows", Unit: "rows", Doc: "that are visited at all", Value: rows.different},
		{Name: "arrival_ns", Unit: "ns", Doc: "from the first request to the last", Value: arrivalNS},
		{Name: "bus_ns", Unit: "ns", Doc: "all data on the buses, without a pause", Value: busNS},
		{Name: "bank_ns", Unit: "ns", Doc: "row changes of the busiest bank, tRC each", Value: bankNS},
		{Name: "bound_ns", Unit: "ns", Doc: "the greatest of arrival, bus, bank, and of one latency after the other where only so many requests may wait", Value: max(arrivalNS, busNS, bankNS, serialNS)},
		{Name: "clock_ns", Unit: "ns", Doc: "period of the command clock", Value: device.ClockNS()},
	}
}

// rowCounts are counts of the rows that requests visit, in the order of the trace.
type rowCounts struct{ changes, busiest, banks, different float64 }

func (t traffic) rows() rowCounts {
	g := t.memory.Geometry()
	banks := g.Channels * g.Ranks * g.Device.Banks()
	last, changes := make([]int32, banks), make([]int, banks)
	for b := range last {
		last[b] = -1
	}
	type row struct{ bank, row int32 }
	rows := make(map[row]bool)
	seen, stamp := make([]int, banks), 0 // in which window a bank was seen last
	var c rowCounts
	visits := 0
	for i, r := range t.requests {
		channel, rank, bank, at, _, _ := t.memory.Coordinates(r.Address)
		b := (channel*int32(g.Ranks)+rank)*int32(g.Device.Banks()) + bank
		if last[b] != at {
			last[b] = at
			changes[b]++
			c.changes++
			c.busiest = max(c.busiest, float64(changes[b]))
			rows[row{b, at}] = true
		}
		if i%window == 0 {
			stamp++
		}
		if seen[b] != stamp {
			seen[b] = stamp
			visits++
		}
	}
	c.banks, c.different = float64(visits)/float64(stamp), float64(len(rows))
	return c
}

// directions counts the reads, and the changes between reads and writes.
func (t traffic) directions() (reads, turns float64) {
	for i, r := range t.requests {
		if !r.Write {
			reads++
		}
		if i > 0 && r.Write != t.requests[i-1].Write {
			turns++
		}
	}
	return reads, turns
}

// gaps is the mean of the clocks between requests, and their standard deviation over it; zeros where there are none.
func (t traffic) gaps() (mean, variation float64) {
	n := len(t.requests)
	if n < 2 || t.requests[n-1].Cycle == t.requests[0].Cycle {
		return 0, 0
	}
	mean = float64(t.requests[n-1].Cycle-t.requests[0].Cycle) / float64(n-1)
	squares := 0.0
	for i := 1; i < n; i++ {
		d := float64(t.requests[i].Cycle-t.requests[i-1].Cycle) - mean
		squares += d * d
	}
	return mean, math.Sqrt(squares/float64(n-1)) / mean
}
