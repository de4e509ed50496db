package dataset

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Row is one trial of a study.
type Row struct {
	Trial  int
	Given  bool
	Point  space.Point // canonical
	Result simulators.Result
	Score  objective.Score
}

// encoder turns the rows of one study into the columns of the dataset.
type encoder struct {
	study      *Study
	constants  []cell // columns with one value for the whole study: its own, and null for those of other simulators
	params     []axis
	metrics    []int // column of each metric
	objectives span
	violations span
	infeasible int // column
	failed     int // column
}

// cell is one value and its column.
type cell struct {
	column int
	value  parquet.Value
}

// span is a run of columns.
type span struct{ from, to int }

// axis is the column of one axis.
type axis struct {
	column int
	typ    Type
	param  space.Param
	null   parquet.Value
	levels []parquet.Value // filled on first use: null until then
}

func newEncoder(doc *document, index int, s *Study) *encoder {
	e := &encoder{study: s}
	used := make([]bool, len(doc.Columns))
	column := func(name string) int {
		c := slices.IndexFunc(doc.Columns, func(c Column) bool { return c.Name == name })
		used[c] = true
		return c
	}
	for c, v := range doc.Studies[index].values() {
		e.constants = append(e.constants, cell{c, required(v).Level(0, 0, c)})
		used[c] = true
	}
	used[trialColumn], used[givenColumn] = true, true
	for a, p := range s.Spec.Space.Params() {
		c := column(paramPrefix + p.Name)
		e.params = append(e.params, axis{c, doc.Columns[c].Type, p, null(c), make([]parquet.Value, s.Spec.Space.Levels(a))})
	}
	for _, key := range s.Spec.Keys() {
		e.metrics = append(e.metrics, column(metricPrefix+key))
	}
	run := func(prefix string, n int) span {
		if n == 0 {
			return span{}
		}
		from := column(prefix + "0")
		for i := range n {
			used[from+i] = true
		}
		return span{from, from + n}
	}
	e.objectives = run(objectivePrefix, len(s.Objectives))
	e.violations = run(violationPrefix, len(s.Constraints)+1)
	e.infeasible, e.failed = column("infeasible"), column("failed")
	for c := range used {
		if !used[c] {
			e.constants = append(e.constants, cell{c, null(c)})
		}
	}
	return e
}

// check reports a row that does not fit the study.
func (e *encoder) check(r *Row) error {
	s := e.study
	if len(r.Point) != len(e.params) {
		return fmt.Errorf("a point of %d levels in a space of %d axes", len(r.Point), len(e.params))
	}
	for i, level := range r.Point {
		if a := &e.params[i]; level < 0 || level >= len(a.levels) {
			return fmt.Errorf("level %d of %q out of range [0, %d): %s", level, a.param.Name, len(a.levels), a.param.Range())
		}
	}
	if n := len(r.Result.Values); n != len(e.metrics) && (n != 0 || r.Result.Infeasible == "" && r.Result.Failed == "") {
		return fmt.Errorf("%d values for the %d metrics of %s", n, len(e.metrics), s.Spec.Name)
	}
	if n := len(r.Score.Objectives); n != 0 && n != len(s.Objectives) {
		return fmt.Errorf("%d objectives in a study of %d", n, len(s.Objectives))
	}
	if n := len(r.Score.Violations); n != 0 && n != len(s.Constraints)+1 {
		return fmt.Errorf("%d violations in a study of %d constraints: one each, and the result's", n, len(s.Constraints))
	}
	return nil
}

// put sets row at of every column that is not constant in the study.
func (e *encoder) put(columns [][]parquet.Value, at int, r *Row) {
	columns[trialColumn][at] = parquet.Int64Value(int64(r.Trial)).Level(0, 0, trialColumn)
	columns[givenColumn][at] = parquet.BooleanValue(r.Given).Level(0, 0, givenColumn)
	for i, level := range r.Point {
		a := &e.params[i]
		columns[a.column][at] = a.null
		if e.study.Spec.Space.Active(r.Point, i) {
			columns[a.column][at] = a.value(level)
		}
	}
	putNumbers(columns, at, e.metrics, r.Result.Values)
	e.objectives.put(columns, at, r.Score.Objectives)
	e.violations.put(columns, at, r.Score.Violations)
	putReason(columns, at, e.infeasible, r.Result.Infeasible)
	putReason(columns, at, e.failed, r.Result.Failed)
}

// fill sets rows from to to of the constant columns.
func (e *encoder) fill(columns [][]parquet.Value, from, to int) {
	for _, c := range e.constants {
		rows := columns[c.column][from:to]
		for i := range rows {
			rows[i] = c.value
		}
	}
}

// value is the column's value of a level.
func (a *axis) value(level int) parquet.Value {
	v := &a.levels[level]
	if v.IsNull() {
		if a.typ == Double {
			*v = double(a.param.Values[level], a.column)
		} else {
			*v = text(a.param.LevelName(level), a.column)
		}
	}
	return *v
}

// putNumbers sets one row of the columns; no values are nulls.
func putNumbers(columns [][]parquet.Value, at int, in []int, values []float64) {
	for i, c := range in {
		if len(values) == 0 {
			columns[c][at] = null(c)
		} else {
			columns[c][at] = double(values[i], c)
		}
	}
}

func (s span) put(columns [][]parquet.Value, at int, values []float64) {
	for c := s.from; c < s.to; c++ {
		if len(values) == 0 {
			columns[c][at] = null(c)
		} else {
			columns[c][at] = double(values[c-s.from], c)
		}
	}
}

func putReason(columns [][]parquet.Value, at, c int, reason string) {
	if reason == "" {
		columns[c][at] = null(c)
	} else {
		columns[c][at] = text(reason, c)
	}
}

func null(column int) parquet.Value { return parquet.NullValue().Level(0, 0, column) }

func text(s string, column int) parquet.Value {
	return parquet.ByteArrayValue([]byte(s)).Level(0, 1, column)
}

// double is a number; -0 is written as 0, because the smallest and largest value of a page that has both would depend on the processor.
func double(v float64, column int) parquet.Value {
	if v == 0 {
		v = 0
	}
	return parquet.DoubleValue(v).Level(0, 1, column)
}

// required is a value of a column without nulls.
func required(v any) parquet.Value {
	switch v := v.(type) {
	case int:
		return parquet.Int32Value(int32(v))
	case uint64:
		return parquet.Int64Value(int64(v))
	case json.RawMessage:
		return parquet.ByteArrayValue(v)
	}
	return parquet.ByteArrayValue([]byte(v.(string)))
}
