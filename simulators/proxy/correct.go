package proxy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// CorrectedTask is a task whose predictions are corrected by rows that came after the fit, or that the fit had no rows of.
type CorrectedTask struct {
	Task
	Like    int          `json:"like"` // index in File.Tasks of the task that it is; -1 = it is new
	Rows    int          `json:"rows"` // that the corrections were learned from
	Targets []Correction `json:"targets"`
	// Outside lists features that are outside what the tasks of the fit have: of a task without rows, intervals are then as wide as the targets spread.
	Outside []string `json:"outside,omitempty"`
}

// Correct is the proxy with one more task, that of the table: learned from the table's rows on top of what the proxy knows of its own tasks. When the task is one of
// them, the correction takes its place. Infeasible rows teach nothing. Without rows a new task is predicted as its features tell; where they do not, as the mean of the known ones, its
// intervals as wide as their targets spread. The result is a function of the arguments.
func (p *Proxy) Correct(t *Table, o FitOptions) (*Proxy, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	columns, err := p.columns(t)
	if err != nil {
		return nil, err
	}
	f := p.file
	c := CorrectedTask{Task: t.Tasks[0], Like: p.known(t.Tasks[0])}
	f.Corrected = slices.DeleteFunc(slices.Clone(f.Corrected), func(old CorrectedTask) bool { return jsonText(p.settings(old.Task)) == jsonText(c.Settings) })
	c.Features = p.described(t)
	if c.Like < 0 {
		c.Outside = p.outside(c.Features)
	}
	rows, points := different(t)
	groups := outcomes(rows, columns)
	c.Rows = len(rows)
	for k := range f.Targets {
		truth := make([]float64, len(rows))
		for i, r := range rows {
			truth[i] = f.Targets[k].Transform.Forward(r.Values[columns[k]])
			if truth[i]-truth[i] != 0 {
				return nil, fmt.Errorf("proxy: metric %s of row %d is %v: it is learned as %s, which it has not", t.Spec.Metrics[columns[k]].Key(), i, r.Values[columns[k]], f.Targets[k].Transform.Name)
			}
		}
		l := corrector{proxy: p, target: k, like: c.Like, outside: len(c.Outside) > 0, points: points, groups: groups, truth: truth, o: o}
		if c.Like < 0 {
			l.blend, l.features = p.blend(k, c.Features), c.Features
		}
		c.Targets = append(c.Targets, l.choose())
	}
	f.Corrected = append(f.Corrected, c)
	f.part(p)
	corrected := *p // with its tables
	corrected.file = f
	return &corrected, c.open(&corrected)
}

// part shares the settings of all tasks anew: a new task may differ in one that the others have in common.
func (f *File) part(before *Proxy) {
	var all []Task
	for _, t := range f.Tasks {
		all = append(all, Task{t.Name, before.settings(t), t.Features})
	}
	for i, c := range f.Corrected {
		set := c.Settings
		if i < len(f.Corrected)-1 { // the last is as the table has it: whole
			set = before.settings(c.Task)
		}
		all = append(all, Task{c.Name, set, c.Features})
	}
	common, differ := commonSettings(all)
	n := len(f.Tasks)
	f.Common, f.Tasks = common, differ[:n:n]
	for i := range f.Corrected {
		f.Corrected[i].Task = differ[n+i]
	}
}

// columns finds the proxy's metrics among those of a table: same key, same unit, same axes.
func (p *Proxy) columns(t *Table) ([]int, error) {
	if len(t.Tasks) != 1 {
		return nil, fmt.Errorf("proxy: a correction is of one task, the rows are of %d", len(t.Tasks))
	}
	if t.Spec.Name != p.file.Simulator || t.Spec.Version != p.file.Version {
		return nil, fmt.Errorf("proxy: the proxy is of %s %s, the rows are of %s %s: the numbers are not the same", p.file.Simulator, p.file.Version, t.Spec.Name, t.Spec.Version)
	}
	if !sameAxes(t.Spec.Space, p.space) {
		return nil, fmt.Errorf("proxy: the rows have other axes or levels than the proxy of %s", p.file.Simulator)
	}
	var columns []int
	var errs []error
	for _, m := range p.Metrics() {
		at := slices.Index(t.Spec.Keys(), m.Key())
		switch {
		case at < 0:
			errs = append(errs, fmt.Errorf("proxy: the rows have no metric %s, which the proxy predicts", m.Key()))
		case t.Spec.Metrics[at].Unit != m.Unit:
			errs = append(errs, fmt.Errorf("proxy: metric %s is in %q in the rows, in %q in the proxy", m.Key(), t.Spec.Metrics[at].Unit, m.Unit))
		}
		columns = append(columns, at)
	}
	return columns, errors.Join(errs...)
}

// known is the index of the file's task with the settings; -1 = none.
func (p *Proxy) known(t Task) int {
	return slices.IndexFunc(p.file.Tasks, func(own Task) bool { return jsonText(p.settings(own)) == jsonText(t.Settings) })
}

// different is the rows with values, one of each design.
func different(t *Table) (rows []Row, points []space.Point) {
	seen := map[string]bool{}
	for _, r := range t.Rows {
		if key := t.Spec.Space.Key(r.Point); !r.Infeasible && !seen[key] {
			seen[key] = true
			rows, points = append(rows, r), append(points, r.Point)
		}
	}
	return rows, points
}

// outcomes numbers the rows by the values of the columns: those with equal ones have the same number.
func outcomes(rows []Row, columns []int) []int {
	numbers := map[string]int{}
	groups := make([]int, len(rows))
	for i, r := range rows {
		var key []byte
		for _, m := range columns {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(r.Values[m]))
		}
		n, ok := numbers[string(key)]
		if !ok {
			n = len(numbers)
			numbers[string(key)] = n
		}
		groups[i] = n
	}
	return groups
}

// open makes a correction ready to be applied, and reports one that cannot be.
func (c *CorrectedTask) open(p *Proxy) (err error) {
	if c.Like < -1 || c.Like >= len(p.file.Tasks) || len(c.Targets) != len(p.file.Targets) {
		return fmt.Errorf("corrected task %s: like task %d of %d, %d targets for %d", c.Name, c.Like, len(p.file.Tasks), len(c.Targets), len(p.file.Targets))
	}
	features := 0
	for _, n := range p.encode.axes[:p.space.Len()] {
		features += n
	}
	for k := range c.Targets {
		t := &c.Targets[k]
		if t.Blend != nil {
			if scores := len(p.file.Tasks); len(t.Blend.Weights) != scores || c.Like >= 0 || t.Blend.Log && !(t.Blend.Least > 0) || t.Blend.TreesFrac > 0 && (p.file.Targets[k].New == nil || p.file.Targets[k].New.Trees == nil || c.Features == nil) {
				return fmt.Errorf("corrected task %s, target %d: a blend of %d tasks for %d, least value %v", c.Name, k, len(t.Blend.Weights), scores, t.Blend.Least)
			}
		}
		if t.Linear != nil && len(t.Linear.Weights) != len(p.file.Tasks) {
			return fmt.Errorf("corrected task %s, target %d: %d weights for %d tasks", c.Name, k, len(t.Linear.Weights), len(p.file.Tasks))
		}
		if t.Residual != nil && t.residual == nil {
			if t.residual, err = t.Residual.Model(features); err != nil {
				return fmt.Errorf("corrected task %s, target %d: %w", c.Name, k, err)
			}
		}
	}
	return nil
}
