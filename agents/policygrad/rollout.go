package policygrad

import "github.com/codesign-gym/codesign/env/space"

// Choice is one action with what learning needs of the moment in which it was chosen.
type Choice struct {
	Obs     []float64 // the actor's inputs
	State   []float64 // the critic's inputs
	Mask    [][]bool
	Point   space.Point
	LogProb float64
	Value   float64 // of the state
}

// Rollout collects the transitions of one agent, in the order of time, until they are learned. The zero value is empty.
type Rollout struct {
	steps   []Transition
	samples Samples
}

// Add adds a choice and what followed; see Transition for lane, done and next.
func (r *Rollout) Add(lane int, c Choice, reward float64, done bool, next float64) {
	r.steps = append(r.steps, Transition{Lane: lane, Reward: reward, Value: c.Value, Done: done, Next: next})
	s := &r.samples
	s.Obs = append(s.Obs, c.Obs...)
	s.States = append(s.States, c.State...)
	s.Masks = append(s.Masks, c.Mask)
	s.Points = append(s.Points, c.Point)
	s.LogProbs = append(s.LogProbs, c.LogProb)
	s.Values = append(s.Values, c.Value)
}

// Len is the number of transitions.
func (r *Rollout) Len() int { return len(r.steps) }

// Samples estimates the advantages and returns of the transitions. It is valid until the next Add or Clear.
func (r *Rollout) Samples(gamma, lambda float64) Samples {
	s := &r.samples
	s.Advantages, s.Returns = resized(s.Advantages, len(r.steps)), resized(s.Returns, len(r.steps))
	Advantages(s.Advantages, r.steps, gamma, lambda)
	for i, a := range s.Advantages {
		s.Returns[i] = a + s.Values[i]
	}
	return *s
}

// Clear forgets the transitions and keeps their memory.
func (r *Rollout) Clear() {
	s := &r.samples
	clear(s.Masks) // nothing keeps the observations and actions alive
	clear(s.Points)
	r.steps = r.steps[:0]
	*s = Samples{
		Obs: s.Obs[:0], States: s.States[:0], Masks: s.Masks[:0], Points: s.Points[:0],
		LogProbs: s.LogProbs[:0], Values: s.Values[:0], Advantages: s.Advantages[:0], Returns: s.Returns[:0],
	}
}

func resized(old []float64, length int) []float64 {
	if cap(old) < length {
		return make([]float64, length)
	}
	return old[:length]
}
