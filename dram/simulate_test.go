package dram_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// config is the default configuration of a device, of one structure.
func config(t testing.TB, name string, channels, ranks int, structure dram.Structure) dram.Config {
	t.Helper()
	d, err := device.Lookup(name)
	require.NoError(t, err)
	return of(t, d, channels, ranks, "row-bank-column", structure)
}

func of(t require.TestingT, d *device.Device, channels, ranks int, mapping string, structure dram.Structure) dram.Config {
	g := address.Geometry{Channels: channels, Ranks: ranks, Device: d}
	spec, err := address.Preset(mapping, g)
	require.NoError(t, err)
	c := dram.Default()
	c.Structure = structure
	c.Map, err = address.New(g, spec)
	require.NoError(t, err)
	return c
}

func simulate(t require.TestingT, c dram.Config, requests ...trace.Request) dram.Stats {
	s, err := dram.Simulate(c, dram.Traffic{Source: trace.NewSlice(requests)})
	require.NoError(t, err)
	return s
}

// At DDR4-2400: tRCD = CL = tRP = 16, BL/2 = 4, CWL = 12, tRAS = 39, tCCD_L = 6 clocks of 5/6 ns. DRAMSys' run ends in the clock of the last
// response, the other two in the next one. A request of DRAMsim3 takes a clock more to its command queue, and its writes are answered after
// one clock, while the run goes on to the end of their data.
func TestByHand(t *testing.T) {
	const row = 1 << 18 // 64-byte bursts, 128 columns, 16 banks
	type times struct{ cycles, last int64 }
	for _, c := range []struct {
		name                         string
		requests                     []trace.Request
		dramsys, dramsim3, ramulator times // last: the largest latency, of the last request in each case
		hits                         [3]int64
	}{
		{
			"one read: ACT 0, RD 16, data until 16 + 16 + 4", []trace.Request{{}},
			times{36, 36}, times{38, 37}, times{37, 36}, [3]int64{0, 1, 0},
		},
		{
			"one write: ACT 0, WR 16, data until 16 + 12 + 4", []trace.Request{{Write: true}},
			times{32, 32}, times{34, 1}, times{33, 32}, [3]int64{0, 1, 0},
		},
		{
			"a conflict: PRE 100, ACT 116, RD 132, data until 152", []trace.Request{{}, {Cycle: 100, Address: row}},
			times{152, 52}, times{154, 53}, times{153, 52}, [3]int64{0, 1, 1},
		},
		{
			"a hit right after: RD 16, RD 16 + 6, data until 42", []trace.Request{{}, {Cycle: 1, Address: 64}},
			times{42, 41}, times{44, 42}, times{43, 41}, [3]int64{1, 1, 0},
		},
		{
			"a conflict right after: PRE 39, ACT 55, RD 71, data until 91", []trace.Request{{}, {Cycle: 1, Address: row}},
			times{91, 90}, times{93, 91}, times{92, 90}, [3]int64{0, 1, 1},
		},
	} {
		for _, structure := range dram.Structures() {
			t.Run(structure.String()+", "+c.name, func(t *testing.T) {
				want := map[dram.Structure]times{dram.DRAMSys: c.dramsys, dram.DRAMsim3: c.dramsim3, dram.Ramulator: c.ramulator}[structure]
				s := simulate(t, config(t, ddr4, 1, 1, structure), c.requests...)
				require.Equal(t, want, times{s.TotalCycles, max(s.ReadLatency.Arrival.MaxCycles, s.WriteLatency.Arrival.MaxCycles)})
				require.Equal(t, c.hits, [3]int64{s.RowHits, s.RowMisses, s.RowConflicts})
				require.InDelta(t, float64(want.cycles)*5/6, s.TimeNS, 1e-9)
				require.InDelta(t, float64(64*len(c.requests))/s.TimeNS, s.BandwidthGBps, 1e-12)
			})
		}
	}
}

// A hit that finds its row open takes CL + BL/2 only; the first read took tRCD more.
func TestLatencyOfAHit(t *testing.T) {
	for _, structure := range dram.Structures() {
		s := simulate(t, config(t, ddr4, 1, 1, structure), trace.Request{}, trace.Request{Cycle: 100, Address: 64})
		further := 0.0
		if structure == dram.DRAMsim3 {
			further = 1
		}
		require.InDelta(t, (36+20)/2.0+further, s.ReadLatency.Arrival.MeanCycles, 1e-12, structure)
	}
}

// Currents of DDR4-2400 in mA: IDD0 48, IDD2N 34, IDD3N 43, IDD4R 135, IDD4W 123. A mA of 8 chips at 1.2 V during a clock is 1.2 · 8 · 5/6 = 8 pJ.
func TestEnergyByHand(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(*dram.Config)
		request  trace.Request
		ranks    int
		activate float64
		column   float64
		active   float64
		idle     float64
		cycles   float64
	}{
		// Activation (48 - 43) · 39 of tRAS; the burst (135 - 43) · 4; the row is open from 0 to the end of the data in 36.
		{"read", func(*dram.Config) {}, trace.Request{}, 1, 8 * 5 * 39, 8 * 92 * 4, 8 * 43 * 36, 0, 36},
		// The window of DRAMPower ends tWR - 1 = 17 clocks after the data, which end in 32.
		{"write", func(*dram.Config) {}, trace.Request{Write: true}, 1, 8 * 5 * 39, 8 * 80 * 4, 8 * 43 * 49, 0, 32},
		// The second rank is in precharged standby.
		{"two ranks", func(*dram.Config) {}, trace.Request{}, 2, 8 * 5 * 39, 8 * 92 * 4, 8 * 43 * 36, 8 * 34 * 36, 36},
		// ACT in clock 0; the run takes a clock more, but the power window ends with the data.
		{"ramulator", func(c *dram.Config) { c.Structure = dram.Ramulator }, trace.Request{}, 1, 8 * 5 * 39, 8 * 92 * 4, 8 * 43 * 36, 0, 37},
		// ACT in clock 1.
		{"dramsim3", func(c *dram.Config) { c.Structure = dram.DRAMsim3 }, trace.Request{}, 1, 8 * 5 * 39, 8 * 92 * 4, 8 * 43 * 36, 8 * 34, 38},
		// The reference's own formula: the activation has its precharge, 48 · 55 - 43 · 39 - 34 · 16, and standby lasts for all 38 steps.
		{
			"dramsim3 with defects", func(c *dram.Config) { c.Structure, c.DRAMsim3.Defects = dram.DRAMsim3, true }, trace.Request{}, 1,
			8 * 419, 8 * 92 * 4, 8 * 43 * 37, 8 * 34, 38,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			configured := config(t, ddr4, 1, c.ranks, dram.DRAMSys)
			c.change(&configured)
			s := simulate(t, configured, c.request)
			require.InDelta(t, c.activate, s.Energy.ActivatePJ, 1e-9)
			require.InDelta(t, c.column, s.Energy.ReadPJ+s.Energy.WritePJ, 1e-9)
			require.InDelta(t, c.active, s.Energy.ActiveStandbyPJ, 1e-9)
			require.InDelta(t, c.idle, s.Energy.PrechargedStandbyPJ, 1e-9)
			total := c.activate + c.column + c.active + c.idle
			require.InDelta(t, total, s.EnergyPJ, 1e-9)
			require.InDelta(t, total/(c.cycles*5/6), s.PowerMW, 1e-9)
			require.Len(t, s.Ranks, c.ranks)
		})
	}
}

// DRAMPower 5 counts VPP as well: 2.5 V, and 3, 2, 2.5 mA for IDD0, IDD2N, IDD3N.
func TestPowerModelIsTheOneAskedFor(t *testing.T) {
	c := config(t, ddr4, 1, 1, dram.DRAMSys)
	c.PowerModel = dram.DRAMPower5
	s := simulate(t, c, trace.Request{})
	// One bank of 16 is open for 36 clocks: I_rho = 34 + 0.333 · 9 = 36.997, and 2 + 0.333 · 0.5 = 2.1665 of VPP. 2.5 V · 8 · 5/6 = 50/3.
	require.InDelta(t, 8*36.997*36+50.0/3*2.1665*36, s.Energy.ActiveStandbyPJ, 1e-6)
	require.InDelta(t, (8*(43-36.997)+50.0/3*(2.5-2.1665))/16*36, s.Energy.BankActiveStandbyPJ, 1e-6)
	require.InDelta(t, 8*92*4, s.Energy.ReadPJ, 1e-9)
}

func TestPeakPower(t *testing.T) {
	c := config(t, ddr4, 1, 1, dram.DRAMSys)
	c.DRAMSys.RefreshPolicy = dramsys.NoRefresh
	requests := []trace.Request{{}, {Cycle: 1000, Address: 64}}
	require.Zero(t, simulate(t, c, requests...).PeakPowerMW, "not measured")
	c.PeakWindowNS = 10
	s := simulate(t, c, requests...)
	// The first of the windows of 12 clocks has the ACT: 8 · (5 · 39 + 43 · 12) pJ; the second the RD: 8 · (92 · 4 + 43 · 12) pJ in 10 ns.
	require.InDelta(t, 8*(92*4+43*12)/10.0, s.PeakPowerMW, 1e-9)
	require.Greater(t, s.PeakPowerMW, s.PowerMW)
}

func TestConfigurationsThatMakeNoSense(t *testing.T) {
	good := config(t, ddr4, 1, 1, dram.DRAMSys)
	for _, c := range []struct {
		name, want string
		change     func(*dram.Config)
	}{
		{"no map", "the configuration has no address map", func(c *dram.Config) { c.Map = nil }},
		{"structure", "Structure(9) is not one of the 3 structures", func(c *dram.Config) { c.Structure = 9 }},
		{"power model", "PowerModel(9) is not one of the 2 power models", func(c *dram.Config) { c.PowerModel = 9 }},
		{"peak window", "PeakWindowNS = -1 ns is not in [0, 1e+15]", func(c *dram.Config) { c.PeakWindowNS = -1 }},
		{"buffer", "RequestBufferSize = 0 is not in [1, 65536]", func(c *dram.Config) { c.DRAMSys.RequestBufferSize = 0 }},
		{"transaction queue", "TransactionQueueSize = 0 is not in [1, 4096]", func(c *dram.Config) { c.Structure, c.DRAMsim3.TransactionQueueSize = dram.DRAMsim3, 0 }},
		{"read buffer", "ReadBufferSize = 0 is not in [1, 4096]", func(c *dram.Config) { c.Structure, c.Ramulator.ReadBufferSize = dram.Ramulator, 0 }},
		{"refresh", "RefreshPolicy = per_bank is not valid for ddr4-2400-8gb-x8", func(c *dram.Config) { c.DRAMSys.RefreshPolicy = dramsys.PerBank }},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := good
			c.change(&bad)
			_, err := dram.Simulate(bad, dram.Traffic{Source: trace.NewSlice(nil)})
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := dram.Simulate(good, dram.Traffic{})
	require.ErrorContains(t, err, "the traffic has no source")
	_, err = dram.Simulate(good, dram.Traffic{Source: trace.NewSlice(nil), MaxOutstanding: -1})
	require.ErrorContains(t, err, "MaxOutstanding = -1 is below 0")
	_, err = dram.Simulate(good, dram.Traffic{Source: trace.NewSlice([]trace.Request{{Cycle: 3}, {Cycle: 2}})})
	require.ErrorContains(t, err, "request 2 arrives in clock 2, before the previous one in clock 3")
}

func TestNothingToDo(t *testing.T) {
	for _, structure := range dram.Structures() {
		s := simulate(t, config(t, ddr4, 1, 1, structure))
		require.Zero(t, s.Requests, structure)
		require.Zero(t, s.BandwidthGBps, structure)
	}
}

// The peer does not finish these two: a deadline within tCKE of a power-down entry re-arms it in the same clock for ever.
func TestPowerDownOfLPDDR4ComesToAnEnd(t *testing.T) {
	for _, name := range []string{"chase", "bursty"} {
		for _, order := range dramsys.EventOrders() {
			work, err := trace.Lookup(name)
			require.NoError(t, err)
			c := config(t, "lpddr4-3200-8gb-x16x2", 1, 1, dram.DRAMSys)
			c.DRAMSys.PowerDown, c.DRAMSys.EventOrder = dramsys.Staggered, order
			s, err := dram.Simulate(c, dram.Traffic{Source: work.Open(), MaxOutstanding: work.MaxOutstanding})
			require.NoError(t, err)
			require.EqualValues(t, work.Requests, s.Requests)
			require.Positive(t, s.Commands[device.PDEA]+s.Commands[device.PDEP])
		}
	}
}

// With full write buffers DRAMsim3 livelocks on these runs: with its defects the watchdog says what waits for what, without they end.
func TestLivelockIsReported(t *testing.T) {
	work, err := trace.Lookup("hotrow")
	require.NoError(t, err)
	d, err := device.Lookup("lpddr4-3200-8gb-x16x2")
	require.NoError(t, err)
	for _, row := range []struct {
		mapping string
		queue   int
	}{{"row-bank-column", 16}, {"row-column-bank", 8}} {
		c := of(t, d, 1, 1, row.mapping, dram.DRAMsim3)
		c.DRAMsim3.CommandQueueSize, c.DRAMsim3.Defects = row.queue, true
		_, err = dram.Simulate(c, dram.Traffic{Source: work.Open()})
		var stuck *memory.Stuck
		require.ErrorAs(t, err, &stuck)
		require.ErrorContains(t, err, "dramsim3 controller: ")
		require.ErrorContains(t, err, "waits for an older read of that address")
		c.DRAMsim3.Defects = false
		s, err := dram.Simulate(c, dram.Traffic{Source: work.Open()})
		require.NoError(t, err)
		require.EqualValues(t, work.Requests, s.Requests)
	}
}

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
	c := dram.Default()
	if c.Map, err = address.New(geometry, spec); err != nil {
		panic(err)
	}
	work, err := trace.Lookup("stream_rd")
	if err != nil {
		panic(err)
	}
	s, err := dram.Simulate(c, dram.Traffic{Source: work.Open()})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%d cycles, %d ACT, mean read latency %.4f cycles, %.3f mW\n", s.TotalCycles, s.Commands[device.ACT], s.ReadLatency.Request.MeanCycles, s.PowerMW)
	// Output: 100010 cycles, 89 ACT, mean read latency 29.1409 cycles, 852.673 mW
}
