package genetic

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

// niching is the survival of NSGA-III: fronts, and within a front the directions that have the fewest survivors.
type niching struct {
	directions [][]float64
	rng        *rand.Rand
}

func newNiching(directions [][]float64, rng *rand.Rand) *niching { return &niching{directions, rng} }

// survive takes front after front until n trials are taken. Feasible trials come first: their fronts are the first ones.
func (s *niching) survive(pool []agents.Trial, n int) []int {
	number := rank.Fronts(pool)
	fronts := make([][]int, len(pool))
	feasible := 0
	for i, t := range pool {
		fronts[number[i]] = append(fronts[number[i]], i)
		if t.Feasible() {
			feasible++
		}
	}
	niche, distance := s.associate(pool, fronts, min(feasible, n))
	counts := make([]int, len(s.directions))
	taken := make([]int, 0, n)
	for _, front := range fronts {
		if len(front) == 0 || len(taken) == n {
			break
		}
		if !pool[front[0]].Feasible() {
			taken = append(taken, front[:min(len(front), n-len(taken))]...)
			continue
		}
		for len(front) > 0 && len(taken) < n {
			k := s.pick(front, niche, distance, counts)
			taken = append(taken, front[k])
			counts[niche[front[k]]]++
			front = append(front[:k], front[k+1:]...)
		}
	}
	return taken
}

// pick is the place in the front of the next survivor: of the direction with the fewest, among equal ones by chance, and of its trials the nearest one
// when it has none yet, else any.
func (s *niching) pick(front, niche []int, distance []float64, counts []int) int {
	fewest, tied, chosen := math.MaxInt, 0, 0
	present := make([]bool, len(counts))
	for _, i := range front {
		present[niche[i]] = true
	}
	for d, here := range present {
		switch {
		case !here || counts[d] > fewest:
			continue
		case counts[d] < fewest:
			fewest, tied = counts[d], 0
		}
		if tied++; s.rng.IntN(tied) == 0 {
			chosen = d
		}
	}
	best, members := -1, 0
	for k, i := range front {
		if niche[i] != chosen {
			continue
		}
		members++
		if best < 0 || fewest == 0 && distance[i] < distance[front[best]] || fewest > 0 && s.rng.IntN(members) == 0 {
			best = k
		}
	}
	return best
}

// associate finds the nearest direction of each feasible trial of the fronts that n trials fill, and the distance from it, in normalised objectives.
func (s *niching) associate(pool []agents.Trial, fronts [][]int, n int) (niche []int, distance []float64) {
	niche, distance = make([]int, len(pool)), make([]float64, len(pool))
	var considered []int
	for _, front := range fronts {
		if len(considered) >= n {
			break
		}
		considered = append(considered, front...)
	}
	if n == 0 {
		return niche, distance
	}
	normal := normalise(pool, considered, fronts[0])
	for k, i := range considered {
		distance[i] = math.Inf(1)
		for d, direction := range s.directions {
			if far := away(normal[k], direction); far < distance[i] {
				niche[i], distance[i] = d, far
			}
		}
	}
	return niche, distance
}

// away is the distance of a point from the line through the origin.
func away(point, direction []float64) float64 {
	dot, square, length := 0.0, 0.0, 0.0
	for i, v := range point {
		dot, square, length = dot+v*direction[i], square+v*v, length+direction[i]*direction[i]
	}
	return math.Sqrt(max(square-dot*dot/length, 0))
}
