package env

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Options says how a simulator becomes an environment. The zero value is one agent and one design an episode.
type Options struct {
	Horizon int      // designs an episode; 0 = 1
	Groups  Grouping // which agent owns which axis; "" = Single
}

// The names of the two channels that design environments observe after the metrics.
const (
	FeasibleChannel  = "design.feasible"  // 1 when the design was evaluated and every constraint holds, else 0
	ViolationChannel = "design.violation" // the sum of the positive violations
)

// New is the design environment of a simulator and an objective: each step is one full design, put together from the agents' actions by a
// Split. Every agent observes the metrics of the last evaluated design (channels named by metric key; 0 when it has none), FeasibleChannel
// and ViolationChannel; all are 0 after Reset. Every agent gets the same reward, Objective.Reward of the design's score. A failed evaluation, or
// a score that is not finite, is told as infeasible. The episode is Horizon designs and ends Terminated, not Truncated: no design depends on
// an earlier one, so there is no future to value. Nothing is random. The environment is a Speccer, and Info.Score is set in every step.
func New(sim simulators.Simulator, o objective.Objective, options Options) (Env, error) {
	t, err := newTask(sim, o, options)
	if err != nil {
		return nil, err
	}
	return &design{task: t}, nil
}

// design is one running design environment.
type design struct {
	*task
	episode
}

var (
	_ Env     = (*design)(nil)
	_ Speccer = (*design)(nil)
)

// Reset implements Env.
func (d *design) Reset(context.Context, uint64) ([]Obs, error) {
	d.episode = episode{running: true}
	return d.blank(), nil
}

// Step implements Env.
func (d *design) Step(ctx context.Context, actions []Action) ([]Outcome, Info, error) {
	if !d.running {
		return nil, Info{}, ErrNoEpisode
	}
	if err := CheckActions(d.agents, d.unmasked, actions); err != nil {
		return nil, Info{}, err
	}
	infos, err := Evaluate(ctx, d.sim, d.objective, []space.Point{d.split.Join(actions)})
	if err != nil {
		return nil, Info{}, err
	}
	return d.settle(&d.episode, infos[0]), infos[0], nil
}

// ErrNoEpisode is the error of a Step before the first Reset or after the end of an episode.
var ErrNoEpisode = errors.New("env: Step without a running episode: call Reset first")

// task is what all running environments of a simulator share; it never changes.
type task struct {
	sim       simulators.Simulator
	objective objective.Objective
	spec      simulators.Spec
	split     Split
	agents    []AgentSpec
	unmasked  []Obs // one an agent, without masks: every action is legal
	horizon   int
}

// episode is the state of one running environment.
type episode struct {
	running bool
	steps   int
}

func newTask(sim simulators.Simulator, o objective.Objective, options Options) (*task, error) {
	spec := sim.Spec()
	if options.Horizon < 0 {
		return nil, fmt.Errorf("env: %s: horizon %d: must be at least 1, or 0 for the default of 1", spec.Name, options.Horizon)
	}
	split, err := NewSplit(spec.Space, options.Groups)
	if err != nil {
		return nil, fmt.Errorf("env: %s: %w", spec.Name, err)
	}
	var obs []Channel
	for _, m := range spec.Metrics {
		obs = append(obs, Channel{Name: m.Key(), Unit: m.Unit, Low: math.Inf(-1), High: math.Inf(1)})
	}
	obs = append(obs, Channel{Name: FeasibleChannel, High: 1}, Channel{Name: ViolationChannel, High: math.Inf(1)})
	agents := split.Specs(obs)
	return &task{sim, o, spec, split, agents, make([]Obs, len(agents)), max(options.Horizon, 1)}, nil
}

// Agents implements Env.
func (t *task) Agents() []AgentSpec { return t.split.Specs(t.agents[0].Obs) }

// Spec implements Speccer: points and results are the simulator's.
func (t *task) Spec() simulators.Spec { return t.spec }

// blank is every agent's observation after Reset.
func (t *task) blank() []Obs {
	return t.observe(func([]float64) {})
}

// observe gives every agent an observation of its own that fill fills.
func (t *task) observe(fill func(values []float64)) []Obs {
	obs, n := make([]Obs, len(t.agents)), len(t.agents[0].Obs)
	values := make([]float64, n*len(obs))
	for i := range obs {
		obs[i].Values = values[i*n : (i+1)*n : (i+1)*n]
		fill(obs[i].Values)
	}
	return obs
}

// settle counts a step of an episode and gives its outcomes.
func (t *task) settle(e *episode, info Info) []Outcome {
	e.steps++
	e.running = e.steps < t.horizon
	reward := t.objective.Reward(info.Score)
	obs := t.observe(func(values []float64) {
		copy(values[:len(t.spec.Metrics)], info.Result.Values)
		if info.Score.Feasible() {
			values[len(values)-2] = 1
		}
		values[len(values)-1] = info.Score.Violation()
	})
	outcomes := make([]Outcome, len(obs))
	for i := range outcomes {
		outcomes[i] = Outcome{Obs: obs[i], Reward: reward, Terminated: !e.running}
	}
	return outcomes
}
