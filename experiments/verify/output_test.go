package verify

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// The files in testdata are what the tools answered with the inputs that the adapters write: the memories to the first 300 requests of the workload copy,
// MAESTRO to mixedLayers under yrp.

// opening is a design as the adapters see it.
func opening(t testing.TB, d Design) memoryDesign {
	t.Helper()
	m, inexpressible, err := openMemory(d)
	require.NoError(t, err)
	require.Empty(t, inexpressible)
	return m
}

func measured(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return text
}

func TestMeasuredAnswersEqualTheModel(t *testing.T) {
	set := map[string]any{"workload": "copy", "requests": 300, "defects": "peer"}
	t.Run("dramsim3", func(t *testing.T) {
		m := opening(t, designOf(t, "dram/full", set, asDRAMsim3()))
		require.NoError(t, m.reach(dramsim3First))
		s, err := parseDRAMsim3(measured(t, "dramsim3.json"))
		require.NoError(t, err)
		requireAllEqual(t, 15)(s.readings(&m))
		require.EqualValues(t, 300, s.answered())
		s.energy *= 1.01
		list, err := s.readings(&m)
		require.NoError(t, err)
		require.Equal(t, 13, report.Outcome{Readings: list}.Equal(), "a test that can fail")
		difference, metric := report.Outcome{Readings: list}.Largest()
		require.InDelta(t, 0.01, difference, 1e-9)
		require.Contains(t, []string{"energy_pj", "power_mw"}, metric)
	})
	t.Run("ramulator2", func(t *testing.T) {
		m := opening(t, designOf(t, "dram/full", set, asRamulator()))
		s, err := parseRamulator2(measured(t, "ramulator2.json"), 300)
		require.NoError(t, err)
		requireAllEqual(t, 19)(s.readings(&m))
	})
	t.Run("maestro", func(t *testing.T) {
		d, s := mixedDesign(t)
		theirs, err := parseMAESTRO(bytes.NewReader(measured(t, "maestro.csv")), maestroLayers(s), s.Hardware)
		require.NoError(t, err)
		ours, as, err := maestroOurs(s)
		require.NoError(t, err)
		require.Equal(t, "the mapping yrp, 4 different layers, no hop delay", as)
		requireAllEqual(t, 9)(maestroReadings(d, s.Shapes, ours, theirs), nil)
		theirs[1].Operands[dataflow.Weight].L2Reads += 100
		require.Equal(t, 7, report.Outcome{Readings: maestroReadings(d, s.Shapes, ours, theirs)}.Equal(), "L2 reads and energy differ")
	})
}

// mixedDesign is mixedLayers under yrp, as recorded and spelled out.
func mixedDesign(t testing.TB) (Design, asic.Setup) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mixed.m")
	require.NoError(t, os.WriteFile(path, []byte(mixedLayers), 0o644))
	d := designOf(t, "asic/template", map[string]any{"network_file": path, "profile": "maestro"}, axes(accelerator(), space.Design{"template": "yrp"}))
	spec, setup, err := asic.Setups(d.Settings)
	require.NoError(t, err)
	p, err := spec.Space.Point(d.Axes)
	require.NoError(t, err)
	return d, setup(p)
}

func TestMAESTROInputs(t *testing.T) {
	_, s := mixedDesign(t)
	var network bytes.Buffer
	require.NoError(t, dataflow.WriteNetwork(&network, maestroLayers(s)))
	require.Equal(t, 4, strings.Count(network.String(), "Layer "), "copies once")
	require.Contains(t, network.String(), `	Layer layer3 {
		Type: CONV
		Stride { X: 1, Y: 1 }
		Dimensions { K: 40, C: 70, R: 1, S: 1, Y: 5, X: 1 }
		Dataflow {
			SpatialMap(1,1) Y';
			TemporalMap(1,1) X';
			TemporalMap(1,1) C;
			TemporalMap(16,16) K;
			TemporalMap(1,1) R;
			TemporalMap(1,1) S;
			Cluster(1, P);
			SpatialMap(1,1) Y;
			SpatialMap(1,1) R;
			TemporalMap(1,1) S;
		}
	}
`, "the matrix product as a convolution")
	require.Equal(t, "--Mapping_file=design.m --num_pes=256 --num_simd_lanes=1 --noc_bw_cstr=16 --noc_hop_latency=0 --offchip_bw_cstr=268435456 "+
		"--print_res=false --print_res_csv_file=true --print_log_file=false", strings.Join(maestroArgs(s.Hardware), " "))
	s.Hardware.OffchipBandwidth = 3
	require.Contains(t, maestroArgs(s.Hardware), "--offchip_bw_cstr=3")
}

func TestMAESTROTables(t *testing.T) {
	_, s := mixedDesign(t)
	n, good := maestroLayers(s), string(measured(t, "maestro.csv"))
	change := func(old, replacement string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, replacement, 1)
	}
	theirs, err := parseMAESTRO(strings.NewReader(good), n, s.Hardware)
	require.NoError(t, err)
	require.Equal(t, [4]int64{5490, 165888, 198, 1580}, [4]int64{theirs[0].RuntimeCycles, theirs[0].MACs, theirs[0].L1Bytes, theirs[0].L2Bytes})
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "it is empty"},
		{"no row", good[:strings.Index(good, "\n")+1], "0 layers, want 4"},
		{"a short row", change(",layer1,256,", ","), "record on line 3: wrong number of fields"},
		{"a column is missing", change("Num MACs", "MACs"), `there is no column "Num MACs"`},
		{"another layer", change("layer2", "layer9"), `row 3: Layer Number is "layer9", want "layer2"`},
		{"another array", change(",layer3,256,", ",layer3,257,"), `row 4: NumPEs is "257", want "256"`},
		{"no number", change(",layer0,256,5490,", ",layer0,256,1.5e+06,"), `row 1: Runtime (Cycles) is "1.5e+06", want a whole number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseMAESTRO(strings.NewReader(c.text), n, s.Hardware)
			require.ErrorContains(t, err, c.want)
		})
	}
}

// requireAllEqual requires so many readings, all equal.
func requireAllEqual(t *testing.T, n int) func([]report.Reading, error) {
	return func(list []report.Reading, err error) {
		require.NoError(t, err)
		require.Len(t, list, n)
		for _, r := range list {
			require.InDelta(t, 0, r.RelativeDifference(), equalTo, "%+v", r)
			require.True(t, r.Unit != "" || strings.HasPrefix(r.Metric, "n_") || strings.HasPrefix(r.Metric, "row_"), "a unit of %s", r.Metric)
		}
	}
}

func TestDRAMsim3Inputs(t *testing.T) {
	m := opening(t, designOf(t, "dram/full", map[string]any{"workload": "copy", "requests": 3}, asDRAMsim3()))
	require.NoError(t, m.reach(dramsim3First))
	c, as, inexpressible := dramsim3Policies(m)
	require.Empty(t, inexpressible)
	require.Equal(t, "the same controller: open page, command queues of 8 per bank, transaction queues of 32, refresh rank_staggered; "+
		"our figures are those without the tool's defects (defects = none)", as)
	var ini, requests bytes.Buffer
	require.NoError(t, dramsim3INI(&ini, m.device, 1, c))
	require.Equal(t, `[dram_structure]
protocol = DDR4
bankgroups = 4
banks_per_group = 4
rows = 65536
columns = 1024
device_width = 8
BL = 8
[timing]
tCK = 0.8333333333333334
AL = 0
CL = 16
CWL = 12
tRCD = 16
tRP = 16
tRAS = 39
tRFC = 420
tREFI = 9360
tRRD_S = 4
tRRD_L = 6
tCCD_S = 4
tCCD_L = 6
tWTR_S = 3
tWTR_L = 9
tFAW = 26
tWR = 18
tRTP = 9
tPPD = 0
tRTRS = 2
tCKE = 6
tCKESR = 7
tXS = 432
tXP = 8
[power]
VDD = 1.2
IDD0 = 48
IDD2P = 25
IDD2N = 34
IDD3P = 37
IDD3N = 43
IDD4W = 123
IDD4R = 135
IDD5AB = 250
IDD5PB = 0
IDD6x = 30
[system]
channel_size = 8192
channels = 1
bus_width = 64
address_mapping = rochrababgco
queue_structure = PER_BANK
row_buf_policy = OPEN_PAGE
refresh_policy = RANK_LEVEL_STAGGERED
cmd_queue_size = 8
trans_queue_size = 32
unified_queue = false
[other]
epoch_period = 2000000000
output_level = 0
`, ini.String())
	places, err := m.places()
	require.NoError(t, err)
	require.NoError(t, dramsim3Requests(&requests, m.device, 1, places))
	require.Equal(t, "0x0 READ 0\n0x10000000 WRITE 9\n0x40 READ 19\n0x0 READ 4000000000000000000\n", requests.String())
}

func TestAnyMapIsTranslated(t *testing.T) {
	// Bank group, bank, row and column of the same addresses under another map, in the tool's order of fields.
	set := map[string]any{"workload": "hotrow", "requests": 50}
	plain := opening(t, designOf(t, "dram/full", set, asDRAMsim3()))
	hashed := opening(t, designOf(t, "dram/full", set, axes(asDRAMsim3(), space.Design{"mapping": "mop4-xor"})))
	require.NotEqual(t, plain.Map.Spec(), hashed.Map.Spec())
	for _, m := range []memoryDesign{plain, hashed} {
		places, err := m.places()
		require.NoError(t, err)
		var text bytes.Buffer
		require.NoError(t, dramsim3Requests(&text, m.device, 1, places))
		for i, line := range strings.Split(text.String(), "\n")[:len(places)] {
			var address uint64
			_, err := fmt.Sscanf(line, "%v", &address)
			require.NoError(t, err)
			// columns have 7 bits behind 6 of the offset, bank groups and banks 2 each
			p := places[i]
			require.Equal(t, [4]int{p.column, p.group, p.bank, p.row},
				[4]int{int(address >> 6 & 127), int(address >> 13 & 3), int(address >> 15 & 3), int(address >> 17)}, line)
		}
	}
}

func TestTheEndOfARunIsFound(t *testing.T) {
	for _, c := range []struct{ end, guess, most int64 }{{100, 100, 2}, {101, 100, 2}, {99, 100, 4}, {1, 100, 12}, {100, 1, 14}, {1, 1, 1}, {100_000, 70_000, 40}, {7, 0, 6}} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			runs := int64(0)
			s, err := dramsim3End(c.guess, 10, func(cycles int64) (dramsim3Stats, error) {
				require.Positive(t, cycles)
				runs++
				if cycles >= c.end {
					return dramsim3Stats{cycles: cycles, reads: 6, writes: 4}, nil
				}
				return dramsim3Stats{cycles: cycles, reads: 6, writes: 3}, nil
			})
			require.NoError(t, err)
			require.Equal(t, c.end, s.cycles)
			require.LessOrEqual(t, runs, c.most)
		})
	}
	_, err := dramsim3End(100, 10, func(cycles int64) (dramsim3Stats, error) { return dramsim3Stats{cycles: cycles, reads: 9}, nil })
	require.ErrorContains(t, err, "DRAMsim3 has answered 9 of 10 requests after ")
	require.ErrorContains(t, err, "where our model needs 100 in all: it may be stuck")
	broken := errors.New("no licence")
	_, err = dramsim3End(100, 10, func(int64) (dramsim3Stats, error) { return dramsim3Stats{}, broken })
	require.ErrorIs(t, err, broken)
}

func TestDRAMsim3Answers(t *testing.T) {
	good := string(measured(t, "dramsim3.json"))
	channel := strings.TrimSuffix(strings.TrimPrefix(good, `{"0":`), "}")
	change := func(old, replacement string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, replacement, 1)
	}
	both, err := parseDRAMsim3([]byte(`{"0":` + channel + `,"1":` + channel + `}`))
	require.NoError(t, err)
	require.Equal(t, [3]int64{3068, 300, 58}, [3]int64{both.cycles, both.reads, both.activates}, "channels add up")
	require.EqualValues(t, 300, both.latency.Count)
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "unexpected end of JSON input"},
		{"no object", "[1]", "cannot unmarshal array"},
		{"no channel", "{}", "no channel"},
		{"channels of different runs", `{"0":` + channel + `,"1":` + strings.Replace(channel, `"num_cycles":3068`, `"num_cycles":3069`, 1) + `}`,
			"channel 1: num_cycles is 3069, another channel's 3068"},
		{"other statistics", `{"0":{"num_cycles":3}}`, "channel 0: there is no num_reads_done"},
		{"text", change(`"num_act_cmds":29`, `"num_act_cmds":"29"`), "num_act_cmds: json: cannot unmarshal string"},
		{"fraction", change(`"num_act_cmds":29`, `"num_act_cmds":2.5`), "num_act_cmds: json: cannot unmarshal number 2.5"},
		{"negative", change(`"num_act_cmds":29`, `"num_act_cmds":-29`), "num_act_cmds is -29"},
		{"latency", change(`"100":2,"101":3`, `"x":2,"101":3`), `read latencies: 2 reads of "x" clocks`},
		{"too many latencies", change(`"100":2,"101":3`, `"100":2000,"101":3`), ""},
		{"more reads than there can be", strings.NewReplacer(`"num_reads_done":150`, `"num_reads_done":99999999999`, `"100":2,`, `"100":99999999851,`).Replace(good),
			"99999999999 reads, want at most 16777216"},
		{"too few latencies", change(`"100":2,"101":3`, `"100":1,"101":3`), "read latencies of 149 reads, want 150"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseDRAMsim3([]byte(c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
	path := t.TempDir() + "/dramsim3.json"
	require.NoError(t, os.WriteFile(path, []byte(good), 0o644))
	_, err = readDRAMsim3(path, 3068)
	require.NoError(t, err)
	_, err = readDRAMsim3(path, 3000)
	require.EqualError(t, err, "statistics of DRAMsim3: num_cycles is 3068 in a run of 3000")
}

func TestRamulator2Answers(t *testing.T) {
	good := string(measured(t, "ramulator2.json"))
	change := func(old, replacement string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, replacement, 1)
	}
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "answer of Ramulator 2: unexpected end of JSON input"},
		{"another object", `{"frontend":{}}`, "answer of Ramulator 2: clocks is missing or below what it can be"},
		{"negative", change(`"row_hits": 268`, `"row_hits": -268`), "row_hits is missing or below what it can be"},
		{"negative command", change(`"ACT": 32`, `"ACT": -32`), "ACT is missing or below"},
		{"another trace", change(`"reads": 150`, `"reads": 151`), "151 reads and 150 writes of 300 requests"},
		{"latencies", change(`"36": 3`, `"36": 4`), "read latencies: "},
		{"a latency too many", change(`"36": 3`, `"36": 300`), "read latencies: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseRamulator2([]byte(c.text), 300)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestSCALESimReports(t *testing.T) {
	dir := t.TempDir()
	_, _, err := readSCALESim(dir, 1)
	require.ErrorContains(t, err, "SCALE-Sim has written no report: ")
	const head = "LayerID, Total Cycles, Stall Cycles, Overall Util %, Mapping Efficiency %, Compute Util %,\n"
	require.NoError(t, os.WriteFile(dir+"/"+scalesim.ComputeName, []byte(head+"0, 127, 0, 20.5, 65.625, 16.8,\n"), 0o644))
	_, _, err = readSCALESim(dir, 2)
	require.EqualError(t, err, "COMPUTE_REPORT.csv: 1 layers, want 2")
}

func FuzzAnswers(f *testing.F) {
	_, mixed := mixedDesign(f)
	layers := maestroLayers(mixed)
	f.Add(measured(f, "maestro.csv"))
	f.Add(measured(f, "dramsim3.json"))
	f.Add(measured(f, "ramulator2.json"))
	f.Add([]byte(`{"0":{"num_cycles":1,"read_latency":null}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if s, err := parseDRAMsim3(text); err == nil {
			require.LessOrEqual(t, s.latency.P50Cycles, s.latency.P99Cycles)
			require.Equal(t, s.reads, s.latency.Count)
		}
		if s, err := parseRamulator2(text, 300); err == nil {
			require.EqualValues(t, 300, s.Reads+s.Writes)
		}
		if list, err := parseMAESTRO(bytes.NewReader(text), layers, mixed.Hardware); err == nil {
			require.Len(t, list, 4)
		}
	})
}
