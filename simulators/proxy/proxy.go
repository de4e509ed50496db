package proxy

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/lookup"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
)

// Proxy is a learned model of a simulator. It is immutable and safe for concurrent use.
type Proxy struct {
	file    File
	space   space.Space
	encode  encoding
	targets []target
	seen    [][]bool // axis -> level: a training row had it
	levels  *levels  // nil where tables cannot be made
}

// target is one metric, ready to predict.
type target struct {
	model  regress.Model
	tables compiled // of a sum of trees within the limits of package lookup, or of tables; nil = none
}

// compiled is a model of levels.
type compiled interface {
	Scores(levels []uint8, scores []float64, s *lookup.Scratch)
}

// Metrics lists what the proxy predicts.
func (p *Proxy) Metrics() []simulators.Metric {
	metrics := make([]simulators.Metric, len(p.file.Targets))
	for i, t := range p.file.Targets {
		metrics[i] = simulators.Metric{Name: t.Name, Unit: t.Unit, Doc: t.Doc}
	}
	return metrics
}

// Space is the design space.
func (p *Proxy) Space() space.Space { return p.space }

// Tasks lists what can be predicted: the tasks of the fit, then the corrected ones, which take the place of those that they are.
func (p *Proxy) Tasks() []Task {
	tasks := slices.Clone(p.file.Tasks)
	for _, c := range p.file.Corrected {
		tasks = append(tasks, c.Task)
	}
	return tasks
}

// TaskNames lists what can be predicted, for messages.
func (p *Proxy) TaskNames() string {
	var names []string
	for _, t := range p.Tasks() {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

// Task is the index among Tasks of the one with these settings of the true simulator; -1 = it is not known.
func (p *Proxy) Task(settings map[string]any) int {
	tasks := p.Tasks()
	for i := len(tasks) - 1; i >= 0; i-- {
		if jsonText(p.settings(tasks[i])) == jsonText(settings) {
			return i
		}
	}
	return -1
}

// File is what the proxy was fitted to, and how; its slices must not be changed.
func (p *Proxy) File() *File { return &p.file }

// open makes a proxy of a file's content, checking it.
func open(f File) (*Proxy, error) {
	s, err := f.space()
	if err != nil {
		return nil, err
	}
	p := &Proxy{file: f, space: s, encode: newEncoding(s, len(f.Tasks), f.Counts, f.Related), seen: make([][]bool, s.Len())}
	if len(f.Tasks) == 0 || len(f.Targets) == 0 || len(f.Seen) != s.Len() {
		return nil, fmt.Errorf("%d tasks, %d targets, levels of %d axes for %d", len(f.Tasks), len(f.Targets), len(f.Seen), s.Len())
	}
	if err := checkFeatures(f.Features, p.Tasks()); err != nil {
		return nil, err
	}
	for axis, levels := range f.Seen {
		p.seen[axis] = make([]bool, s.Levels(axis))
		for _, l := range levels {
			if l < 0 || l >= s.Levels(axis) {
				return nil, fmt.Errorf("level %d of axis %s out of range [0, %d)", l, s.Param(axis).Name, s.Levels(axis))
			}
			p.seen[axis][l] = true
		}
	}
	p.levels = newLevels(s, &p.encode)
	for k, t := range f.Targets {
		ready, err := p.prepare(k)
		if err != nil {
			return nil, fmt.Errorf("target %s: %w", t.Name, err)
		}
		p.targets = append(p.targets, ready)
	}
	for i := range f.Corrected {
		if err := f.Corrected[i].open(p); err != nil {
			return nil, err
		}
	}
	if err := f.Feasibility.check(p.encode.relatedWidth()); err != nil {
		return nil, fmt.Errorf("feasibility: %w", err)
	}
	for _, b := range f.Budgets {
		if err := b.check(p); err != nil {
			return nil, fmt.Errorf("budget on %s: %w", b.Key, err)
		}
	}
	return p, nil
}

// prepare checks a target and makes it ready to predict.
func (p *Proxy) prepare(k int) (target, error) {
	t := &p.file.Targets[k]
	if err := errors.Join(t.check(len(p.file.Tasks)), t.New.open(p)); err != nil {
		return target{}, err
	}
	if t.Product != nil {
		return target{}, t.Product.check(p.space, p.file.Targets, k)
	}
	if t.Sum != nil {
		return target{}, t.Sum.check(p.file.Targets)
	}
	for _, f := range t.Floors {
		if err := f.check(p.space, p.file.Targets, k); err != nil {
			return target{}, err
		}
	}
	if err := checkBeside(p.file.Targets, k); err != nil {
		return target{}, err
	}
	m, err := t.Model.Model(p.encode.width + len(t.Floors) + len(t.Beside))
	if err != nil || len(t.Floors) > 0 {
		return target{model: m}, err
	}
	return target{m, p.levels.compile(m)}, nil
}

// check reports a target that predicts nothing.
func (t *Target) check(tasks int) error {
	if len(t.HalfWidth) != tasks {
		return fmt.Errorf("%d half-widths for %d tasks", len(t.HalfWidth), tasks)
	}
	return t.Transform.Check()
}
