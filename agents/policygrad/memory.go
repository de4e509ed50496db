package policygrad

import (
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env"
)

// Deed is a told design with what each agent did for it.
type Deed struct {
	Trial    agents.Trial
	Actions  []env.Action // one an agent; on an axis that the whole design makes inactive the agent's own choice
	logProbs []float64    // of the actions when they were chosen
}

// Memory keeps the best deeds in the order of package rank, each design once: what a Designer replays.
type Memory struct {
	capacity int
	best     []Deed
}

// NewMemory makes an empty memory of at most capacity designs.
func NewMemory(capacity int) *Memory { return &Memory{capacity: capacity} }

// Add offers a deed.
func (m *Memory) Add(d Deed) {
	if slices.ContainsFunc(m.best, func(other Deed) bool { return slices.Equal(other.Trial.Point, d.Trial.Point) }) {
		return
	}
	pool := append(slices.Clone(m.best), d)
	trials := make([]agents.Trial, len(pool))
	for i, other := range pool {
		trials[i] = other.Trial
	}
	m.best = m.best[:0]
	for _, i := range rank.Order(trials)[:min(len(pool), m.capacity)] {
		m.best = append(m.best, pool[i])
	}
}

// Best lists the deeds, the best first. It is valid until the next Add and must not be changed.
func (m *Memory) Best() []Deed { return m.best }

// RankAdvantages spreads the trials evenly over [-1/2, 1/2] in the order of package rank, the best highest; equal ones, of one objective, share
// the mean of their places. A single trial has 0.
func RankAdvantages(trials []agents.Trial) []float64 {
	advantages := make([]float64, len(trials))
	order := rank.Order(trials)
	for first := 0; first < len(order); {
		end := first + 1
		for end < len(order) && equal(trials[order[first]], trials[order[end]]) {
			end++
		}
		for _, i := range order[first:end] {
			place := float64(first+end-1) / 2
			advantages[i] = 0.5 - place/float64(max(len(order)-1, 1))
			if len(order) == 1 {
				advantages[i] = 0
			}
		}
		first = end
	}
	return advantages
}

// equal tells whether neither of two trials is better and both have at most one objective, so that no front or crowding decides.
func equal(a, b agents.Trial) bool {
	return len(a.Objectives) <= 1 && len(b.Objectives) <= 1 && rank.Compare(a, b) == 0
}
