package objective

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
)

// New compiles an objective for results with the given metrics. Every mistake is reported at once.
func New(cfg Config, metrics []simulators.Metric) (Objective, error) {
	b := builder{cfg: cfg, metrics: metrics, errs: []error{cfg.check()}}
	c := &compiled{kind: cfg.kind(), metrics: len(metrics), cap: cfg.Cap, rho: cfg.Rho}
	if c.cap == 0 {
		c.cap = DefaultCap
	}
	if c.rho == 0 {
		c.rho = DefaultRho
	}
	b.goals(c)
	b.limits(c, cfg.AtMost, false)
	b.limits(c, cfg.AtLeast, true)
	if err := errors.Join(b.errs...); err != nil {
		return nil, fmt.Errorf("objective: %w", err)
	}
	c.objectives = b.objectives(c)
	return c, nil
}

// compiled is an Objective of any kind.
type compiled struct {
	kind        Kind
	metrics     int // how many values a result has
	goals       []goal
	limits      []limit
	cap, rho    float64
	objectives  []Term
	constraints []Term
}

// goal is one term to be maximised (factor > 0), minimised (factor < 0) or, in kind ratio, brought to a target.
type goal struct {
	term           term
	factor, target float64
}

// limit is one constraint: sign is +1 for at most, -1 for at least.
type limit struct {
	term               term
	sign, bound, scale float64
}

// Objectives implements Objective.
func (c *compiled) Objectives() []Term { return slices.Clone(c.objectives) }

// Constraints implements Objective.
func (c *compiled) Constraints() []Term { return slices.Clone(c.constraints) }

// builder gathers what is wrong with the terms.
type builder struct {
	cfg     Config
	metrics []simulators.Metric
	errs    []error
}

func (b *builder) term(text string) term {
	t, err := compile(text, b.metrics)
	b.errs = append(b.errs, err)
	return t
}

// goals compiles what is optimised, in the order of Score.Objectives.
func (b *builder) goals(c *compiled) {
	if c.kind == Ratio {
		for _, text := range slices.Sorted(maps.Keys(b.cfg.Targets)) {
			c.goals = append(c.goals, goal{term: b.term(text), target: b.cfg.Targets[text]})
		}
		return
	}
	n := len(b.cfg.Minimise) + len(b.cfg.Maximise)
	add := func(text string, sign float64) {
		weight := 1.0
		if c.kind == Weighted || c.kind == Penalty {
			weight = 1 / float64(n)
			if w, ok := b.cfg.Weights[text]; ok {
				weight = w
			}
		}
		c.goals = append(c.goals, goal{term: b.term(text), factor: sign * weight})
	}
	for _, text := range b.cfg.Minimise {
		add(text, -1)
	}
	for _, text := range b.cfg.Maximise {
		add(text, 1)
	}
}

// limits compiles bounds of one direction, sorted by term.
func (b *builder) limits(c *compiled, bounds map[string]float64, atLeast bool) {
	for _, text := range slices.Sorted(maps.Keys(bounds)) {
		l := limit{term: b.term(text), sign: 1, bound: bounds[text], scale: math.Abs(bounds[text])}
		if atLeast {
			l.sign = -1
		}
		if l.scale == 0 {
			l.scale = 1
		}
		if worst, ok := b.cfg.Worst[text]; ok {
			l.scale = math.Abs(worst - l.bound)
		}
		c.limits = append(c.limits, l)
		c.constraints = append(c.constraints, Term{Name: text, Unit: b.unit(l.term), Bound: l.bound, AtLeast: atLeast, Scale: l.scale})
	}
}

// unit is the unit of a term that compiled; empty for another one, whose error is kept already.
func (b *builder) unit(t term) string {
	if t.name == "" {
		return ""
	}
	return t.unit(b.metrics)
}

// objectives names what Score.Objectives holds.
func (b *builder) objectives(c *compiled) []Term {
	var terms []Term
	var parts []string
	for _, g := range c.goals {
		switch c.kind {
		case Spec, Pareto:
			terms = append(terms, Term{Name: g.term.name, Unit: b.unit(g.term), Minimise: g.factor < 0})
		case Weighted, Penalty:
			parts = append(parts, fmt.Sprintf("%v*(%s)", g.factor, g.term.name))
		case Ratio:
			parts = append(parts, fmt.Sprintf("min(%v, %v/abs(%s - %v))", c.cap, g.target, g.term.name, g.target))
		}
	}
	switch c.kind {
	case Weighted, Penalty:
		return []Term{{Name: strings.Join(parts, " + ")}}
	case Ratio:
		return []Term{{Name: strings.Join(parts, " * ")}}
	}
	return terms
}
