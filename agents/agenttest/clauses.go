package agenttest

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
)

func clauses() []clause {
	return []clause{
		{"points", "Ask(n) gives at most n canonical points of the problem's space: inactive axes are 0", checkPoints},
		{"determinism", "what Ask returns depends on the seed and the told trials only: no global state, no time, no order of a map", checkDeterminism},
		{"asking", "two histories that proposed the same points and were told the same trials continue alike, however the points were asked for", checkAsking},
		{"in-flight", "with trials in flight an agent is asked again before the earlier trials are told, and must propose", checkInFlight},
		{"infeasible", "an infeasible or failed design is a result like any other: its Objectives are nil and its violation may be unknown", checkInfeasible},
		{"given", "given trials are told before the first Ask, in any number, and are not answers to asked points", checkGiven},
		{"objectives", "Objectives and Violations have the lengths that the problem says", checkObjectives},
		{"refusal", "a number that is not finite, an ID told already, a design outside the space and a trial that was neither asked for nor given are an " +
			"error of Tell that changes nothing: agents.Guard finds them", checkRefusal},
		{"finished", "an agent that proposes nothing has finished and proposes nothing ever after, whatever it is told", checkFinished},
		{"ownership", "told trials must not be changed, and points that were handed out belong to the caller", checkOwnership},
		{"steady-work", "work and memory per trial must not grow with the number of trials: a study may have a million", checkSteadyWork},
	}
}

func checkPoints(make New) error {
	for _, name := range spaceNames() {
		p := results{}.problem(spaces()[name], 0)
		agent, err := make.made(p, 3)
		if err != nil {
			return err
		}
		for round, id := 0, 0; round < 40; round++ {
			points, err := ask(agent, p.Space, []int{1, 3, 17}[round%3])
			if err != nil {
				return fmt.Errorf("space %q: %w", name, err)
			}
			var trials []agents.Trial
			for _, point := range points {
				t := results{}.evaluate(id, point)
				t.ID, t.Point = id, point
				trials, id = append(trials, t), id+1
			}
			if err := agent.Tell(trials); err != nil {
				return fmt.Errorf("space %q: tell: %w", name, err)
			}
		}
	}
	return make.everywhere(results{}, Study{Budget: 200}, nil)
}

func checkDeterminism(make New) error {
	return make.everywhere(results{}, Study{Budget: 150}, func(p agents.Problem, want []agents.Trial) error {
		again, err := make.made(p, 1)
		if err != nil {
			return err
		}
		other, err := make.made(p, 2)
		if err != nil {
			return err
		}
		disturbing := Study{Budget: 150, Evaluate: func(id int, point space.Point) agents.Trial {
			if points, err := other.Ask(1); err == nil && len(points) == 1 {
				t := results{}.evaluate(id, points[0])
				t.ID, t.Point = id, points[0]
				_ = other.Tell([]agents.Trial{t}) // its errors are the business of other clauses
			}
			return results{}.evaluate(id, point)
		}}
		got, err := disturbing.Run(again, p.Space)
		if err != nil {
			return err
		}
		return samePoints(want, got)
	})
}

// samePoints tells where two runs that should be alike differ.
func samePoints(want, got []agents.Trial) error {
	for i := range min(len(want), len(got)) {
		if !slices.Equal(want[i].Point, got[i].Point) {
			return fmt.Errorf("trial %d: a second run with the same seed and results proposed %v instead of %v", i, got[i].Point, want[i].Point)
		}
	}
	if len(want) != len(got) {
		return fmt.Errorf("a second run with the same seed and results proposed %d points instead of %d", len(got), len(want))
	}
	return nil
}

func checkAsking(make New) error {
	const rounds, batch = 20, 5
	for _, name := range spaceNames() {
		p := results{}.problem(spaces()[name], 0)
		together, err := make.made(p, 4)
		if err != nil {
			return err
		}
		single, err := make.made(p, 4)
		if err != nil {
			return err
		}
		for round := range rounds {
			want, err := ask(together, p.Space, batch)
			if err != nil {
				return fmt.Errorf("space %q: %w", name, err)
			}
			var trials []agents.Trial
			for i, point := range want {
				got, err := ask(single, p.Space, 1)
				if err != nil {
					return fmt.Errorf("space %q: %w", name, err)
				}
				if len(got) == 0 || !slices.Equal(got[0], point) {
					if i > 0 {
						break // a batch may be composed as a whole; then the histories differ by right
					}
					return fmt.Errorf("space %q: after %d points asked for together or one by one, the next was %v or %v", name, round*batch, point, got)
				}
				t := results{}.evaluate(round*batch+i, point)
				t.ID, t.Point = round*batch+i, point
				trials = append(trials, t)
			}
			if len(trials) < len(want) || len(want) == 0 {
				break
			}
			if err := together.Tell(trials); err != nil {
				return err
			}
			if err := single.Tell(trials); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkInFlight(make New) error {
	for _, lag := range []int{2, 7, 64} {
		study := Study{Budget: 200, Lag: lag}
		err := make.everywhere(results{}, study, func(p agents.Problem, want []agents.Trial) error {
			if size := p.Space.Size(); len(want) < study.Budget && (!size.IsInt64() || int64(len(want)) < size.Int64()) {
				return fmt.Errorf("the agent finished after %d of %v designs with trials in flight", len(want), size)
			}
			again, err := make.made(p, 1)
			if err != nil {
				return err
			}
			study.Evaluate = results{}.evaluate
			got, err := study.Run(again, p.Space)
			if err != nil {
				return err
			}
			return samePoints(want, got)
		})
		if err != nil {
			return fmt.Errorf("%d trials in flight: %w", lag, err)
		}
	}
	return nil
}
