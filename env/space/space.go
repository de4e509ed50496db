package space

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Point is a design: one level index an axis. Points that leave this package are canonical: an inactive axis is 0.
type Point []int

// Space is an immutable list of axes. The zero value is the space without axes, whose one point is empty.
// A Space is safe for concurrent use.
type Space struct {
	params []Param
	levels []int
	conds  [][]cond // parallel to params
	needs  [][]cond // parallel to params: all conditions that an axis depends on, those of the axes in conds included; one an axis
}

// cond is a compiled Cond: axis has a level l with in[l].
type cond struct {
	axis int
	in   []bool
}

// New checks the axes and returns their space. Every mistake is reported at once.
func New(params ...Param) (Space, error) {
	s := Space{params: make([]Param, len(params)), levels: make([]int, len(params)), conds: make([][]cond, len(params))}
	var errs []error
	for i, p := range params {
		s.params[i].Name = p.Name // of a wrong axis too: later conditions may name it
		if err := p.check(); err != nil {
			errs = append(errs, err)
			continue
		}
		if s.indexAmong(i, p.Name) >= 0 {
			errs = append(errs, fmt.Errorf("axis %q is declared twice", p.Name))
		}
		p.Values, p.Labels, p.When = slices.Clone(p.Values), slices.Clone(p.Labels), slices.Clone(p.When)
		s.params[i], s.levels[i] = p, p.Levels()
		for _, when := range p.When {
			c, err := s.compile(i, when)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			s.conds[i] = append(s.conds[i], c)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Space{}, fmt.Errorf("space: %w", err)
	}
	s.needs = make([][]cond, len(params))
	for i := range s.params {
		s.needs[i] = s.allNeeds(i)
	}
	return s, nil
}

// allNeeds gathers the conditions of an axis and of all axes they are about, those on the same axis in one; the earlier axes have theirs.
func (s Space) allNeeds(axis int) []cond {
	var needs []cond
	need := func(c cond) {
		at := slices.IndexFunc(needs, func(n cond) bool { return n.axis == c.axis })
		if at < 0 {
			needs = append(needs, c)
			return
		}
		both := make([]bool, len(c.in))
		for level := range both {
			both[level] = c.in[level] && needs[at].in[level]
		}
		needs[at].in = both
	}
	for _, c := range s.conds[axis] {
		need(c)
		for _, earlier := range s.needs[c.axis] {
			need(earlier)
		}
	}
	return needs
}

// compile resolves a condition of axis i against the axes before it.
func (s Space) compile(i int, when Cond) (cond, error) {
	earlier := s.indexAmong(i, when.Param)
	if earlier < 0 {
		return cond{}, fmt.Errorf("axis %q: %w", s.params[i].Name, suggest.Unknown("earlier axis", when.Param, s.namesBefore(i)))
	}
	if s.levels[earlier] == 0 {
		return cond{}, nil // what is wrong with that axis is reported there
	}
	c := cond{axis: earlier, in: make([]bool, s.levels[earlier])}
	if len(when.In) == 0 {
		return cond{}, fmt.Errorf("axis %q: the condition on %q lists no level", s.params[i].Name, when.Param)
	}
	for _, name := range when.In {
		level, err := s.params[earlier].Level(name)
		if err != nil {
			return cond{}, fmt.Errorf("axis %q: condition: %w", s.params[i].Name, err)
		}
		c.in[level] = true
	}
	return c, nil
}

func (s Space) indexAmong(n int, name string) int {
	return slices.IndexFunc(s.params[:n], func(p Param) bool { return p.Name == name })
}

func (s Space) namesBefore(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = s.params[i].Name
	}
	return names
}

// Len is the number of axes.
func (s Space) Len() int { return len(s.params) }

// Param is the declaration of an axis; its slices must not be changed.
func (s Space) Param(axis int) Param { return s.params[axis] }

// Params walks the axes in order.
func (s Space) Params() iter.Seq2[int, Param] { return slices.All(s.params) }

// Levels is the number of levels of an axis.
func (s Space) Levels(axis int) int { return s.levels[axis] }

// Names lists the axes' names in order.
func (s Space) Names() []string { return s.namesBefore(len(s.params)) }

// Axis is the index of the named axis. The error lists the known names.
func (s Space) Axis(name string) (int, error) {
	if i := s.indexAmong(len(s.params), name); i >= 0 {
		return i, nil
	}
	return 0, suggest.Unknown("axis", name, s.Names())
}

// Conditional tells whether any axis depends on another one.
func (s Space) Conditional() bool {
	return slices.ContainsFunc(s.conds, func(c []cond) bool { return len(c) > 0 })
}

// Active tells whether an axis means anything in a point; the point must be canonical up to that axis.
func (s Space) Active(p Point, axis int) bool {
	for _, c := range s.needs[axis] {
		if !c.in[p[c.axis]] {
			return false
		}
	}
	return true
}

// Canonical returns p with every inactive axis set to 0, in a new slice. The levels must be in range (see Check).
func (s Space) Canonical(p Point) Point {
	q := slices.Clone(p)
	for axis := range q {
		if q[axis] != 0 && !s.Active(q, axis) {
			q[axis] = 0
		}
	}
	return q
}

// Check reports every way in which p is not a canonical point of the space.
func (s Space) Check(p Point) error {
	if len(p) != len(s.params) {
		return fmt.Errorf("space: a point of %d levels in a space of %d axes", len(p), len(s.params))
	}
	var errs []error
	for axis, level := range p {
		if level < 0 || level >= s.levels[axis] {
			errs = append(errs, fmt.Errorf("space: level %d of %q out of range [0, %d): %s", level, s.params[axis].Name, s.levels[axis], s.params[axis].Range()))
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for axis, level := range p {
		if level != 0 && !s.Active(p, axis) {
			errs = append(errs, fmt.Errorf("space: level %d of %q must be 0: the axis is inactive in this point", level, s.params[axis].Name))
		}
	}
	return errors.Join(errs...)
}

// Sample draws a canonical point: the axes in order, each active one uniformly over its levels. In a conditional space this is not
// uniform over canonical points: each branch of a choice is as likely as the others, however many designs it holds.
func (s Space) Sample(rng *rand.Rand) Point {
	p := make(Point, len(s.params))
	for axis := range p {
		if s.Active(p, axis) {
			p[axis] = rng.IntN(s.levels[axis])
		}
	}
	return p
}

// Key is a short string that differs between any two canonical points of the space: a map key, the input of hashes.
func (s Space) Key(p Point) string {
	var buf [64]byte
	return string(s.AppendKey(buf[:0], p))
}

// AppendKey appends Key's bytes to dst: one unsigned varint an axis.
func (s Space) AppendKey(dst []byte, p Point) []byte {
	for _, level := range p {
		dst = binary.AppendUvarint(dst, uint64(level))
	}
	return dst
}
