package golden

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/memory"
)

// find is an embedded row.
func find(t *testing.T, name string) Row {
	t.Helper()
	rows, err := Embedded()
	require.NoError(t, err)
	for _, r := range rows {
		if r.String() == name {
			return r
		}
	}
	require.Fail(t, "no row "+name)
	return Row{}
}

// run is what the model makes of a row.
func run(t *testing.T, r Row) dram.Stats {
	t.Helper()
	c, work, err := r.setup(dramsys.Peer, true)
	require.NoError(t, err)
	stats, err := dram.Simulate(c, dram.Traffic{Source: work.Open(), MaxOutstanding: work.MaxOutstanding})
	require.NoError(t, err)
	return stats
}

// changed is the row with another value in a column.
func (r Row) changed(name string, by func(measurement) float64) Row {
	copied := map[string]measurement{}
	for k, v := range r.measured {
		copied[k] = v
	}
	m := copied[name]
	m.value = by(m)
	copied[name] = m
	r.measured = copied
	return r
}

func TestEveryColumnIsCompared(t *testing.T) {
	tests := []struct {
		row     string
		columns int
	}{
		{"DRAMSys5.0 DDR4-2400-8Gb-x8 powerdown chase", 33},
		{"DRAMSys5.0 LPDDR4-3200-8Gb-x16x2 base pingpong", 18}, // no energies
		{"DRAMsim3 DDR4-2400-8Gb-x8 closed pingpong", 17},
		{"Ramulator2.1 DDR3-1600-4Gb-x8 closedcap4 hotrow", 17},
	}
	for _, test := range tests {
		t.Run(test.row, func(t *testing.T) {
			r := find(t, test.row)
			require.Len(t, r.measured, test.columns)
			stats := run(t, r)
			require.Equal(t, Outcome{Equal: true, Within: true}, r.against(&stats))
			for name, printed := range r.measured {
				wrong := r.changed(name, func(m measurement) float64 { return m.value + max(2*m.lastDigit, 3e-6*m.value) })
				o := wrong.against(&stats)
				require.False(t, o.Equal, name)
				require.Contains(t, o.Difference, test.row+": "+name+" is ")
				if printed.value > 0 {
					require.InEpsilon(t, max(2*printed.lastDigit, 3e-6*printed.value)/printed.value, o.RelativeError*(1+max(2*printed.lastDigit/printed.value, 3e-6)), 0.3, name)
				}
			}
		})
	}
}

func TestRoundingIsNoDifference(t *testing.T) {
	m := measurement{value: 3.14, lastDigit: 0.01}
	tests := []struct {
		class
		got   float64
		equal bool
	}{
		{exact, 3.14, true},
		{exact, 3.1400000001, false},
		{printed, 3.145, true},
		{printed, 3.1451, false},
		{energy, 3.1349, false},
		{rounded, 3.135, true},
	}
	for _, test := range tests {
		require.Equal(t, test.equal, column{class: test.class}.agrees(test.got, m), test)
	}
	// Where the last digit is finer than the tolerance, that of the class decides.
	long := measurement{value: 1e12, lastDigit: 1e-3}
	require.True(t, column{class: energy}.agrees(1e12+900, long))
	require.False(t, column{class: energy}.agrees(1e12+1100, long))
	require.True(t, column{class: rounded}.agrees(1e12+9e5, long))
	require.False(t, column{class: rounded}.agrees(1e12+1.1e6, long))
	require.False(t, column{class: printed}.agrees(1e12+1, long))
}

func TestBarOfTheSimpleOrder(t *testing.T) {
	r := find(t, "DRAMSys5.0 DDR3-1600-4Gb-x8 base chase")
	stats := run(t, r)
	times := func(factor float64) func(measurement) float64 {
		return func(m measurement) float64 { return factor * m.value }
	}
	tests := []struct {
		column      string
		within, off float64
	}{{"total_cycles", 1.0009, 1.0012}, {"rd_lat_req_cyc", 1.009, 1.012}, {"e_total_pJ", 1.0049, 1.0055}}
	for _, test := range tests {
		o := r.changed(test.column, times(test.within)).against(&stats)
		require.False(t, o.Equal)
		require.True(t, o.Within, test.column)
		require.False(t, r.changed(test.column, times(test.off)).against(&stats).Within, test.column)
	}
	require.True(t, r.changed("n_act", times(2)).against(&stats).Within, "the bar says nothing about counts")
}

func TestNothingMeasuredIsInfinitelyFar(t *testing.T) {
	require.Zero(t, relative(0, 0))
	require.InDelta(t, 0.5, relative(1, 2), 0)
	for _, got := range []float64{1, relative(1, 0)} {
		require.Greater(t, relative(got, 0), 1e300)
	}
}

func TestDefectsBreakRulesAndAreSeen(t *testing.T) {
	tests := []struct{ row, rule string }{
		{"DRAMsim3 DDR4-2400-8Gb-x8 closed stream_sat", "tRC: REF "},
		{"Ramulator2.1 DDR4-2400-8Gb-x8 closedcap1 hotrow", "tR"},
	}
	for _, test := range tests {
		t.Run(test.row, func(t *testing.T) {
			r := find(t, test.row)
			n, first, err := r.violations(dramsys.Simple, true)
			require.NoError(t, err)
			require.Positive(t, n)
			require.Contains(t, first, test.rule)
			n, first, err = CheckRules(r)
			require.NoError(t, err)
			require.Zero(t, n)
			require.Empty(t, first)
		})
	}
}

func TestRefreshSlackIsAsSmallAsItCanBe(t *testing.T) {
	tests := []struct {
		row  string
		want int64
	}{
		// DDR4-2400: PREA at most max(tRAS 39, tRTP 9, CWL + BL/2 + tWR = 34) after ACT, RD, WR; REF tRP 16 after it.
		{"DRAMSys5.0 DDR4-2400-8Gb-x8 refpost8 rand_rd", 39 + 16},
		// DDR3-1600: tRAS 28, CWL + BL/2 + tWR = 24, tRP 11.
		{"DRAMSys5.0 DDR3-1600-4Gb-x8 refpost8 rand_rd", 28 + 11},
		{"DRAMSys5.0 DDR4-2400-8Gb-x8 base rand_rd", 0},
		{"DRAMsim3 DDR4-2400-8Gb-x8 open rand_rd", 0},
		{"Ramulator2.1 DDR4-2400-8Gb-x8 open_frfcfs rand_rd", 0},
	}
	for _, test := range tests {
		c, _, err := find(t, test.row).setup(dramsys.Simple, false)
		require.NoError(t, err)
		require.Equal(t, test.want, refreshSlackCycles(c, c.Map.Geometry().Device), test.row)
	}
}

func TestStuckIsFoundInAnError(t *testing.T) {
	_, err := Compare(find(t, "DRAMsim3 LPDDR4-3200-8Gb-x16x2 open_cq16(LIVELOCK) hotrow"), dramsys.Simple)
	require.True(t, Stuck(err))
	require.ErrorContains(t, err, "golden: DRAMsim3 LPDDR4-3200-8Gb-x16x2 open_cq16(LIVELOCK) hotrow: dramsim3 controller: ")
	require.False(t, Stuck(nil))
	require.True(t, Stuck(&memory.Stuck{}))
}
