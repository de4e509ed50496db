package games

import (
	"context"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

type twoStep struct {
	own     space.Space
	blind   bool // agents do not see which game it is
	at      int  // 0: the first step, 1: game A, 2: game B
	running bool
	tally   env.Tally
}

var (
	_ env.Env    = (*twoStep)(nil)
	_ env.Stater = (*twoStep)(nil)
)

// TwoStep makes the game of two agents, "first" and "second", in two steps: in the first one the first agent chooses game A (0) or game B (1), in the
// second every joint action of A pays 7, and B pays the number of agents that choose 1: 0, 1 or, both, 8. The central state says which step and game it is;
// so do the observations, but those of blind agents tell the steps apart only.
func TwoStep(blind bool) env.Maker {
	return func() (env.Env, error) {
		own, err := choices(2)
		return &twoStep{own: own, blind: blind}, err
	}
}

// Agents implements env.Env.
func (g *twoStep) Agents() []env.AgentSpec {
	channels := g.StateChannels()
	if g.blind {
		channels = channels[:1]
	}
	return []env.AgentSpec{{ID: "first", Actions: g.own, Obs: channels}, {ID: "second", Actions: g.own, Obs: channels}}
}

// StateChannels implements env.Stater.
func (g *twoStep) StateChannels() []env.Channel {
	return []env.Channel{{Name: "start", Low: 0, High: 1}, {Name: "a", Low: 0, High: 1}, {Name: "b", Low: 0, High: 1}}
}

// State implements env.Stater.
func (g *twoStep) State() []float64 {
	state := make([]float64, 3)
	state[g.at] = 1
	return state
}

func (g *twoStep) observe() []env.Obs {
	seen := make([]env.Obs, 2)
	for i, spec := range g.Agents() {
		seen[i].Values = g.State()[:len(spec.Obs)]
	}
	return seen
}

// Reset implements env.Env.
func (g *twoStep) Reset(context.Context, uint64) ([]env.Obs, error) {
	g.at, g.running, g.tally = 0, true, env.Tally{}
	return g.observe(), nil
}

// Step implements env.Env.
func (g *twoStep) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !g.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(g.Agents(), g.observe(), actions); err != nil {
		return nil, env.Info{}, err
	}
	both := env.Outcome{}
	switch g.at {
	case 0:
		g.at = 1 + actions[0][0]
	case 1:
		both.Reward, g.running = 7, false
	default:
		both.Reward, g.running = []float64{0, 1, 8}[actions[0][0]+actions[1][0]], false
	}
	both.Terminated = !g.running
	outcomes := []env.Outcome{both, both}
	for i, seen := range g.observe() {
		outcomes[i].Obs = seen
	}
	return outcomes, g.tally.Info(actions, outcomes), nil
}
