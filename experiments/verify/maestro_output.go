package verify

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// maxMAESTROOutput bounds the table and what the tool prints.
const maxMAESTROOutput = 64 << 20

// readMAESTRO reads the table that a run has left.
func readMAESTRO(path string, n dataflow.Network, h dataflow.Hardware) ([]dataflow.Stats, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s has written no table: %w", maestroTitle, err)
	}
	defer f.Close() // read only
	list, err := parseMAESTRO(io.LimitReader(f, maxMAESTROOutput), n, h)
	if err != nil {
		return nil, fmt.Errorf("table of %s: %w", maestroTitle, err)
	}
	return list, nil
}

// maestroColumns are the columns that are read, by their names in the table's head, and where they go. Elements are bytes.
func maestroColumns(s *dataflow.Stats) []maestroColumn {
	list := []maestroColumn{
		{"Runtime (Cycles)", &s.RuntimeCycles}, {"Num MACs", &s.MACs}, {"L1 SRAM Size Req (Bytes)", &s.L1Bytes}, {"L2 SRAM Size Req (Bytes)", &s.L2Bytes},
	}
	for t, name := range [...]string{dataflow.Input: "input", dataflow.Weight: "filter", dataflow.Output: "output"} {
		a := &s.Operands[t]
		list = append(list, maestroColumn{name + " l1 read", &a.L1Reads}, maestroColumn{name + " l1 write", &a.L1Writes},
			maestroColumn{name + " l2 read", &a.L2Reads}, maestroColumn{name + " l2 write", &a.L2Writes})
	}
	return list
}

type maestroColumn struct {
	name string
	into *int64
}

// parseMAESTRO reads a row a layer, in the network's order and of its names.
func parseMAESTRO(r io.Reader, n dataflow.Network, h dataflow.Hardware) ([]dataflow.Stats, error) {
	lines := csv.NewReader(r)
	lines.TrimLeadingSpace = true
	rows, err := lines.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errors.New("it is empty")
	}
	if got, want := len(rows)-1, len(n.Layers); got != want {
		return nil, fmt.Errorf("%d layers, want %d", got, want)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[strings.TrimSpace(name)] = i
	}
	list := make([]dataflow.Stats, len(n.Layers))
	for i, row := range rows[1:] {
		cell := func(name string) (string, error) {
			column, ok := at[name]
			if !ok {
				return "", fmt.Errorf("there is no column %q", name)
			}
			return strings.TrimSpace(row[column]), nil
		}
		for _, c := range [...]struct{ name, want string }{{"Layer Number", n.Layers[i].Layer.Name}, {"NumPEs", strconv.Itoa(h.PEs)}} {
			got, err := cell(c.name)
			if err == nil && got != c.want {
				err = fmt.Errorf("row %d: %s is %q, want %q", i+1, c.name, got, c.want)
			}
			if err != nil {
				return nil, err
			}
		}
		for _, c := range maestroColumns(&list[i]) {
			text, err := cell(c.name)
			if err != nil {
				return nil, err
			}
			if *c.into, err = strconv.ParseInt(text, 10, 64); err != nil || *c.into > maxCount || *c.into < -maxCount {
				return nil, fmt.Errorf("row %d: %s is %q, want a whole number", i+1, c.name, text)
			}
		}
	}
	return list, nil
}

// maestroReadings pair sums over the network with ours; needs are the largest of a layer. The energy is that of the tool's counts at its prices: the column of
// its table takes the L1 accesses from the layer before, and leaves out multiply-accumulates and some of the L2's.
func maestroReadings(d Design, shapes []asic.Shape, ours, theirs []dataflow.Stats) (list []report.Reading) {
	var sums [2]maestroSums
	for i, shape := range shapes {
		sums[0].add(ours[i], shape.Copies)
		sums[1].add(theirs[i], shape.Copies)
	}
	for _, c := range []struct {
		metric, unit string
		of           func(maestroSums) float64
	}{
		{"latency_cycles", "cycles", func(s maestroSums) float64 { return s.cycles }},
		{"energy_pj", "pJ", func(s maestroSums) float64 { return s.energyPJ }},
		{"l1_need_bytes", "bytes", func(s maestroSums) float64 { return s.l1Need }},
		{"l2_need_bytes", "bytes", func(s maestroSums) float64 { return s.l2Need }},
		{"macs", "MACs", func(s maestroSums) float64 { return s.macs }},
		{"l1_reads", "elements", func(s maestroSums) float64 { return s.l1Reads }},
		{"l1_writes", "elements", func(s maestroSums) float64 { return s.l1Writes }},
		{"l2_reads", "elements", func(s maestroSums) float64 { return s.l2Reads }},
		{"l2_writes", "elements", func(s maestroSums) float64 { return s.l2Writes }},
	} {
		r := report.Reading{Metric: c.metric, Unit: c.unit, Ours: c.of(sums[0]), Theirs: c.of(sums[1])}
		if recorded, ok := d.Metrics[c.metric]; ok {
			r.Ours = recorded
		}
		list = append(list, r)
	}
	return list
}

// maestroSums are the figures of a network.
type maestroSums struct{ cycles, energyPJ, l1Need, l2Need, macs, l1Reads, l1Writes, l2Reads, l2Writes float64 }

// add takes all copies of a layer into account.
func (t *maestroSums) add(s dataflow.Stats, copies int64) {
	n := float64(copies)
	t.cycles += n * float64(s.RuntimeCycles)
	t.energyPJ += n * s.EnergyPJ()
	t.l1Need, t.l2Need = max(t.l1Need, float64(s.L1Bytes)), max(t.l2Need, float64(s.L2Bytes))
	t.macs += n * float64(s.MACs)
	for _, a := range s.Operands {
		t.l1Reads += n * float64(a.L1Reads)
		t.l1Writes += n * float64(a.L1Writes)
		t.l2Reads += n * float64(a.L2Reads)
		t.l2Writes += n * float64(a.L2Writes)
	}
}
