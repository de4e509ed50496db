package ramulator

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// measured are runs of Ramulator 2.1 (commit c5b1c3a4): hotrow and chase under every policy, stream_sat under three. The first line names the
// columns.
func measured(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open("testdata/measured.csv.gz")
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	rows, err := csv.NewReader(z).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 48)
	return rows
}

// named is the configuration that the measurements call by the name.
func named(t *testing.T, name string) Config {
	t.Helper()
	c := Default()
	for _, part := range strings.Split(name, "_") {
		switch part {
		case "open", "frfcfs":
		case "rowhit":
			c.Scheduler = FrFcfsRowHit
		case "closedcap1":
			c.RowPolicy, c.Cap = ClosedCap, 1
		case "closedcap4":
			c.RowPolicy, c.Cap = ClosedCap, 4
		case "noref":
			c.Refresh = NoRefresh
		case "q8":
			c.ReadBufferSize, c.WriteBufferSize = 8, 8
		case "q64":
			c.ReadBufferSize, c.WriteBufferSize = 64, 64
		default:
			require.Fail(t, "unknown policy", name)
		}
	}
	return c
}

// line prints statistics like a row of the measurements.
func line(row []string, s memory.Stats) string {
	n := s.Commands
	return fmt.Sprint(strings.Join(row[:3], ","), ",", s.TotalCycles,
		fmt.Sprintf(",%.6f,%.6f,", s.ReadLatency.Accepted.MeanCycles, s.ReadLatency.Arrival.MeanCycles), s.ReadLatency.Arrival.MaxCycles,
		",", s.RowHits, ",", s.RowMisses, ",", s.RowConflicts, ",", s.ForwardedReads, ",", s.CoalescedWrites,
		",", n[device.ACT], ",", n[device.PRE], ",", n[device.PREA], ",", n[device.RD], ",", n[device.WR],
		",", n[device.RDA], ",", n[device.WRA], ",", n[device.REF])
}

func TestDefectsEqualThePeer(t *testing.T) {
	for _, row := range measured(t)[1:] {
		t.Run(strings.Join(row[:3], " "), func(t *testing.T) {
			c := named(t, row[1])
			c.Defects = true
			s, err := Run(c, job(t, row[0], row[2], 0))
			require.NoError(t, err)
			require.Equal(t, strings.Join(row, ","), line(row, s))
		})
	}
}

// Reads with the open policy meet none of the defects; only the row statistics are defined in another way.
func TestRepairedEqualsThePeerOnReads(t *testing.T) {
	compared := 0
	for _, row := range measured(t)[1:] {
		c := named(t, row[1])
		if c.RowPolicy != Open || row[2] != "chase" && row[2] != "stream_sat" {
			continue
		}
		compared++
		s, err := Run(c, job(t, row[0], row[2], 0))
		require.NoError(t, err)
		want := strings.Split(line(row, s), ",")
		copy(want[7:10], row[7:10])
		require.Equal(t, row, want)
	}
	require.Equal(t, 15, compared)
}
