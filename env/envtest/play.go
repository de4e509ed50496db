package envtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
)

// How long the suite plays.
const (
	episodes    = 3
	maxSteps    = 40 // of one episode; a longer one is left by Reset
	baseSeed    = 7
	otherSeed   = 8
	concurrency = 4
)

// frame is what one call of Reset (no outcomes) or Step returned.
type frame struct {
	actions  []env.Action
	obs      []env.Obs
	outcomes []env.Outcome
	info     env.Info
}

// done tells whether the frame ended the episode.
func (f frame) done() bool { return len(f.outcomes) > 0 && f.outcomes[0].Done() }

// player plays an environment with legal random actions that follow from its seed.
type player struct {
	env    env.Env
	agents []env.AgentSpec
	rng    *rand.Rand
	now    []env.Obs
}

// newPlayer makes an environment.
func newPlayer(m env.Maker) (*player, error) {
	e, err := m()
	if err != nil {
		return nil, fmt.Errorf("the maker gives an error: %w", err)
	}
	p := &player{env: e, agents: e.Agents()}
	if len(p.agents) == 0 {
		return nil, fmt.Errorf("the list Agents() is empty: an environment has at least one agent")
	}
	return p, nil
}

// reset starts an episode.
func (p *player) reset(root uint64) (frame, error) {
	obs, err := p.env.Reset(context.Background(), root)
	if err != nil {
		return frame{}, fmt.Errorf("a Reset with seed %d: %w", root, err)
	}
	if len(obs) != len(p.agents) {
		return frame{}, fmt.Errorf("a Reset gives %d observations for %d agents", len(obs), len(p.agents))
	}
	for i := range obs {
		if err := checkMask(p.agents[i], obs[i].Mask); err != nil {
			return frame{}, err
		}
	}
	p.rng, p.now = seed.New(root, "envtest"), obs
	return frame{obs: clone(obs)}, nil
}

// choose draws legal actions.
func (p *player) choose() []env.Action {
	actions := make([]env.Action, len(p.agents))
	for i, agent := range p.agents {
		actions[i] = env.SampleAction(agent, p.now[i], p.rng)
	}
	return actions
}

// step takes one step of random actions.
func (p *player) step() (frame, error) { return p.act(p.choose()) }

// act takes one step.
func (p *player) act(actions []env.Action) (frame, error) {
	f := frame{actions: clone(actions)}
	outcomes, info, err := p.env.Step(context.Background(), actions)
	if err != nil {
		return frame{}, fmt.Errorf("a Step of the legal actions %v: %w", f.actions, err)
	}
	if len(outcomes) != len(p.agents) {
		return frame{}, fmt.Errorf("a Step gives %d outcomes for %d agents", len(outcomes), len(p.agents))
	}
	p.now = make([]env.Obs, len(outcomes))
	for i, o := range outcomes {
		p.now[i] = o.Obs
		if err := checkMask(p.agents[i], o.Obs.Mask); err != nil {
			return frame{}, err
		}
	}
	f.obs, f.outcomes, f.info = clone(p.now), clone(outcomes), clone(info)
	return f, nil
}

// episode plays one episode, at most maxSteps long; the first frame is the one of Reset.
func (p *player) episode(root uint64) ([]frame, error) {
	var frames []frame
	err := p.watch(root, func(f frame) error { frames = append(frames, f); return nil })
	return frames, err
}

// watch plays one episode and shows each frame while it is the present.
func (p *player) watch(root uint64, see func(frame) error) error {
	f, err := p.reset(root)
	for t := 0; ; t++ {
		if err == nil {
			err = see(f)
		}
		if err != nil {
			return fmt.Errorf("seed %d, after %d steps: %w", root, t, err)
		}
		if t == maxSteps || f.done() {
			return nil
		}
		f, err = p.step()
	}
}

// finish closes the player's environment.
func (p *player) finish() error { return env.Close(p.env) }

// each plays some episodes of a fresh environment and checks each frame while it is the present.
func each(m env.Maker, check func(p *player, f frame) error) error {
	p, err := newPlayer(m)
	if err != nil {
		return err
	}
	for e := range uint64(episodes) {
		if err := p.watch(baseSeed+e, func(f frame) error { return check(p, f) }); err != nil {
			return err
		}
	}
	return p.finish()
}

// same reports the first difference between two episodes.
func same(want, got []frame) error {
	for t := range min(len(want), len(got)) {
		if !reflect.DeepEqual(want[t], got[t]) {
			return fmt.Errorf("after %d steps: expected %+v, got %+v", t, want[t], got[t])
		}
	}
	if len(want) != len(got) {
		return fmt.Errorf("one episode has %d steps, the other %d", len(want)-1, len(got)-1)
	}
	return nil
}

// clone is a deep copy of nested slices and structs of plain values; specs, which hold spaces, are not cloned.
func clone[T any](v T) T { return cloneValue(reflect.ValueOf(&v).Elem()).Interface().(T) }

func cloneValue(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				out.Index(i).Set(cloneValue(v.Index(i)))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out.Field(i).Set(cloneValue(v.Field(i)))
		}
	default:
		out.Set(v)
	}
	return out
}

// scribble overwrites every number and flag in nested slices: what a caller may do with what it owns.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			scribble(v.Field(i))
		}
	case reflect.Int:
		if v.CanSet() {
			v.SetInt(-99)
		}
	case reflect.Float64:
		if v.CanSet() {
			v.SetFloat(-1e9)
		}
	case reflect.Bool:
		if v.CanSet() {
			v.SetBool(!v.Bool())
		}
	}
}

// names lists the IDs of agents.
func names(agents []env.AgentSpec) []string {
	var ids []string
	for _, a := range agents {
		ids = append(ids, a.ID)
	}
	return slices.Clip(ids)
}
