package agentsbench

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
)

// Ours is the source of the rows that this package measures.
const Ours = "codesign"

// Row is what one run of an agent on a function had reached after so many trials.
type Row struct {
	Source          string // who measured: Ours, or the collection of reference agents
	Function, Agent string
	Seed, Trials    int
	Value           float64 // of one objective: the least feasible value so far, +Inf before; of several: the hypervolume of the feasible designs
	FirstFeasible   int     // the trial, from 1, that was feasible first; 0 before
	SecondsPerTrial float64 // of Ours in ask and tell alone, of others with the function's own time
}

// columns are those of the reference's raw files.
func columns() []string {
	return []string{"function", "agent", "seed", "trials", "value", "first_feasible", "sec_per_trial"}
}

// record is the row as the reference's raw files write it.
func (r Row) record() []string {
	return []string{
		r.Function, r.Agent, strconv.Itoa(r.Seed), strconv.Itoa(r.Trials), number(r.Value), strconv.Itoa(r.FirstFeasible),
		strconv.FormatFloat(r.SecondsPerTrial, 'g', 4, 64),
	}
}

// number prints a value so that it is read back the same, here and in Python.
func number(v float64) string {
	if math.IsInf(v, 1) {
		return "inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// ReadRows reads rows in the reference's columns. A column "source" before them names their source, else all have the given one.
func ReadRows(from io.Reader, source string) ([]Row, error) {
	table := csv.NewReader(from)
	head, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	named := slices.Equal(head, append([]string{"source"}, columns()...))
	if !named && !slices.Equal(head, columns()) {
		return nil, fmt.Errorf("header: the columns are %v, want %v, with or without source before them", head, columns())
	}
	var rows []Row
	for {
		fields, err := table.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		r := Row{Source: source}
		if named {
			r.Source, fields = fields[0], fields[1:]
		}
		if err := r.parse(fields); err != nil {
			line, _ := table.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		rows = append(rows, r)
	}
}

// parse fills in the row from its fields in the order of columns.
func (r *Row) parse(fields []string) error {
	var errs [5]error
	r.Function, r.Agent = fields[0], fields[1]
	r.Seed, errs[0] = strconv.Atoi(fields[2])
	r.Trials, errs[1] = strconv.Atoi(fields[3])
	r.Value, errs[2] = strconv.ParseFloat(fields[4], 64)
	r.FirstFeasible, errs[3] = strconv.Atoi(fields[5])
	r.SecondsPerTrial, errs[4] = strconv.ParseFloat(fields[6], 64)
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("%s: %w", columns()[i+2], err)
		}
	}
	if math.IsNaN(r.Value) {
		return fmt.Errorf("value: %s is not a number", fields[4])
	}
	return nil
}
