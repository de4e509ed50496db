package space

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Narrowed is a space that holds only some levels of another one's axes, for a scenario that fixes or narrows them.
type Narrowed struct {
	Space          // the narrow space
	wide   Space   // the space it was cut from
	axes   []int   // narrow axis -> wide axis
	levels [][]int // narrow axis -> narrow level -> wide level
}

// Narrow keeps only the named levels of the named axes; the others keep all. An axis that can no longer be active under any design is
// left out, and a narrowed permutation becomes a nominal axis of the orders that are kept. Every mistake is reported at once.
func Narrow(s Space, keep map[string][]string) (Narrowed, error) {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(keep)) {
		if s.indexAmong(s.Len(), name) < 0 {
			errs = append(errs, suggest.Unknown("axis", name, s.Names()))
		}
	}
	n := Narrowed{wide: s}
	var params []Param
	for axis, param := range s.params {
		kept, err := keptLevels(param, keep)
		errs = append(errs, err)
		when, possible := n.keptConds(param, params)
		if err != nil || !possible {
			continue
		}
		n.axes, n.levels = append(n.axes, axis), append(n.levels, kept)
		params = append(params, param.with(kept, when))
	}
	if err := errors.Join(errs...); err != nil {
		return Narrowed{}, err
	}
	var err error
	n.Space, err = New(params...)
	return n, err
}

// keptLevels lists the wide levels that an axis keeps, ascending.
func keptLevels(p Param, keep map[string][]string) ([]int, error) {
	names, narrowed := keep[p.Name]
	var kept []int
	if !narrowed {
		for level := range p.Levels() {
			kept = append(kept, level)
		}
		return kept, nil
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("axis %q keeps no level: %s", p.Name, p.Range())
	}
	var errs []error
	for _, name := range names {
		level, err := p.Level(name)
		errs = append(errs, err)
		kept = append(kept, level)
	}
	slices.Sort(kept)
	return slices.Compact(kept), errors.Join(errs...)
}

// keptConds restricts the conditions of an axis to the levels that earlier axes kept; false when one can never hold.
func (n Narrowed) keptConds(p Param, earlier []Param) ([]Cond, bool) {
	var when []Cond
	for _, c := range p.When {
		at := slices.IndexFunc(earlier, func(e Param) bool { return e.Name == c.Param })
		if at < 0 {
			return nil, false
		}
		wide := n.wide.params[n.axes[at]]
		var in []string
		for level, wideLevel := range n.levels[at] {
			if slices.ContainsFunc(c.In, func(name string) bool { l, err := wide.Level(name); return err == nil && l == wideLevel }) {
				in = append(in, earlier[at].LevelName(level))
			}
		}
		if len(in) == 0 {
			return nil, false
		}
		when = append(when, Cond{c.Param, in})
	}
	return when, true
}

// with is the axis with only the kept levels and with other conditions.
func (p Param) with(kept []int, when []Cond) Param {
	q := p
	q.When = when
	if len(kept) == p.Levels() {
		return q
	}
	q.Values, q.Labels = nil, nil
	for _, level := range kept {
		if p.Kind == Ordinal {
			q.Values = append(q.Values, p.Values[level])
		} else {
			q.Labels = append(q.Labels, p.LevelName(level))
		}
	}
	if p.Kind == Permutation {
		q.Kind = Nominal
		q.Doc = strings.TrimSpace(p.Doc + " (some orders only)")
	}
	return q
}

// Wide is the point of the wide space that a canonical point of the narrow one stands for.
func (n Narrowed) Wide(p Point) Point {
	q := make(Point, n.wide.Len())
	for axis, level := range p {
		if n.Active(p, axis) {
			q[n.axes[axis]] = n.levels[axis][level]
		}
	}
	return q
}

// Narrow is the inverse of Wide; false when the wide point has a level that the narrow space lacks.
func (n Narrowed) Narrow(wide Point) (Point, bool) {
	p := make(Point, n.Len())
	for axis := range p {
		if !n.Active(p, axis) {
			continue
		}
		level, ok := slices.BinarySearch(n.levels[axis], wide[n.axes[axis]])
		if !ok {
			return nil, false
		}
		p[axis] = level
	}
	return p, true
}
