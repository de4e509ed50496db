package history

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
)

// Loop is the asking and telling of an agent with a model of all its trials, which embeds it: designs of a start first, then those that the agent
// chooses. It never finishes: once every design is seen, designs are drawn uniformly.
type Loop struct {
	Past  *History
	name  string // of the agent, before its errors
	steps Steps
	space space.Space
	rng   *rand.Rand
	start sampling.Source
}

// Steps is what sets one agent apart from another. Neither is called once every design is seen.
type Steps struct {
	Starting func() bool                 // whether the start goes on; not called while no trial is told, when it does
	Choose   func() (space.Point, error) // a design that was not seen; nil for one that is drawn uniformly
}

// Start is how the designs of a start are spread.
type Start struct {
	Design  sampling.Design
	Designs int // that are stratified together, by a Latin hypercube
}

// NewLoop remembers nothing yet. The generator is the one that the agent itself draws from.
func NewLoop(name string, p agents.Problem, start Start, rng *rand.Rand, steps Steps) (Loop, error) {
	source, err := sampling.NewSource(p.Space, start.Design, start.Designs, rng)
	if err != nil {
		return Loop{}, fmt.Errorf("%s: %w", name, err)
	}
	past, err := New(p)
	if err != nil {
		return Loop{}, fmt.Errorf("%s: %w", name, err)
	}
	return Loop{Past: past, name: name, steps: steps, space: p.Space, rng: rng, start: source}, nil
}

// Ask proposes n points.
func (l *Loop) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		p, err := l.next()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		points[i] = l.Past.Ask(p)
	}
	return points, nil
}

// Tell remembers the trials.
func (l *Loop) Tell(trials []agents.Trial) error {
	if err := l.Past.Tell(trials); err != nil {
		return fmt.Errorf("%s: %w", l.name, err)
	}
	return nil
}

// Draw is a uniformly drawn design, seen or not.
func (l *Loop) Draw() space.Point { return l.space.Sample(l.rng) }

func (l *Loop) next() (space.Point, error) {
	if l.Past.Exhausted() {
		return l.Draw(), nil
	}
	if len(l.Past.Trials()) == 0 || l.steps.Starting() {
		return l.Past.Fresh(l.start, l.rng), nil
	}
	p, err := l.steps.Choose()
	if p == nil && err == nil {
		p = l.Past.Fresh(l.Draw, l.rng)
	}
	return p, err
}
