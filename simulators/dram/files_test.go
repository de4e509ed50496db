package dram_test

import (
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/dram"
)

func TestLimitsOfTraceFiles(t *testing.T) {
	source := func() trace.Source { return trace.NewSlice(make([]trace.Request, 5)) }
	list, err := dram.Collect(source(), "t.csv", 0, 5)
	require.NoError(t, err)
	require.Len(t, list, 5)
	_, err = dram.Collect(source(), "t.csv", 0, 4)
	require.EqualError(t, err, "trace t.csv holds more than 4 requests: serve the first of them with the setting requests")
	list, err = dram.Collect(source(), "t.csv", 3, 4)
	require.NoError(t, err)
	require.Len(t, list, 3)
	late := []trace.Request{{Cycle: 1 << 40}, {Cycle: 1<<40 + 1}}
	_, err = dram.Collect(trace.NewSlice(late), "t.csv", 1, 4)
	require.NoError(t, err)
	_, err = dram.Collect(trace.NewSlice(late), "t.csv", 0, 4)
	require.EqualError(t, err, "trace t.csv: request 2 arrives in clock 1099511627777: clocks of a trace are at most 1099511627776")
}

func TestGapIsForTracesWithoutClocks(t *testing.T) {
	far := map[string]any{"trace": file(t, "t.trace", "LD 0x40\nLD 0x80\n"), "trace_gap": 1000}
	require.Greater(t, evaluate(t, open(t, "dram", far), knobs(8, nil))["time_cycles"], 1000.0)
	_, _, err := factory(t, "dram").Open(map[string]any{"trace": file(t, "t.stl", "0: read 0x40\n"), "trace_gap": 2})
	require.EqualError(t, err, "dram: setting trace_gap = 2 is only for a trace file without clocks: those of the format dramsys have them; leave it out")
}

// TestRequestsHaveTheSizeOfADevicesBurst: 128 bytes are two requests of DDR3, and four where a burst is half as long.
func TestRequestsHaveTheSizeOfADevicesBurst(t *testing.T) {
	path := file(t, "t.stl", "0: (128) read 0x0\n")
	require.Equal(t, 2.0, evaluate(t, open(t, "dram", map[string]any{"trace": path}), knobs(8, nil))["n_rd"])
	narrow := file(t, "d.toml", "base = \"ddr3-1600-1gb-x8\"\nchips = 4\n")
	m := evaluate(t, open(t, "dram", map[string]any{"trace": path, "device_file": narrow}), knobs(8, nil))
	require.Equal(t, 4.0, m["n_rd"]+m["n_rda"])
	require.InEpsilon(t, 128/m["time_ns"], m["bandwidth_gb_per_s"], 1e-12)
}

// TestTimelineSpellsAnyName: the name of a device is text, whatever it holds.
func TestTimelineSpellsAnyName(t *testing.T) {
	path := file(t, "d.toml", "base = \"ddr3-1600-1gb-x8\"\nname = \"<a & b>\"\n")
	in := open(t, "dram", map[string]any{"device_file": path, "requests": 20})
	p, err := in.Simulator.Spec().Space.Point(knobs(8, nil))
	require.NoError(t, err)
	detail, err := in.Detail(context.Background(), p)
	require.NoError(t, err)
	require.NoError(t, xml.Unmarshal(detail[1].Data, new(struct{})))
	require.Contains(t, string(detail[1].Data), "of &lt;a &amp; b&gt;")
}

// TestEventOrdersAreClose: the order within a clock moves little where the requests do not fight for one bank.
func TestEventOrdersAreClose(t *testing.T) {
	for _, workload := range []string{"stream", "rand_rd", "cloud-1-rw"} {
		set := map[string]any{"workload": workload, "requests": 1000}
		simple := evaluate(t, open(t, "dram", set), knobs(8, nil))
		set["event_order"] = "peer"
		peer := evaluate(t, open(t, "dram", set), knobs(8, nil))
		require.InEpsilon(t, peer["time_ns"], simple["time_ns"], 0.02, workload)
		require.InEpsilon(t, peer["energy_pj"], simple["energy_pj"], 0.02, workload)
	}
}

func TestArchGymCheck(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "archgym", "random.stl")
	a, err := dram.CompareArchGym(context.Background(), dir)
	require.NoError(t, err)
	require.Equal(t, simulators.Agreement{Reference: path, Skipped: "no such file"}, a)

	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o755)) // another trace, which takes 10 + 10 + 4 clocks of 1.25 ns
	require.NoError(t, os.WriteFile(path, []byte("0: read 0x0\n"), 0o644))
	a, err = dram.CompareArchGym(context.Background(), dir)
	require.NoError(t, err)
	require.Equal(t, [2]int{3, 0}, [2]int{a.Rows, a.Equal})
	require.True(t, strings.HasPrefix(a.Failure(), "3 of 3 rows differ; the first: design 1: time_ns is 30, published 430895"), a.Failure())
	require.InDelta(t, 1, a.LargestRelativeError, 1e-3)
}

func TestCheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := dram.Compare(ctx, nil, folder(t, pingpong))
	require.ErrorIs(t, err, context.Canceled)
}
