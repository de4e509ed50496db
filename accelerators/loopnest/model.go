package loopnest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Model is a checked problem on a checked architecture. It is immutable: goroutines may share it, each with a Result of its own.
type Model struct {
	problem      Problem
	architecture Architecture

	computes int64
	size     [MaxDimensions]int64
	tensors  []tensor
	levels   []level
}

// tensor is a Tensor, ready for the kernel.
type tensor struct {
	relevant uint32 // the dimensions that pick its elements
	axes     []Axis
	axisOf   [MaxDimensions]int8 // the axis of a relevant dimension
	output   bool
	sums     bool // an axis adds dimensions
	words    int64
}

// level is a Level, ready for the kernel.
type level struct {
	fanoutX, fanoutY int64
	holds            TensorSet
	parts            TensorSet         // of the tensors with a part of their own
	part             [MaxTensors]int64 // its capacity
	clusters         int64
}

// NewModel checks a problem and an architecture and returns the model of both, or all mistakes, joined.
func NewModel(p Problem, a Architecture) (*Model, error) {
	errP := p.Check()
	a, errA := a.Check()
	if err := errors.Join(errP, errA); err != nil {
		return nil, err
	}
	m := &Model{problem: p, architecture: a, computes: p.Computes()}
	for d := range p.Dimensions {
		m.size[d] = p.Dimensions[d].Size
	}
	for i := range p.Tensors {
		m.tensors = append(m.tensors, p.compile(i))
	}
	var errs []error
	for i := range a.Levels {
		l, err := a.compile(i, &p)
		m.levels = append(m.levels, l)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return m, nil
}

func (p *Problem) compile(i int) tensor {
	t := tensor{axes: p.Tensors[i].Axes, output: p.Tensors[i].Output, words: p.Words(i)}
	for a, axis := range t.axes {
		t.sums = t.sums || len(axis) > 1
		for _, term := range axis {
			t.relevant |= 1 << term.Dimension
			t.axisOf[term.Dimension] = int8(a)
		}
	}
	return t
}

// compile resolves the names of the tensors of a level.
func (a *Architecture) compile(i int, p *Problem) (level, error) {
	source := &a.Levels[i]
	x, y := a.Fanout(i)
	l := level{fanoutX: int64(x), fanoutY: int64(y), clusters: int64((source.Instances + source.ClusterSize - 1) / source.ClusterSize)}
	var errs []error
	resolve := func(name string) (int, bool) {
		t, ok := p.Tensor(name)
		if !ok {
			errs = append(errs, fmt.Errorf("loopnest: level %q: unknown tensor %q: known are %s", source.Name, name, p.tensorNames()))
		}
		return t, ok
	}
	switch {
	case source.NoStorage:
	case len(source.Holds) == 0:
		l.holds = 1<<len(p.Tensors) - 1
	}
	for _, name := range source.Holds {
		if t, ok := resolve(name); ok {
			l.holds |= 1 << t
		}
	}
	for _, part := range source.Parts {
		t, ok := resolve(part.Tensor)
		if !ok {
			continue
		}
		if l.parts.Has(t) || !l.holds.Has(t) {
			errs = append(errs, fmt.Errorf("loopnest: level %q: a part of %q, which it does not hold or has a part of already", source.Name, part.Tensor))
			continue
		}
		l.parts |= 1 << t
		l.part[t] = part.CapacityWords
	}
	return l, errors.Join(errs...)
}

func (p *Problem) tensorNames() string {
	var names []string
	for _, t := range p.Tensors {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// Problem returns the checked problem. Do not change it.
func (m *Model) Problem() *Problem { return &m.problem }

// Architecture returns the checked architecture, defaults filled in. Do not change it.
func (m *Model) Architecture() *Architecture { return &m.architecture }

// Holds returns the tensors that a level can keep.
func (m *Model) Holds(level int) TensorSet { return m.levels[level].holds }
