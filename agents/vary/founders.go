package vary

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

// Founders collects the given trials of an agent that begins with a population, until its first Ask. The zero value is ready.
type Founders struct{ given []agents.Trial }

// Keep takes the trial if it is a given one, and tells whether it did.
func (f *Founders) Keep(t agents.Trial) bool {
	if t.Given {
		f.given = append(f.given, t)
	}
	return t.Given
}

// Take hands out the best trials that were kept, at most n, the best first, and forgets them all.
func (f *Founders) Take(n int) []agents.Trial {
	order := rank.Order(f.given)
	best := make([]agents.Trial, min(n, len(order)))
	for i := range best {
		best[i] = f.given[order[i]]
	}
	f.given = nil
	return best
}

// Affordable is the error of a population, or whatever the option is named, that is larger than a known budget: such a search would end
// before it begins.
func Affordable(option string, size, budget int) error {
	if budget > 0 && size > budget {
		return fmt.Errorf("%s %d must be at most %d, the budget in trials", option, size, budget)
	}
	return nil
}
