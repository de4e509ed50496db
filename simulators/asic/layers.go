package asic

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/simulators"
)

// layersHeader names the columns of layers.csv; counts are those of one copy, cycles, energies and needs at its widths, energies in units of one multiply-accumulate.
const layersHeader = "layer,type,copies,pes,cycles,macs,active_pes,utilization_frac,energy_macs,l1_need_bytes,l2_need_bytes,noc_need," +
	"input_l2_reads,weight_l2_reads,output_l2_reads,output_l2_writes,verdict,activation_bits,operand_bits"

// outcome is a layer on its accelerator.
type outcome struct {
	hardware dataflow.Hardware
	mapping  dataflow.Mapping // nil for a systolic array
	stats    dataflow.Stats
}

// details explains a design layer by layer: a table, and a MAESTRO file of the layers with their mappings if they have some.
func details(name string, list []work, run func(i int, w work, scratch *dataflow.Scratch) (outcome, error)) ([]simulators.Artifact, error) {
	var table, file bytes.Buffer
	var scratch dataflow.Scratch
	network := dataflow.Network{Name: name}
	rows := [][]string{strings.Split(layersHeader, ",")}
	for i, w := range list {
		o, err := run(i, w, &scratch)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row(w, o))
		if o.mapping != nil {
			network.Layers = append(network.Layers, dataflow.MappedLayer{Layer: w.layer.AsConv(), Mapping: o.mapping})
		}
	}
	if err := csv.NewWriter(&table).WriteAll(rows); err != nil {
		return nil, err
	}
	artifacts := []simulators.Artifact{{Name: "layers.csv", MediaType: "text/csv", Data: table.Bytes()}}
	if len(network.Layers) > 0 {
		if err := dataflow.WriteNetwork(&file, network); err != nil {
			return nil, err
		}
		artifacts = append(artifacts, simulators.Artifact{Name: "network.m", MediaType: "text/plain", Data: file.Bytes()})
	}
	return artifacts, nil
}

// row is a layer in the columns of layersHeader.
func row(w work, o outcome) []string {
	integer := func(v int64) string { return strconv.FormatInt(v, 10) }
	real := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
	s := o.stats
	activation, operand := w.bits.bits()
	in, weight, out := s.Operands[dataflow.Input], s.Operands[dataflow.Weight], s.Operands[dataflow.Output]
	return []string{
		w.layer.Name, w.layer.Op.String(), integer(w.copies), strconv.Itoa(o.hardware.PEs), integer(w.bits.passes() * s.RuntimeCycles), integer(s.MACs), real(s.ActivePEs()),
		real(s.UtilizationFrac(o.hardware)), real(w.bits.energyMACs(s)), integer(w.bits.bytes() * s.L1Bytes), integer(w.bits.bytes() * s.L2Bytes), integer(s.NoCNeed),
		integer(in.L2Reads), integer(weight.L2Reads), integer(out.L2Reads), integer(out.L2Writes), s.Infeasible.String(),
		strconv.Itoa(activation), strconv.Itoa(operand),
	}
}
