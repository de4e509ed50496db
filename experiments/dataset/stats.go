package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// Summary describes a dataset.
type Summary struct {
	Columns []ColumnSummary // of the parameters, metrics, objectives and violations, in the columns' order
	Studies []StudySummary  // parallel to Reader.Studies
}

// ColumnSummary describes the numbers of one column; of a text column only the counts.
type ColumnSummary struct {
	Column
	Values, Nulls  int
	Min, Mean, Max float64 // 0 without numbers
}

// StudySummary counts the rows of one study: Rows is the sum of the next four.
type StudySummary struct {
	Rows       int
	Feasible   int // evaluated, and every constraint holds
	Violating  int // evaluated, and a constraint does not hold
	Infeasible int
	Failed     int
	Unique     int // different designs
}

// Summarise reads the whole dataset once. Memory grows with the different designs of one study, 16 bytes each: they are told apart by a
// hash of 128 bits.
func Summarise(r *Reader) (Summary, error) {
	s := Summary{Studies: make([]StudySummary, len(r.Studies()))}
	var places []int // in Values
	for c, column := range r.Columns() {
		switch r.roles[c] {
		case roleParam, roleMetric, roleObjective, roleViolation:
			s.Columns = append(s.Columns, ColumnSummary{Column: column, Min: math.Inf(1), Max: math.Inf(-1)})
			places = append(places, c)
		}
	}
	study, designs := -1, map[[16]byte]bool{}
	for rec, err := range r.Rows() {
		if err != nil {
			return Summary{}, err
		}
		if rec.Study != study {
			study = rec.Study
			clear(designs)
		}
		if key := rec.DesignKey(); !designs[key] {
			designs[key] = true
			s.Studies[study].Unique++
		}
		s.Studies[study].count(&rec)
		values := r.Values(&rec)
		for i, c := range places {
			s.Columns[i].add(values[c])
		}
	}
	for i := range s.Columns {
		s.Columns[i].finish()
	}
	return s, nil
}

// add counts a value; Mean is the sum until finish.
func (c *ColumnSummary) add(v any) {
	if v == nil {
		c.Nulls++
		return
	}
	c.Values++
	if number, ok := v.(float64); ok {
		c.Min, c.Max, c.Mean = min(c.Min, number), max(c.Max, number), c.Mean+number
	}
}

func (c *ColumnSummary) finish() {
	if c.Values == 0 || c.Type != Double {
		c.Min, c.Mean, c.Max = 0, 0, 0
		return
	}
	c.Mean /= float64(c.Values)
}

// count adds a row to the study's counts.
func (s *StudySummary) count(rec *Record) {
	s.Rows++
	switch {
	case rec.Failed != "":
		s.Failed++
	case rec.Infeasible != "":
		s.Infeasible++
	case rec.Feasible():
		s.Feasible++
	default:
		s.Violating++
	}
}

// Feasible tells whether the design was evaluated and every constraint holds.
func (r *Record) Feasible() bool {
	for _, v := range r.Violations {
		if v > 0 {
			return false
		}
	}
	return r.Infeasible == "" && r.Failed == ""
}

// DesignKey tells designs of one study apart: a hash of 128 bits of the parameters.
func (r *Record) DesignKey() [16]byte {
	var room [512]byte // of most designs: no allocation
	b := room[:0]
	for _, v := range r.Params {
		switch v := v.(type) {
		case nil:
			b = append(b, 0)
		case float64:
			b = binary.LittleEndian.AppendUint64(append(b, 1), math.Float64bits(v))
		case string:
			b = append(binary.AppendUvarint(append(b, 2), uint64(len(v))), v...)
		}
	}
	sum := sha256.Sum256(b)
	return [16]byte(sum[:16])
}
