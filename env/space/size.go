package space

import (
	"math/big"
	"slices"
)

// RawSize is the number of level vectors, canonical or not: the product of the level counts.
func (s Space) RawSize() *big.Int {
	size := big.NewInt(1)
	for _, n := range s.levels {
		size.Mul(size, big.NewInt(int64(n)))
	}
	return size
}

// Size is the exact number of canonical points. Its time grows with the number of combinations of still undecided axes that can be ruled
// out together at some place of the order in which it walks the axes: few in practice, exponential at worst.
func (s Space) Size() *big.Int {
	size, users := big.NewInt(1), s.users()
	for _, component := range s.components() {
		size.Mul(size, s.count(s.order(component, users), users))
	}
	return size
}

// use is one condition seen from the axis it is about: axis user needs a level with in[level].
type use struct {
	user int
	in   []bool
}

// users lists, for each axis, the conditions on it.
func (s Space) users() [][]use {
	users := make([][]use, len(s.params))
	for user, conds := range s.conds {
		for _, c := range conds {
			users[c.axis] = append(users[c.axis], use{user, c.in})
		}
	}
	return users
}

// components lists the sets of axes that conditions connect, each ascending.
func (s Space) components() [][]int {
	of := make([]int, len(s.params)) // the component of each axis, named by one of its axes
	for axis, conds := range s.conds {
		of[axis] = axis
		for _, c := range conds {
			joined := of[c.axis]
			for other := range axis + 1 {
				if of[other] == joined {
					of[other] = of[axis]
				}
			}
		}
	}
	sets := make([][]int, len(s.params))
	for axis, component := range of {
		sets[component] = append(sets[component], axis)
	}
	return slices.DeleteFunc(sets, func(set []int) bool { return len(set) == 0 })
}

// order sorts the axes of a component such that every axis follows those it depends on, and each step leaves as few axes undecided, with
// some but not all of what they depend on walked, as it can: a switch's parameters follow it at once.
func (s Space) order(component []int, users [][]use) []int {
	var order []int
	undecided, walked := make([]bool, len(s.params)), make([]bool, len(s.params))
	for len(order) < len(component) {
		best, least := -1, 0
		for _, axis := range component {
			if walked[axis] || slices.ContainsFunc(s.conds[axis], func(c cond) bool { return !walked[c.axis] }) {
				continue
			}
			more := 0
			for k, u := range users[axis] {
				if !undecided[u.user] && !slices.ContainsFunc(users[axis][:k], func(v use) bool { return v.user == u.user }) {
					more++
				}
			}
			if undecided[axis] {
				more--
			}
			if best < 0 || more < least {
				best, least = axis, more
			}
		}
		walked[best], undecided[best] = true, false
		for _, u := range users[best] {
			undecided[u.user] = true
		}
		order = append(order, best)
	}
	return order
}

// The fate of an axis in a prefix of the walk; an axis that was walked is open again, so that prefixes with the same future are alike.
const (
	open     = byte(0)
	ruledOut = byte(1) // a condition of it is false
)

// count is the number of canonical points of the axes in the order.
func (s Space) count(order []int, users [][]use) *big.Int {
	start := string(make([]byte, len(s.params)))
	counts := map[string]*big.Int{start: big.NewInt(1)} // fates of all axes -> number of prefixes
	for _, axis := range order {
		next := map[string]*big.Int{}
		groups := s.groups(axis, users[axis])
		for fates, n := range counts {
			if fates[axis] == ruledOut {
				add(next, after(fates, axis, users[axis], -1), n, 1)
				continue
			}
			for _, g := range groups {
				add(next, after(fates, axis, users[axis], g.level), n, g.size)
			}
		}
		counts = next
	}
	return counts[start]
}

// group is a number of levels of an axis that make the same conditions true, with one of them.
type group struct {
	level int
	size  int64
}

func (s Space) groups(axis int, users []use) []group {
	var groups []group
	for level := range s.levels[axis] {
		at := slices.IndexFunc(groups, func(g group) bool {
			return !slices.ContainsFunc(users, func(u use) bool { return u.in[level] != u.in[g.level] })
		})
		if at < 0 {
			at = len(groups)
			groups = append(groups, group{level: level})
		}
		groups[at].size++
	}
	return groups
}

// after is the fates once an axis was walked: it has the level, or -1 when it is inactive, which makes every condition on it false.
func after(fates string, axis int, users []use, level int) string {
	next := []byte(fates)
	next[axis] = open
	for _, u := range users {
		if level < 0 || !u.in[level] {
			next[u.user] = ruledOut
		}
	}
	return string(next)
}

// add adds times·n to the entry of the fates.
func add(counts map[string]*big.Int, fates string, n *big.Int, times int64) {
	if counts[fates] == nil {
		counts[fates] = new(big.Int)
	}
	counts[fates].Add(counts[fates], new(big.Int).Mul(n, big.NewInt(times)))
}
