package space

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Design is a point by name: axis name to value, a float64 for an ordinal axis and a level name for the others. Inactive axes are absent.
type Design map[string]any

// Design names the values of a canonical point.
func (s Space) Design(p Point) Design {
	d := make(Design, len(p))
	for axis, param := range s.params {
		if !s.Active(p, axis) {
			continue
		}
		if param.Kind == Ordinal {
			d[param.Name] = param.Values[p[axis]]
		} else {
			d[param.Name] = param.LevelName(p[axis])
		}
	}
	return d
}

// Point is the canonical point of a design: every active axis must have a value (an axis of one level may be left out), an inactive one
// must be absent or nil, and no other name may occur. Numbers may be of any Go number type or text. Every mistake is reported at once; nobody
// knows whether an axis that depends on a mistaken one is active, so only a wrong level of it is a mistake.
func (s Space) Point(d Design) (Point, error) {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(d)) {
		if s.indexAmong(len(s.params), name) < 0 {
			errs = append(errs, suggest.Unknown("axis", name, s.Names()))
		}
	}
	p := make(Point, len(s.params))
	mistaken := make([]bool, len(s.params))
	for axis, param := range s.params {
		v, given := d[param.Name]
		given = given && v != nil
		unknown := slices.ContainsFunc(s.needs[axis], func(c cond) bool { return mistaken[c.axis] })
		switch active := s.Active(p, axis); {
		case given && (active || unknown):
			level, err := param.Level(levelText(v))
			errs = append(errs, err)
			p[axis], mistaken[axis] = level, err != nil
		case active && !unknown && s.levels[axis] > 1:
			errs = append(errs, fmt.Errorf("axis %q has no value: %s", param.Name, param.Range()))
			mistaken[axis] = true
		case given:
			errs = append(errs, fmt.Errorf("axis %q is inactive in this design and must have no value, not %v", param.Name, v))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return p, nil
}

// levelText is a level's name as a decoder may have typed it.
func levelText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return formatNumber(v)
	}
	return fmt.Sprint(v)
}
