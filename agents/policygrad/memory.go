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
	by       *rival       // who learns from it
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

// RankAdvantages are in [-1/2, 1/2]: 1/2 - p/(n-1) for the place p of a trial among n, which is the number of better trials (rank.Compare) and half of
// those that are neither better nor worse. Of one objective that spreads the trials evenly, the best highest, and equal ones share the mean of their
// places. Of several, designs of which none dominates the other are alike: crowding would push towards the ends of the front, where it is
// infinite. A single trial has 0.
func RankAdvantages(trials []agents.Trial) []float64 {
	advantages := make([]float64, len(trials))
	if len(trials) < 2 {
		return advantages
	}
	for i, t := range trials {
		place := 0.0
		for j, other := range trials {
			switch c := rank.Compare(other, t); {
			case c < 0:
				place++
			case c == 0 && i != j:
				place += 0.5
			}
		}
		advantages[i] = 0.5 - place/float64(len(trials)-1)
	}
	return advantages
}
