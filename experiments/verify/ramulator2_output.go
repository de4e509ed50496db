package verify

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/experiments/report"
)

// ramulator2Stats is what the driver prints.
type ramulator2Stats struct {
	Clocks       int64            `json:"clocks"`
	Reads        int64            `json:"reads"`
	Writes       int64            `json:"writes"`
	Waited       int64            `json:"waited"` // clocks of the reads before acceptance
	Commands     map[string]int64 `json:"commands"`
	Latencies    map[string]int64 `json:"latencies"` // of the reads, from acceptance, by clocks
	RowHits      int64            `json:"row_hits"`
	RowMisses    int64            `json:"row_misses"`
	RowConflicts int64            `json:"row_conflicts"`

	latency memory.Latency
}

// parseRamulator2 reads the driver's answer to so many requests.
func parseRamulator2(text []byte, requests int64) (s ramulator2Stats, err error) {
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("answer of %s: %w in %.40q", ramulator2Title, err, text)
	}
	counts := map[string]int64{
		"clocks": s.Clocks - 1, "reads": s.Reads, "writes": s.Writes, "waited": s.Waited,
		"row_hits": s.RowHits, "row_misses": s.RowMisses, "row_conflicts": s.RowConflicts,
	}
	maps.Copy(counts, s.Commands)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if counts[name] < 0 {
			return s, fmt.Errorf("answer of %s: %s is missing or below what it can be", ramulator2Title, name)
		}
	}
	if s.Reads+s.Writes != requests {
		return s, fmt.Errorf("answer of %s: %d reads and %d writes of %d requests", ramulator2Title, s.Reads, s.Writes, requests)
	}
	if s.latency, err = latencyOf(s.Latencies, s.Reads); err != nil {
		return s, fmt.Errorf("answer of %s: %w", ramulator2Title, err)
	}
	return s, nil
}

// readings pair the tool's figures with ours; it has none of energy.
func (s ramulator2Stats) readings(m *memoryDesign) ([]report.Reading, error) {
	p := pairs{m: m}
	clockNS := m.device.ClockNS()
	timeNS := float64(s.Clocks) * clockNS
	p.add(float64(s.Clocks), "time_cycles")
	p.add(timeNS, "time_ns")
	p.add(float64(s.Reads+s.Writes)*float64(m.device.BurstBytes())/timeNS, "bandwidth_gb_per_s")
	if reads := float64(s.Reads); reads > 0 {
		p.add((s.latency.MeanCycles+float64(s.Waited)/reads)*clockNS, "latency_ns")
		p.add(s.latency.MeanCycles*clockNS, "read_accepted_mean_ns")
		p.quantiles(s.latency)
	}
	for _, c := range []struct{ theirs, ours string }{
		{"ACT", "n_act"}, {"PREpb", "n_pre"}, {"PREab", "n_prea"}, {"RD", "n_rd"}, {"RDA", "n_rda"}, {"WR", "n_wr"}, {"WRA", "n_wra"}, {"REFab", "n_ref"},
	} {
		p.add(float64(s.Commands[c.theirs]), c.ours)
	}
	p.add(float64(s.RowHits), "row_hits")
	p.add(float64(s.RowMisses), "row_misses")
	p.add(float64(s.RowConflicts), "row_conflicts")
	return p.list, p.err
}
