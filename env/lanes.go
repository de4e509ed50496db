package env

import (
	"context"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// NewVector is lanes design environments, each like New's, with one Evaluate for all of them a step: the designs of one step are evaluated as
// one batch, in the order of the lanes.
func NewVector(sim simulators.Simulator, o objective.Objective, options Options, lanes int) (*Vector, error) {
	t, err := newTask(sim, o, options)
	if err != nil {
		return nil, err
	}
	if err := checkLanes(lanes); err != nil {
		return nil, err
	}
	batch := designLanes{task: t, episodes: make([]episode, lanes)}
	return &Vector{agents: t.Agents(), spec: t.spec, lanes: batch, episodes: make([]int, lanes)}, nil
}

// Vectorize is lanes environments of a maker, for environments that hold state; they take their steps one after the other.
func Vectorize(m Maker, lanes int) (*Vector, error) {
	if err := checkLanes(lanes); err != nil {
		return nil, err
	}
	var envs envLanes
	for lane := range lanes {
		e, err := m()
		if err != nil {
			return nil, errors.Join(fmt.Errorf("env: lane %d: %w", lane, err), envs.close())
		}
		envs = append(envs, e)
	}
	return &Vector{agents: envs[0].Agents(), spec: SpecOf(envs[0]), lanes: envs, episodes: make([]int, lanes)}, nil
}

func checkLanes(n int) error {
	if n < 1 {
		return fmt.Errorf("env: %d lanes: must be at least 1", n)
	}
	return nil
}

// designLanes runs design environments in batches.
type designLanes struct {
	*task
	episodes []episode
}

func (d designLanes) reset(_ context.Context, lane int, _ uint64) ([]Obs, error) {
	d.episodes[lane] = episode{running: true}
	return d.blank(), nil
}

func (d designLanes) step(ctx context.Context, actions [][]Action) ([][]Outcome, []Info, error) {
	points := make([]space.Point, len(actions))
	for lane := range points {
		points[lane] = d.split.Join(actions[lane])
	}
	infos, err := Evaluate(ctx, d.sim, d.objective, points)
	if err != nil {
		return nil, nil, err
	}
	outcomes := make([][]Outcome, len(actions))
	for lane := range outcomes {
		outcomes[lane] = d.settle(&d.episodes[lane], infos[lane])
	}
	return outcomes, infos, nil
}

func (d designLanes) stater(int) Stater { return nil }

func (d designLanes) close() error { return nil }

// envLanes runs environments one after the other.
type envLanes []Env

func (l envLanes) reset(ctx context.Context, lane int, seed uint64) ([]Obs, error) {
	return l[lane].Reset(ctx, seed)
}

func (l envLanes) step(ctx context.Context, actions [][]Action) ([][]Outcome, []Info, error) {
	outcomes, infos := make([][]Outcome, len(l)), make([]Info, len(l))
	for lane, e := range l {
		var err error
		if outcomes[lane], infos[lane], err = e.Step(ctx, actions[lane]); err != nil {
			return nil, nil, fmt.Errorf("lane %d: %w", lane, err)
		}
	}
	return outcomes, infos, nil
}

func (l envLanes) stater(lane int) Stater {
	s, _ := l[lane].(Stater) // nil when it is none
	return s
}

func (l envLanes) close() error {
	var errs []error
	for _, e := range l {
		errs = append(errs, Close(e))
	}
	return errors.Join(errs...)
}
