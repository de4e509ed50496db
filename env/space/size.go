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

// Size is the exact number of canonical points.
func (s Space) Size() *big.Int {
	users := s.users()
	counts := map[string]*big.Int{"": big.NewInt(1)} // truth values of the open conditions -> number of prefixes
	open := []use{}                                  // the conditions that those truth values are of
	for axis := range s.params {
		next := map[string]*big.Int{}
		for state, count := range counts {
			if !s.holds(axis, open, state) {
				add(next, s.extend(state, users[axis], -1), count, 1)
				continue
			}
			for truth, levels := range s.split(axis, users[axis]) {
				add(next, state+truth, count, levels)
			}
		}
		open = append(open, users[axis]...)
		counts, open = forget(next, open, axis)
	}
	total := new(big.Int)
	for _, count := range counts {
		total.Add(total, count)
	}
	return total
}

// use is one condition seen from the axis it is about: axis user needs a level with in[level].
type use struct {
	axis, user int
	in         []bool
}

// users lists, for each axis, the conditions on it.
func (s Space) users() [][]use {
	users := make([][]use, len(s.params))
	for user, conds := range s.conds {
		for _, c := range conds {
			users[c.axis] = append(users[c.axis], use{c.axis, user, c.in})
		}
	}
	return users
}

// holds tells whether all conditions of the axis are true in a state.
func (s Space) holds(axis int, open []use, state string) bool {
	for i, u := range open {
		if u.user == axis && state[i] == '0' {
			return false
		}
	}
	return true
}

// extend appends the truth values that one level gives to the conditions on an axis; level -1 is an inactive axis: all false.
func (s Space) extend(state string, uses []use, level int) string {
	truth := []byte(state)
	for _, u := range uses {
		if level >= 0 && u.in[level] {
			truth = append(truth, '1')
		} else {
			truth = append(truth, '0')
		}
	}
	return string(truth)
}

// split groups the levels of an axis by the truth values they give, with the number of levels in each group.
func (s Space) split(axis int, uses []use) map[string]int64 {
	groups := map[string]int64{}
	for level := range s.levels[axis] {
		groups[s.extend("", uses, level)]++
	}
	return groups
}

// forget drops the conditions whose user has been passed and merges the states that become equal.
func forget(counts map[string]*big.Int, open []use, passed int) (map[string]*big.Int, []use) {
	if !slices.ContainsFunc(open, func(u use) bool { return u.user <= passed }) {
		return counts, open
	}
	merged := map[string]*big.Int{}
	for state, count := range counts {
		kept := make([]byte, 0, len(state))
		for i, u := range open {
			if u.user > passed {
				kept = append(kept, state[i])
			}
		}
		add(merged, string(kept), count, 1)
	}
	return merged, slices.DeleteFunc(slices.Clone(open), func(u use) bool { return u.user <= passed })
}

// add adds times·count to the entry of a state.
func add(counts map[string]*big.Int, state string, count *big.Int, times int64) {
	if counts[state] == nil {
		counts[state] = new(big.Int)
	}
	counts[state].Add(counts[state], new(big.Int).Mul(count, big.NewInt(times)))
}
