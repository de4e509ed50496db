package gamma

import (
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// structure is what the declarations of the axes say of each other.
type structure struct {
	space  space.Space
	above  []int   // of each axis the one of its role in the group before, -1 = none
	roles  [][]int // axes of one role each, one a group
	orders []int   // permutation axes
	genes  []int   // ordinal and nominal axes that are no depth
	depths []int   // ordinal axes on which others depend
}

// newStructure reads the declarations.
func newStructure(s space.Space) *structure {
	t := &structure{space: s, above: make([]int, s.Len())}
	names := map[string]bool{}
	for _, p := range s.Params() {
		for _, c := range p.When {
			names[c.Param] = true
		}
	}
	at := map[string]int{} // role -> its place in roles
	for axis, p := range s.Params() {
		t.above[axis] = -1
		if p.Kind == space.Ordinal && names[p.Name] {
			t.depths = append(t.depths, axis)
			continue
		}
		role := roleOf(p)
		place, known := at[role]
		if !known {
			place = len(t.roles)
			at[role] = place
			t.roles = append(t.roles, nil)
		}
		if n := len(t.roles[place]); n > 0 {
			t.above[axis] = t.roles[place][n-1]
		}
		t.roles[place] = append(t.roles[place], axis)
		if p.Kind == space.Permutation {
			t.orders = append(t.orders, axis)
		} else {
			t.genes = append(t.genes, axis)
		}
	}
	return t
}

// roleOf names what an axis is in its group: its kind and its name without the group's in front. An axis that does not carry the group's name has a role of
// its own.
func roleOf(p space.Param) string {
	if role, ok := strings.CutPrefix(p.Name, p.Group+"_"); ok && p.Group != "" {
		return p.Kind.String() + " " + role
	}
	return "of its own " + p.Name
}

// of lists the roles of a kind.
func (t *structure) of(kind space.Kind) (list [][]int) {
	for _, role := range t.roles {
		if t.space.Param(role[0]).Kind == kind {
			list = append(list, role)
		}
	}
	return list
}

// part tells whether the level of an axis is a part of that of another one: an ordinal axis whose role is in a group before.
func (t *structure) part(axis int) bool {
	return t.above[axis] >= 0 && t.space.Param(axis).Kind == space.Ordinal
}

// most is the greatest level of an axis in a point: for a part that of the value which the group before has, if it has one.
func (t *structure) most(p space.Point, axis int) int {
	last := t.space.Levels(axis) - 1
	for up := axis; t.part(up); {
		up = t.above[up]
		if !t.space.Active(p, up) {
			continue
		}
		value := t.space.Param(up).Values[p[up]]
		level, exact := slices.BinarySearch(t.space.Param(axis).Values, value)
		if !exact {
			level--
		}
		return min(max(level, 0), last)
	}
	return last
}
