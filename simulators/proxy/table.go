package proxy

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Table is evaluated designs to learn from and to be judged by.
type Table struct {
	Spec     simulators.Spec // of the true simulator: its space, and the metrics of Values
	Features []Feature       // by which tasks are described; none where they are not
	Tasks    []Task          // what the rows are results of, at least one
	Rows     []Row
}

// Task is one way to set the simulator up: a workload.
type Task struct {
	Name     string         `json:"name"` // for people
	Settings map[string]any `json:"settings"`
	Features []float64      `json:"features,omitempty"` // parallel to those of the table, or the file; nil = not known
}

// Row is one evaluated design.
type Row struct {
	Point      space.Point
	Task       int       // index in Tasks
	Values     []float64 // parallel to the metrics; nil when infeasible
	Infeasible bool
	Group      uint64 // rows of one group are never on two sides of a split
}

// check reports a table that cannot be learned from.
func (t *Table) check() error {
	if len(t.Tasks) == 0 {
		return errors.New("proxy: a table without tasks")
	}
	if err := checkFeatures(t.Features, t.Tasks); err != nil {
		return fmt.Errorf("proxy: %w", err)
	}
	for i, r := range t.Rows {
		if err := t.Spec.Space.Check(r.Point); err != nil {
			return fmt.Errorf("proxy: row %d: %w", i, err)
		}
		if r.Task < 0 || r.Task >= len(t.Tasks) {
			return fmt.Errorf("proxy: row %d: task %d out of range [0, %d)", i, r.Task, len(t.Tasks))
		}
		if r.Infeasible == (r.Values != nil) || !r.Infeasible && len(r.Values) != len(t.Spec.Metrics) {
			return fmt.Errorf("proxy: row %d has %d values of %d metrics; infeasible: %v", i, len(r.Values), len(t.Spec.Metrics), r.Infeasible)
		}
		if j := slices.IndexFunc(r.Values, func(v float64) bool { return v-v != 0 }); j >= 0 {
			return fmt.Errorf("proxy: row %d: metric %s is missing", i, t.Spec.Metrics[j].Key())
		}
	}
	return nil
}

// constant tells whether a metric is the same in some rows, at least one.
func (t *Table) constant(metric int, rows []int) bool {
	first := t.Rows[rows[0]].Values[metric]
	return !slices.ContainsFunc(rows, func(i int) bool { return t.Rows[i].Values[metric] != first })
}

// Subset is the table with only the rows of the indices.
func (t *Table) Subset(rows []int) *Table {
	out := *t
	out.Rows = make([]Row, len(rows))
	for i, r := range rows {
		out.Rows[i] = t.Rows[r]
	}
	return &out
}

// encoding turns designs into features: space.Space.Features, then an indicator of each task where there are several, then the counts of pointers.
type encoding struct {
	space    space.Space
	tasks    int
	axes     []int // features of each axis, of the tasks, of each count
	plain    int   // features without the counts
	width    int
	pointers []pointers

	relations relations // further features, of classifiers alone
}

func newEncoding(s space.Space, tasks int, counts, related bool) encoding {
	e := encoding{space: s, tasks: tasks, axes: make([]int, s.Len())}
	for _, f := range s.Features() {
		e.axes[f.Axis]++
	}
	if tasks > 1 {
		e.axes = append(e.axes, tasks)
	}
	for _, n := range e.axes {
		e.plain += n
	}
	e.width = e.plain
	if counts {
		e.pointers = findPointers(s)
	}
	for _, f := range e.pointers {
		for range len(f.labels) + 1 {
			e.axes, e.width = append(e.axes, 1), e.width+1
		}
	}
	if related {
		e.relations = findRelations(s, e.pointers)
	}
	return e
}

// relatedAxes are as axes, with the features that classifiers alone learn from as one more.
func (e *encoding) relatedAxes() []int {
	if e.relations.width == 0 {
		return e.axes
	}
	return append(slices.Clone(e.axes), e.relations.width)
}

// relatedWidth is the number of features that classifiers learn from.
func (e *encoding) relatedWidth() int { return e.width + e.relations.width }

// appendRelated appends the features that classifiers learn from.
func (e *encoding) appendRelated(dst []float64, p space.Point, task int) []float64 {
	return e.relations.append(e.append(dst, p, task), p)
}

// append appends the features of a design.
func (e *encoding) append(dst []float64, p space.Point, task int) []float64 {
	dst = e.space.AppendFeatures(dst, p)
	for i := range e.tasks {
		switch {
		case e.tasks == 1:
		case i == task:
			dst = append(dst, 1)
		default:
			dst = append(dst, 0)
		}
	}
	for i := range e.pointers {
		dst = e.pointers[i].append(dst, e.space, p)
	}
	return dst
}
