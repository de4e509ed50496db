package golden

import (
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// TestSpeedOfUser logs (-v) how many times faster USER is than the peer's own CPU time, the best of some runs a row: all rows with stalls, and by the size of
// the layer. Times are not judged here, only that every row has one.
func TestSpeedOfUser(t *testing.T) {
	runs := 1
	if testing.Verbose() {
		runs = 9
	}
	text, err := unpack(userCSV)
	require.NoError(t, err)
	records, err := csv.NewReader(text).ReadAll()
	require.NoError(t, err)
	rows, err := Embedded(User)
	require.NoError(t, err)
	peer, stalls := slices.Index(records[0], "peer_cpu_s"), slices.Index(records[0], "stall_cycles")
	groups := []speeds{{name: "all with stalls", below: math.MaxInt64}, {"below 10,000 MACs", 10_000, nil}, {"below 100,000", 100_000, nil},
		{"below 1,000,000", 1_000_000, nil}, {"above", math.MaxInt64, nil}}
	var s systolic.Scratch
	for i, row := range rows {
		if records[i+1][stalls] == "0" {
			continue
		}
		seconds, err := strconv.ParseFloat(records[i+1][peer], 64)
		require.NoError(t, err)
		p, err := systolic.Lower(row.Layer, row.Profile)
		require.NoError(t, err)
		best := time.Duration(math.MaxInt64)
		for range runs {
			start := time.Now()
			systolic.User(row.Config, p, systolic.PortWords{Ifmap: row.PortWords, Filter: row.PortWords, Ofmap: row.PortWords}, &s)
			best = min(best, time.Since(start))
		}
		own := speed{row, seconds, max(best, time.Nanosecond).Seconds()}
		groups[0].list = append(groups[0].list, own)
		at := 1 + slices.IndexFunc(groups[1:], func(g speeds) bool { return p.MACs() < g.below })
		groups[at].list = append(groups[at].list, own)
	}
	require.Len(t, groups[0].list, 400)
	for _, g := range groups {
		g.log(t)
	}
}

// speed is a row with the CPU time of the peer and of the model.
type speed struct {
	row         Row
	peer, model float64 // seconds
}

func (s speed) ratio() float64 { return s.peer / s.model }

// speeds are the rows of layers below so many multiply-accumulates.
type speeds struct {
	name  string
	below int64
	list  []speed
}

func (g speeds) log(t *testing.T) {
	if len(g.list) == 0 {
		return
	}
	slices.SortFunc(g.list, func(a, b speed) int { return int(math.Copysign(1, a.ratio()-b.ratio())) })
	var sum speed
	slow := 0
	for _, s := range g.list {
		sum.peer += s.peer
		sum.model += s.model
		if s.ratio() < 1000 {
			slow++
		}
	}
	least := g.list[0]
	t.Logf("%-18s %3d rows: %.0f times in all, median %.0f, %d below 1000; least %.0f: %s %s, %s on %d×%d, %.0f µs", g.name, len(g.list), sum.ratio(),
		g.list[len(g.list)/2].ratio(), slow, least.ratio(), least.row.Net, least.row.Layer.Name, least.row.Config.Dataflow, least.row.Config.Rows, least.row.Config.Cols, least.model*1e6)
}
