package envtest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/codesign-gym/codesign/env"
)

// checkEpisode proves that Step is an error before the first Reset and after the end of an episode.
func checkEpisode(m env.Maker) error {
	p, err := newPlayer(m)
	if err != nil {
		return err
	}
	twin, err := newPlayer(m)
	if err != nil {
		return err
	}
	if _, err := twin.reset(baseSeed); err != nil {
		return err
	}
	legal := twin.choose()
	if _, _, err := p.env.Step(context.Background(), clone(legal)); err == nil {
		return errors.New("a Step before the first Reset is no error")
	}
	frames, err := p.episode(baseSeed)
	if err != nil {
		return err
	}
	if last := frames[len(frames)-1]; last.done() {
		if _, _, err := p.env.Step(context.Background(), p.choose()); err == nil {
			return errors.New("a Step after the end of an episode is no error")
		}
	}
	again, err := p.episode(baseSeed)
	if err != nil {
		return fmt.Errorf("the episode after a Step that was an error: %w", err)
	}
	if err := same(frames, again); err != nil {
		return fmt.Errorf("the episode after a Step that was an error: %w", err)
	}
	return errors.Join(p.finish(), twin.finish())
}

// checkDeterminism proves that an episode depends on its seed and actions, not on what was played before.
func checkDeterminism(m env.Maker) error {
	p, err := newPlayer(m)
	if err != nil {
		return err
	}
	first, err := p.episode(baseSeed)
	if err != nil {
		return err
	}
	if _, err := p.episode(otherSeed); err != nil {
		return err
	}
	if _, err := p.reset(otherSeed); err != nil { // an episode that is left at once
		return err
	}
	again, err := p.episode(baseSeed)
	if err != nil {
		return err
	}
	if err := same(first, again); err != nil {
		return fmt.Errorf("one environment, reset twice with seed %d: %w", baseSeed, err)
	}
	fresh, err := newPlayer(m)
	if err != nil {
		return err
	}
	other, err := fresh.episode(baseSeed)
	if err != nil {
		return err
	}
	if err := same(first, other); err != nil {
		return fmt.Errorf("two environments, reset with seed %d: %w", baseSeed, err)
	}
	return errors.Join(p.finish(), fresh.finish())
}

// checkIndependence proves that two environments played in turns do not disturb each other.
func checkIndependence(m env.Maker) error {
	var players [2]*player
	var want, got [2][]frame
	for i, root := range []uint64{baseSeed, otherSeed} {
		p, err := newPlayer(m)
		if err != nil {
			return err
		}
		players[i] = p
		if want[i], err = p.episode(root); err != nil {
			return err
		}
		f, err := p.reset(root)
		if err != nil {
			return err
		}
		got[i] = []frame{f}
	}
	for t := range max(len(want[0]), len(want[1])) - 1 {
		for i, p := range players {
			if t+1 >= len(want[i]) {
				continue
			}
			f, err := p.step()
			if err != nil {
				return fmt.Errorf("played in turns: %w", err)
			}
			got[i] = append(got[i], f)
		}
	}
	return errors.Join(same(want[0], got[0]), same(want[1], got[1]), players[0].finish(), players[1].finish())
}

// checkOwnership proves that overwriting whatever was returned or passed changes nothing, and that no two agents share memory.
func checkOwnership(m env.Maker) error {
	p, err := newPlayer(m)
	if err != nil {
		return err
	}
	want, err := p.episode(baseSeed)
	if err != nil {
		return err
	}
	if _, err := p.reset(baseSeed); err != nil {
		return err
	}
	got := want[:1:1]
	for len(got) < len(want) {
		agents := p.env.Agents()
		for i := range agents {
			agents[i].ID = "overwritten"
			scribble(reflect.ValueOf(agents[i].Obs))
		}
		if len(p.now) > 1 {
			scribble(reflect.ValueOf(p.now[0]))
			if !reflect.DeepEqual(p.now[1:], want[len(got)-1].obs[1:]) {
				return fmt.Errorf("after %d steps: overwriting the observation of agent %q changes another agent's", len(got)-1, p.agents[0].ID)
			}
		}
		scribble(reflect.ValueOf(p.now))
		actions := clone(want[len(got)].actions)
		outcomes, info, err := p.env.Step(context.Background(), actions)
		if err != nil {
			return fmt.Errorf("after what was returned was overwritten: %w", err)
		}
		p.now = nil
		f := frame{actions: want[len(got)].actions, outcomes: clone(outcomes), info: clone(info)}
		for _, o := range outcomes {
			p.now = append(p.now, o.Obs)
		}
		f.obs = clone(p.now)
		got = append(got, f)
		scribble(reflect.ValueOf(actions))
		scribble(reflect.ValueOf(info))
	}
	if err := same(want, got); err != nil {
		return fmt.Errorf("overwriting what was returned or passed changed the episode: %w", err)
	}
	return p.finish()
}

// checkConcurrency proves that environments made and played at the same time behave like one played alone.
func checkConcurrency(m env.Maker) error {
	play := func() ([]frame, error) {
		p, err := newPlayer(m)
		if err != nil {
			return nil, err
		}
		frames, err := p.episode(baseSeed)
		return frames, errors.Join(err, p.finish())
	}
	want, err := play()
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	errs := make([]error, concurrency)
	for i := range errs {
		group.Go(func() {
			got, err := play()
			errs[i] = errors.Join(err, same(want, got))
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// checkAbilities proves that the state fits its channels while an episode runs, and that the environment can be closed.
func checkAbilities(m env.Maker) error {
	return each(m, func(p *player, f frame) error {
		channels := env.StateChannels(p.env)
		if f.done() {
			return nil
		}
		if _, own := p.env.(env.Stater); !own {
			return nil
		}
		state := env.StateOf(p.env, nil)
		if len(state) != len(channels) {
			return fmt.Errorf("State() has %d values for %d channels", len(state), len(channels))
		}
		return checkBounds(channels, state)
	})
}
