package systolic

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/simulators"
)

// layers explains a design layer by layer: where the cycles go and whether compute or DRAM sets the pace.
func layers(d design) ([]simulators.Artifact, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	rows := [][]string{{"layer", "repeats", "m", "n", "k", "count", "folds", "compute_cycles", "latency_cycles", "dram_bytes", "mapping_frac", "limited_by"}}
	for _, layer := range d.scenario.network.Layers {
		p, err := systolic.Lower(layer, d.scenario.profile)
		if err != nil {
			return nil, err
		}
		s := systolic.Simulate(d.Config, p)
		limit := "compute"
		switch {
		case p.Fused:
			limit = "fused"
		case s.LatencyCycles > s.Cycles:
			limit = "dram"
		}
		integers := []int64{p.Repeats, p.M, p.N, p.K, p.Count, s.Folds, s.Cycles, s.LatencyCycles, s.DRAMBytes}
		row := []string{layer.Name}
		for _, v := range integers {
			row = append(row, strconv.FormatInt(v, 10))
		}
		mapping := ""
		if p.Count > 0 {
			mapping = strconv.FormatFloat(systolic.MappingFrac(d.Array, p), 'g', 6, 64)
		}
		rows = append(rows, append(row, mapping, limit))
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: buf.Bytes()}}, nil
}
