package golden_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/golden"
	"github.com/codesign-gym/codesign/internal/agree"
)

// report runs all rows of a class.
func report(t *testing.T, c golden.Class) golden.Report {
	t.Helper()
	outcomes := make([]golden.Outcome, len(c.Rows))
	for i, r := range c.Rows {
		var err error
		outcomes[i], err = c.Outcome(r)
		require.NoError(t, err)
	}
	return c.Sum(outcomes)
}

func embedded(t *testing.T) []golden.Row {
	t.Helper()
	rows, err := golden.Embedded()
	require.NoError(t, err)
	return rows
}

// sample takes a row of every set of policies of every peer, of devices and traces in turn.
func sample(t *testing.T) (taken []golden.Row) {
	groups, order := map[string][]golden.Row{}, []string{}
	for _, r := range embedded(t) {
		name := r.Peer + r.Config
		if groups[name] == nil {
			order = append(order, name)
		}
		groups[name] = append(groups[name], r)
	}
	devices := map[string]bool{}
	for i, name := range order {
		r := groups[name][7*i%len(groups[name])]
		devices[r.Device] = true
		taken = append(taken, r)
	}
	require.Len(t, taken, 52)
	require.Len(t, devices, 4)
	return taken
}

func TestSampleOfEveryPolicyIsReproduced(t *testing.T) {
	t.Parallel()
	for _, class := range golden.Classes(sample(t)) {
		r := report(t, class)
		require.Empty(t, r.FirstDifference, r.Reference)
		require.Equal(t, r.Rows, r.Equal, r.Reference)
		require.Zero(t, r.LargestRelativeError, r.Reference)
	}
}

func TestSampleOfEveryPolicyBreaksNoRule(t *testing.T) {
	t.Parallel()
	classes := golden.RuleClasses(sample(t))
	require.Len(t, classes, 3)
	for _, class := range classes {
		r := report(t, class)
		require.Empty(t, r.FirstDifference, r.Reference)
		require.Equal(t, r.Rows, r.Equal, r.Reference)
		require.False(t, r.Simple)
	}
}

func TestEveryRowIsReproduced(t *testing.T) {
	if raceDetector {
		t.Skip("takes too long under the race detector, which has nothing to find in code without goroutines; the samples run there")
	}
	rows := embedded(t)
	counts := map[string]int{}
	classes := append(golden.Classes(rows), golden.RuleClasses(rows)...)
	for _, class := range classes {
		counts[class.Reference] = len(class.Rows)
		t.Run(class.Reference, func(t *testing.T) {
			t.Parallel()
			r := report(t, class)
			require.Empty(t, r.FirstDifference)
			require.Equal(t, r.Rows, r.Equal)
			require.Zero(t, r.LargestRelativeError)
		})
	}
	require.Equal(t, map[string]int{
		"DRAMSys5.0, DDR4-2400-8Gb-x8, peer order":      225,
		"DRAMSys5.0, DDR3-1600-4Gb-x8, peer order":      225,
		"DRAMSys5.0, DDR3-1600-2Gb-x8, peer order":      18,
		"DRAMSys5.0, LPDDR4-3200-8Gb-x16x2, peer order": 71,
		"DRAMsim3, DDR4-2400-8Gb-x8":                    135,
		"DRAMsim3, DDR3-1600-4Gb-x8":                    135,
		"DRAMsim3, DDR3-1600-2Gb-x8":                    18,
		"DRAMsim3, LPDDR4-3200-8Gb-x16x2":               133,
		"DRAMsim3, LPDDR4-3200-8Gb-x16x2, livelocked":   2,
		"Ramulator2.1, DDR4-2400-8Gb-x8":                81,
		"Ramulator2.1, DDR3-1600-4Gb-x8":                81,
		"Ramulator2.1, DDR3-1600-2Gb-x8":                18,
		"JEDEC rules, rows of DRAMSys5.0":               539,
		"JEDEC rules, rows of DRAMsim3":                 423,
		"JEDEC rules, rows of Ramulator2.1":             180,
	}, counts)
	t.Run("simple order", func(t *testing.T) {
		t.Parallel()
		r := report(t, golden.SimpleClass(rows))
		require.True(t, r.Simple)
		require.Equal(t, 539, r.Rows)
		require.GreaterOrEqual(t, float64(r.Within), golden.SimpleRowsFrac*539)
	})
}

func TestAChangedRowIsReportedWithItsColumn(t *testing.T) {
	// A read every 100 clocks, each to the other row of its bank, so that they do not meet: DDR3 without refresh, 4,000 requests, each opens its
	// row; the first finds a closed bank (tRCD + CL + BL/2 = 11 + 11 + 4), the others an open row (tRP = 11 more). The last arrives in clock 399,900.
	const header = "peer,device,config,trace,total_cycles,rd_lat_arr_cyc,n_act,n_prepb\n"
	const line = "DRAMSys5.0,DDR3-1600-4Gb-x8,noref,pingpong,399937,36.9973,4000,3999\n"
	tests := []struct {
		name, old, wrong, difference string
		equal, within                bool
		apart                        float64
	}{
		{"as measured", "", "", "", true, true, 0},
		{"cycles", "399937", "399938", "total_cycles is 399937, measured 399938", false, true, 1.0 / 399938},
		{"cycles, far", "399937", "300000", "total_cycles is 399937, measured 300000", false, false, 99937.0 / 300000},
		{"latency", "36.9973", "36.9974", "rd_lat_arr_cyc is 36.99725, measured 36.9974", false, true, 0.00015 / 36.9974},
		{"count", ",3999\n", ",0\n", "n_prepb is 3999, measured 0", false, true, math.Inf(1)},
		{"two columns, the first is named", "4000,3999", "4001,4000", "n_act is 4000, measured 4001", false, true, 1.0 / 4000},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := golden.Read(strings.NewReader(header + line + strings.Replace(line, test.old, test.wrong, 1)))
			require.NoError(t, err)
			class := golden.Classes(rows)[0]
			r := report(t, class)
			require.Equal(t, 2, r.Rows)
			if test.equal {
				require.Equal(t, 2, r.Equal)
				require.Empty(t, r.FirstDifference)
				return
			}
			require.Equal(t, 1, r.Equal)
			require.Equal(t, map[bool]int{false: 1, true: 2}[test.within], r.Within)
			require.Equal(t, "DRAMSys5.0 DDR3-1600-4Gb-x8 noref pingpong: "+test.difference, r.FirstDifference)
			if math.IsInf(test.apart, 1) {
				require.True(t, math.IsInf(r.LargestRelativeError, 1))
			} else {
				require.InEpsilon(t, test.apart, r.LargestRelativeError, 1e-3)
			}
		})
	}
}

func TestLivelockedRowsAreEqualOnlyIfStuck(t *testing.T) {
	t.Parallel()
	rows, err := golden.Read(strings.NewReader("peer,device,config,trace,total_cycles\n" +
		"DRAMsim3,LPDDR4-3200-8Gb-x16x2,open_mapB(LIVELOCK),hotrow,231138\n" +
		"DRAMsim3,LPDDR4-3200-8Gb-x16x2,open_mapB(LIVELOCK),pingpong,1\n"))
	require.NoError(t, err)
	classes := golden.Classes(rows)
	require.Len(t, classes, 1)
	require.Equal(t, "DRAMsim3, LPDDR4-3200-8Gb-x16x2, livelocked", classes[0].Reference)
	r := report(t, classes[0])
	require.Equal(t, 1, r.Equal)
	require.Equal(t, "DRAMsim3 LPDDR4-3200-8Gb-x16x2 open_mapB(LIVELOCK) pingpong: the model finished, the peer did not", r.FirstDifference)
}

func TestReportSumsOutcomesUp(t *testing.T) {
	c := golden.Class{Reference: "made up", Order: dramsys.Simple, Rows: make([]golden.Row, 4)}
	require.Equal(t, golden.Report{
		Report: agree.Report{Reference: "made up", Rows: 4, Equal: 1, MedianRelativeError: 0.2, LargestRelativeError: 0.4, FirstDifference: "b"},
		Within: 2, Simple: true,
	}, c.Sum([]golden.Outcome{
		{Equal: true, Within: true}, {RelativeError: 0.4, Difference: "b"}, {RelativeError: 0.2, Difference: "c", Within: true}, {RelativeError: 0.1, Difference: "d"},
	}))
}

func TestRowsMeasuredTwiceCountOnceInSimpleOrderAndRules(t *testing.T) {
	rows, err := golden.Read(strings.NewReader(header + line + line))
	require.NoError(t, err)
	require.Len(t, golden.Classes(rows)[0].Rows, 2)
	require.Len(t, golden.SimpleClass(rows).Rows, 1)
	require.Len(t, golden.RuleClasses(rows)[0].Rows, 1)
}

func Example() {
	rows, err := golden.Embedded()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(rows), "rows, the first:", rows[0])
	outcome, err := golden.Compare(rows[0], dramsys.Peer)
	if err != nil {
		fmt.Println(err)
		return
	}
	violations, _, err := golden.CheckRules(rows[0])
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("equal: %t, broken JEDEC rules: %d\n", outcome.Equal, violations)
	// Output:
	// 1142 rows, the first: DRAMSys5.0 DDR4-2400-8Gb-x8 base stream_rd
	// equal: true, broken JEDEC rules: 0
}
