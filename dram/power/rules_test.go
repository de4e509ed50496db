package power_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// DDR4-2400: tRCD 16, tRP 16, tRAS 39, tRTP 9, CWL + BL/2 + tWR 34, tRFC 420, tXP 8, tXPDLL 29, tXSDLL 768.
func TestCountingRules(t *testing.T) {
	tests := []struct {
		name  string
		steps []step
		end   int64 // −1: the meter's
		want  power.Counts
	}{
		{"nothing", nil, 100, power.Counts{PrechargedCycles: 100, EndCycle: 100}},
		{
			"the row stays open until its precharge, the window ends tRP − 1 later",
			[]step{{10, device.ACT, 3}, {26, device.RD, 3}, {60, device.PRE, 3}}, -1,
			power.Counts{Activates: 1, Reads: 1, Precharges: 1, PrechargedCycles: 10 + 15, ActiveCycles: 50, EndCycle: 75},
		},
		{
			"RDA closes its bank tRAS after ACT",
			[]step{{0, device.ACT, 0}, {16, device.RDA, 0}}, -1,
			power.Counts{Activates: 1, Reads: 1, Precharges: 1, ActiveCycles: 39, PrechargedCycles: 15, EndCycle: 54},
		},
		{
			"RDA closes its bank tRTP after itself",
			[]step{{0, device.ACT, 0}, {31, device.RDA, 0}}, -1,
			power.Counts{Activates: 1, Reads: 1, Precharges: 1, ActiveCycles: 40, PrechargedCycles: 15, EndCycle: 55},
		},
		{
			"WRA closes its bank after write recovery",
			[]step{{0, device.ACT, 0}, {16, device.WRA, 0}}, -1,
			power.Counts{Activates: 1, Writes: 1, Precharges: 1, ActiveCycles: 50, PrechargedCycles: 15, EndCycle: 65},
		},
		{
			"an auto-precharge after the end is left out",
			[]step{{0, device.ACT, 0}, {16, device.WRA, 0}}, 49,
			power.Counts{Activates: 1, Writes: 1, ActiveCycles: 49, EndCycle: 49},
		},
		{
			"a later auto-precharge of one bank and an earlier one of another",
			[]step{{0, device.ACT, 0}, {6, device.ACT, 1}, {22, device.WRA, 0}, {26, device.RDA, 1}}, 100,
			power.Counts{Activates: 2, Reads: 1, Writes: 1, Precharges: 2, ActiveCycles: 56, PrechargedCycles: 44, EndCycle: 100},
		},
		{
			"ACT of an open bank and PRE of a closed one count nothing",
			[]step{{0, device.PRE, 0}, {5, device.ACT, 0}, {6, device.ACT, 0}, {50, device.PRE, 1}, {60, device.PRE, 0}, {61, device.PREA, 0}}, 70,
			power.Counts{Activates: 1, Precharges: 1, ActiveCycles: 55, PrechargedCycles: 15, EndCycle: 70},
		},
		{
			"PREA closes every open bank",
			[]step{{0, device.ACT, 0}, {6, device.ACT, 5}, {45, device.PREA, 0}}, -1,
			power.Counts{Activates: 2, Precharges: 2, ActiveCycles: 45, PrechargedCycles: 15, EndCycle: 60},
		},
		{
			"REF is active for tRFC − tRP, whether or not the window lasts so long",
			[]step{{100, device.REF, 0}}, -1,
			power.Counts{Refreshes: 1, ActiveCycles: 404, PrechargedCycles: 99 + 1, EndCycle: 99},
		},
		{
			"power-down during a refresh: its precharged time is negative and counts 0",
			[]step{{0, device.REF, 0}, {2, device.PDEP, 0}, {1002, device.PDXP, 0}}, 1010,
			power.Counts{Refreshes: 1, ActiveCycles: 404, SlowPrechargedPowerDownCycles: 1000, PrechargedPowerUpCycles: 13, PrechargedCycles: 8, EndCycle: 1010},
		},
		{
			"active power-down",
			[]step{{0, device.ACT, 0}, {30, device.PDEA, 0}, {130, device.PDXA, 0}, {140, device.PRE, 0}}, 150,
			power.Counts{
				Activates: 1, Precharges: 1, ActiveCycles: 40, SlowActivePowerDownCycles: 100, ActivePowerUpCycles: 13,
				PrechargedCycles: 10, EndCycle: 150,
			},
		},
		{
			"self refresh of tRFC and more",
			[]step{{0, device.SREFEN, 0}, {1000, device.SREFEX, 0}}, 1100,
			power.Counts{
				SelfRefreshActiveCycles: 404, SelfRefreshPrechargedCycles: 16, SelfRefreshCycles: 580,
				SelfRefreshPowerUpCycles: 752, PrechargedCycles: 100, EndCycle: 1100,
			},
		},
		{
			"self refresh that ends in the precharged part of its refresh",
			[]step{{0, device.SREFEN, 0}, {410, device.SREFEX, 0}}, 1100,
			power.Counts{
				SelfRefreshActiveCycles: 404, SelfRefreshPrechargedCycles: 6, PowerUpPrechargedCycles: 10,
				SelfRefreshPowerUpCycles: 742, PrechargedCycles: 680, EndCycle: 1100,
			},
		},
		{
			"self refresh that ends in the active part of its refresh",
			[]step{{0, device.SREFEN, 0}, {100, device.SREFEX, 0}}, 1100,
			power.Counts{
				SelfRefreshActiveCycles: 100, PowerUpActiveCycles: 304, PowerUpPrechargedCycles: 16,
				SelfRefreshPowerUpCycles: 432, PrechargedCycles: 680, EndCycle: 1100,
			},
		},
		{
			"open self refresh",
			[]step{{50, device.SREFEN, 0}}, 460,
			power.Counts{PrechargedCycles: 50, SelfRefreshActiveCycles: 404, SelfRefreshPrechargedCycles: 6, EndCycle: 460},
		},
	}
	d := lookup(t, "ddr4-2400-8gb-x8")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := measure(d, test.steps, 0, test.end)
			got.Bankwise = power.Bankwise{}
			require.Equal(t, test.want, got)
		})
	}
}

func TestFastExitIsAChoiceOfEachPowerDown(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	m := power.NewMeter(d, d.Rules(), 0)
	for i, fast := range []bool{true, false, true} {
		m.FastExit = fast
		m.Issue(int64(1000*i), device.PDEP, 0)
		m.Issue(int64(1000*i+100*(i+1)), device.PDXP, 0)
	}
	c := m.Close(3000)
	require.Equal(t, int64(400), c.FastPrechargedPowerDownCycles)
	require.Equal(t, int64(200), c.SlowPrechargedPowerDownCycles)
	require.Equal(t, int64(8+13+8), c.PrechargedPowerUpCycles)
	require.Equal(t, int64(400), c.Bankwise.FastPrechargedPowerDownCycles)
	require.Equal(t, int64(200), c.Bankwise.SlowPrechargedPowerDownCycles)
}

func TestBankwiseCountingRules(t *testing.T) {
	tests := []struct {
		name, device string
		steps        []step
		want         power.Bankwise
	}{
		{
			"two banks overlap", "ddr4-2400-8gb-x8",
			[]step{{0, device.ACT, 0}, {10, device.ACT, 1}, {50, device.PRE, 0}, {60, device.PRE, 1}},
			power.Bankwise{Activates: 2, Precharges: 2, BankActiveCycles: 100, ActiveCycles: 60, PrechargedCycles: 940},
		},
		{
			"a refresh keeps all banks active for tRFC", "ddr4-2400-8gb-x8",
			[]step{{0, device.REF, 0}},
			power.Bankwise{Refreshes: 1, BankActiveCycles: 16 * 420, ActiveCycles: 420, PrechargedCycles: 580},
		},
		{
			"power-down waits for the refresh", "ddr4-2400-8gb-x8",
			[]step{{0, device.REF, 0}, {2, device.PDEP, 0}, {900, device.PDXP, 0}},
			power.Bankwise{Refreshes: 1, BankActiveCycles: 16 * 420, ActiveCycles: 420, SlowPrechargedPowerDownCycles: 480, PrechargedCycles: 100},
		},
		{
			"self refresh begins with a refresh", "ddr4-2400-8gb-x8",
			[]step{{0, device.SREFEN, 0}, {900, device.SREFEX, 0}},
			power.Bankwise{Refreshes: 1, BankActiveCycles: 16 * 420, ActiveCycles: 420, SelfRefreshCycles: 480, PrechargedCycles: 100},
		},
		{
			"self refresh shorter than its refresh", "ddr4-2400-8gb-x8",
			[]step{{0, device.SREFEN, 0}, {100, device.SREFEX, 0}},
			power.Bankwise{Refreshes: 1, BankActiveCycles: 16 * 420, ActiveCycles: 420, PrechargedCycles: 580},
		},
		{
			"one bank refreshes while another is open", "lpddr4-3200-8gb-x16x2",
			[]step{{0, device.ACT, 0}, {18, device.REFPB, 1}, {100, device.PRE, 0}},
			power.Bankwise{Activates: 1, Precharges: 1, BankRefreshes: 1, BankActiveCycles: 100 + 224, ActiveCycles: 242, PrechargedCycles: 758},
		},
		{
			"an ACT that issues before the refresh ends opens the bank", "lpddr4-3200-8gb-x16x2",
			[]step{{0, device.REFPB, 1}, {222, device.ACT, 1}, {322, device.PRE, 1}},
			power.Bankwise{Activates: 1, Precharges: 1, BankRefreshes: 1, BankActiveCycles: 322, ActiveCycles: 322, PrechargedCycles: 678},
		},
		{
			"an ACT takes the place of a power-down that waits", "lpddr4-3200-8gb-x16x2",
			[]step{{0, device.ACT, 0}, {70, device.PRE, 0}, {74, device.PDEP, 0}, {86, device.PDXP, 0}, {98, device.ACT, 0}, {198, device.PRE, 0}},
			power.Bankwise{Activates: 2, Precharges: 2, BankActiveCycles: 170, ActiveCycles: 170, PrechargedCycles: 830},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, measure(lookup(t, test.device), test.steps, 0, 1000).Bankwise)
		})
	}
}

// A REF completes nothing, so the window of DRAMPower 4 ends a clock before it.
func TestNoTimeIsNegative(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	c := measure(d, []step{{0, device.REF, 0}}, 0, -1)
	require.Zero(t, c.EndCycle)
	require.Zero(t, c.Bankwise.PrechargedCycles)
	c = measure(d, []step{{0, device.REF, 0}, {420, device.REF, 0}}, 0, -1)
	require.Equal(t, int64(419), c.EndCycle)
	require.Zero(t, c.Bankwise.PrechargedCycles)
}

func TestTooManyBanksPanic(t *testing.T) {
	d := lookup(t, "ddr4-2400-8gb-x8")
	d.BankGroups = 32
	require.PanicsWithValue(t, `power: device "ddr4-2400-8gb-x8": 128 banks out of range [1, 64]`, func() { power.NewMeter(d, d.Rules(), 0) })
}
