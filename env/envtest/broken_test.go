package envtest

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/space"
)

// broken wraps a sound environment; each hook that is set spoils one call.
type broken struct {
	env.Env
	agents func([]env.AgentSpec)
	reset  func(b *broken, obs []env.Obs, err error) ([]env.Obs, error)
	step   func(b *broken, actions []env.Action) ([]env.Outcome, env.Info, error)
	calls  int
}

func (b *broken) Agents() []env.AgentSpec {
	b.calls++
	agents := b.Env.Agents()
	if b.agents != nil {
		b.agents(agents)
	}
	return agents
}

func (b *broken) Reset(ctx context.Context, root uint64) ([]env.Obs, error) {
	obs, err := b.Env.Reset(ctx, root)
	if b.reset != nil {
		return b.reset(b, obs, err)
	}
	return obs, err
}

func (b *broken) Step(ctx context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if b.step != nil {
		return b.step(b, actions)
	}
	return b.Env.Step(ctx, actions)
}

// sound steps the wrapped environment.
func (b *broken) sound(actions []env.Action) ([]env.Outcome, env.Info, error) {
	return b.Env.Step(context.Background(), actions)
}

// after spoils what a successful Step returns.
func after(spoil func(outcomes []env.Outcome, info *env.Info)) broken {
	return broken{step: func(b *broken, actions []env.Action) ([]env.Outcome, env.Info, error) {
		outcomes, info, err := b.sound(actions)
		if err == nil {
			spoil(outcomes, &info)
		}
		return outcomes, info, err
	}}
}

// first spoils what Reset returns.
func first(spoil func(obs []env.Obs) []env.Obs) broken {
	return broken{reset: func(_ *broken, obs []env.Obs, err error) ([]env.Obs, error) { return spoil(obs), err }}
}

func TestBrokenEnvironmentsAreFound(t *testing.T) {
	corridor, climbing := games.Corridor(), games.Matrix(games.Climbing())
	shared := 0
	for _, tc := range []struct {
		name   string
		base   env.Maker
		spoil  broken
		clause string // the one that must fail
		says   string
	}{
		{"two agents of one name", climbing, broken{agents: func(a []env.AgentSpec) { a[1].ID = "row" }}, "agents are declared", `agent 1: ID "row" is empty or taken`},
		{"channel bounds in disorder", corridor, broken{agents: func(a []env.AgentSpec) { a[0].Obs[0].Low = 9 }}, "agents are declared", "bounds [9, 4] are not in order"},
		{"channel without a name", corridor, broken{agents: func(a []env.AgentSpec) { a[0].Obs[0].Name = "" }}, "agents are declared", `channel name "" is empty or taken`},
		{"specs that change with time", corridor, broken{reset: func(b *broken, obs []env.Obs, err error) ([]env.Obs, error) {
			b.agents = func(a []env.AgentSpec) { a[0].Obs[0].High = 99 }
			return obs, err
		}}, "agents never change", "with other specs"},
		{"too few observations", climbing, first(func(o []env.Obs) []env.Obs { return o[:1] }), "observations fit the specs", "Reset gives 1 observations for 2 agents"},
		{"a value too many", corridor, first(func(o []env.Obs) []env.Obs { o[0].Values = []float64{0, 1}; return o }), "observations fit the specs", "2 values for 1 channels"},
		{"a value out of bounds", corridor, first(func(o []env.Obs) []env.Obs { o[0].Values[0] = 5; return o }), "observations fit the specs", `channel "cell" is 5: must be finite and in [0, 4]`},
		{"NaN in a last observation", corridor, after(func(o []env.Outcome, _ *env.Info) {
			if o[0].Done() {
				o[0].Obs.Values[0] = math.NaN()
			}
		}), "observations fit the specs", `channel "cell" is NaN`},
		{"a mask that forbids all", corridor, first(func(o []env.Obs) []env.Obs { clear(o[0].Mask[0]); return o }), "observations fit the specs", `the mask of "walk" allows no level`},
		{"a mask of another shape", corridor, first(func(o []env.Obs) []env.Obs { o[0].Mask[0] = o[0].Mask[0][:1]; return o }), "observations fit the specs", "has 1 levels for 2"},
		{"a reward of NaN", corridor, after(func(o []env.Outcome, _ *env.Info) { o[0].Reward = math.NaN() }), "outcomes are finite and end together", "the reward is NaN"},
		{"an agent that leaves alone", climbing, after(func(o []env.Outcome, _ *env.Info) { o[1].Terminated = false }), "outcomes are finite and end together", `ends for one of the agents "row" and "column" only`},
		{"terminated and truncated", climbing, after(func(o []env.Outcome, _ *env.Info) { o[0].Truncated, o[1].Truncated = true, true }), "outcomes are finite and end together", "both terminated"},
		{"an outcome too few", climbing, broken{step: func(b *broken, a []env.Action) ([]env.Outcome, env.Info, error) {
			outcomes, info, err := b.sound(a)
			return outcomes[:len(outcomes)/2], info, err
		}}, "outcomes are finite and end together", "1 outcomes for 2 agents"},
		{"an info without a point", corridor, after(func(_ []env.Outcome, i *env.Info) { i.Point = nil }), "infos describe the step", "no point of the Spec"},
		{"an info with a result of nothing", corridor, after(func(_ []env.Outcome, i *env.Info) { i.Result.Values = nil }), "infos describe the step", "exactly one must be set"},
		{"a wrong return", corridor, after(func(_ []env.Outcome, i *env.Info) {
			if i.Score.Objectives != nil {
				i.Score.Objectives[0]++
			}
		}), "infos describe the step", "at the end of an episode of return"},
		{"no score at the end", corridor, after(func(_ []env.Outcome, i *env.Info) { i.Score.Violations = nil }), "infos describe the step", "empty at the end"},
		{"a step before Reset", corridor, broken{step: func(b *broken, a []env.Action) ([]env.Outcome, env.Info, error) {
			outcomes, info, err := b.sound(a)
			if errors.Is(err, env.ErrNoEpisode) {
				return make([]env.Outcome, 1), env.Info{}, nil
			}
			return outcomes, info, err
		}}, "steps need a running episode", "Step before the first Reset is no error"},
		{"legal actions are refused", corridor, broken{step: func(*broken, []env.Action) ([]env.Outcome, env.Info, error) {
			return nil, env.Info{}, errors.New("no")
		}}, "outcomes are finite and end together", ": no"},
		{"masks that are not enforced", corridor, broken{step: func(b *broken, a []env.Action) ([]env.Outcome, env.Info, error) {
			outcomes, info, err := b.sound(a)
			if err != nil && len(a) == 1 && b.Env.Agents()[0].Actions.Check(a[0]) == nil {
				return make([]env.Outcome, 1), env.Info{}, nil
			}
			return outcomes, info, err
		}}, "illegal actions are errors and change nothing", `a masked level of "walk" of agent "walker"`},
		{"levels clamped instead of refused", climbing, broken{step: func(b *broken, a []env.Action) ([]env.Outcome, env.Info, error) {
			for i, limits := range b.Env.Agents() {
				if i < len(a) && len(a[i]) > 0 {
					a[i] = slices.Clone(a[i])
					a[i][0] = min(max(a[i][0], 0), limits.Actions.Levels(0)-1)
				}
			}
			return b.sound(a)
		}}, "illegal actions are errors and change nothing", "a negative level of"},
		{"an illegal action that moves on", corridor, broken{step: func(b *broken, a []env.Action) ([]env.Outcome, env.Info, error) {
			outcomes, info, err := b.sound(a)
			if err != nil && !errors.Is(err, env.ErrNoEpisode) {
				_, _, _ = b.sound([]env.Action{{1}})
			}
			return outcomes, info, err
		}}, "illegal actions are errors and change nothing", "illegal action"},
		{"state that survives Reset", corridor, broken{reset: func(b *broken, obs []env.Obs, err error) ([]env.Obs, error) {
			b.calls++
			obs[0].Values[0] = float64(b.calls % 5)
			return obs, err
		}}, "the seed and the actions decide everything", "one environment, reset twice with seed 7"},
		{"state that environments share", climbing, after(func(o []env.Outcome, _ *env.Info) {
			shared++
			o[0].Reward = float64(shared)
		}), "environments are independent", "expected"},
		{"agents that share an observation", newTwins, broken{}, "what is returned belongs to the caller", `changes another agent's`},
		{"an observation that stays the environment's", corridor, keepsObservation(), "what is returned belongs to the caller", "overwriting what was returned"},
		{"an open state of another size", func() (env.Env, error) { return &stateful{must(corridor())}, nil }, broken{}, "optional abilities work", "State() has 2 values for 1 channels"},
		{"a maker that gives an error", func() (env.Env, error) { return nil, errors.New("no licence") }, broken{}, "agents are declared", "the maker gives an error: no licence"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			maker := func() (env.Env, error) {
				e, err := tc.base()
				if err != nil || (tc.spoil.agents == nil && tc.spoil.reset == nil && tc.spoil.step == nil) {
					return e, err
				}
				b := tc.spoil
				b.Env = e
				return &b, nil
			}
			at := slices.IndexFunc(clauses(), func(c clause) bool { return c.name == tc.clause })
			require.GreaterOrEqual(t, at, 0, "no such clause")
			require.ErrorContains(t, clauses()[at].check(maker), tc.says)
		})
	}
}

func must(e env.Env, err error) env.Env {
	if err != nil {
		panic(err)
	}
	return e
}

// keepsObservation is an environment that walks on from what it gave to the caller.
func keepsObservation() broken {
	var mine []env.Obs
	return broken{
		reset: func(_ *broken, obs []env.Obs, err error) ([]env.Obs, error) { mine = obs; return obs, err },
		step: func(b *broken, a []env.Action) ([]env.Outcome, env.Info, error) {
			outcomes, info, err := b.sound(a)
			if err == nil {
				outcomes[0].Reward += 1e-3 * mine[0].Values[0]
				mine = []env.Obs{outcomes[0].Obs}
			}
			return outcomes, info, err
		},
	}
}

// stateful has a state that does not fit its channels.
type stateful struct{ env.Env }

func (s *stateful) StateChannels() []env.Channel { return []env.Channel{{Name: "cell", High: 4}} }
func (s *stateful) State() []float64             { return []float64{1, 2} }

// twins is an environment of two agents that see one slice.
type twins struct{ running bool }

func newTwins() (env.Env, error) { return &twins{}, nil }

func (w *twins) Agents() []env.AgentSpec {
	see := []env.Channel{{Name: "x", High: 1}}
	return []env.AgentSpec{{ID: "a", Actions: space.Space{}, Obs: see}, {ID: "b", Actions: space.Space{}, Obs: slices.Clone(see)}}
}

func (w *twins) Reset(context.Context, uint64) ([]env.Obs, error) {
	w.running = true
	one := env.Obs{Values: []float64{1}}
	return []env.Obs{one, one}, nil
}

func (w *twins) Step(context.Context, []env.Action) ([]env.Outcome, env.Info, error) {
	if !w.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	w.running = false
	one := env.Outcome{Obs: env.Obs{Values: []float64{1}}, Terminated: true}
	return []env.Outcome{one, one}, env.Info{}, nil
}
