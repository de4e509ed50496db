package golden

import (
	"fmt"
	"math"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/internal/agree"
)

// EnergyTolerance is the relative error allowed to energies.
const EnergyTolerance = 2e-6

// Report says how far the model and a table agree.
type Report = agree.Report

// report is a Report in the making.
type report struct{ agree.Tally }

// Compare evaluates the designs and compares them with what was printed: a report for each table. An error is a design that the model refuses.
func Compare(designs []Design) ([]Report, error) {
	tables := [3]report{}
	for i, name := range [3]string{"levels", "mappings", "summary"} {
		tables[i].Reference = "Timeloop exercises, " + name
	}
	var r loopnest.Result
	for i := range designs {
		d := &designs[i]
		m, err := loopnest.NewModel(d.Problem, d.Architecture)
		if err == nil {
			err = m.Evaluate(&d.Mapping, &r)
		}
		if err == nil && r.Infeasible.Cause != loopnest.Feasible {
			err = fmt.Errorf("golden: %s", m.Reason(r.Infeasible))
		}
		if err != nil {
			return nil, fmt.Errorf("golden: %s: %w", d.Name, err)
		}
		if err := d.compare(&tables, m, &r); err != nil {
			return nil, fmt.Errorf("golden: %s: %w", d.Name, err)
		}
	}
	var reports []Report
	for _, t := range tables {
		reports = append(reports, t.Sum())
	}
	return reports, nil
}

// value is one column of a row: what the model says, and how far it may be off what was printed.
type value struct {
	column              string
	got                 float64
	relative, roundness float64 // allowed error: relative, or absolute
}

func exact(column string, got int64) value { return value{column: column, got: float64(got)} }

// printed lists the columns that the counts of a level are compared with.
func printed() []string {
	var columns []string
	for _, v := range countsOf(&loopnest.LevelResult{}, &loopnest.TensorResult{}, 0) {
		columns = append(columns, v.column)
	}
	return append(columns, "throttling", "energy_per_scalar_access")
}

func countsOf(l *loopnest.LevelResult, t *loopnest.TensorResult, cycles int64) []value {
	return []value{exact("cycles", cycles), exact("partition_size", t.PartitionWords), exact("utilized_capacity", t.TileWords),
		exact("utilized_instances_max", l.Instances), exact("utilized_clusters_max", l.Clusters), exact("scalar_reads_per_instance", t.Reads),
		exact("scalar_fills_per_instance", t.Fills), exact("scalar_updates_per_instance", t.Updates),
		exact("temporal_reductions_per_instance", t.TemporalReductions)}
}

func (d *Design) compare(tables *[3]report, m *loopnest.Model, r *loopnest.Result) error {
	energy := func(got float64) value { return value{"energy_total", got, EnergyTolerance, 0.005} }
	for _, row := range d.levels {
		place := fmt.Sprintf("%s %s %s", d.Name, row["component"], row["tensor"])
		if row["tensor"] == "compute" {
			if err := tables[0].add(place, row, exact("cycles", r.Cycles), energy(r.ComputePJ)); err != nil {
				return err
			}
			continue
		}
		i, okLevel := m.Architecture().Level(row["component"])
		t, okTensor := m.Problem().Tensor(row["tensor"])
		if !okLevel || !okTensor {
			return fmt.Errorf("%s: no such level or tensor in the mapping", place)
		}
		l := &r.Levels[i]
		c := &l.Tensors[t]
		values := append(countsOf(l, c, max(r.Steps, l.Cycles)), energy(c.EnergyPJ))
		values = append(values, value{column: "throttling", got: float64(r.Steps) / float64(max(r.Steps, l.Cycles)), roundness: 0.005})
		if words := l.Instances * (c.Reads + c.Fills + c.Updates); words > 0 {
			values = append(values, value{column: "energy_per_scalar_access", got: c.EnergyPJ / float64(words), roundness: 0.005})
		}
		if err := tables[0].add(place, row, values...); err != nil {
			return err
		}
	}
	for _, k := range d.keeps {
		if err := tables[1].addTiles(d, k, m, r); err != nil {
			return err
		}
	}
	outputs := m.Problem().Words(loopnest.Outputs)
	edp := r.EDPPJCycles() / 1e12
	return tables[2].add(d.Name, d.summary, exact("computes", r.Computes), exact("cycles", r.Cycles),
		value{"utilization_pct", 100 * r.UtilizationFrac, 0, 0.005}, value{"energy_uJ", r.EnergyPJ / 1e6, 0, 0.005},
		value{"edp_J_cycle", edp, 0, 0.005 * math.Pow(10, math.Floor(math.Log10(edp)))},
		value{"gflops_at_1GHz", float64(2*r.Computes-outputs) / float64(r.Cycles), 0, 0.005})
}

// addTiles compares the tiles of a level.
func (r *report) addTiles(d *Design, k keep, m *loopnest.Model, result *loopnest.Result) error {
	row, values := record{}, []value(nil)
	for t, tensor := range m.Problem().Tensors {
		if words, ok := k.words[tensor.Name]; ok {
			row[tensor.Name] = fmt.Sprint(words)
			values = append(values, exact(tensor.Name, result.Levels[k.level].Tensors[t].TileWords))
		}
	}
	return r.add(d.Name+" "+d.Architecture.Levels[k.level].Name, row, values...)
}

// add takes a row into account.
func (r *report) add(place string, row record, values ...value) error {
	n := numbers{record: row}
	difference, largest := "", 0.0
	for _, v := range values {
		want := n.float(v.column)
		off := math.Abs(v.got - want)
		relative := 0.0
		if off > 0 {
			relative = off / max(math.Abs(want), math.SmallestNonzeroFloat64)
		}
		if v.relative > 0 || off > v.roundness { // what rounding hides is no error
			largest = max(largest, relative)
		}
		if off > v.roundness && relative > v.relative && difference == "" {
			difference = fmt.Sprintf("%s: %s is %.10g, printed %s", place, v.column, v.got, strings.TrimSpace(row[v.column]))
		}
	}
	r.Add(largest, difference)
	return n.err
}
