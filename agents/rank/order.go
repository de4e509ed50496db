package rank

import (
	"cmp"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents"
)

// Order lists the indices of the trials, the best first.
func Order(trials []agents.Trial) []int {
	order := make([]int, len(trials))
	for i := range order {
		order[i] = i
	}
	if !several(trials) {
		slices.SortStableFunc(order, func(i, j int) int { return Compare(trials[i], trials[j]) })
		return order
	}
	front := Fronts(trials)
	crowding := make([]float64, len(trials))
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(front[i], front[j]) })
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && front[order[end]] == front[order[start]] {
			end++
		}
		if members := order[start:end]; trials[members[0]].Feasible() {
			addCrowding(crowding, trials, members)
		}
		start = end
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(front[i], front[j]), cmp.Compare(crowding[j], crowding[i]), cmp.Compare(i, j))
	})
	return order
}

// Best is the index of the best trial, the first of Order; -1 of none.
func Best(trials []agents.Trial) int {
	if len(trials) == 0 {
		return -1
	}
	if several(trials) {
		return Order(trials)[0]
	}
	best := 0
	for i, t := range trials {
		if Compare(t, trials[best]) < 0 {
			best = i
		}
	}
	return best
}

// several tells whether there are several objectives; trials without any do not show it.
func several(trials []agents.Trial) bool {
	return slices.ContainsFunc(trials, func(t agents.Trial) bool { return len(t.Objectives) > 1 })
}

// Fronts numbers the trials by non-dominated front: front 0 is dominated by none, front k only by trials of fronts below k.
func Fronts(trials []agents.Trial) []int {
	n := len(trials)
	front, dominators := make([]int, n), make([]int, n)
	dominated := make([][]int, n)
	for i := range n {
		for j := range i {
			switch c := Compare(trials[i], trials[j]); {
			case c < 0:
				dominated[i] = append(dominated[i], j)
				dominators[j]++
			case c > 0:
				dominated[j] = append(dominated[j], i)
				dominators[i]++
			}
		}
	}
	var current []int
	for i, count := range dominators {
		if count == 0 {
			current = append(current, i)
		}
	}
	for level := 0; len(current) > 0; level++ {
		var next []int
		for _, i := range current {
			front[i] = level
			for _, j := range dominated[i] {
				if dominators[j]--; dominators[j] == 0 {
					next = append(next, j)
				}
			}
		}
		current = next
	}
	return front
}

// addCrowding sets the crowding distances of one front of feasible trials. It reorders members.
func addCrowding(crowding []float64, trials []agents.Trial, members []int) {
	for m := range trials[members[0]].Objectives {
		at := func(k int) float64 { return trials[members[k]].Objectives[m] }
		slices.SortStableFunc(members, func(i, j int) int {
			return cmp.Compare(trials[i].Objectives[m], trials[j].Objectives[m])
		})
		last := len(members) - 1
		spread := at(last) - at(0)
		crowding[members[0]], crowding[members[last]] = math.Inf(1), math.Inf(1)
		if spread == 0 {
			continue
		}
		for k := 1; k < last; k++ {
			crowding[members[k]] += (at(k+1) - at(k-1)) / spread
		}
	}
}
