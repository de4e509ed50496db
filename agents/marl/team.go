package marl

import (
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// team is the agents that share parameters: all, or one.
type team struct {
	id       string
	first    int // its first agent
	size     int
	observer *policygrad.Observer
	rewards  policygrad.RewardScale
	learner  *policygrad.Learner
	rollout  policygrad.Rollout // agent k of the team in lane l is lane l*size + k of it
}

// newTeams makes the teams, whose agents are in a row.
func newTeams(specs []env.AgentSpec, o Options, rng *rand.Rand) ([]team, error) {
	if len(specs) == 0 {
		return nil, nil
	}
	size, id := 1, func(i int) string { return specs[i].ID }
	if o.Sharing == All {
		if err := checkAlike(specs); err != nil {
			return nil, err
		}
		size, id = len(specs), func(int) string { return "all" }
	}
	var teams []team
	for first := 0; first < len(specs); first += size {
		t := team{id: id(first), first: first, size: size, observer: policygrad.NewObserver(specs[first].Obs)}
		heads := categorical.Options{Form: o.Form, Hidden: o.Hidden, Activation: o.Activation}
		actor := categorical.New(specs[first].Actions, len(specs[first].Obs)+t.places(), heads, rng)
		states := len(specs[first].Obs)
		if o.Central {
			states = stateSize(specs)
		}
		t.learner = policygrad.NewLearner(actor, policygrad.NewCritic(states+t.places(), o.Options, rng))
		teams = append(teams, t)
	}
	return teams, nil
}

// stateSize is the length of all agents' observations together.
func stateSize(specs []env.AgentSpec) int {
	size := 0
	for _, spec := range specs {
		size += len(spec.Obs)
	}
	return size
}

// checkAlike reports agents that cannot share parameters with the first.
func checkAlike(specs []env.AgentSpec) error {
	shape := func(s space.Space) []space.Param {
		params := make([]space.Param, s.Len())
		for i, p := range s.Params() {
			p.Doc, p.Group = "", ""
			params[i] = p
		}
		return params
	}
	for _, spec := range specs[1:] {
		if !reflect.DeepEqual(shape(spec.Actions), shape(specs[0].Actions)) {
			return fmt.Errorf("sharing %q: agents %q and %q have different action spaces: must be the same, or sharing %q", All, specs[0].ID, spec.ID, Apart)
		}
		if len(spec.Obs) != len(specs[0].Obs) {
			return fmt.Errorf("sharing %q: agent %q sees %d channels and %q sees %d: must be the same, or sharing %q",
				All, specs[0].ID, len(specs[0].Obs), spec.ID, len(spec.Obs), Apart)
		}
	}
	return nil
}

// places is the length of the vector that tells an agent of the team from the others.
func (t *team) places() int {
	if t.size == 1 {
		return 0
	}
	return t.size
}

// appendPlace appends which agent of the team it is.
func (t *team) appendPlace(dst []float64, agent int) []float64 {
	for k := range t.places() {
		if t.first+k == agent {
			dst = append(dst, 1)
		} else {
			dst = append(dst, 0)
		}
	}
	return dst
}
