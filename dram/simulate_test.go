package dram_test

import (
	"errors"
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

// At DDR4-2400: tRCD = CL = tRP = 16, BL/2 = 4, CWL = 12, tRAS = 39, tRTP = 9 clocks of 5/6 ns; 8 chips at 1.2 V.
func TestByHand(t *testing.T) {
	const row = 1 << 18 // 64-byte bursts, 128 columns, 16 banks
	for _, c := range []struct {
		name     string
		requests []trace.Request
		cycles   int64
		latency  float64 // of all requests together
		hits     [3]int64
	}{
		{"one read: tRCD + CL + BL/2", []trace.Request{{}}, 16 + 16 + 4, 36, [3]int64{0, 1, 0}},
		{"one write: tRCD + CWL + BL/2", []trace.Request{{Write: true}}, 16 + 12 + 4, 32, [3]int64{0, 1, 0}},
		{"a hit: CL + BL/2", []trace.Request{{}, {Cycle: 100, Address: 64}}, 100 + 20, 36 + 20, [3]int64{1, 1, 0}},
		{"a conflict: tRP more than a miss", []trace.Request{{}, {Cycle: 100, Address: row}}, 100 + 52, 36 + 52, [3]int64{0, 1, 1}},
		{"a hit right after: tCCD_L behind the first", []trace.Request{{}, {Cycle: 1, Address: 64}}, 16 + 6 + 20, 36 + 41, [3]int64{1, 1, 0}},
		{"a conflict right after: tRAS, tRP", []trace.Request{{}, {Cycle: 1, Address: row}}, 39 + 16 + 36, 36 + 90, [3]int64{0, 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := simulate(t, config(t, "ddr4-2400-8gb-x8", 1, 1, dram.DRAMSys), c.requests...)
			require.Equal(t, c.cycles, s.TotalCycles)
			require.Equal(t, c.hits, [3]int64{s.RowHits, s.RowMisses, s.RowConflicts})
			latency := s.ReadLatency.Arrival
			if c.requests[0].Write {
				latency = s.WriteLatency.Arrival
			}
			require.InDelta(t, c.latency, latency.MeanCycles*float64(latency.Count), 1e-9)
			require.InDelta(t, float64(c.cycles)*5/6, s.TimeNS, 1e-9)
			require.InDelta(t, float64(64*len(c.requests))/s.TimeNS, s.BandwidthGBps, 1e-12)
			require.InEpsilon(t, s.EnergyPJ, s.PowerMW*s.TimeNS, 1e-12)
		})
	}
}

// One read, its row left open for the 36 clocks: V·IDD·t of 8 chips.
func TestEnergyByHand(t *testing.T) {
	s := simulate(t, config(t, "ddr4-2400-8gb-x8", 1, 1, dram.DRAMSys), trace.Request{})
	const pj = 1.2 * 8 * 5.0 / 6 // of a mA during a clock
	require.InEpsilon(t, pj*(48-43)*39, s.Energy.ActivatePJ, 1e-12)
	require.InEpsilon(t, pj*(135-43)*4, s.Energy.ReadPJ, 1e-12)
	require.InEpsilon(t, pj*43*36, s.Energy.ActiveStandbyPJ, 1e-12)
	require.InEpsilon(t, pj*(5*39+92*4+43*36), s.EnergyPJ, 1e-12)
	require.Zero(t, s.Energy.PrechargePJ)
}

func TestStructuresAgreeOnOneRead(t *testing.T) {
	for _, structure := range dram.Structures() {
		for _, model := range dram.PowerModels() {
			c := config(t, "ddr4-2400-8gb-x8", 1, 1, structure)
			c.PowerModel, c.PeakWindowNS = model, 10
			s := simulate(t, c, trace.Request{})
			require.EqualValues(t, 1, s.Commands[device.ACT], structure)
			require.EqualValues(t, 1, s.Commands[device.RD], structure)
			require.InDelta(t, 36, s.ReadLatency.Arrival.MeanCycles, 1, "DRAMsim3's transaction takes a clock to its command queue")
			require.Positive(t, s.EnergyPJ)
			require.GreaterOrEqual(t, s.PeakPowerMW, 0.0)
		}
	}
}

func TestConfigurationsThatMakeNoSense(t *testing.T) {
	good := config(t, "ddr4-2400-8gb-x8", 1, 1, dram.DRAMSys)
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
		s := simulate(t, config(t, "ddr4-2400-8gb-x8", 1, 1, structure))
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

// With full write buffers DRAMsim3 livelocks on this run: with its defects the watchdog says what waits for what, without it ends.
func TestLivelockIsReported(t *testing.T) {
	work, err := trace.Lookup("hotrow")
	require.NoError(t, err)
	c := config(t, "lpddr4-3200-8gb-x16x2", 1, 1, dram.DRAMsim3)
	c.DRAMsim3.CommandQueueSize, c.DRAMsim3.Defects = 16, true
	_, err = dram.Simulate(c, dram.Traffic{Source: work.Open()})
	var stuck *memory.Stuck
	require.True(t, errors.As(err, &stuck), "%v", err)
	require.ErrorContains(t, err, "dramsim3 controller: ")
	require.ErrorContains(t, err, "waits")
	c.DRAMsim3.Defects = false
	s, err := dram.Simulate(c, dram.Traffic{Source: work.Open()})
	require.NoError(t, err)
	require.EqualValues(t, work.Requests, s.Requests)
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
