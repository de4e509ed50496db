package golden

import (
	"fmt"
	"io"
	"maps"
	"math"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/internal/agree"
)

// RelativeTolerance is how far a figure that is not an integer may be from the printed one.
const RelativeTolerance = 1e-5

// Report says how far the engine and a reference agree.
type Report struct {
	agree.Report
	Columns []Column
}

// Column is the agreement of one column over all rows that have it.
type Column struct {
	Name                 string
	Exact                bool // integers, which must be equal; the others are compared to RelativeTolerance
	Rows, Equal          int
	LargestRelativeError float64
}

// Check compares the embedded rows: the grid, NASAIC's region, the mapping sets that MAESTRO ships.
func Check() ([]Report, error) {
	var reports []Report
	for _, table := range []struct {
		reference string
		rows      []byte
	}{
		{"MAESTRO, networks", maestroCSV},
		{"MAESTRO, NASAIC-like layers", nasaicCSV},
		{"MAESTRO, shipped mappings", bundledCSV},
	} {
		rows, err := embedded(table.rows)
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		report, err := Compare(table.reference, rows)
		if err != nil {
			return reports, fmt.Errorf("%s: %w", table.reference, err)
		}
		reports = append(reports, report)
	}
	return reports, nil
}

// CheckFurther compares the rows of a table in the format of the embedded ones. They may name the given nests, and else the embedded ones.
func CheckFurther(reference string, r io.Reader, further Nests) (Report, error) {
	nests := Nests{}
	if err := nests.Read(strings.NewReader(nestsCSV)); err != nil {
		return Report{}, err
	}
	maps.Copy(nests, further)
	rows, err := ReadRows(r, nests)
	if err != nil {
		return Report{}, err
	}
	return Compare(reference, rows)
}

// Compare recomputes rows and compares them. An error is a row that the engine refuses, or a cell that is no number.
func Compare(reference string, rows []Row) (Report, error) {
	tally := tally{Tally: agree.Tally{Report: agree.Report{Reference: reference}}}
	var scratch dataflow.Scratch
	for i, row := range rows {
		stats, err := dataflow.Evaluate(row.Hardware, row.Layer, row.Nest, dataflow.Maestro, &scratch)
		if err == nil && stats.Infeasible != dataflow.Works {
			err = fmt.Errorf("%s", stats.Infeasible)
		}
		if err == nil {
			err = tally.add(i, row, cells(row, stats))
		}
		if err != nil {
			return Report{}, fmt.Errorf("golden: row %d (%s): %w", i+1, row, err)
		}
	}
	return Report{tally.Sum(), tally.columns}, nil
}

// tally is a Report in the making.
type tally struct {
	agree.Tally
	columns []Column
}

// add takes a row into account.
func (r *tally) add(i int, row Row, got []cell) error {
	if r.columns == nil {
		for _, c := range got {
			r.columns = append(r.columns, Column{Name: c.name, Exact: c.exact})
		}
	}
	difference, largest := "", 0.0
	for j, c := range got {
		text, there := row.measured[c.name]
		if !there {
			continue
		}
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return fmt.Errorf("column %q: %w", c.name, err)
		}
		column, apart := &r.columns[j], relativeError(c.value(), want)
		column.Rows++
		column.LargestRelativeError = max(column.LargestRelativeError, apart)
		largest = max(largest, apart)
		if c.exact && text == strconv.FormatInt(c.integer, 10) || !c.exact && apart <= RelativeTolerance {
			column.Equal++
			continue
		}
		if difference == "" {
			difference = fmt.Sprintf("row %d (%s): %s is %s, measured %s", i+1, row, c.name, c, text)
		}
	}
	r.Add(largest, difference)
	return nil
}

// cell is one value of the engine under the name of its column.
type cell struct {
	name    string
	exact   bool
	integer int64
	real    float64
}

func (c cell) value() float64 {
	if c.exact {
		return float64(c.integer)
	}
	return c.real
}

func (c cell) String() string {
	if c.exact {
		return strconv.FormatInt(c.integer, 10)
	}
	return strconv.FormatFloat(c.real, 'g', 9, 64)
}

// cells lists the values of a row by the names of the columns.
func cells(row Row, s dataflow.Stats) []cell {
	integer := func(name string, value int64) cell { return cell{name, true, value, 0} }
	real := func(name string, value float64) cell { return cell{name, false, 0, value} }
	table := dataflow.Area28()
	list := []cell{
		integer("runtime_cycles", s.RuntimeCycles),
		integer("num_macs", s.MACs),
		integer("exact_macs", row.Layer.MACs()),
		real("macs_per_cycle", s.MACsPerCycle()),
		integer("l2_bytes", s.L2Bytes),
		integer("l1_bytes", s.L1Bytes),
		real("energy_mac_units", s.EnergyMACs()),
		real("energy_nJ", s.EnergyPJ()/1000),
		real("area_um2", table.Area(row.Hardware, s.L1Bytes, s.L2Bytes).TotalUM2()),
		real("power_mW", table.Power(row.Hardware, s.L1Bytes, s.L2Bytes).TotalMW()),
		integer("noc_bw_req", s.NoCNeed),
		real("avg_bw_req", s.MeanNoCNeed()),
		integer("offchip_bw_req", s.OffchipNeed),
		real("avg_active_clusters", s.ActivePEs()),
	}
	for t, name := range []string{"in", "wt", "out"} {
		a := s.Operands[t]
		list = append(list, integer(name+"_l1_rd", a.L1Reads), integer(name+"_l1_wr", a.L1Writes),
			integer(name+"_l2_rd", a.L2Reads), integer(name+"_l2_wr", a.L2Writes))
	}
	for _, delay := range []struct {
		name string
		dataflow.Range
	}{{"ingress", s.Ingress}, {"egress", s.Egress}, {"compute", s.Compute}} {
		list = append(list, integer(delay.name+"_min", delay.Min), integer(delay.name+"_max", delay.Max),
			integer(delay.name+"_avg", int64(delay.Mean(s.Steps))))
	}
	return list
}

// relativeError is |got − want| / |want|, 0 when both are 0 and +Inf when only want is.
func relativeError(got, want float64) float64 {
	if got == want {
		return 0
	}
	if apart := math.Abs(got-want) / math.Abs(want); !math.IsNaN(apart) {
		return apart
	}
	return math.Inf(1)
}
