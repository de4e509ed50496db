package coexplore

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// detail lists the different layers of the network: what the array and the memory take for one copy, and which of them limits it.
func (m *fullStack) detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	rows := [][]string{{"macs", "repeats", "array_cycles", "latency_cycles", "limited_by", "dram_bytes", "dram_time_ns", "dram_energy_pj", "row_hits", "row_misses", "row_conflicts"}}
	_, infeasible, err := m.costs(p, func(c layerCost) {
		limit := "array"
		if c.served.LatencyCycles > c.served.Cycles {
			limit = "memory"
		}
		whole := func(v int64) string { return strconv.FormatInt(v, 10) }
		real := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
		rows = append(rows, []string{
			whole(c.problem.MACs()), whole(c.problem.Repeats), whole(c.served.Cycles), whole(c.served.LatencyCycles), limit, whole(c.served.DRAMBytes),
			real(c.served.DRAM.TimeNS), real(c.served.DRAM.EnergyPJ), whole(c.served.DRAM.RowHits), whole(c.served.DRAM.RowMisses), whole(c.served.DRAM.RowConflicts),
		})
	})
	if err != nil {
		return nil, err
	}
	if infeasible != "" {
		return []simulators.Artifact{{Name: "why.txt", MediaType: "text/plain", Data: []byte(infeasible + "\n")}}, nil
	}
	var table bytes.Buffer
	if err := csv.NewWriter(&table).WriteAll(rows); err != nil {
		return nil, err
	}
	return []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: table.Bytes()}}, nil
}
