package games

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Moves makes the search of one agent, "mover", that changes a design of sim by one level of one axis a step, or stays. It observes the
// design's features and the objective's reward. Info.Point and Info.Result are the current design, Info.Score is set in every step.
func Moves(sim simulators.Simulator, o objective.Objective, horizon int) env.Maker {
	return func() (env.Env, error) {
		if horizon < 1 {
			return nil, fmt.Errorf("games: moves: horizon %d: must be at least 1", horizon)
		}
		m := &moves{sim: sim, spec: sim.Spec(), objective: o, horizon: horizon}
		labels := []string{"stay"}
		for _, name := range m.spec.Space.Names() {
			labels = append(labels, name+" down", name+" up")
		}
		actions, err := space.New(space.Param{Name: "move", Doc: "the axis to change and its direction", Kind: space.Nominal, Labels: labels})
		if err != nil {
			return nil, fmt.Errorf("games: moves: %w", err)
		}
		m.agent = env.AgentSpec{ID: "mover", Actions: actions, Obs: channels(m.spec.Space)}
		return m, nil
	}
}

// channels is what the mover observes.
func channels(s space.Space) []env.Channel {
	var obs []env.Channel
	for _, f := range s.Features() {
		obs = append(obs, env.Channel{Name: f.Name, High: 1})
	}
	return append(obs, env.Channel{Name: "design.reward", Low: math.Inf(-1), High: math.Inf(1)})
}

type moves struct {
	sim       simulators.Simulator
	spec      simulators.Spec
	objective objective.Objective
	horizon   int
	agent     env.AgentSpec

	now     env.Info // the current design; its point is nil before the first Reset
	steps   int
	running bool
}

var (
	_ env.Env     = (*moves)(nil)
	_ env.Speccer = (*moves)(nil)
)

// Spec implements env.Speccer: points and results are the simulator's.
func (m *moves) Spec() simulators.Spec { return m.spec }

// Agents implements env.Env.
func (m *moves) Agents() []env.AgentSpec {
	agent := m.agent
	agent.Obs = slices.Clone(agent.Obs)
	return []env.AgentSpec{agent}
}

// Reset implements env.Env.
func (m *moves) Reset(ctx context.Context, root uint64) ([]env.Obs, error) {
	start, err := m.evaluate(ctx, m.spec.Space.Sample(seed.New(root, "moves")))
	if err != nil {
		return nil, err
	}
	m.now, m.steps, m.running = start, 0, true
	return []env.Obs{m.observe()}, nil
}

// Step implements env.Env.
func (m *moves) Step(ctx context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !m.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions([]env.AgentSpec{m.agent}, []env.Obs{{Mask: m.mask()}}, actions); err != nil {
		return nil, env.Info{}, err
	}
	next, err := m.evaluate(ctx, m.moved(actions[0][0]))
	if err != nil {
		return nil, env.Info{}, err
	}
	gain := m.objective.Reward(next.Score) - m.objective.Reward(m.now.Score)
	m.now = next
	m.steps++
	m.running = m.steps < m.horizon
	outcome := env.Outcome{Obs: m.observe(), Reward: gain, Truncated: !m.running}
	return []env.Outcome{outcome}, m.info(), nil
}

// info is the current design in memory of its own.
func (m *moves) info() env.Info {
	i := m.now
	i.Point = slices.Clone(i.Point)
	i.Result.Values = slices.Clone(i.Result.Values)
	i.Score = objective.Score{Objectives: slices.Clone(i.Score.Objectives), Violations: slices.Clone(i.Score.Violations)}
	return i
}

// evaluate evaluates and scores one design.
func (m *moves) evaluate(ctx context.Context, p space.Point) (env.Info, error) {
	infos, err := env.Evaluate(ctx, m.sim, m.objective, []space.Point{p})
	if err != nil {
		return env.Info{}, err
	}
	return infos[0], nil
}

// observe gives the design's features, its reward and the legal moves.
func (m *moves) observe() env.Obs {
	values := m.spec.Space.AppendFeatures(nil, m.now.Point)
	return env.Obs{Values: append(values, m.objective.Reward(m.now.Score)), Mask: m.mask()}
}

// mask allows staying and the moves that stay within the levels of an active axis.
func (m *moves) mask() [][]bool {
	s, p := m.spec.Space, m.now.Point
	legal := []bool{true}
	for axis, level := range p {
		active := s.Active(p, axis)
		legal = append(legal, active && level > 0, active && level+1 < s.Levels(axis))
	}
	return [][]bool{legal}
}

// moved is the design after a move: 0 stays, 2a+1 and 2a+2 go down and up on axis a.
func (m *moves) moved(move int) space.Point {
	p := slices.Clone(m.now.Point)
	if move > 0 {
		axis, up := (move-1)/2, (move-1)%2
		p[axis] += 2*up - 1
	}
	return m.spec.Space.Canonical(p)
}
