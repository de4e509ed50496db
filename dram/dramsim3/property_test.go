package dramsim3

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

// scenario is a random configuration with random traffic to few rows of few banks.
type scenario struct {
	config   Config
	job      memory.Job
	requests []trace.Request
}

func drawScenario(t *rapid.T) scenario {
	size := rapid.SampledFrom([]int{1, 2, 3, 8, 32})
	s := scenario{config: Config{
		PagePolicy:           rapid.SampledFrom(PagePolicies()).Draw(t, "page policy"),
		QueuePer:             rapid.SampledFrom(QueuePers()).Draw(t, "queue per"),
		Unified:              rapid.Bool().Draw(t, "unified"),
		TransactionQueueSize: size.Draw(t, "transaction queue"),
		CommandQueueSize:     size.Draw(t, "command queue"),
		RowHitCap:            rapid.IntRange(1, 5).Draw(t, "cap"),
		WriteDrainThreshold:  rapid.SampledFrom([]int{0, 1, 8, 40}).Draw(t, "threshold"),
		RefreshPolicy:        rapid.SampledFrom(RefreshPolicies()).Draw(t, "refresh"),
	}}
	d, err := device.Lookup(rapid.SampledFrom(device.Names()).Draw(t, "device"))
	require.NoError(t, err)
	s.config.Defects = measured(d.Standard) && rapid.Bool().Draw(t, "defects")
	g := address.Geometry{
		Channels: rapid.SampledFrom([]int{1, 1, 2}).Draw(t, "channels"), Ranks: rapid.SampledFrom([]int{1, 1, 2, 4}).Draw(t, "ranks"), Device: d,
	}
	spec, err := address.Preset(rapid.SampledFrom(address.Presets()).Draw(t, "map"), g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	limit := rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(t, "outstanding")
	s.job = memory.Job{Device: d, Channels: g.Channels, Ranks: g.Ranks, Map: m, MaxOutstanding: limit}
	pause := rapid.SampledFrom([]int{1, 4, 30, 500}).Draw(t, "longest pause")
	clock := int64(0)
	for range rapid.IntRange(0, 150).Draw(t, "requests") {
		clock += int64(rapid.IntRange(0, pause).Draw(t, "pause"))
		below := func(n int) int32 { return int32(rapid.IntRange(0, n-1).Draw(t, "place")) }
		at := address.Location{Channel: below(g.Channels), Rank: below(g.Ranks), Bank: below(min(4, d.Banks())), Row: below(3), Column: below(4)}
		s.requests = append(s.requests, trace.Request{Cycle: clock, Write: rapid.Bool().Draw(t, "write"), Address: m.Encode(at)})
	}
	return s
}

// run runs the scenario; in every clock, or only in those in which something can change. It is stuck sooner than a real run.
func (s *scenario) run(everyClock bool) (result Result, log []device.Issued, err error) {
	job := s.job
	job.Source = trace.NewSlice(s.requests)
	job.Log = func(i device.Issued) { log = append(log, i) }
	r := newRun(s.config, &job)
	r.everyClock, r.patience = everyClock, 10_000
	if err := r.serve(); err != nil {
		return Result{}, log, err
	}
	return r.result(&job), log, nil
}

// The plain loop over all clocks is the oracle of the one that skips.
func TestSkippedClocksChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScenario(t)
		skipping, skippingLog, skippingErr := s.run(false)
		every, everyLog, everyErr := s.run(true)
		require.Equal(t, everyErr, skippingErr)
		require.Equal(t, everyLog, skippingLog)
		require.Equal(t, every, skipping)
	})
}

// Repaired, the controller answers everything, and breaks no rule of the devices.
func TestRepairedControllerIsLegal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScenario(t)
		s.config.Defects = false
		result, log, err := s.run(false)
		require.NoError(t, err)
		checkCounts(t, &s, result)
		columns := result.Reads + result.Writes - result.ForwardedReads - result.CoalescedWrites
		c := result.Commands
		require.Equal(t, columns, c[device.RD]+c[device.RDA]+c[device.WR]+c[device.WRA])
		require.Equal(t, columns, result.RowHits+result.RowMisses+result.RowConflicts)
		checker, err := jedec.New(s.job.Device, jedec.Options{
			Channels: s.job.Channels, Ranks: s.job.Ranks, Refresh: s.config.RefreshPolicy != NoRefresh,
		})
		require.NoError(t, err)
		for _, issued := range log {
			require.Empty(t, checker.Check(issued))
		}
		require.Empty(t, checker.Finish(result.TotalCycles))
	})
}

// With the reference's defects it answers everything, or is stuck in the livelock of the write buffer and says so.
func TestPeerControllerEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScenario(t)
		if s.config.Defects = measured(s.job.Device.Standard); !s.config.Defects {
			t.Skip("not measured")
		}
		result, _, err := s.run(false)
		if err == nil {
			checkCounts(t, &s, result)
			return
		}
		stuck, ok := errors.AsType[*memory.Stuck](err)
		require.True(t, ok, err)
		require.False(t, s.config.Unified)
		require.Contains(t, stuck.Waiting, "waits for an older read of that address, which cannot leave the read queue while the write buffer drains")
	})
}

// checkCounts checks what holds for every run that ends.
func checkCounts(t *rapid.T, s *scenario, r Result) {
	writes := int64(0)
	for _, request := range s.requests {
		if request.Write {
			writes++
		}
	}
	require.EqualValues(t, len(s.requests), r.Requests)
	require.Equal(t, writes, r.Writes)
	require.Equal(t, r.TotalCycles*int64(s.job.Channels*s.job.Ranks), r.ActiveCycles+r.IdleCycles)
	require.LessOrEqual(t, r.ReadLatency.Accepted.MeanCycles, r.ReadLatency.Request.MeanCycles)
	require.LessOrEqual(t, r.ReadLatency.Request.MeanCycles, r.ReadLatency.Arrival.MeanCycles)
	require.LessOrEqual(t, r.Commands[device.PRE], r.Commands[device.ACT])
}
