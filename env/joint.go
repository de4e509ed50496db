package env

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// jointParams is the agents' axes side by side, named <prefix><axis> for one agent and <prefix><agent>.<axis> for several, grouped by agent.
func jointParams(prefix string, agents []AgentSpec) []space.Param {
	var params []space.Param
	for _, a := range agents {
		own := prefix
		if len(agents) > 1 {
			own += a.ID + "."
		}
		for _, p := range a.Actions.Params() {
			p.Name, p.Group, p.When = own+p.Name, a.ID, slices.Clone(p.When)
			for i := range p.When {
				p.When[i].Param = own + p.When[i].Param
			}
			params = append(params, p)
		}
	}
	return params
}

// newSpace is space.New for the axes of a joint space.
func newSpace(params []space.Param) (space.Space, error) {
	s, err := space.New(params...)
	if err != nil {
		return space.Space{}, fmt.Errorf("the agents' joint actions: %w", err)
	}
	return s, nil
}

// meanReward is the mean of one step's rewards over the agents.
func meanReward(outcomes []Outcome) float64 {
	sum := 0.0
	for _, o := range outcomes {
		sum += o.Reward
	}
	return sum / float64(len(outcomes))
}

// Tally makes the Infos of an environment that is no Speccer, as SpecOf describes them. The zero value is the start of an episode.
type Tally struct{ sum float64 }

// Info is the Info of one step. When the step ends the episode, its score holds the episode's return (the rewards' sum, the mean over the
// agents) as the one objective and no violation, and the tally starts anew; before, the score is empty.
func (t *Tally) Info(actions []Action, outcomes []Outcome) Info {
	info := Info{Point: slices.Concat(actions...), Result: simulators.Result{Values: make([]float64, len(outcomes))}}
	for i, o := range outcomes {
		info.Result.Values[i] = o.Reward
	}
	t.sum += meanReward(outcomes)
	if outcomes[0].Done() {
		info.Score = objective.Score{Objectives: []float64{t.sum}, Violations: []float64{0}}
		*t = Tally{}
	}
	return info
}
