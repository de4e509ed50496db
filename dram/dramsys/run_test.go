package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

func TestBadConfigurationsNameFieldAndRange(t *testing.T) {
	for _, test := range []struct {
		name   string
		device string
		change func(*Config)
		want   string
	}{
		{"buffer of nothing", "ddr3-1600-4gb-x8", func(c *Config) { c.RequestBufferSize = 0 }, "RequestBufferSize = 0 is not in [1, 65536]"},
		{"unknown policy", "ddr3-1600-4gb-x8", func(c *Config) { c.PagePolicy = 4 }, "PagePolicy = 4 is not one of [open open_adaptive closed closed_adaptive]"},
		{"no active transactions", "ddr3-1600-4gb-x8", func(c *Config) { c.Arbiter, c.MaxActiveTransactions = ArbiterFifo, 0 }, "MaxActiveTransactions = 0 is not in [1, 65536]"},
		{"watermarks that meet", "ddr3-1600-4gb-x8", func(c *Config) { c.Scheduler, c.LowWatermark, c.HighWatermark = GrpFrFcfsWm, 5, 5 }, "HighWatermark = 5 is not in [6, 65536]"},
		{"owed too much", "ddr3-1600-4gb-x8", func(c *Config) { c.RefreshMaxPostponed = 65 }, "RefreshMaxPostponed = 65 is not in [0, 64]"},
		{"strict with reordering", "ddr3-1600-4gb-x8", func(c *Config) { c.CmdMux = Strict }, "CmdMux = strict with Scheduler = frfcfs is not valid: valid is fifo"},
		{"bank refresh without it", "ddr3-1600-4gb-x8", func(c *Config) { c.RefreshPolicy = PerBank }, "RefreshPolicy = per_bank is not valid for ddr3-1600-4gb-x8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			test.change(&c)
			j := newJob(t, test.device, "row-bank-column", 1, 1)
			j.Source = trace.NewSlice(nil)
			_, err := Run(c, j)
			require.ErrorContains(t, err, test.want)
		})
	}
}

func TestFaultyTracesAreReported(t *testing.T) {
	for _, order := range EventOrders() {
		c := Default()
		c.EventOrder = order
		j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
		j.Source = trace.NewSlice([]trace.Request{{Cycle: 5}, {Cycle: 4}})
		_, err := Run(c, j)
		require.ErrorContains(t, err, "request 2")
		j.Source = trace.NewSlice([]trace.Request{{Address: 1 << 40}})
		_, err = Run(c, j)
		require.ErrorContains(t, err, "address 0x10000000000")
	}
}

func TestEmptyTraceTakesNoTime(t *testing.T) {
	for _, order := range EventOrders() {
		c := Default()
		c.EventOrder = order
		j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
		j.Source = trace.NewSlice(nil)
		s, err := Run(c, j)
		require.NoError(t, err)
		require.Zero(t, s.TotalCycles)
		require.Zero(t, s.Requests)
	}
}

func TestDeadlockIsReported(t *testing.T) {
	// Strict with FrFcfs, which Run refuses: the third request hits the row that the first opened, the bank prefers it to the second, and its
	// turn never comes.
	c := Default()
	c.CmdMux, c.RefreshPolicy = Strict, NoRefresh
	j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
	j.Source = trace.NewSlice([]trace.Request{
		read(j, 0, address.Location{}), read(j, 1, address.Location{Row: 1}), read(j, 2, address.Location{Column: 1}),
	})
	_, err := runEvents(c, &j)
	var stuck *memory.Stuck
	require.ErrorAs(t, err, &stuck)
	require.ErrorContains(t, err, "request 2 (address 0x10000, channel 0, bank 0, row 1) waits for its column command: bank has row 0 open, next command RD")
}

func TestWatchdogCountsSimulatedClocks(t *testing.T) {
	c := Default()
	j := newJob(t, "ddr3-1600-4gb-x8", "row-bank-column", 1, 1)
	j.Source = trace.NewSlice([]trace.Request{read(j, 100, address.Location{})})
	m := newModel(c, &j)
	m.patience = 10 // the response takes tRCD + CL + BL/2 = 26 clocks
	err := m.run()
	var stuck *memory.Stuck
	require.ErrorAs(t, err, &stuck)
	require.EqualValues(t, 100, stuck.Since)
	require.EqualValues(t, 111, stuck.Cycle, "ACT, tRCD later the RD")
	require.Contains(t, stuck.Waiting, "request 1")
}

// thorough runs a job without any shortcut: every run of a controller evaluates all banks and looks at all commands.
func thorough(c Config, j *memory.Job) (memory.Stats, error) {
	m := newModel(c, j)
	m.start()
	for !m.source.finished() {
		for _, k := range m.controllers {
			k.calm = false
			for i := range k.banks {
				k.banks[i].fresh, k.banks[i].readyAt = false, -1
			}
		}
		if err := m.step(); err != nil {
			return memory.Stats{}, err
		}
	}
	return m.stats(), m.source.err
}

func TestShortcutsChangeNothingUnderLoad(t *testing.T) {
	for _, scheduler := range Schedulers() {
		for _, page := range PagePolicies() {
			t.Run(scheduler.String()+"/"+page.String(), func(t *testing.T) {
				c := Default()
				c.Scheduler, c.PagePolicy, c.EventOrder, c.LowWatermark, c.HighWatermark = scheduler, page, Peer, 1, 4
				w, err := trace.Lookup("hotrow")
				require.NoError(t, err)
				requests, err := trace.Collect(trace.Prefix(w.Open(), 800))
				require.NoError(t, err)
				j := newJob(t, "ddr5-4800-16gb-x8", "row-column-bank", 2, 2)
				want, wantLog, err := logged(thorough, c, j, requests)
				require.NoError(t, err)
				got, gotLog, err := logged(runEvents, c, j, requests)
				require.NoError(t, err)
				require.Equal(t, wantLog, gotLog)
				require.Equal(t, want, got)
			})
		}
	}
}

func TestShortcutsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, j, requests := anyRun(t)
		want, wantLog, err := logged(thorough, c, j, requests)
		require.NoError(t, err)
		got, gotLog, err := logged(runEvents, c, j, requests)
		require.NoError(t, err)
		require.Equal(t, wantLog, gotLog)
		require.Equal(t, want, got)
	})
}

func TestEveryConfigurationServesEveryRequestLegally(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, j, requests := anyRun(t)
		checkLegality(t, &j, false)
		j.Source = trace.NewSlice(requests)
		s, err := Run(c, j)
		require.NoError(t, err)
		require.EqualValues(t, len(requests), s.Requests)
		require.EqualValues(t, len(requests), s.Commands[device.RD]+s.Commands[device.RDA]+s.Commands[device.WR]+s.Commands[device.WRA])
		require.EqualValues(t, len(requests), s.RowHits+s.RowMisses+s.RowConflicts)
		require.GreaterOrEqual(t, s.TotalCycles, requests[len(requests)-1].Cycle)
		require.LessOrEqual(t, s.ReadLatency.Accepted.MeanCycles, s.ReadLatency.Request.MeanCycles)
		require.LessOrEqual(t, s.ReadLatency.Request.MeanCycles, s.ReadLatency.Arrival.MeanCycles)
	})
}

// anyRun draws a memory, a valid configuration and requests.
func anyRun(t *rapid.T) (Config, memory.Job, []trace.Request) {
	d, err := device.Lookup(rapid.SampledFrom(device.Names()).Draw(t, "device"))
	require.NoError(t, err)
	g := address.Geometry{Device: d, Channels: rapid.SampledFrom([]int{1, 2, 4}).Draw(t, "channels"), Ranks: rapid.SampledFrom([]int{1, 2, 4}).Draw(t, "ranks")}
	spec, err := address.Preset(rapid.SampledFrom(address.Presets()).Draw(t, "map"), g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	c := anyConfig(t, d)
	clock, requests := int64(0), []trace.Request{}
	gap := rapid.SampledFrom([]int64{0, 1, 3, 8, 20, 60}).Draw(t, "gap")
	span := rapid.SampledFrom([]uint64{1, 64, 1 << 10, 1 << 14, 1 << 20}).Draw(t, "span")
	x := rapid.Uint64().Draw(t, "x")
	for i := range rapid.SampledFrom([]int{400, 200, 700, 1}).Draw(t, "requests") {
		x = x*6364136223846793005 + 1442695040888963407
		requests = append(requests, trace.Request{Cycle: clock, Address: (x >> 33) % span * 64 % uint64(g.CapacityBytes()), Write: x>>25&1 == 1})
		clock += gap
		if i%150 == 149 {
			clock += int64(x >> 50)
		}
	}
	return c, memory.Job{
		Device: d, Channels: g.Channels, Ranks: g.Ranks, Map: m, MaxOutstanding: rapid.SampledFrom([]int{0, 0, 0, 1, 6}).Draw(t, "outstanding"),
	}, requests
}

// anyConfig draws a valid configuration.
func anyConfig(t *rapid.T, d *device.Device) Config {
	c := Config{
		PagePolicy:            rapid.SampledFrom(PagePolicies()).Draw(t, "page"),
		Scheduler:             rapid.SampledFrom(Schedulers()).Draw(t, "scheduler"),
		SchedulerBuffer:       rapid.SampledFrom(SchedulerBuffers()).Draw(t, "buffer"),
		RequestBufferSize:     rapid.IntRange(1, 70).Draw(t, "size"),
		LowWatermark:          rapid.IntRange(0, 2).Draw(t, "low"),
		HighWatermark:         rapid.IntRange(3, 8).Draw(t, "high"),
		CmdMux:                rapid.SampledFrom([]CmdMux{Oldest, Oldest, Oldest, Strict}).Draw(t, "mux"),
		RespQueue:             rapid.SampledFrom(RespQueues()).Draw(t, "responses"),
		RefreshPolicy:         rapid.SampledFrom(RefreshPolicies()).Draw(t, "refresh"),
		RefreshMaxPostponed:   rapid.IntRange(0, 8).Draw(t, "postponed"),
		RefreshMaxPulledIn:    rapid.IntRange(0, 8).Draw(t, "pulled in"),
		PowerDown:             rapid.SampledFrom(PowerDowns()).Draw(t, "power-down"),
		SelfRefreshIdleClocks: rapid.IntRange(0, 3000).Draw(t, "idle clocks"),
		Arbiter:               rapid.SampledFrom(Arbiters()).Draw(t, "arbiter"),
		MaxActiveTransactions: rapid.IntRange(1, 130).Draw(t, "active"),
		EventOrder:            rapid.SampledFrom(EventOrders()).Draw(t, "order"),
	}
	if c.CmdMux == Strict {
		c.Scheduler = Fifo
	}
	if c.RefreshPolicy == PerBank && d.Timing.TRFCPB == 0 {
		c.RefreshPolicy = AllBank
	}
	return c
}
