package process

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// Players is the agents of an environment that came over the wire. Every mistake is reported at once.
func Players(list []wire.Player) ([]env.AgentSpec, error) {
	var agents []env.AgentSpec
	var errs []error
	for _, w := range list {
		actions, err := Space(w.Axes)
		if err != nil {
			errs = append(errs, fmt.Errorf("agent %q: %w", w.ID, err))
		}
		if w.ID == "" || slices.ContainsFunc(agents, func(a env.AgentSpec) bool { return a.ID == w.ID }) {
			errs = append(errs, fmt.Errorf("agent %q: the id must be non-empty and unique", w.ID))
		}
		a := env.AgentSpec{ID: w.ID, Actions: actions}
		for _, c := range w.Observations {
			channel := env.Channel{Name: c.Name, Unit: c.Unit, Low: math.Inf(-1), High: math.Inf(1)}
			if c.Low != nil {
				channel.Low = *c.Low
			}
			if c.High != nil {
				channel.High = *c.High
			}
			a.Obs = append(a.Obs, channel)
		}
		agents = append(agents, a)
	}
	if len(list) == 0 {
		errs = append(errs, errors.New("an environment without agents"))
	}
	return agents, errors.Join(errs...)
}

// environment is a program as a running environment: a copy of its own, in which one lane is stepped.
type environment struct {
	program *Program
	agents  []env.AgentSpec
	child   *child    // nil before the first Reset and after a failure
	now     []env.Obs // of the running episode; nil without one
}

var (
	_ env.Env     = (*environment)(nil)
	_ env.Speccer = (*environment)(nil)
)

// Make is an env.Maker: each environment is a copy of the program. The program must serve reset and step.
func (p *Program) Make() (env.Env, error) {
	if p.agents == nil {
		return nil, p.named(errors.New("it is no environment"))
	}
	return &environment{program: p, agents: p.agents}, nil
}

// Agents implements env.Env.
func (e *environment) Agents() []env.AgentSpec { return slices.Clone(e.agents) }

// Spec implements env.Speccer.
func (e *environment) Spec() simulators.Spec { return e.program.spec }

// Reset implements env.Env.
func (e *environment) Reset(ctx context.Context, seed uint64) ([]env.Obs, error) {
	e.now = nil
	if e.child == nil {
		c, err := e.program.pool.take(ctx)
		if err != nil {
			return nil, e.program.named(err)
		}
		e.child = c
	}
	reply, err := e.call(ctx, &wire.Reset{Seed: seed, Lanes: 1})
	if err != nil {
		return nil, err
	}
	started, ok := reply.(*wire.Started)
	if !ok {
		return nil, e.broken(errors.New("the program answers reset with something else"))
	}
	now, err := e.observe(started.Observations, started.Masks)
	if err != nil {
		return nil, e.broken(err)
	}
	e.now = now
	return copies(now), nil
}

// Step implements env.Env.
func (e *environment) Step(ctx context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if e.now == nil {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(e.agents, e.now, actions); err != nil {
		return nil, env.Info{}, err
	}
	joint := slices.Concat(actions...)
	request := &wire.Step{Actions: wire.NewLevels(1, len(joint)), Results: true}
	setLevels(request.Actions.Data, joint)
	reply, err := e.call(ctx, request)
	if err != nil {
		return nil, env.Info{}, err
	}
	stepped, ok := reply.(*wire.Stepped)
	if !ok {
		return nil, env.Info{}, e.broken(errors.New("the program answers step with something else"))
	}
	outcomes, info, err := e.outcomes(stepped)
	if err != nil {
		return nil, env.Info{}, e.broken(err)
	}
	return outcomes, info, nil
}

// call asks the copy something. Any failure but a refusal ends the copy and the episode.
func (e *environment) call(ctx context.Context, request wire.Request) (wire.Reply, error) {
	reply, err := e.child.call(ctx, request, e.program.stepTimeout())
	if err == nil {
		return reply, nil
	}
	if refused, ok := errors.AsType[*wire.Error](err); ok && !refused.Broken {
		return nil, e.program.named(refused)
	}
	return nil, e.broken(err)
}

// broken ends the copy and the episode.
func (e *environment) broken(err error) error {
	err = e.child.quoted(err)
	e.program.pool.lost()
	e.child.end()
	e.child, e.now = nil, nil
	return e.program.named(err)
}

// quoted is an error with what the child wrote to standard error, unless it has that already.
func (c *child) quoted(err error) error {
	if _, explained := errors.AsType[brokenError](err); explained {
		return err
	}
	return c.quote(err)
}

// Close implements io.Closer: the copy is free for another environment.
func (e *environment) Close() error {
	if e.child != nil {
		e.program.pool.put(e.child)
	}
	e.child, e.now = nil, nil
	return nil
}

// observe takes a row of observations and masks apart.
func (e *environment) observe(table wire.Table, masks wire.Levels) ([]env.Obs, error) {
	numbers, levels := 0, 0
	for _, a := range e.agents {
		numbers += len(a.Obs)
		for axis := range a.Actions.Len() {
			levels += a.Actions.Levels(axis)
		}
	}
	if table.Rows != 1 || table.Cols != numbers || numbers > 0 && table.Row(0) == nil {
		return nil, fmt.Errorf("the program observes %d rows of %d numbers, where one of %d is due", table.Rows, table.Cols, numbers)
	}
	if masks.Rows != 0 && (masks.Rows != 1 || masks.Cols != levels) {
		return nil, fmt.Errorf("the program masks %d rows of %d levels, where one of %d is due", masks.Rows, masks.Cols, levels)
	}
	values, legal := table.Data, masks.Data
	now := make([]env.Obs, len(e.agents))
	for i, a := range e.agents {
		now[i].Values, values = values[:len(a.Obs):len(a.Obs)], values[len(a.Obs):]
		for axis := range a.Actions.Len() {
			if masks.Rows == 0 {
				break
			}
			mask := make([]bool, a.Actions.Levels(axis))
			for level := range mask {
				mask[level] = legal[level] != 0
			}
			if !slices.Contains(mask, true) {
				return nil, fmt.Errorf("the program masks every level of axis %q of agent %q", a.Actions.Param(axis).Name, a.ID)
			}
			now[i].Mask, legal = append(now[i].Mask, mask), legal[len(mask):]
		}
	}
	return now, nil
}

// outcomes takes the answer to a step apart.
func (e *environment) outcomes(r *wire.Stepped) ([]env.Outcome, env.Info, error) {
	terminated, truncated := slices.Equal(r.Terminated, []uint32{0}), slices.Equal(r.Truncated, []uint32{0})
	if r.Rewards.Rows != 1 || r.Rewards.Cols != len(e.agents) || r.Rewards.Row(0) == nil || terminated && truncated ||
		!terminated && len(r.Terminated) > 0 || !truncated && len(r.Truncated) > 0 {
		return nil, env.Info{}, errors.New("the program's answer to a step is not one of one lane: its rewards, or the lanes that ended")
	}
	seen, masks := r.Observations, r.Masks
	if terminated || truncated {
		seen, masks = r.Final, wire.Levels{}
	}
	now, err := e.observe(seen, masks)
	if err != nil {
		return nil, env.Info{}, err
	}
	info, err := e.info(r)
	if err != nil {
		return nil, env.Info{}, err
	}
	outcomes := make([]env.Outcome, len(e.agents))
	for i, o := range copies(now) {
		outcomes[i] = env.Outcome{Obs: o, Reward: r.Rewards.Data[i], Terminated: terminated, Truncated: truncated}
	}
	if e.now = now; terminated || truncated {
		e.now = nil
	}
	return outcomes, info, nil
}

// info is what the step evaluated.
func (e *environment) info(r *wire.Stepped) (env.Info, error) {
	spec := e.program.spec
	if r.Points.Rows != 1 || r.Points.Cols != spec.Space.Len() {
		return env.Info{}, fmt.Errorf("the program says %d points of %d levels of what it evaluated, where one of %d is due", r.Points.Rows, r.Points.Cols, spec.Space.Len())
	}
	point := make(space.Point, r.Points.Cols)
	for axis, level := range r.Points.Data {
		point[axis] = int(level)
	}
	results, err := e.program.results(&wire.Results{Values: r.Values, Reasons: r.Reasons}, 1)
	if err == nil {
		err = spec.Space.Check(point)
	}
	if err != nil {
		return env.Info{}, err
	}
	score := objective.Score{}
	if r.Objectives.Rows == 1 {
		score.Objectives = r.Objectives.Row(0)
	}
	if r.Violations.Rows == 1 {
		score.Violations = r.Violations.Row(0)
	}
	return env.Info{Point: point, Result: results[0], Score: score}, nil
}

// copies gives the caller observations of its own.
func copies(now []env.Obs) []env.Obs {
	out := make([]env.Obs, len(now))
	for i, o := range now {
		out[i].Values = slices.Clone(o.Values)
		for _, mask := range o.Mask {
			out[i].Mask = append(out[i].Mask, slices.Clone(mask))
		}
	}
	return out
}

// stepTimeout bounds a step and a reset.
func (p *Program) stepTimeout() time.Duration {
	if p.pool.options.StepTimeout > 0 {
		return p.pool.options.StepTimeout
	}
	return p.timeout
}
