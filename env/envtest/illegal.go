package envtest

import (
	"context"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env"
)

// checkIllegal proves that an illegal action is an error, and that the episode goes on as if it had not been tried.
func checkIllegal(m env.Maker) error {
	p, err := newPlayer(m)
	if err != nil {
		return err
	}
	for e := range uint64(episodes) {
		if err := disturb(p, baseSeed+e); err != nil {
			return fmt.Errorf("seed %d: %w", baseSeed+e, err)
		}
	}
	return p.finish()
}

// disturb plays an episode twice, the second time with illegal actions in between.
func disturb(p *player, root uint64) error {
	want, err := p.episode(root)
	if err != nil {
		return err
	}
	f, err := p.reset(root)
	if err != nil {
		return err
	}
	got := []frame{f}
	for len(got) < len(want) {
		legal := want[len(got)].actions
		for _, wrong := range illegal(p, legal) {
			if _, _, err := p.env.Step(context.Background(), wrong.actions); err == nil {
				return fmt.Errorf("after %d steps: %s, %v, is no error", len(got)-1, wrong.name, wrong.actions)
			}
		}
		if f, err = p.act(clone(legal)); err != nil {
			return fmt.Errorf("after illegal actions: %w", err)
		}
		got = append(got, f)
	}
	if err := same(want, got); err != nil {
		return fmt.Errorf("illegal actions changed the episode: %w", err)
	}
	return nil
}

// mistake is one illegal call of Step.
type mistake struct {
	name    string
	actions []env.Action
}

// illegal lists ways to spoil legal actions.
func illegal(p *player, legal []env.Action) []mistake {
	wrong := []mistake{
		{"no action", nil},
		{"an action too few", clone(legal)[:len(legal)-1]},
		{"an action too many", append(clone(legal), slices.Clone(legal[0]))},
	}
	for i, agent := range p.agents {
		spoil := func(name string, action env.Action) {
			actions := clone(legal)
			actions[i] = action
			wrong = append(wrong, mistake{fmt.Sprintf("%s of agent %q", name, agent.ID), actions})
		}
		spoil("a missing action", nil)
		spoil("an action with an axis too many", append(slices.Clone(legal[i]), 0))
		for axis := range legal[i] {
			set := func(name string, level int) {
				action := slices.Clone(legal[i])
				action[axis] = level
				spoil(fmt.Sprintf("%s %q", name, agent.Actions.Param(axis).Name), action)
			}
			set("a negative level of", -1)
			set("a level out of range of", agent.Actions.Levels(axis))
			if !agent.Actions.Active(legal[i], axis) {
				if agent.Actions.Levels(axis) > 1 {
					set("a level of the inactive axis", 1)
				}
				continue
			}
			if mask := p.now[i].Mask; mask != nil {
				if level := slices.Index(mask[axis], false); level >= 0 {
					action := slices.Clone(legal[i])
					action[axis] = level
					spoil(fmt.Sprintf("a masked level of %q", agent.Actions.Param(axis).Name), agent.Actions.Canonical(action))
				}
			}
		}
	}
	return wrong
}
