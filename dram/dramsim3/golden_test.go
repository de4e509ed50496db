package dramsim3

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/power"
	"github.com/codesign-gym/codesign/dram/trace"
)

// peerConfig is the configuration of a measured row by its name, and the address map.
func peerConfig(t testing.TB, name string) (c Config, preset string) {
	t.Helper()
	c, preset = Default(), "row-bank-column"
	c.Defects = true
	for word := range strings.SplitSeq(name, "_") {
		switch word {
		case "open", "sref": // self refresh is never reached in the reference
		case "closed":
			c.PagePolicy = Closed
		case "noref":
			c.RefreshPolicy = NoRefresh
		case "simul":
			c.RefreshPolicy = RankSimultaneous
		case "cq1":
			c.CommandQueueSize = 1
		case "cq16":
			c.CommandQueueSize = 16
		case "tq1":
			c.TransactionQueueSize = 1
		case "tq8":
			c.TransactionQueueSize = 8
		case "perrank":
			c.QueuePer = PerRank
		case "unified":
			c.Unified = true
		case "mapB":
			preset = "row-column-bank"
		default:
			t.Fatalf("unknown word %q of configuration %q", word, name)
		}
	}
	return c, preset
}

// peerRun is a run of a measured configuration on a generated trace.
func peerRun(t testing.TB, deviceName, config, traceName string, change func(*Config)) (Result, error) {
	t.Helper()
	w, err := trace.Lookup(traceName)
	require.NoError(t, err)
	c, preset := peerConfig(t, config)
	if change != nil {
		change(&c)
	}
	job := testJob(t, strings.ToLower(deviceName), preset, 1, 1, w.Open())
	job.MaxOutstanding = w.MaxOutstanding
	return Simulate(c, job)
}

// TestRowsMeasuredOnTheReference compares two traces of each measured device and configuration: counts exactly, latencies to the printed
// digits, the energy to 1e-6. The rows were measured with DRAMsim3 at commit 29817593.
func TestRowsMeasuredOnTheReference(t *testing.T) {
	file, err := os.Open("testdata/rows.csv.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(unzipped).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 95)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		get := func(name string) string { return row[column[name]] }
		t.Run(get("device")+"/"+get("config")+"/"+get("trace"), func(t *testing.T) {
			whole := func(name string) int64 {
				n, err := strconv.ParseInt(get(name), 10, 64)
				require.NoError(t, err)
				return n
			}
			r, err := peerRun(t, get("device"), get("config"), get("trace"), nil)
			require.NoError(t, err)
			reads, writes := r.Commands[device.RD]+r.Commands[device.RDA], r.Commands[device.WR]+r.Commands[device.WRA]
			require.Equal(t, whole("total_cycles"), r.TotalCycles, "cycles")
			require.Equal(t, whole("n_act"), r.Commands[device.ACT], "ACT")
			require.Equal(t, whole("n_pre"), r.Commands[device.PRE], "PRE")
			require.Equal(t, whole("n_rd"), reads, "reads")
			require.Equal(t, whole("n_wr"), writes, "writes")
			require.Equal(t, whole("n_ref"), r.Commands[device.REF], "REF")
			require.Equal(t, whole("row_hits_rd")+whole("row_hits_wr"), r.RowHits, "row hits")
			require.Equal(t, whole("cyc_rank_active"), r.ActiveCycles, "active clocks")
			require.Equal(t, whole("cyc_all_idle"), r.IdleCycles, "idle clocks")
			require.Equal(t, whole("rd_lat_max_cyc"), r.ReadLatency.Arrival.MaxCycles, "largest latency")
			require.Equal(t, get("rd_lat_acc_cyc"), strconv.FormatFloat(r.ReadLatency.Accepted.MeanCycles, 'f', 6, 64), "latency from acceptance")
			require.Equal(t, get("rd_lat_arr_cyc"), strconv.FormatFloat(r.ReadLatency.Arrival.MeanCycles, 'f', 6, 64), "latency from arrival")
			d, err := device.Lookup(strings.ToLower(get("device")))
			require.NoError(t, err)
			energy := power.DRAMsim3(d, power.StateCycles{
				Activates: r.Commands[device.ACT], Reads: reads, Writes: writes, Refreshes: r.Commands[device.REF],
				ActiveCycles: r.ActiveCycles, IdleCycles: r.IdleCycles,
			})
			measured, err := strconv.ParseFloat(get("e_total_pJ"), 64)
			require.NoError(t, err)
			require.InEpsilon(t, measured, energy.TotalPJ(), 1e-6, "energy")
		})
	}
}

// The two runs in which the reference made no progress any more.
func TestWriteBufferLivelock(t *testing.T) {
	for _, test := range []struct {
		config       string
		since, cycle int64 // last progress, and 1,000,000 + 64 tREFI clocks later
		waiting      string
		repaired     int64 // total cycles
	}{
		{
			"open_cq16", 39488, 1439233,
			"request 3485 (read 0x34bc0) waits for room in the read queue of channel 0, which holds 32 of 32; channel 0 drains its write buffer " +
				"(32 of 32), whose first movable write, to 0x63fc0, waits for an older read of that address, which cannot leave the read queue " +
				"while the write buffer drains", 121745,
		},
		{
			"open_mapB", 131100, 1530845,
			"request 9587 (write 0x6ee80) waits for room in the write buffer of channel 0, which holds 32 of 32; channel 0 drains its write buffer " +
				"(32 of 32), whose first movable write, to 0x42f00, waits for an older read of that address, which cannot leave the read queue " +
				"while the write buffer drains", 149547,
		},
	} {
		t.Run(test.config, func(t *testing.T) {
			_, err := peerRun(t, "lpddr4-3200-8gb-x16x2", test.config, "hotrow", nil)
			var stuck *memory.Stuck
			require.ErrorAs(t, err, &stuck)
			require.Equal(t, memory.Stuck{Cycle: test.cycle, Since: test.since, Waiting: test.waiting}, *stuck)

			r, err := peerRun(t, "lpddr4-3200-8gb-x16x2", test.config, "hotrow", func(c *Config) { c.Defects = false })
			require.NoError(t, err)
			require.Equal(t, test.repaired, r.TotalCycles)
			require.EqualValues(t, 10000, r.Requests)
			require.Equal(t, r.Writes-r.CoalescedWrites, r.Commands[device.WR], "every write reaches the memory")
		})
	}
}
