package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
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
	row        Row    // the one to put
	constants  []cell // columns with one value for the whole study: its own, and null for those of other simulators
	params     []axis
	metrics    []int // column of each metric
	objectives []int // column of each objective
	violations []int // column of each violation
	infeasible int   // column
	failed     int   // column
}

// cell is one value and its column.
type cell struct {
	column int
	value  parquet.Value
}

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
		e.constants = append(e.constants, cell{c, required(v)})
		used[c] = true
	}
	used[trialColumn], used[givenColumn] = true, true
	for a, p := range s.Spec.Space.Params() {
		c := column(ParamPrefix + p.Name)
		e.params = append(e.params, axis{c, doc.Columns[c].Type, p, null(c), make([]parquet.Value, s.Spec.Space.Levels(a))})
	}
	for _, key := range s.Spec.Keys() {
		e.metrics = append(e.metrics, column(MetricPrefix+key))
	}
	for n := range s.Objectives {
		e.objectives = append(e.objectives, column(fmt.Sprint(objectivePrefix, n)))
	}
	for n := range len(s.Constraints) + 1 {
		e.violations = append(e.violations, column(fmt.Sprint(violationPrefix, n)))
	}
	e.infeasible, e.failed = column("infeasible"), column("failed")
	for c := range used {
		if !used[c] {
			e.constants = append(e.constants, cell{c, null(c)})
		}
	}
	return e
}

// check reports a row that does not fit the study.
func (e *encoder) check() error {
	s, r := e.study, &e.row
	if len(r.Point) != len(e.params) {
		return fmt.Errorf("a point of %d levels in a space of %d axes", len(r.Point), len(e.params))
	}
	for i, level := range r.Point {
		if a := &e.params[i]; level < 0 || level >= len(a.levels) {
			return fmt.Errorf("level %d of %q out of range [0, %d): %s", level, a.param.Name, len(a.levels), a.param.Range())
		}
	}
	if len(r.Result.Values) == 0 && len(e.metrics) > 0 && r.Result.Infeasible == "" && r.Result.Failed == "" {
		return errors.New("a result without values, infeasible or failed reason")
	}
	return errors.Join(
		fits(r.Result.Values, len(e.metrics), "metrics"),
		fits(r.Score.Objectives, len(s.Objectives), "objectives"),
		fits(r.Score.Violations, len(s.Constraints)+1, "violations"))
}

// fits reports numbers that are neither absent nor n finite ones.
func fits(numbers []float64, n int, what string) error {
	if len(numbers) != 0 && len(numbers) != n {
		return fmt.Errorf("%d %s where the study has %d", len(numbers), what, n)
	}
	for i, v := range numbers {
		if v-v != 0 {
			return fmt.Errorf("number %d of the %s is %v, which is not finite", i, what, v)
		}
	}
	return nil
}

// put sets row at of every column that is not constant in the study.
func (e *encoder) put(columns []column, at int) {
	r := &e.row
	columns[trialColumn].values[at] = parquet.Int64Value(int64(r.Trial))
	columns[givenColumn].values[at] = parquet.BooleanValue(r.Given)
	for i, level := range r.Point {
		a := &e.params[i]
		if e.study.Spec.Space.Active(r.Point, i) {
			columns[a.column].values[at] = a.value(level)
		} else {
			columns[a.column].values[at] = a.null
		}
	}
	putNumbers(columns, at, e.metrics, r.Result.Values)
	putNumbers(columns, at, e.objectives, r.Score.Objectives)
	putNumbers(columns, at, e.violations, r.Score.Violations)
	columns[e.infeasible].values[at] = reason(r.Result.Infeasible, e.infeasible)
	columns[e.failed].values[at] = reason(r.Result.Failed, e.failed)
}

// putNumbers sets one row of some columns; no numbers are nulls.
func putNumbers(columns []column, at int, in []int, numbers []float64) {
	for i, c := range in {
		v := math.NaN()
		if len(numbers) > 0 {
			v = numbers[i]
		}
		columns[c].numbers[at] = v
	}
}

// reason is a text; null when empty.
func reason(s string, column int) parquet.Value {
	if s == "" {
		return null(column)
	}
	return text(s, column)
}

// fill sets rows from to to of the constant columns.
func (e *encoder) fill(columns []column, from, to int) {
	for _, c := range e.constants {
		columns[c.column].fill(from, to, c.value)
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
