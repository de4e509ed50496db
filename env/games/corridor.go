package games

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// The corridor's numbers.
const (
	CorridorCells = 5  // the goal is the last one
	CorridorSteps = 20 // the episode is truncated after that many
	stepReward    = -0.1
	goalReward    = 1
)

// The levels of the corridor's axis "walk".
const (
	left  = 0
	right = 1
)

// Corridor makes the walk of one agent, "walker", along five cells to the goal at the right end. It observes its cell.
func Corridor() env.Maker {
	return func() (env.Env, error) {
		walk, err := space.New(space.Param{Name: "walk", Doc: "the next cell", Kind: space.Nominal, Labels: []string{"left", "right"}})
		if err != nil {
			return nil, fmt.Errorf("games: corridor: %w", err)
		}
		return &corridor{walk: walk}, nil
	}
}

type corridor struct {
	walk    space.Space
	cell    int
	steps   int
	running bool
	tally   env.Tally
}

var _ env.Env = (*corridor)(nil)

// Agents implements env.Env.
func (c *corridor) Agents() []env.AgentSpec {
	return []env.AgentSpec{{ID: "walker", Actions: c.walk, Obs: []env.Channel{{Name: "cell", High: CorridorCells - 1}}}}
}

// Reset implements env.Env.
func (c *corridor) Reset(_ context.Context, root uint64) ([]env.Obs, error) {
	*c = corridor{walk: c.walk, cell: seed.New(root, "corridor").IntN(CorridorCells - 1), running: true}
	return []env.Obs{c.observe()}, nil
}

// observe gives the cell, and masks the walls.
func (c *corridor) observe() env.Obs {
	legal := []bool{left: c.cell > 0, right: c.cell < CorridorCells-1}
	return env.Obs{Values: []float64{float64(c.cell)}, Mask: [][]bool{legal}}
}

// Step implements env.Env.
func (c *corridor) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !c.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(c.Agents(), []env.Obs{c.observe()}, actions); err != nil {
		return nil, env.Info{}, err
	}
	c.steps++
	c.cell += 2*actions[0][0] - 1 // left is 0, right is 1
	outcome := env.Outcome{Reward: stepReward}
	switch {
	case c.cell == CorridorCells-1:
		outcome.Terminated, outcome.Reward = true, stepReward+goalReward
	case c.steps == CorridorSteps:
		outcome.Truncated = true
	}
	c.running = !outcome.Done()
	outcome.Obs = c.observe()
	outcomes := []env.Outcome{outcome}
	return outcomes, c.tally.Info(actions, outcomes), nil
}
