package lookup

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// The limits of Compile.
const (
	MostLeaves = 64  // of a tree
	MostLevels = 256 // of an axis
)

// ErrLimit is the cause of errors about models beyond the limits, which are to be evaluated by boost.Scores.
var ErrLimit = errors.New("lookup: beyond the limits of tables")

// Axis is one input: at level l the features from First on have the values Levels[l].
type Axis struct {
	First  int
	Levels [][]float64
}

// Ensemble is a compiled model. It is safe for concurrent use.
type Ensemble struct {
	base   float64
	groups [][]member // which axes a group's index is made of
	axes   int
	trees  []tree
}

// member is an axis of a group: it adds level * stride to the group's index.
type member struct{ axis, stride int }

// tree is one compiled tree.
type tree struct {
	sets   []set // one a group
	values [MostLeaves]float64
}

// set is the leaves that each index of a group leaves possible.
type set [MostLevels]uint64

// Compile makes the tables of a model whose features all come from the axes.
func Compile(m *boost.Model, axes []Axis) (*Ensemble, error) {
	owner := make([]int, m.Features) // axis of each feature
	for i := range owner {
		owner[i] = -1
	}
	for a, axis := range axes {
		if len(axis.Levels) > MostLevels {
			return nil, fmt.Errorf("%w: axis %d has %d levels, at most %d", ErrLimit, a, len(axis.Levels), MostLevels)
		}
		for f := range axis.Levels[0] {
			owner[axis.First+f] = a
		}
	}
	if f := slices.Index(owner, -1); f >= 0 {
		return nil, fmt.Errorf("lookup: feature %d comes from no axis", f)
	}
	e := &Ensemble{base: m.Base, groups: pack(axes), axes: len(axes), trees: make([]tree, len(m.Trees))}
	for i, t := range m.Trees {
		byAxis, err := e.trees[i].leaves(t, axes, owner)
		if err != nil {
			return nil, fmt.Errorf("%w: tree %d has %v", ErrLimit, i, err)
		}
		e.trees[i].sets = make([]set, len(e.groups))
		for g, members := range e.groups {
			e.trees[i].sets[g].fill(members, axes, byAxis)
		}
	}
	return e, nil
}

// pack shares the axes out to groups, the largest first, each to the first group with room.
func pack(axes []Axis) [][]member {
	order := make([]int, len(axes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return len(axes[j].Levels) - len(axes[i].Levels) })
	var groups [][]member
	var sizes []int
	for _, a := range order {
		levels := len(axes[a].Levels)
		g := slices.IndexFunc(sizes, func(size int) bool { return size*levels <= MostLevels })
		if g < 0 {
			g, groups, sizes = len(groups), append(groups, nil), append(sizes, 1)
		}
		groups[g] = append(groups[g], member{a, sizes[g]})
		sizes[g] *= levels
	}
	return groups
}

// leaves numbers the leaves, keeps their values, and tells which leaves each level of each axis leaves possible.
func (c *tree) leaves(t boost.Tree, axes []Axis, owner []int) ([][]uint64, error) {
	reach := make([]uint64, len(t.Nodes)) // leaves below each node
	leaves := 0
	for n := range t.Nodes {
		if t.Leaf(n) {
			if leaves == MostLeaves {
				return nil, fmt.Errorf("more than %d leaves", MostLeaves)
			}
			reach[n], c.values[leaves] = 1<<leaves, t.Values[n]
			leaves++
		}
	}
	possible := make([][]uint64, len(axes))
	for a, axis := range axes {
		possible[a] = make([]uint64, len(axis.Levels))
		for l := range possible[a] {
			possible[a][l] = ^uint64(0)
		}
	}
	for n := len(t.Nodes) - 1; n >= 0; n-- { // children come after their parents
		if t.Leaf(n) {
			continue
		}
		node := t.Nodes[n]
		left, right := reach[node.Left], reach[node.Left+1]
		reach[n] = left | right
		a := owner[node.Feature]
		for l, features := range axes[a].Levels {
			if v := features[int(node.Feature)-axes[a].First]; v <= node.Threshold || v != v {
				possible[a][l] &^= right
			} else {
				possible[a][l] &^= left
			}
		}
	}
	return possible, nil
}

// fill intersects the sets of a group's axes for every combination of their levels.
func (s *set) fill(members []member, axes []Axis, byAxis [][]uint64) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	for _, m := range members {
		levels := len(axes[m.axis].Levels)
		for i := range s {
			s[i] &= byAxis[m.axis][i/m.stride%levels]
		}
	}
}
