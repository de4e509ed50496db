package asic

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/simulators"
)

// layersHeader names the columns of layers.csv; counts are those of one copy, energies in units of one multiply-accumulate.
const layersHeader = "layer,type,copies,pes,cycles,macs,active_pes,utilization_frac,energy_macs,l1_need_bytes,l2_need_bytes,noc_need," +
	"input_l2_reads,weight_l2_reads,output_l2_reads,output_l2_writes,verdict"

// layersCSV explains a design layer by layer.
func layersCSV(list []work, cost func(work, *dataflow.Scratch) (dataflow.Hardware, dataflow.Stats, error)) ([]simulators.Artifact, error) {
	var buf bytes.Buffer
	var scratch dataflow.Scratch
	rows := [][]string{strings.Split(layersHeader, ",")}
	for _, w := range list {
		h, s, err := cost(w, &scratch)
		if err != nil {
			return nil, err
		}
		integer := func(v int64) string { return strconv.FormatInt(v, 10) }
		real := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
		in, weight, out := s.Operands[dataflow.Input], s.Operands[dataflow.Weight], s.Operands[dataflow.Output]
		rows = append(rows, []string{
			w.layer.Name, w.layer.Op.String(), integer(w.copies), strconv.Itoa(h.PEs), integer(s.RuntimeCycles), integer(s.MACs), real(s.ActivePEs()),
			real(s.UtilizationFrac(h)), real(s.EnergyMACs()), integer(s.L1Bytes), integer(s.L2Bytes), integer(s.NoCNeed),
			integer(in.L2Reads), integer(weight.L2Reads), integer(out.L2Reads), integer(out.L2Writes), s.Infeasible.String(),
		})
	}
	if err := csv.NewWriter(&buf).WriteAll(rows); err != nil {
		return nil, err
	}
	return []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: buf.Bytes()}}, nil
}
