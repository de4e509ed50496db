package systolic

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/simulators"
)

// layersHeader names the columns of layers.csv. From m to k and from compute_cycles to compute_util_frac they hold all that the reference
// rows are compared on. Sparse layers have the k of the dense product. The fractions of the array are empty for a layer of the vector unit,
// and those of its folds where several cores share a layer.
const layersHeader = "layer,repeats,m,n,k,count,folds,compute_cycles,ifmap_reads,filter_reads,ofmap_writes," +
	"overall_util_frac,mapping_frac,compute_util_frac,latency_cycles,dram_bytes,limited_by"

// layers explains a design layer by layer, for one of its repeats: where the cycles go and whether compute or DRAM sets the pace.
func layers(d design) ([]simulators.Artifact, error) {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	rows := [][]string{strings.Split(layersHeader, ",")}
	var scratch systolic.Scratch
	for _, layer := range d.scenario.network.Layers {
		p, err := systolic.Lower(layer, d.scenario.profile)
		if err != nil {
			return nil, err
		}
		s, err := d.scenario.layer(d.Config, p, &scratch)
		if err != nil {
			return nil, err
		}
		row := []string{layer.Name}
		row = appendIntegers(row, p.Repeats, p.M, p.N, p.K, p.Count, s.Folds, s.Cycles, s.IfmapReads, s.FilterReads, s.OfmapWrites)
		row = append(row, d.scenario.fractions(d.Array, p, s)...)
		row = appendIntegers(row, s.LatencyCycles, s.DRAMBytes)
		rows = append(rows, append(row, limit(p, s)))
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, err
	}
	return []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: buf.Bytes()}}, nil
}

func appendIntegers(row []string, values ...int64) []string {
	for _, v := range values {
		row = append(row, strconv.FormatInt(v, 10))
	}
	return row
}

// fractions says how a layer uses the array, to ten digits: the references are compared to 1e-9. Of several cores there is only the first, over all of them.
func (sc *scenario) fractions(a systolic.Array, p systolic.Problem, s systolic.Stats) []string {
	texts := make([]string, 3)
	if p.Count == 0 {
		return texts
	}
	stored := p.Stored()
	values := []float64{systolic.OverallUtilFrac(a, s.Compute) / float64(sc.cores), systolic.MappingFrac(a, stored), systolic.ComputeUtilFrac(a, stored)}
	if sc.cores > 1 {
		values = values[:1]
	}
	for i, v := range values {
		texts[i] = strconv.FormatFloat(v, 'g', 10, 64)
	}
	return texts
}

// limit names what sets the pace of a layer.
func limit(p systolic.Problem, s systolic.Stats) string {
	switch {
	case p.Fused:
		return "fused"
	case s.LatencyCycles > s.Cycles: // or stalls for it
		return "dram"
	}
	return "compute"
}
