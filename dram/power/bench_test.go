package power_test

import (
	"testing"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// step is a command of a test stream.
type step struct {
	t    int64
	c    device.Command
	bank int
}

// accesses opens a row in one bank after another, reads it and closes it: three commands each, or two with auto-precharge.
func accesses(n int, auto bool) []step {
	var steps []step
	for i := range n {
		t, bank := int64(20*i), i%16
		if auto {
			steps = append(steps, step{t, device.ACT, bank}, step{t + 16, device.RDA, bank})
		} else {
			steps = append(steps, step{t, device.ACT, bank}, step{t + 16, device.RD, bank}, step{t + 19, device.PRE, (bank + 14) % 16})
		}
	}
	return steps
}

// reads are row hits.
func reads(n int) []step {
	var steps []step
	for i := range n {
		steps = append(steps, step{int64(4 * i), device.RD, 0})
	}
	return steps
}

func BenchmarkIssue(b *testing.B) {
	for _, bench := range []struct {
		name   string
		steps  []step
		window int64
	}{
		{"row_hits", reads(4096), 0},
		{"random", accesses(4096, false), 0},
		{"random_peak_1000_clocks", accesses(4096, false), 1000},
		{"auto_precharge", accesses(4096, true), 0},
	} {
		b.Run(bench.name, func(b *testing.B) {
			d := lookup(b, "ddr4-2400-8gb-x8")
			m := power.NewMeter(d, d.Rules(), bench.window)
			span := bench.steps[len(bench.steps)-1].t + 100
			var start int64
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				s := &bench.steps[i]
				m.Issue(start+s.t, s.c, s.bank)
				if i++; i == len(bench.steps) {
					i, start = 0, start+span
				}
			}
		})
	}
}
