package sampling

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

// Options are the hyper-parameters of Agent. The zero value is the default.
type Options struct {
	Design Design // zero means Uniform
	Size   int    // points of one Latin hypercube, at most MaxLatin; zero means the budget (cut as NewSource does), or 64 when that is unknown
}

// DefaultSize is the number of points of a Latin hypercube when neither Options.Size nor the budget says it.
const DefaultSize = 64

// Agent proposes the points of a design one after the other, whatever it is told. It never finishes. A repeat is replaced by a uniformly
// drawn unseen point as long as the space has one (in spaces of more than 65,536 designs: almost surely).
type Agent struct {
	next  Source
	seen  *Seen
	guard agents.Guard
	rng   *rand.Rand
	s     space.Space
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	if o.Size < 0 || o.Size > MaxLatin {
		return nil, fmt.Errorf("sampling: size %d must be in [0, %d]", o.Size, MaxLatin)
	}
	size := o.Size
	if size == 0 {
		size = p.Budget
	}
	if size == 0 {
		size = DefaultSize
	}
	next, err := NewSource(p.Space, o.Design, size, rng)
	if err != nil {
		return nil, err
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("sampling: %w", err)
	}
	return &Agent{next: next, seen: NewSeen(p.Space), guard: guard, rng: rng, s: p.Space}, nil
}

// Ask proposes n points.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		if points[i] = a.next(); a.seen.Has(points[i]) {
			points[i] = a.seen.Fresh(func() space.Point { return a.s.Sample(a.rng) }, a.rng)
		}
		a.seen.Add(points[i])
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell remembers given designs, which are not proposed again.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("sampling: %w", err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
	}
	return nil
}
