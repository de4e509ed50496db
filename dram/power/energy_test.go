package power_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// Hand-computed with T = 1/1.2 ns and 8 chips: a mA at 1.2 V for a clock is 8 pJ.
func TestDRAMPower4OfDDR4IsThatOfVDD(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	tests := []struct {
		name string
		c    power.Counts
		want power.Energy
	}{
		{"ACT", power.Counts{Activates: 1}, power.Energy{ActivatePJ: 8 * (48 - 43) * 39}},
		{"PRE", power.Counts{Precharges: 1}, power.Energy{PrechargePJ: 8 * (48 - 34) * 16}},
		{"RD", power.Counts{Reads: 1}, power.Energy{ReadPJ: 8 * (135 - 43) * 4}},
		{"WR", power.Counts{Writes: 1}, power.Energy{WritePJ: 8 * (123 - 43) * 4}},
		{"REF", power.Counts{Refreshes: 1}, power.Energy{RefreshPJ: 8 * (250 - 43) * 420}},
		{"active", power.Counts{ActiveCycles: 10}, power.Energy{ActiveStandbyPJ: 8 * 43 * 10}},
		{"precharged", power.Counts{PrechargedCycles: 10}, power.Energy{PrechargedStandbyPJ: 8 * 34 * 10}},
		{"self refresh", power.Counts{SelfRefreshCycles: 10, SelfRefreshActiveCycles: 2}, power.Energy{SelfRefreshPJ: 8 * (30*10 + (250-43)*2), SelfRefreshStandbyPJ: 8 * 37 * 2}},
		{"early exit", power.Counts{PowerUpPrechargedCycles: 3}, power.Energy{SelfRefreshPJ: 8 * (250 - 43) * 3, PowerUpStandbyPJ: 8 * 34 * 3}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { requireEnergy(t, test.want, power.DRAMPower4(d, test.c)) })
	}
}

// requireEnergy compares two energies to 1e-12.
func requireEnergy(t require.TestingT, want, got power.Energy) {
	w, g := components(want), components(got)
	for i := range w {
		require.InDelta(t, w[i], g[i], 1e-12*max(1, w[i]), "component %d of %+v", i, got)
	}
}

func components(e power.Energy) []float64 {
	return []float64{
		e.ActivatePJ, e.PrechargePJ, e.ReadPJ, e.WritePJ, e.RefreshPJ, e.BankRefreshPJ,
		e.ActiveStandbyPJ, e.BankActiveStandbyPJ, e.PrechargedStandbyPJ,
		e.FastActivePowerDownPJ, e.FastPrechargedPowerDownPJ, e.SlowActivePowerDownPJ, e.SlowPrechargedPowerDownPJ,
		e.SelfRefreshPJ, e.SelfRefreshStandbyPJ, e.PowerUpStandbyPJ,
	}
}

// One bank refresh draws (IDD5PB − IDD2N) tREFI / 8 more than standby: 0.625 ns · 2 chips · 6246/8 · (1.1 V · (30 − 27) + 1.8 V · (2.5 − 2)) mA.
func TestBankRefreshOfLPDDR4(t *testing.T) {
	d := lookup(t, "lpddr4-3200-8gb-x16x2")
	require.InEpsilon(t, 0.625*2*6246/8*(1.1*3+1.8*0.5), power.DRAMPower4(d, power.Counts{BankRefreshes: 1}).TotalPJ(), 1e-12)
}

// Without IDD5PB a bank draws its share of the refresh of all banks: 8 pJ · (250 − 34) · 420 / 16.
func TestBankRefreshWithoutItsCurrent(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	require.InEpsilon(t, 8.0*216*420/16, power.DRAMPower4(d, power.Counts{BankRefreshes: 1}).TotalPJ(), 1e-12)
}

// The row DDR3-1600-4Gb-x8, open, stream_rd as DRAMsim3 prints it.
func TestDRAMsim3ReproducesItsPeer(t *testing.T) {
	d := lookup(t, "ddr3-1600-4gb-x8")
	got := power.DRAMsim3(d, power.StateCycles{Activates: 93, Reads: 10000, Refreshes: 16, ActiveCycles: 96645, IdleCycles: 3505})
	requireEnergy(t, power.Energy{
		ActivatePJ: 1016955, ReadPJ: 71400000, RefreshPJ: 9834240, ActiveStandbyPJ: 55087650, PrechargedStandbyPJ: 1682400,
	}, got)
	require.InEpsilon(t, 139021245.0, got.TotalPJ(), 1e-12)
	require.InEpsilon(t, 1110.5042, power.AveragePowerMW(d, got.TotalPJ(), 100150), 1e-7)
}

func TestRailsAddUp(t *testing.T) {
	for _, d := range device.Catalogue() {
		t.Run(d.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := drawCounts(t)
				var four, five power.Energy
				for i, r := range d.Rails {
					five = five.Plus(power.DRAMPower5Rail(d, r, c))
					if i == 0 || d.Standard == device.LPDDR4 || d.Standard == device.LPDDR5 {
						four = four.Plus(power.DRAMPower4Rail(d, r, c))
					}
				}
				requireEnergy(t, four, power.DRAMPower4(d, c))
				requireEnergy(t, five, power.DRAMPower5(d, c))
			})
		})
	}
}

func TestComponentsAreNotNegativeAndAddUp(t *testing.T) {
	for _, d := range device.Catalogue() {
		t.Run(d.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := drawCounts(t)
				for _, e := range []power.Energy{power.DRAMPower4(d, c), power.DRAMPower5(d, c)} {
					var sum float64
					for i, pj := range components(e) {
						require.GreaterOrEqual(t, pj, 0.0, "component %d of %+v", i, e)
						sum += pj
					}
					require.InDelta(t, sum, e.TotalPJ(), 1e-12*sum)
				}
			})
		})
	}
}

// drawCounts are counts without any relation between them.
func drawCounts(t *rapid.T) power.Counts {
	n := func() int64 { return rapid.Int64Range(0, 1_000_000).Draw(t, "n") }
	return power.Counts{
		Activates: n(), Precharges: n(), Reads: n(), Writes: n(), Refreshes: n(), BankRefreshes: n(), ActiveCycles: n(), PrechargedCycles: n(),
		FastActivePowerDownCycles: n(), FastPrechargedPowerDownCycles: n(), SlowActivePowerDownCycles: n(), SlowPrechargedPowerDownCycles: n(),
		SelfRefreshCycles: n(), SelfRefreshActiveCycles: n(), SelfRefreshPrechargedCycles: n(), PowerUpActiveCycles: n(), PowerUpPrechargedCycles: n(),
		Bankwise: power.Bankwise{
			Activates: n(), Precharges: n(), Reads: n(), Writes: n(), AutoReads: n(), AutoWrites: n(), Refreshes: n(), BankRefreshes: n(),
			BankActiveCycles: n(), ActiveCycles: n(), PrechargedCycles: n(), FastActivePowerDownCycles: n(), FastPrechargedPowerDownCycles: n(),
			SlowActivePowerDownCycles: n(), SlowPrechargedPowerDownCycles: n(), SelfRefreshCycles: n(),
		},
	}
}

func TestNoTimeNoPower(t *testing.T) {
	require.Zero(t, power.AveragePowerMW(lookup(t, "ddr4-2400-8gb-x8"), 100, 0))
}

func Example() {
	d, err := device.Lookup("ddr4-2400-8gb-x8")
	if err != nil {
		fmt.Println(err)
		return
	}
	m := power.NewMeter(d, d.Rules(), 0)
	m.Issue(0, device.ACT, 5)
	m.Issue(16, device.RD, 5)
	m.Issue(39, device.PRE, 5)
	c := m.Close(m.End())
	e := power.DRAMPower4(d, c)
	fmt.Printf("%d clocks active, %d precharged\n", c.ActiveCycles, c.PrechargedCycles)
	fmt.Printf("%.0f pJ to activate, %.0f pJ to read, %.0f pJ in all\n", e.ActivatePJ, e.ReadPJ, e.TotalPJ())
	fmt.Printf("%.1f mW\n", power.AveragePowerMW(d, e.TotalPJ(), c.StateCycles()))
	// Output:
	// 39 clocks active, 15 precharged
	// 1560 pJ to activate, 2944 pJ to read, 23792 pJ in all
	// 528.7 mW
}
