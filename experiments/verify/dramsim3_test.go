package verify

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	simdram "github.com/codesign-gym/codesign/simulators/dram"
)

// designOf evaluates a design of a DRAM simulator and gives it as a dataset would.
func designOf(t testing.TB, simulator string, settings map[string]any, axes space.Design) Design {
	t.Helper()
	for _, f := range simdram.Factories() {
		if f.Name != simulator {
			continue
		}
		in, _, err := f.Open(settings)
		require.NoError(t, err)
		spec := in.Simulator.Spec()
		p, err := spec.Space.Point(axes)
		require.NoError(t, err)
		results, err := in.Simulator.Evaluate(t.Context(), []space.Point{p})
		require.NoError(t, err)
		return design(spec, settings, spec.Space.Design(p), results[0])
	}
	require.Fail(t, "no simulator "+simulator)
	return Design{}
}

func design(spec simulators.Spec, settings map[string]any, axes space.Design, r simulators.Result) Design {
	d := Design{Simulator: spec.Name, Version: spec.Version, Settings: settings, Axes: axes, Metrics: map[string]float64{}}
	for i, key := range spec.Keys() {
		d.Metrics[key] = r.Values[i]
	}
	return d
}

func full(structure string, more space.Design) space.Design {
	d := space.Design{"device": "ddr4-2400-8gb-x8", "mapping": "row-bank-column", "structure": structure}
	for k, v := range more {
		d[k] = v
	}
	return d
}

func TestTryDRAMsim3(t *testing.T) {
	path := os.Getenv("CODESIGN_DRAMSIM3")
	if path == "" {
		t.Skip()
	}
	tl, _ := Lookup("dramsim3")
	c, err := tl.Open(t.Context(), path, time.Minute)
	require.NoError(t, err)
	for _, w := range []string{"stream_rd", "copy", "rand_rd", "hotrow", "wr_rand", "cloud-1"} {
		for _, ref := range []string{"none", "rank_staggered"} {
			d := designOf(t, "dram/full", map[string]any{"workload": w, "defects": "peer"}, full("dramsim3", space.Design{
				"dramsim3_page_policy": "open", "queue_per": "bank", "unified": "false", "transaction_queue_size": 32.0, "command_queue_size": 8.0, "row_hit_cap": 4.0, "dramsim3_refresh": ref,
			}))
			start := time.Now()
			o, err := c.Check(context.Background(), d)
			require.NoError(t, err)
			fmt.Println(w, ref, o.As, o.Inexpressible, o.equal(), len(o.Readings), time.Since(start))
			for _, r := range o.Readings {
				fmt.Printf("   %-24s %14.6f %14.6f %g\n", r.Metric, r.Ours, r.Theirs, r.RelativeDifference())
			}
		}
	}
}

func TestTryRamulator2(t *testing.T) {
	path := os.Getenv("CODESIGN_RAMULATOR2")
	if path == "" {
		t.Skip()
	}
	tl, _ := Lookup("ramulator2")
	c, err := tl.Open(t.Context(), path, time.Minute)
	require.NoError(t, err)
	for _, w := range []string{"stream_rd", "stream_sat", "copy", "rand_rd", "hotrow", "wr_rand", "cloud-1", "chase", "bursty"} {
		for _, dev := range []string{"ddr4-2400-8gb-x8", "ddr3-1600-4gb-x8"} {
			for _, pol := range []space.Design{{"ramulator_scheduler": "frfcfs", "row_policy": "open"}, {"ramulator_scheduler": "frfcfs", "row_policy": "closed_cap", "row_cap": 4.0}} {
				pol["device"] = dev
				pol["read_buffer_size"], pol["write_buffer_size"], pol["high_watermark"], pol["low_watermark"], pol["ramulator_refresh"] = 32.0, 32.0, 0.8, 0.2, "all_bank"
				d := designOf(t, "dram/full", map[string]any{"workload": w, "defects": "peer"}, full("ramulator", pol))
				start := time.Now()
				o, err := c.Check(context.Background(), d)
				require.NoError(t, err)
				fmt.Println(w, dev, o.As, o.Inexpressible, o.equal(), len(o.Readings), time.Since(start))
				for _, r := range o.Readings {
					if r.RelativeDifference() != 0 {
						fmt.Printf("   %-24s %14.6f %14.6f %g\n", r.Metric, r.Ours, r.Theirs, r.RelativeDifference())
					}
				}
			}
		}
	}
}
