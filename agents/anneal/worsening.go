package anneal

import (
	"math"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

// memory is how many changes a running mean remembers, about.
const memory = 32

// mean is a running mean of absolute changes: of all of them while they are few, then with exponentially falling weights.
type mean struct {
	value float64
	count float64
}

func (m *mean) add(change float64) {
	m.count = min(m.count+1, memory)
	m.value += (math.Abs(change) - m.value) / m.count
}

// scales are the sizes of the changes that moves make.
type scales struct {
	objectives []mean
	violation  mean // of evaluated designs
	distance   mean // from feasible, of the others
}

// observe learns from one move.
func (s *scales) observe(from, to agents.Trial) {
	switch {
	case from.Feasible() && to.Feasible():
		for i := range s.objectives {
			s.objectives[i].add(to.Objectives[i] - from.Objectives[i])
		}
	case from.Objectives != nil && to.Objectives != nil:
		s.violation.add(to.Violation() - from.Violation())
	case distance(from) > 0 && distance(to) > 0:
		s.distance.add(distance(to) - distance(from))
	}
}

// worsening is how much worse to is than from, in mean changes; 0 when it is not worse, infinite when the two cannot be compared.
func (s *scales) worsening(from, to agents.Trial) float64 {
	switch {
	case rank.Compare(to, from) <= 0:
		return 0
	case from.Feasible() && to.Feasible():
		sum := 0.0
		for i := range s.objectives {
			sum += share(from.Objectives[i]-to.Objectives[i], s.objectives[i])
		}
		return sum / float64(len(s.objectives))
	case from.Objectives != nil && to.Objectives != nil:
		return share(to.Violation()-from.Violation(), s.violation)
	case from.Objectives == nil && distance(from) > 0 && distance(to) > 0:
		return share(distance(to)-distance(from), s.distance)
	}
	return math.Inf(1)
}

// share is a loss in mean changes; a gain is none.
func share(loss float64, m mean) float64 {
	if loss <= 0 {
		return 0
	}
	if m.value == 0 {
		return math.Inf(1) // no move has changed anything yet: a loss is as large as can be
	}
	return loss / m.value
}

// distance is how far a design that was not evaluated is from feasible; 0 when it is unknown.
func distance(t agents.Trial) float64 {
	if t.Objectives != nil || len(t.Violations) == 0 {
		return 0
	}
	return t.Violations[len(t.Violations)-1]
}
