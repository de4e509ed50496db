package env

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// AsSimulator lets agents that search designs act in an environment: a point is an open-loop sequence of horizon actions, chosen without
// seeing the observations. The axes of step t are named t<t>.<axis>, or t<t>.<agent>.<axis> when there are several agents. Every point is
// evaluated in a fresh environment that is reset with the same seed, so that points differ in their actions only.
//
// The metrics are the return (the rewards' sum, the mean over the agents), the steps taken (the episode may end before the horizon; the rest
// of the sequence then means nothing) and, when the environment is a Speccer, its metrics after the last step; a last result that is
// infeasible or failed is the point's result. A sequence with an action that is masked when its turn comes is infeasible, by a violation
// that is the fraction of the horizon not reached.
func AsSimulator(m Maker, horizon int, seed uint64) (simulators.Simulator, error) {
	if horizon < 1 {
		return nil, fmt.Errorf("env: horizon %d: must be at least 1", horizon)
	}
	e, err := m()
	if err != nil {
		return nil, fmt.Errorf("env: %w", err)
	}
	s := &openLoop{maker: m, seed: seed, horizon: horizon, agents: e.Agents(), spec: SpecOf(e), env: SpecOf(e)}
	_, s.speccer = e.(Speccer)
	if err := errors.Join(s.declare(), Close(e)); err != nil {
		return nil, fmt.Errorf("env: %s: %w", s.spec.Name, err)
	}
	return s, nil
}

// openLoop is the simulator of action sequences. It never changes.
type openLoop struct {
	maker   Maker
	seed    uint64
	horizon int
	agents  []AgentSpec
	speccer bool
	env     simulators.Spec // what the environment's Infos mean
	spec    simulators.Spec // the simulator's
}

// declare turns the environment's spec into the simulator's.
func (s *openLoop) declare() error {
	var params []space.Param
	for t := range s.horizon {
		params = append(params, jointParams(fmt.Sprintf("t%d.", t), s.agents)...)
	}
	metrics := []simulators.Metric{
		{Name: "return", Doc: "sum of the rewards of the episode, mean over the agents"},
		{Name: "steps", Doc: "steps taken; an episode may end before the horizon"},
	}
	if s.speccer {
		for _, m := range s.spec.Metrics {
			if key := m.Key(); key == "return" || key == "steps" {
				return fmt.Errorf("metric %q of the environment has the name of a metric of action sequences", key)
			}
			metrics = append(metrics, m)
		}
	}
	s.spec.Name += "/open-loop"
	s.spec.Doc = fmt.Sprintf("Open-loop sequences of %d actions in an environment. %s", s.horizon, s.spec.Doc)
	s.spec.Metrics = metrics
	var err error
	s.spec.Space, err = newSpace(params)
	return err
}

// Spec implements simulators.Simulator.
func (s *openLoop) Spec() simulators.Spec { return s.spec }

// Evaluate implements simulators.Simulator.
func (s *openLoop) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		e, err := s.maker()
		if err != nil {
			return nil, fmt.Errorf("env: %w", err)
		}
		results[i], err = s.play(ctx, e, p)
		if err := errors.Join(err, Close(e)); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// play runs one episode along a sequence of actions.
func (s *openLoop) play(ctx context.Context, e Env, p space.Point) (simulators.Result, error) {
	now, err := e.Reset(ctx, s.seed)
	if err != nil {
		return simulators.Result{}, err
	}
	total, done, last := 0.0, 0, Info{}
	for ended := false; done < s.horizon && !ended; done++ {
		if err := ctx.Err(); err != nil {
			return simulators.Result{}, err
		}
		var actions []Action
		actions, p = s.next(p)
		if err := CheckActions(s.agents, now, actions); err != nil {
			missed := float64(s.horizon-done) / float64(s.horizon)
			return simulators.Infeasible(fmt.Sprintf("step %d: %v", done, err), missed), nil
		}
		var outcomes []Outcome
		if outcomes, last, err = e.Step(ctx, actions); err != nil {
			return simulators.Result{}, err
		}
		total += meanReward(outcomes)
		ended = outcomes[0].Done()
		for i, o := range outcomes {
			now[i] = o.Obs
		}
	}
	values := []float64{total, float64(done)}
	if !s.speccer {
		return simulators.OK(values...), nil
	}
	if err := s.env.CheckResult(last.Result); err != nil {
		return simulators.Result{}, fmt.Errorf("env: %s: Info: %w", s.env.Name, err)
	}
	if last.Result.Values == nil {
		return last.Result, nil
	}
	return simulators.OK(slices.Concat(values, last.Result.Values)...), nil
}

// next cuts the next step's actions off a sequence.
func (s *openLoop) next(p space.Point) ([]Action, space.Point) {
	actions := make([]Action, len(s.agents))
	for i, a := range s.agents {
		n := a.Actions.Len()
		actions[i], p = slices.Clone(p[:n]), p[n:]
	}
	return actions, p
}
