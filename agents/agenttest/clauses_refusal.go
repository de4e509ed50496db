package agenttest

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents"
)

// mistake is a way to tell an agent what it must not believe.
type mistake struct {
	name string
	// of makes the wrong batch from the trials that the agent waits for: right ones, and a wrong one last.
	of func(right []agents.Trial) []agents.Trial
}

func mistakes() []mistake {
	last := func(change func(*agents.Trial)) func([]agents.Trial) []agents.Trial {
		return func(right []agents.Trial) []agents.Trial {
			wrong := slices.Clone(right)
			change(&wrong[len(wrong)-1])
			return wrong
		}
	}
	number := func(v float64) func(*agents.Trial) {
		return func(t *agents.Trial) { t.Objectives = []float64{v} }
	}
	return []mistake{
		{"an objective that is NaN", last(number(math.NaN()))},
		{"an objective that is infinite", last(number(math.Inf(1)))},
		{"a violation that is NaN", last(func(t *agents.Trial) { t.Violations = []float64{0, math.NaN()} })},
		{"the ID of a trial that was told already", last(func(t *agents.Trial) { t.ID = 0 })},
		{"a design outside the space", last(func(t *agents.Trial) { t.Point = append(slices.Clone(t.Point), 0) })},
		{"a trial that was not asked for and is not given", func(right []agents.Trial) []agents.Trial {
			more := right[len(right)-1]
			more.ID++
			return append(slices.Clone(right), more)
		}},
	}
}

// checkRefusal tells one of two twins the mistakes as well: it must refuse each, and go on like the other.
func checkRefusal(make New) error {
	r := results{constraints: 1}
	for _, name := range spaceNames() {
		p := r.problem(spaces()[name], 40)
		for _, m := range mistakes() {
			if err := m.refused(make, r, p); err != nil {
				return fmt.Errorf("space %q: %s: %w", name, m.name, err)
			}
		}
	}
	return nil
}

// refused proves that a new agent is not harmed by the mistake after some trials.
func (m mistake) refused(make New, r results, p agents.Problem) error {
	const before, inFlight = 9, 2
	agent, err := make.made(p, 9)
	if err != nil {
		return err
	}
	twin, err := make.made(p, 9)
	if err != nil {
		return err
	}
	for told, batch := 0, 1; told < p.Budget; {
		if told == before {
			batch = inFlight
		}
		right, err := r.asked(agent, p, told, batch)
		if err != nil {
			return err
		}
		same, err := r.asked(twin, p, told, batch)
		if err != nil {
			return err
		}
		if err := samePoints(same, right); err != nil {
			return fmt.Errorf("it is an error that must change nothing, but: %w", err)
		}
		if len(right) == 0 {
			return nil
		}
		if told == before && agent.Tell(m.of(right)) == nil {
			return fmt.Errorf("was told, and Tell said nothing")
		}
		if err := agent.Tell(right); err != nil {
			return fmt.Errorf("it is an error that must change nothing, but then the right trials were refused: %w", err)
		}
		if err := twin.Tell(same); err != nil {
			return err
		}
		told, batch = told+len(right), 1
	}
	return nil
}

// asked asks for designs one by one and evaluates them.
func (r results) asked(agent agents.Agent, p agents.Problem, id, n int) ([]agents.Trial, error) {
	var trials []agents.Trial
	for range n {
		points, err := ask(agent, p.Space, 1)
		if err != nil {
			return nil, err
		}
		for _, point := range points {
			t := r.evaluate(id+len(trials), point)
			t.ID, t.Point = id+len(trials), point
			trials = append(trials, t)
		}
	}
	return trials, nil
}
