package power_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

var streamDevices = [...]string{"ddr4-2400-8gb-x8", "lpddr4-3200-8gb-x16x2"}

// measure gives a fresh meter all steps and closes it at end; a negative end means that of the meter.
func measure(d *device.Device, steps []step, windowClocks, end int64) power.Counts {
	m := power.NewMeter(d, d.Rules(), windowClocks)
	for _, s := range steps {
		m.Issue(s.t, s.c, s.bank)
	}
	if end < 0 {
		end = m.End()
	}
	return m.Close(end)
}

func TestCountsAreThoseOfTheSortedList(t *testing.T) {
	for _, name := range streamDevices {
		t.Run(name, func(t *testing.T) {
			d := lookup(t, name)
			rapid.Check(t, func(t *rapid.T) {
				steps := drawStream(t, d, rapid.IntRange(1, 40).Draw(t, "n"), false)
				end := int64(-1)
				if rapid.Bool().Draw(t, "own end") {
					end = steps[len(steps)-1].t + rapid.Int64Range(0, 3000).Draw(t, "rest")
				}
				got := measure(d, steps, 0, end)
				want := rankOracle(d, steps, got.EndCycle).counts
				want.EndCycle, want.Bankwise = got.EndCycle, got.Bankwise
				want.ActivePowerUpCycles, want.PrechargedPowerUpCycles = got.ActivePowerUpCycles, got.PrechargedPowerUpCycles
				want.SelfRefreshPowerUpCycles = got.SelfRefreshPowerUpCycles
				require.Equal(t, want, got)
			})
		})
	}
}

func TestBankwiseCountsAreThoseOfTheClocks(t *testing.T) {
	for _, name := range streamDevices {
		t.Run(name, func(t *testing.T) {
			d := lookup(t, name)
			rapid.Check(t, func(t *rapid.T) {
				steps := drawStream(t, d, rapid.IntRange(1, 25).Draw(t, "n"), true)
				end := steps[len(steps)-1].t + rapid.Int64Range(500, 1500).Draw(t, "rest")
				require.Equal(t, bankOracle(d, steps, end), measure(d, steps, 0, end).Bankwise)
			})
		})
	}
}

func TestPeakIsThatOfTheClocks(t *testing.T) {
	d := lookup(t, streamDevices[0])
	rapid.Check(t, func(t *rapid.T) {
		steps := drawStream(t, d, rapid.IntRange(1, 25).Draw(t, "n"), true)
		window := rapid.Int64Range(1, 700).Draw(t, "window")
		got := measure(d, steps, window, -1)
		if end := max(got.EndCycle, steps[len(steps)-1].t); end > 0 {
			require.InEpsilon(t, rankOracle(d, steps, end).peakMW(window, end), got.PeakPowerMW, 1e-9)
		}
	})
}

func TestPowerStatesFillTheWindow(t *testing.T) {
	for _, name := range streamDevices {
		t.Run(name, func(t *testing.T) {
			d := lookup(t, name)
			rapid.Check(t, func(t *rapid.T) {
				steps := drawStream(t, d, rapid.IntRange(1, 40).Draw(t, "n"), false)
				end := steps[len(steps)-1].t + int64(d.Timing.TRFC) + rapid.Int64Range(0, 100).Draw(t, "rest")
				c := measure(d, steps, 0, end)
				if !slices.ContainsFunc(steps, powersDown) { // else spans may overlap
					require.Equal(t, end, c.StateCycles())
				}
				require.GreaterOrEqual(t, c.StateCycles(), end)

				b := c.Bankwise
				require.Equal(t, end, b.ActiveCycles+b.PrechargedCycles+b.SelfRefreshCycles+b.SlowActivePowerDownCycles+b.SlowPrechargedPowerDownCycles)
				for _, cycles := range []int64{b.PrechargedCycles, b.SelfRefreshCycles, b.SlowActivePowerDownCycles, b.SlowPrechargedPowerDownCycles} {
					require.GreaterOrEqual(t, cycles, int64(0))
				}
				require.GreaterOrEqual(t, b.BankActiveCycles, b.ActiveCycles)
				require.LessOrEqual(t, b.BankActiveCycles, b.ActiveCycles*int64(d.Banks()))
			})
		})
	}
}

func powersDown(s step) bool { return s.c == device.PDEA || s.c == device.PDEP }

func TestWindowsChangeOnlyThePeak(t *testing.T) {
	d := lookup(t, streamDevices[0])
	rapid.Check(t, func(t *rapid.T) {
		steps := drawStream(t, d, rapid.IntRange(1, 40).Draw(t, "n"), false)
		window := rapid.Int64Range(1, 5000).Draw(t, "window")
		whole, split := measure(d, steps, 0, -1), measure(d, steps, window, -1)
		require.Zero(t, whole.PeakPowerMW)
		end := max(split.EndCycle, steps[len(steps)-1].t)
		if end > 0 {
			average := power.AveragePowerMW(d, power.DRAMPower4(d, measure(d, steps, 0, end)).TotalPJ(), end)
			require.GreaterOrEqual(t, split.PeakPowerMW*(1+1e-12), average)
			if end < window {
				require.InEpsilon(t, average, split.PeakPowerMW, 1e-12)
			}
		}
		split.PeakPowerMW = 0
		require.Equal(t, whole, split)
	})
}

func TestResetForgets(t *testing.T) {
	d := lookup(t, streamDevices[1])
	rapid.Check(t, func(t *rapid.T) {
		m := power.NewMeter(d, d.Rules(), 100)
		for range 2 {
			steps := drawStream(t, d, rapid.IntRange(1, 20).Draw(t, "n"), false)
			m.Reset()
			for _, s := range steps {
				m.Issue(s.t, s.c, s.bank)
			}
			require.Equal(t, measure(d, steps, 100, -1), m.Close(m.End()))
		}
	})
}

func TestIssueAllocatesNothing(t *testing.T) {
	d := lookup(t, streamDevices[0])
	m := power.NewMeter(d, d.Rules(), 500)
	var start int64
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, s := range accesses(100, true) {
			m.Issue(start+s.t, s.c, s.bank)
		}
		start += 2100
	})-testing.AllocsPerRun(100, func() { accesses(100, true) }))
}

func TestLongStretchesAreNotWalked(t *testing.T) {
	d := lookup(t, streamDevices[0])
	m := power.NewMeter(d, d.Rules(), 1)
	m.Issue(0, device.REF, 0)
	m.Issue(1<<50, device.ACT, 0) // would take years clock by clock
	c := m.Close(1<<50 + 10)
	require.Equal(t, int64(1<<50-404), c.PrechargedCycles)
	// The clock of the REF: 1.2 V · ((250 − 43) · 420 + 43) mA · 8 chips.
	require.InEpsilon(t, 1.2*((250-43)*420+43)*8, c.PeakPowerMW, 1e-9)
}
