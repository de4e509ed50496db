package functions

import (
	"github.com/codesign-gym/codesign/env/space"
)

// NK20 is a circular NK landscape with adjacent interactions (S. A. Kauffman and E. D. Weinberger, J. Theor. Biol. 141, 1989): 20 nominal
// axes of 4 labels, K = 3, the mean contribution negated. The least value was found by dynamic programming.
func NK20() Function {
	const n, k, labels, seed = 20, 3, 4, 1234
	s := MustSpace(Nominals("g", n, labels)...)
	return Function{
		Name: "nk20_cat", Doc: `NK landscape: 20 nominal genes, each interacting with its next three.

  f = -(1/20) Σ_i u(1234, i, genes i … i+3 as a number to base 4)`,
		Space: s, Objectives: 1, Best: -0.9084032678159538,
		Eval: func(p space.Point) ([]float64, []float64) {
			sum := 0.0
			for i := range n {
				key := 0
				for d := range k + 1 {
					key = key*labels + p[(i+d)%n]
				}
				sum += Hash01(seed, uint64(i), uint64(key))
			}
			return []float64{-sum / n}, nil
		},
	}
}

// Trap30 is six deceptive traps of 5 bits against a hidden target (K. Deb and D. E. Goldberg, Foundations of Genetic Algorithms 2, 1993): a
// trap pays 5 when all bits match and else 4 minus the matches. The value is 30 minus the sum; the best is 0, the deceptive attractor 6.
func Trap30() Function {
	const seed = 5
	s := MustSpace(Nominals("b", 30, 2)...)
	return Function{
		Name: "trap30", Doc: `Six deceptive traps of five bits against a hidden target.

  f = 30 - Σ_traps (5 when all five bits match, else 4 - matches);  the deceptive attractor has 6`,
		Space: s, Objectives: 1, Best: 0,
		Eval: func(p space.Point) ([]float64, []float64) {
			total := 0
			for trap := range 6 {
				matches := 0
				for i := trap * 5; i < trap*5+5; i++ {
					if p[i] == hashInt(seed, 0, uint64(i), 2) {
						matches++
					}
				}
				if matches == 5 {
					total += 5
				} else {
					total += 4 - matches
				}
			}
			return []float64{float64(30 - total)}, nil
		},
	}
}

// Knapsack30 is a knapsack of 30 items under 3 capacities of a third of the total weight each; the profit is negated. Few designs are
// feasible. The least value was found by integer programming.
func Knapsack30() Function {
	const seed, items, capacities = 77, 30, 3
	s := MustSpace(Nominals("item", items, 2)...)
	var weight [capacities][items]int
	var profit [items]int
	var capacity [capacities]int
	for i := range items {
		for j := range capacities {
			weight[j][i] = 5 + hashInt(seed, uint64(j), uint64(i), 50)
			profit[i] += weight[j][i]
			capacity[j] += weight[j][i]
		}
		profit[i] = profit[i]/capacities + hashInt(seed, 10, uint64(i), 25)
	}
	for j := range capacity {
		capacity[j] /= 3
	}
	return Function{
		Name: "mkp30", Doc: `Knapsack of 30 items under three capacities; few designs are feasible.

  f = -Σ profit_i x_i,  c_j = Σ w_ji x_i - capacity_j <= 0,  capacity_j = ⌊Σ w_ji / 3⌋`,
		Space: s, Objectives: 1, Constraints: capacities, Best: -458,
		Eval: func(p space.Point) ([]float64, []float64) {
			gain, excess := 0, make([]float64, capacities)
			for j := range excess {
				excess[j] = float64(-capacity[j])
			}
			for i, in := range p {
				gain += in * profit[i]
				for j := range excess {
					excess[j] += float64(in * weight[j][i])
				}
			}
			return []float64{float64(-gain)}, excess
		},
	}
}
