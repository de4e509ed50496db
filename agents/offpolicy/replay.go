package offpolicy

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
)

// step is one remembered step of all agents in one lane. Numbers are as the environment gave them: what scales them goes on being learned.
type step struct {
	now, next        []env.Obs // by agent
	state, nextState []float64 // the environment's own, nil where it has none
	actions          []env.Action
	rewards          []float64 // by agent
	goes             bool
}

// replay keeps the last steps.
type replay struct {
	capacity int
	steps    []step
	at       int // where the next one goes once it is full
}

func (r *replay) add(s step) {
	if len(r.steps) < r.capacity {
		r.steps = append(r.steps, s)
		return
	}
	r.steps[r.at] = s
	r.at = (r.at + 1) % r.capacity
}

// scales is what the numbers of steps are scaled by.
type scales struct {
	observers []*policygrad.Observer // by agent
	rewards   []policygrad.RewardScale
	state     *policygrad.State // nil: the state is all observations
	central   bool
}

// gather draws rows uniformly, with replacement.
func (b *Batch) gather(r *replay, rows int, by scales, rng *rand.Rand) {
	b.clear(len(by.observers))
	b.Rows = rows
	for range rows {
		s := &r.steps[rng.IntN(len(r.steps))]
		for i, o := range by.observers {
			b.Now[i].add(o, s.now[i])
			b.Next[i].add(o, s.next[i])
			b.Actions[i] = append(b.Actions[i], s.actions[i])
			b.Rewards[i] = append(b.Rewards[i], by.rewards[i].Scale(s.rewards[i]))
		}
		b.Goes = append(b.Goes, s.goes)
		if by.central {
			b.States = by.appendState(b.States, s.now, s.state)
			b.NextStates = by.appendState(b.NextStates, s.next, s.nextState)
		}
	}
}

// appendState appends the scaled central state.
func (by scales) appendState(dst []float64, seen []env.Obs, own []float64) []float64 {
	if by.state != nil {
		return by.state.Observer.Append(dst, own)
	}
	for i, o := range by.observers {
		dst = o.Append(dst, seen[i].Values)
	}
	return dst
}

func (s *Side) add(o *policygrad.Observer, seen env.Obs) {
	s.Obs = o.Append(s.Obs, seen.Values)
	s.Masks = append(s.Masks, seen.Mask)
}

// clear empties the batch for a number of agents and keeps its memory.
func (b *Batch) clear(agents int) {
	if b.Now == nil {
		b.Now, b.Next = make([]Side, agents), make([]Side, agents)
		b.Actions, b.Rewards = make([][]env.Action, agents), make([][]float64, agents)
	}
	for i := range agents {
		b.Now[i] = Side{b.Now[i].Obs[:0], b.Now[i].Masks[:0]}
		b.Next[i] = Side{b.Next[i].Obs[:0], b.Next[i].Masks[:0]}
		b.Actions[i], b.Rewards[i] = b.Actions[i][:0], b.Rewards[i][:0]
	}
	b.States, b.NextStates, b.Goes = b.States[:0], b.NextStates[:0], b.Goes[:0]
}
