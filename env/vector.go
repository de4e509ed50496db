package env

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators"
)

// Vector is several environments (lanes) of one kind that take their steps together, and start their next episode by themselves.
//
// When an outcome ends a lane's episode, its Obs is the last one of that episode, the lane is reset within the same Step, and Observations
// holds the first observations of the next episode: always pass Observations to the policy, and the outcomes to its learning. Episode e (0, 1, …
// since Reset) of lane l is seeded by seed.Derive(root, "lane", l, "episode", e), so a lane's episodes do not depend on how many lanes there are.
//
// Illegal actions are an error and change nothing. After any other error the vector must be Reset. A Vector serves one goroutine.
type Vector struct {
	agents   []AgentSpec
	spec     simulators.Spec
	lanes    fleet
	root     uint64
	episodes []int   // per lane: how many episodes have ended since Reset
	now      [][]Obs // per lane; nil when the vector must be Reset
}

// fleet is how the environments of a vector are run.
type fleet interface {
	reset(ctx context.Context, lane int, seed uint64) ([]Obs, error)
	step(ctx context.Context, actions [][]Action) ([][]Outcome, []Info, error)
	stater(lane int) Stater // nil when the lane has no central state
	close() error
}

// Agents says what the agents of each lane act on and see.
func (v *Vector) Agents() []AgentSpec { return slices.Clone(v.agents) }

// Lanes is the number of lanes.
func (v *Vector) Lanes() int { return len(v.episodes) }

// Spec says what the points and results of Infos mean.
func (v *Vector) Spec() simulators.Spec { return v.spec }

// Observations is what every agent of every lane sees now, hence what the next actions answer to. It stays valid and must not be changed;
// while an episode runs it shares its observations with the outcomes. It is nil before the first Reset.
func (v *Vector) Observations() [][]Obs { return v.now }

// StateChannels says what State returns; nil when the environments have no central state of their own (Stater).
func (v *Vector) StateChannels() []Channel {
	if s := v.lanes.stater(0); s != nil {
		return s.StateChannels()
	}
	return nil
}

// State is the central state of a lane's environment, between Reset and the next one: after a Step that ended an episode it is the state that the
// next episode begins in. It is nil when the environments have none.
func (v *Vector) State(lane int) []float64 {
	if s := v.lanes.stater(lane); s != nil {
		return s.State()
	}
	return nil
}

// Reset starts the first episode of every lane and returns Observations.
func (v *Vector) Reset(ctx context.Context, root uint64) ([][]Obs, error) {
	v.root, v.now = root, nil
	clear(v.episodes)
	now := make([][]Obs, len(v.episodes))
	for lane := range now {
		if err := v.begin(ctx, lane, now); err != nil {
			return nil, err
		}
	}
	v.now = now
	return now, nil
}

// begin starts the next episode of a lane.
func (v *Vector) begin(ctx context.Context, lane int, now [][]Obs) error {
	obs, err := v.lanes.reset(ctx, lane, seed.Derive(v.root, "lane", strconv.Itoa(lane), "episode", strconv.Itoa(v.episodes[lane])))
	if err != nil {
		return fmt.Errorf("lane %d: %w", lane, err)
	}
	now[lane] = obs
	return nil
}

// Step takes one step in every lane: actions, outcomes and infos are one a lane, in order.
func (v *Vector) Step(ctx context.Context, actions [][]Action) ([][]Outcome, []Info, error) {
	if v.now == nil {
		return nil, nil, ErrNoEpisode
	}
	if err := v.check(actions); err != nil {
		return nil, nil, err
	}
	v.now = nil
	outcomes, infos, err := v.lanes.step(ctx, actions)
	if err != nil {
		return nil, nil, err
	}
	now := make([][]Obs, len(outcomes))
	for lane, agents := range outcomes {
		if agents[0].Done() {
			v.episodes[lane]++
			if err := v.begin(ctx, lane, now); err != nil {
				return nil, nil, err
			}
			continue
		}
		now[lane] = make([]Obs, len(agents))
		for i, outcome := range agents {
			now[lane][i] = outcome.Obs
		}
	}
	v.now = now
	return outcomes, infos, nil
}

// check reports illegal actions in any lane.
func (v *Vector) check(actions [][]Action) error {
	if len(actions) != len(v.now) {
		return fmt.Errorf("env: actions of %d lanes for %d lanes", len(actions), len(v.now))
	}
	var errs []error
	for lane, now := range v.now {
		if err := CheckActions(v.agents, now, actions[lane]); err != nil {
			errs = append(errs, fmt.Errorf("lane %d: %w", lane, err))
		}
	}
	return errors.Join(errs...)
}

// Close closes the environments that can be closed.
func (v *Vector) Close() error { return v.lanes.close() }
