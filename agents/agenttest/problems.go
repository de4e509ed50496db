package agenttest

import (
	"math"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

// mixedSpace has an axis of every kind, one of a single level, and conditional axes of three depths: 5·24·(1 + 4 + 4·(3 + 2)) = 3,000 designs.
func mixedSpace() space.Space {
	return functions.MustSpace(
		space.Param{Name: "size", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8, 16}, Log: true, Group: "core"},
		space.Param{Name: "fixed", Kind: space.Ordinal, Values: []float64{7}, Group: "core"},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "direct", "set"}, Group: "memory"},
		space.Param{Name: "sets", Kind: space.Ordinal, Values: []float64{16, 32, 64, 128}, Group: "memory",
			When: []space.Cond{{Param: "cache", In: []string{"direct", "set"}}}},
		space.Param{Name: "policy", Kind: space.Nominal, Labels: []string{"lru", "fifo", "random"}, Group: "memory",
			When: []space.Cond{{Param: "cache", In: []string{"set"}}}},
		space.Param{Name: "age", Kind: space.Ordinal, Values: []float64{1, 2, 3}, Group: "memory",
			When: []space.Cond{{Param: "policy", In: []string{"lru"}}}},
		space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"m", "n", "k", "c"}, Group: "core"},
	)
}

// spaces lists the spaces that every clause uses.
func spaces() map[string]space.Space {
	return map[string]space.Space{
		"mixed":   mixedSpace(),
		"binary":  functions.MustSpace(functions.Nominals("b", 12, 2)...),
		"small":   functions.MustSpace(append(functions.Nominals("c", 1, 3), functions.Ordinals(1, 4, 0, 1)...)...),
		"single":  functions.MustSpace(functions.Nominals("only", 2, 1)...),
		"no axis": functions.MustSpace(),
	}
}

// spaceNames is the order in which clauses use them.
func spaceNames() []string { return []string{"mixed", "binary", "small", "single", "no axis"} }

// results are made-up evaluations.
type results struct {
	objectives, constraints int
	// infeasible gives the reason and the violation of the trials that have one; nil = none.
	infeasible func(id int) (reason string, violation float64)
}

// evaluate makes up a result that depends on the point alone, but for infeasible. Violations are as env/objective scores them.
func (r results) evaluate(id int, p space.Point) agents.Trial {
	key := uint64(17)
	for axis, level := range p {
		key = key*31 + uint64(level*(axis+3))
	}
	t := agents.Trial{Violations: make([]float64, r.constraints+1)}
	if r.infeasible != nil {
		if reason, violation := r.infeasible(id); reason != "" {
			for i := range r.constraints {
				t.Violations[i] = 1
			}
			t.Infeasible, t.Violations[r.constraints] = reason, violation
			return t
		}
	}
	for i := range r.constraints {
		t.Violations[i] = functions.Hash01(key, 1, uint64(i)) - 0.7
	}
	for i := range max(r.objectives, 1) {
		t.Objectives = append(t.Objectives, math.Floor(functions.Hash01(key, 0, uint64(i))*16)/16-float64(sum(p)))
	}
	return t
}

func (r results) problem(s space.Space, budget int) agents.Problem {
	return agents.Problem{Space: s, Objectives: max(r.objectives, 1), Constraints: r.constraints, Budget: budget}
}

func sum(p space.Point) int {
	total := 0
	for _, level := range p {
		total += level
	}
	return total
}
