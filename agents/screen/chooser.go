package screen

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/space"
)

// Guess says what designs will be like: trials without IDs, parallel to the points. It must depend on the points alone.
type Guess func(points []space.Point) ([]agents.Trial, error)

// ChooserOptions say what is handed out of an agent's proposals.
type ChooserOptions struct {
	Propose  int  // designs that the agent proposes for one that is handed out, at least 2
	Feasible bool // the first that is guessed to have a result is handed out, not the best of all
}

// Chooser is another agent of whose proposals a model chooses. Memory: that of the agent.
type Chooser struct {
	queue queue
	guess Guess
	o     ChooserOptions
	guard agents.Guard
}

var _ agents.Agent = (*Chooser)(nil)

// Choose puts a model that is there already in front of an agent for the same problem.
func Choose(p agents.Problem, inner agents.Agent, guess Guess, o ChooserOptions) (*Chooser, error) {
	if o.Propose < 2 {
		return nil, fmt.Errorf("screen: %d proposals: there must be at least 2 to choose from", o.Propose)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("screen: %w", err)
	}
	return &Chooser{queue: newQueue(inner), guess: guess, o: o, guard: guard}, nil
}

// Ask hands out what is chosen.
func (c *Chooser) Ask(n int) ([]space.Point, error) {
	var points []space.Point
	for range n {
		next := c.best
		if c.o.Feasible {
			next = c.feasible
		}
		p, err := next()
		if err != nil {
			return nil, err
		}
		if p == nil { // finished
			break
		}
		points = append(points, p)
	}
	c.guard.Ask(points...)
	return points, nil
}

// best is the best of some proposals; of the others the agent is told what is guessed.
func (c *Chooser) best() (space.Point, error) {
	var proposed []*proposal
	var points []space.Point
	for range c.o.Propose {
		p, err := c.queue.ask()
		if err != nil {
			return nil, err
		}
		if p == nil {
			break
		}
		proposed, points = append(proposed, p), append(points, p.point)
	}
	if len(proposed) == 0 {
		return nil, nil
	}
	guessed, err := c.guess(points)
	if err != nil {
		return nil, err
	}
	chosen := rank.Order(guessed)[0]
	for i, p := range proposed {
		if i != chosen {
			guessed[i].Point = p.point
			p.instead = &guessed[i]
		}
	}
	return proposed[chosen].point, c.queue.tellSkipped()
}

// feasible is the next proposal that is guessed to have a result; the last one whatever is guessed.
func (c *Chooser) feasible() (space.Point, error) {
	for tried := 1; ; tried++ {
		p, err := c.queue.ask()
		if err != nil || p == nil {
			return nil, err
		}
		guessed, err := c.guess([]space.Point{p.point})
		if err != nil {
			return nil, err
		}
		if guessed[0].Objectives != nil || tried == c.o.Propose {
			return p.point, nil
		}
		guessed[0].Point = p.point
		p.instead = &guessed[0]
		if err := c.queue.tellSkipped(); err != nil {
			return nil, err
		}
	}
}

// Tell passes the trials on.
func (c *Chooser) Tell(trials []agents.Trial) error {
	if err := c.guard.Tell(trials); err != nil {
		return err
	}
	for _, t := range trials {
		if err := c.queue.answer(t); err != nil {
			return err
		}
	}
	return nil
}
