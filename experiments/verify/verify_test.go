package verify

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
	simdram "github.com/codesign-gym/codesign/simulators/dram"
	simsystolic "github.com/codesign-gym/codesign/simulators/systolic"
)

// TestMain makes the test binary the broken tools that the tests run: the variable says which.
func TestMain(m *testing.M) {
	role := os.Getenv("VERIFY_FAKE")
	if role == "" {
		os.Exit(m.Run())
	}
	trying := len(os.Args) > 1 && (os.Args[1] == "--help" || os.Args[len(os.Args)-1] == "--try")
	if trying && !strings.HasPrefix(role, "not") {
		fmt.Println("--cycles --output-dir --trace")
		if len(os.Args) > 2 {
			fmt.Print("\033[2K\r")
		}
		os.Exit(0)
	}
	switch role {
	case "not a tool":
		fmt.Println("usage: cat [FILE]…")
	case "not installed":
		fmt.Fprintln(os.Stderr, "ModuleNotFoundError: No module named 'ramulator'")
		os.Exit(1)
	case "crash":
		fmt.Fprintln(os.Stderr, "terminate called after throwing an instance of 'std::out_of_range'")
		os.Exit(134)
	case "garbage":
		fmt.Println("Segmentation fault, or so")
		_ = os.WriteFile("dramsim3.json", []byte("{\"0\":{\"num_cycles\":"), 0o644)
		_ = os.WriteFile(maestroTable, []byte("Runtime (Cycles)\n\"1"), 0o644)
	case "silent":
	case "hang":
		time.Sleep(time.Hour)
	}
	os.Exit(0)
}

// fake makes the test binary a tool of a role.
func fake(t *testing.T, role string) string {
	t.Helper()
	t.Setenv("VERIFY_FAKE", role)
	t.Setenv("GORACE", "atexit_sleep_ms=0")
	path, err := os.Executable()
	require.NoError(t, err)
	return path
}

// designOf evaluates a design of a simulator and gives it as a dataset records it.
func designOf(t testing.TB, simulator string, settings map[string]any, axes space.Design) Design {
	t.Helper()
	for _, f := range append(append(simdram.Factories(), asic.Factories()...), simsystolic.Factory()) {
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
		require.NotNil(t, results[0].Values, results[0].Infeasible)
		return recorded(spec, settings, spec.Space.Design(p), results[0])
	}
	require.Fail(t, "no simulator "+simulator)
	return Design{}
}

func recorded(spec simulators.Spec, settings map[string]any, axes space.Design, r simulators.Result) Design {
	d := Design{Simulator: spec.Name, Version: spec.Version, Settings: settings, Axes: axes, Metrics: map[string]float64{}}
	for i, key := range spec.Keys() {
		d.Metrics[key] = r.Values[i]
	}
	return d
}

// axes are some axes with others changed.
func axes(base space.Design, changes ...space.Design) space.Design {
	d := space.Design{}
	for _, list := range append([]space.Design{base}, changes...) {
		for k, v := range list {
			d[k] = v
		}
	}
	return d
}

// archgym is a design of the simulator dram that has a like in DRAMsim3.
func archgym() space.Design {
	return space.Design{"page_policy": "open", "scheduler": "frfcfs", "scheduler_buffer": "bankwise", "request_buffer_size": 8.0, "respqueue": "fifo",
		"refresh_policy": "none", "arbiter": "simple"}
}

// asDRAMsim3 and asRamulator are designs of dram/full with the structures of the tools.
func asDRAMsim3() space.Design {
	return space.Design{"device": "ddr4-2400-8gb-x8", "mapping": "row-bank-column", "structure": "dramsim3", "dramsim3_page_policy": "open", "queue_per": "bank",
		"unified": "false", "transaction_queue_size": 32.0, "command_queue_size": 8.0, "row_hit_cap": 4.0, "dramsim3_refresh": "rank_staggered"}
}

func asRamulator() space.Design {
	return space.Design{"device": "ddr4-2400-8gb-x8", "mapping": "row-bank-column", "structure": "ramulator", "ramulator_scheduler": "frfcfs", "row_policy": "open",
		"read_buffer_size": 32.0, "write_buffer_size": 32.0, "high_watermark": 0.8, "low_watermark": 0.2, "ramulator_refresh": "all_bank"}
}

// array is a design of the simulator systolic.
func array() space.Design {
	return space.Design{"rows": 16.0, "cols": 8.0, "dataflow": "ws", "ifmap_sram": 64.0, "filter_sram": 64.0, "ofmap_sram": 64.0, "dram_bandwidth": 16.0, "clock": 400.0}
}

// accelerator is a design of the simulator asic/template with room for any layer.
func accelerator() space.Design {
	return space.Design{"template": "kcp", "pes": 256.0, "noc_bandwidth": 16.0, "l1": 4096.0, "l2": 4096.0}
}

// opened opens a tool that an environment variable names; without it the test is skipped, aloud.
func opened(t *testing.T, name string) Checker {
	t.Helper()
	found, err := Lookup(name)
	require.NoError(t, err)
	path := os.Getenv(found.Variable)
	if path == "" {
		t.Skipf("SKIPPED: %s names no %s: nothing was compared with it", found.Variable, found.Title)
	}
	c, err := found.Open(t.Context(), path, 2*time.Minute)
	require.NoError(t, err)
	return c
}

// equalTo is the relative difference up to which the report calls two figures equal.
const equalTo = 1e-6

// requireEqual requires that a tool agrees with a design in every reading but those named, and in how many.
func requireEqual(t *testing.T, c Checker, d Design, readings int, but ...string) report.Outcome {
	t.Helper()
	o, err := c.Check(t.Context(), d)
	require.NoError(t, err)
	require.Empty(t, o.Inexpressible)
	require.Len(t, o.Readings, readings)
	for _, r := range o.Readings {
		if !contains(but, r.Metric) {
			require.InDelta(t, 0, r.RelativeDifference(), equalTo, "%s: %+v", r.Metric, r)
		}
	}
	return o
}

func contains(list []string, name string) bool {
	return strings.Contains(" "+strings.Join(list, " ")+" ", " "+name+" ")
}

func TestDRAMsim3Agrees(t *testing.T) {
	c := opened(t, "dramsim3")
	for _, workload := range []string{"stream_rd", "copy", "hotrow", "cloud-1"} {
		for _, change := range []space.Design{
			{}, {"device": "ddr3-1600-4gb-x8", "mapping": "mop4-xor"}, {"dramsim3_page_policy": "closed", "dramsim3_refresh": "none"},
			{"device": "lpddr4-3200-8gb-x16x2", "queue_per": "rank", "unified": "true", "mapping": "row-column-bank-xor"},
		} {
			name := fmt.Sprint(workload, change)
			d := designOf(t, "dram/full", map[string]any{"workload": workload, "requests": 3000, "defects": "peer"}, axes(asDRAMsim3(), change))
			t.Run(name, func(t *testing.T) { requireEqual(t, c, d, 15) })
		}
	}
	for _, workload := range []string{"stream_sat", "copy", "hotrow", "rand_rd"} {
		t.Run("4 channels, "+workload, func(t *testing.T) {
			requireEqual(t, c, designOf(t, "dram/full", map[string]any{"workload": workload, "requests": 3000, "channels": 4, "defects": "peer"},
				axes(asDRAMsim3(), space.Design{"mapping": "row-column-bank"})), 15)
		})
	}
	// Another controller of the same policies: on a lone stream it answers each request one clock later, whatever else it does is the same.
	d := designOf(t, "dram", map[string]any{"workload": "stream_rd", "requests": 3000}, archgym())
	o := requireEqual(t, c, d, 15, "time_cycles", "time_ns", "bandwidth_gb_per_s", "energy_pj", "power_mw",
		"read_accepted_mean_ns", "read_accepted_p50_ns", "read_accepted_p95_ns", "read_accepted_p99_ns")
	for _, r := range o.Readings {
		if r.Metric == "read_accepted_mean_ns" {
			require.InDelta(t, 1.25, r.Theirs-r.Ours, 1e-6, "one clock of DDR3-1600")
		}
	}
}

func TestRamulator2Agrees(t *testing.T) {
	c := opened(t, "ramulator2")
	for _, workload := range []string{"stream_sat", "copy", "wr_rand", "cloud-1", "chase"} {
		for _, change := range []space.Design{
			{}, {"device": "ddr3-1600-4gb-x8", "mapping": "mop4-xor", "ramulator_refresh": "none"}, {"row_policy": "closed_cap", "row_cap": 2.0},
			{"ramulator_scheduler": "frfcfs_rowhit", "read_buffer_size": 8.0, "write_buffer_size": 16.0},
		} {
			name := fmt.Sprint(workload, change)
			d := designOf(t, "dram/full", map[string]any{"workload": workload, "requests": 2000, "defects": "peer"}, axes(asRamulator(), change))
			t.Run(name, func(t *testing.T) { requireEqual(t, c, d, 19) })
		}
	}
	t.Run("reads that take their data from a write", func(t *testing.T) {
		requireEqual(t, c, designOf(t, "dram/full", map[string]any{"workload": "hotrow", "requests": 3000, "defects": "peer"}, asRamulator()), 19)
	})
	t.Run("another controller of the same policies", func(t *testing.T) {
		d := designOf(t, "dram", map[string]any{"workload": "rand_rd", "requests": 2000}, axes(archgym(), space.Design{"scheduler_buffer": "shared"}))
		requireEqual(t, c, d, 19, "time_cycles", "time_ns", "bandwidth_gb_per_s", "n_prea", "row_hits", "row_misses", "row_conflicts", "latency_ns",
			"read_accepted_mean_ns", "read_accepted_p50_ns", "read_accepted_p95_ns", "read_accepted_p99_ns")
	})
}

func TestSCALESimAgrees(t *testing.T) {
	c := opened(t, "scalesim")
	path := filepath.Join(t.TempDir(), "small.csv")
	require.NoError(t, os.WriteFile(path, []byte("Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n"+
		"conv1, 12, 12, 3, 3, 3, 10, 2,\nconv2, 6, 6, 1, 1, 10, 20, 1,\nagain, 6, 6, 1, 1, 10, 20, 1,\n"), 0o644))
	for _, dataflow := range []string{"os", "ws", "is"} {
		for _, profile := range []string{"physical", "scalesim"} {
			d := designOf(t, "systolic", map[string]any{"topology": path, "profile": profile}, axes(array(), space.Design{"dataflow": dataflow}))
			o := requireEqual(t, c, d, 8)
			require.Equal(t, "2 different matrix products in CALC mode; our figures are those of the profile scalesim", o.As)
			require.Zero(t, o.Readings[1].Theirs, "no stalls")
		}
	}
}

func TestMAESTROAgrees(t *testing.T) {
	c := opened(t, "maestro")
	file := filepath.Join(t.TempDir(), "mixed.m")
	require.NoError(t, os.WriteFile(file, []byte(mixedLayers), 0o644))
	for _, set := range []map[string]any{
		{"network": "alexnet"}, {"network": "squeezenet", "offchip_bandwidth": 4}, {"network": "bert-base"}, {"network_file": file, "offchip_bandwidth": 1},
	} {
		for _, change := range []space.Design{{}, {"template": "yxp", "pes": 96.0, "noc_bandwidth": 4.0}, {"template": "yrp", "pes": 1792.0, "noc_bandwidth": 128.0}} {
			t.Run(fmt.Sprint(set, change), func(t *testing.T) {
				settings := map[string]any{"profile": "maestro"}
				for k, v := range set {
					settings[k] = v
				}
				requireEqual(t, c, designOf(t, "asic/template", settings, axes(accelerator(), change)), 9)
			})
		}
	}
	t.Run("where it gives up", func(t *testing.T) {
		long := axes(accelerator(), space.Design{"template": "yxp", "pes": 128.0})
		_, err := c.Check(t.Context(), designOf(t, "asic/template", map[string]any{"network": "gpt2-prefill", "profile": "maestro"}, long))
		require.ErrorContains(t, err, "layer \"head\": ")
		require.ErrorContains(t, err, "Assertion `num_case_occurrences > 0' failed")
		long["pes"] = 64.0
		o, err := c.Check(t.Context(), designOf(t, "asic/template", map[string]any{"network": "gpt2-prefill", "profile": "maestro"}, long))
		require.NoError(t, err)
		require.Contains(t, o.As, "steps, more than MAESTRO's 32 bits can count")
	})
	t.Run("profile physical", func(t *testing.T) {
		d := designOf(t, "asic/template", map[string]any{"network_file": file}, accelerator())
		o := requireEqual(t, c, d, 9, "latency_cycles", "energy_pj", "l1_need_bytes", "l2_need_bytes", "macs", "l1_reads", "l1_writes", "l2_reads", "l2_writes")
		require.Equal(t, "the mapping kcp, 4 different layers, no hop delay; our figures are those of the profile physical, which counts otherwise than MAESTRO", o.As)
		require.Less(t, o.Equal(), 9)
	})
}

// mixedLayers is a network of each kind of layer.
const mixedLayers = `Network mixed {
	Layer stem { Type: CONV Stride { X: 2, Y: 2 } Dimensions { K: 24, C: 3, R: 3, S: 3, Y: 34, X: 34 } }
	Layer depth-wise { Type: DSCONV Stride { X: 1, Y: 1 } Dimensions { C: 24, R: 3, S: 3, Y: 18, X: 18 } }
	Layer groups { Type: NGCONV Stride { X: 1, Y: 1 } Dimensions { G: 4, K: 8, C: 6, R: 3, S: 3, Y: 18, X: 18 } }
	Layer product { Type: GEMM Dimensions { M: 5, N: 40, K: 70 } }
	Layer again { Type: GEMM Dimensions { M: 5, N: 40, K: 70 } }
}
`

func TestWhatAToolCannotExpress(t *testing.T) {
	dramSettings := map[string]any{"workload": "stream_rd", "requests": 20}
	wide := map[string]any{"workload": "stream_rd", "requests": 20, "channels": 2}
	ranks := map[string]any{"workload": "stream_rd", "requests": 20, "ranks": 2}
	chase := map[string]any{"workload": "chase", "requests": 20}
	mixed := map[string]any{"workload": "copy", "requests": 20}
	limited := map[string]any{"workload": "copy", "requests": 20, "max_outstanding": 4}
	alexnet := map[string]any{"network": "alexnet"}
	for _, c := range []struct {
		tool, simulator string
		settings        map[string]any
		axes            space.Design
		want            string
	}{
		{"dramsim3", "dram", dramSettings, axes(archgym(), space.Design{"scheduler": "fifo", "respqueue": "reorder", "page_policy": "open_adaptive"}),
			"DRAMsim3 has nothing like scheduler = fifo, respqueue = reorder, page_policy = open_adaptive"},
		{"dramsim3", "dram", dramSettings, axes(archgym(), space.Design{"refresh_policy": "all_bank", "refresh_max_postponed": 1.0, "refresh_max_pulled_in": 1.0}),
			"DRAMsim3 has nothing like refresh_policy = all_bank whose refreshes are postponed and pulled in"},
		{"dramsim3", "dram", dramSettings, axes(archgym(), space.Design{"arbiter": "fifo", "max_active_transactions": 8.0, "scheduler_buffer": "shared"}),
			"DRAMsim3 has nothing like arbiter = fifo, scheduler_buffer = shared"},
		{"dramsim3", "dram/full", dramSettings, axes(asDRAMsim3(), space.Design{"row_hit_cap": 8.0}), "row_hit_cap = 8: DRAMsim3 has 4 built in"},
		{"dramsim3", "dram/full", dramSettings, axes(asDRAMsim3(), space.Design{"device": "ddr5-4800-16gb-x8"}), "device ddr5-4800-16gb-x8: the adapter describes DDR3, DDR4 and LPDDR4, not DDR5"},
		{"dramsim3", "dram/full", dramSettings, asRamulator(), "structure = ramulator is built otherwise than DRAMsim3"},
		{"dramsim3", "dram/full", chase, asDRAMsim3(), "max_outstanding = 1: DRAMsim3 sends a trace without waiting for answers"},
		{"dramsim3", "dram", ranks, archgym(), "2 ranks: the adapters describe one rank of each channel"},
		{"ramulator2", "dram/full", wide, asRamulator(), "2 channels: the adapter drives one controller"},
		{"dramsim3", "systolic", nil, array(), "systolic is no DRAM simulator"},
		{"ramulator2", "dram", dramSettings, archgym(), "Ramulator 2 has nothing like scheduler_buffer = bankwise"},
		{"ramulator2", "dram", mixed, axes(archgym(), space.Design{"scheduler_buffer": "shared", "page_policy": "closed"}),
			"Ramulator 2 has nothing like page_policy = closed, a buffer that writes share with reads"},
		{"ramulator2", "dram/full", dramSettings, asDRAMsim3(), "structure = dramsim3 is built otherwise than Ramulator 2"},
		{"ramulator2", "dram/full", limited, asRamulator(), "max_outstanding = 4 of a trace with writes: the tool does not say when a write is answered"},
		{"ramulator2", "dram/full", dramSettings, axes(asRamulator(), space.Design{"device": "lpddr4-3200-8gb-x16x2"}),
			"device lpddr4-3200-8gb-x16x2: the adapter describes DDR3 and DDR4, not LPDDR4"},
		{"scalesim", "dram", dramSettings, archgym(), "dram is no systolic array"},
		{"maestro", "asic/template", alexnet, axes(accelerator(), space.Design{"template": "os"}), "template = os: MAESTRO has no systolic arrays"},
		{"maestro", "asic/template", alexnet, axes(accelerator(), space.Design{"template": "is"}), "template = is: MAESTRO has no systolic arrays"},
		{"maestro", "systolic", nil, array(), "systolic is no accelerator with one mapping template: the adapter describes asic/template"},
	} {
		t.Run(c.want, func(t *testing.T) {
			d := designOf(t, c.simulator, c.settings, c.axes)
			checker := map[string]Checker{"dramsim3": dramsim3Checker{}, "ramulator2": ramulator2Checker{}, "scalesim": scalesimChecker{}, "maestro": maestroChecker{}}[c.tool]
			o, err := checker.Check(t.Context(), d)
			require.NoError(t, err)
			require.Equal(t, report.Outcome{Inexpressible: c.want}, o)

			d.Version = "0.9"
			o, err = checker.Check(t.Context(), d)
			require.NoError(t, err)
			require.NotEmpty(t, o.Inexpressible)
		})
	}
}

func TestFiguresOfAnotherVersionAreNotCompared(t *testing.T) {
	d := designOf(t, "dram", map[string]any{"workload": "stream_rd", "requests": 20}, archgym())
	d.Version = "0.9"
	o, err := dramsim3Checker{}.Check(t.Context(), d)
	require.NoError(t, err)
	require.Equal(t, "its figures are of version 0.9 of dram, this program has version "+simdram.Version+": run the experiment again", o.Inexpressible)
}

func TestBrokenToolsAreRefused(t *testing.T) {
	for _, c := range []struct{ tool, role, want string }{
		{"dramsim3", "not a tool", "its help does not know --cycles: it is no dramsim3main"},
		{"ramulator2", "not a tool", "is no Python: it answers"},
		{"ramulator2", "not installed", "it says: ModuleNotFoundError: No module named 'ramulator'"},
		{"scalesim", "not installed", "exit status 1; it says: ModuleNotFoundError"},
		{"maestro", "not a tool", "a first try of it: MAESTRO has written no table"},
		{"maestro", "garbage", "a first try of it: table of MAESTRO: "},
		{"maestro", "crash", "exit status 134; it says: terminate called"},
	} {
		t.Run(c.tool+" "+c.role, func(t *testing.T) {
			found, err := Lookup(c.tool)
			require.NoError(t, err)
			_, err = found.Open(t.Context(), fake(t, c.role), time.Minute)
			require.ErrorContains(t, err, found.Title+": ")
			require.ErrorContains(t, err, c.want)
		})
	}
	for _, name := range Names() {
		found, err := Lookup(name)
		require.NoError(t, err)
		t.Setenv("PATH", t.TempDir())
		t.Setenv(found.Variable, "")
		_, err = found.Open(t.Context(), "", time.Minute)
		require.ErrorContains(t, err, "not found: "+found.Variable+" is not set, and PATH has no ")
		require.ErrorContains(t, err, "; name ")
		_, err = found.Open(t.Context(), filepath.Join(t.TempDir(), "none"), time.Minute)
		require.ErrorIs(t, err, os.ErrNotExist)
	}
	_, err := Lookup("ramulator")
	require.EqualError(t, err, `unknown tool "ramulator", did you mean "ramulator2"? (known: dramsim3, ramulator2, scalesim, maestro)`)
	empty := t.TempDir()
	for name, want := range map[string]string{
		"dramsim3": "no dramsim3main in this folder: build it there", "ramulator2": "no package ramulator in this folder", "maestro": "no maestro in this folder: build it there",
	} {
		found, err := Lookup(name)
		require.NoError(t, err)
		_, err = found.Open(t.Context(), empty, time.Minute)
		require.ErrorContains(t, err, want)
	}
}

func TestToolsThatBreakDuringTheWork(t *testing.T) {
	memory := designOf(t, "dram/full", map[string]any{"workload": "stream_rd", "requests": 20, "defects": "peer"}, asDRAMsim3())
	lists := designOf(t, "dram/full", map[string]any{"workload": "stream_rd", "requests": 20, "defects": "peer"}, asRamulator())
	processor := designOf(t, "systolic", map[string]any{"network": "alexnet"}, array())
	mapped := designOf(t, "asic/template", map[string]any{"network": "alexnet"}, accelerator())
	for _, c := range []struct{ role, dramsim3, ramulator2, scalesim, maestro string }{
		{"crash", "exit status 134; it says: terminate called", "exit status 134; it says: terminate", "exit status 134; it says: terminate",
			`layer "conv1": `},
		{"garbage", "statistics of DRAMsim3: unexpected end of JSON input", `answer of Ramulator 2: invalid character 'S' looking for beginning of value in "Segmentation fault`,
			"SCALE-Sim has written no report", "table of MAESTRO: parse error on line 2"},
		{"silent", "DRAMsim3 has written no statistics", "answer of Ramulator 2: unexpected end of JSON input", "SCALE-Sim has written no report", "MAESTRO has written no table"},
		{"hang", "stopped after 200ms", "stopped after 200ms", "stopped after 200ms", "stopped after 200ms"},
	} {
		t.Run(c.role, func(t *testing.T) {
			p := python{program: fake(t, c.role), limit: time.Minute}
			if c.role == "hang" {
				p.limit = 200 * time.Millisecond
			}
			for _, one := range []struct {
				checker Checker
				design  Design
				want    string
			}{
				{dramsim3Checker{p.program, p.limit}, memory, c.dramsim3}, {ramulator2Checker{p}, lists, c.ramulator2},
				{scalesimChecker{p}, processor, c.scalesim}, {maestroChecker{p.program, p.limit}, mapped, c.maestro},
			} {
				_, err := one.checker.Check(t.Context(), one.design)
				require.ErrorContains(t, err, one.want)
			}
		})
	}
}

func TestJSONOfADifferenceHasNoInfinity(t *testing.T) {
	text, err := json.Marshal(report.Outcome{Readings: []report.Reading{{Metric: "n_ref", Theirs: 3}}})
	require.NoError(t, err)
	require.Equal(t, `{"readings":[{"metric":"n_ref","ours":0,"theirs":3}]}`, string(text))
}
