package policygrad

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env"
)

// State is where central critics read an environment's own state, and how they scale it: see agents.CentralPolicy.
type State struct {
	Observer *Observer
	channels []env.Channel
	read     func(lane int) []float64
}

// NewState reads the state of a lane, one value a channel, by the given function.
func NewState(channels []env.Channel, read func(lane int) []float64) *State {
	return &State{NewObserver(channels), slices.Clone(channels), read}
}

// Values reads the state of a lane, unscaled.
func (s *State) Values(lane int) ([]float64, error) {
	values := slices.Clone(s.read(lane))
	if len(values) != len(s.channels) {
		return nil, fmt.Errorf("state: %d values for %d channels", len(values), len(s.channels))
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("state: channel %q is %v: must be finite", s.channels[i].Name, v)
		}
	}
	return values, nil
}
