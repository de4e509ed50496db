package env

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Channel is one number of an observation.
type Channel struct {
	Name, Unit string
	Low, High  float64 // bounds, both included; -Inf and +Inf when there is none
}

// AgentSpec says what one agent of an environment acts on and sees. It never changes during the environment's life.
type AgentSpec struct {
	ID      string
	Actions space.Space
	Obs     []Channel
}

// Obs is what one agent sees.
type Obs struct {
	Values []float64 // parallel to AgentSpec.Obs
	Mask   [][]bool  // Mask[axis][level]: legal now, at least one level an axis, any combination of them; nil = every action is legal
}

// Action is one agent's act: a canonical point of its AgentSpec.Actions.
type Action = space.Point

// Outcome is what one step gave to one agent.
type Outcome struct {
	Obs    Obs
	Reward float64 // finite
	// Terminated: the task ended here, there is no future to value. Truncated: it was cut off and would have gone on. Either one ends
	// the episode, for all agents at once; the next call is Reset.
	Terminated, Truncated bool
}

// Done tells whether the episode is over.
func (o Outcome) Done() bool { return o.Terminated || o.Truncated }

// Info is what a step did, for datasets and journals: the point of SpecOf(e).Space that was evaluated and its result. An environment that
// is no Speccer makes it with a Tally.
type Info struct {
	Point  space.Point
	Result simulators.Result
	Score  objective.Score // set in every step by environments of designs; of other ones it is empty until Done, then the episode's return
}

// Env is an environment in which all agents act at once (PettingZoo's parallel interface); one agent is the case of length 1. Slices are
// parallel to Agents().
//
// Reset starts an episode: everything random until the next Reset follows from its seed and the actions. Step before the first Reset or
// after the end of an episode (ErrNoEpisode), an illegal action (masked, out of range, wrong count) and a broken simulator are errors and
// change nothing.
// An Env serves one goroutine; what it returns belongs to the caller. Agents never join, die or revive within an episode.
// envtest.Test proves all this.
type Env interface {
	Agents() []AgentSpec
	Reset(ctx context.Context, seed uint64) ([]Obs, error)
	Step(ctx context.Context, actions []Action) ([]Outcome, Info, error)
}

// Maker makes independent environments that behave alike. Makers are safe for concurrent use, environments are not.
type Maker func() (Env, error)

// Stater is an optional ability of an Env: a central state for centralised critics, valid between Reset and the end of the episode.
type Stater interface {
	StateChannels() []Channel
	State() []float64
}

// Speccer is an optional ability of an Env: what Info.Point and Info.Result mean. SpecOf falls back to one for environments without it.
type Speccer interface {
	Spec() simulators.Spec
}

// Factory is what a catalogue lists for environments that hold state across steps; simulators become environments through New.
type Factory struct {
	Name, Doc string // Name is a catalogue id, in one name space with the simulators'
	Version   string // changes whenever a transition or a reward moves; recorded when the environment is no Speccer
	Settings  []simulators.Setting
	// Horizon is how many steps an open-loop plan has, for agents that design whole episodes; an integer setting "horizon" overrules it.
	// 0 without that setting: only policies act in the environment.
	Horizon int
	New     func(simulators.Settings) (Maker, error)
}

// Open makes the maker for the given settings, checked strictly against the declared ones; absent settings take their defaults.
func (f Factory) Open(given map[string]any) (Maker, simulators.Settings, error) {
	settings, err := simulators.NewSettings(f.Settings, given)
	if err != nil {
		return nil, simulators.Settings{}, fmt.Errorf("%s: %w", f.Name, err)
	}
	maker, err := f.New(settings)
	if err != nil {
		return nil, simulators.Settings{}, fmt.Errorf("%s: %w", f.Name, err)
	}
	return maker, settings, nil
}

// Spec is SpecOf an environment of the factory under its catalogue id, with its version when the environment has none of its own.
func (f Factory) Spec(e Env) simulators.Spec {
	spec := SpecOf(e)
	spec.Name = f.Name
	if _, own := e.(Speccer); !own && f.Version != "" {
		spec.Version = f.Version
	}
	return spec
}
