package env

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Explainer is an optional ability of an Env that is a Speccer: what explains the design of an Info.Point, as simulators.Instance.Detail does. It does not look at
// the episode, is safe for concurrent use and works after Close.
type Explainer interface {
	Detail(ctx context.Context, p space.Point) ([]simulators.Artifact, error)
}

// SpecOf says what the points and results of an environment's Infos mean: its own Spec when it is a Speccer. Else the point is the agents' joint
// action (axes <axis>, or <agent>.<axis> when there are several agents), and the metrics are the agents' rewards ("reward", or reward_<agent>). It
// panics when two agents' axes get one name that way.
func SpecOf(e Env) simulators.Spec {
	if s, ok := e.(Speccer); ok {
		return s.Spec()
	}
	agents := e.Agents()
	params := jointParams("", agents)
	joint, err := newSpace(params)
	if err != nil {
		panic(fmt.Sprintf("env: SpecOf: %v", err))
	}
	metrics := []simulators.Metric{{Name: "reward", Doc: "reward of the step"}}
	if len(agents) > 1 {
		metrics = nil
		for _, a := range agents {
			metrics = append(metrics, simulators.Metric{Name: "reward_" + a.ID, Doc: "reward of the step for agent " + a.ID})
		}
	}
	doc := "Joint actions of an environment and the rewards of the step."
	return simulators.Spec{Name: "env", Version: "unversioned", Doc: doc, Space: joint, Metrics: metrics}
}

// StateChannels says what StateOf returns: the environment's own state when it is a Stater, else every agent's channels, one agent after the
// other, named <agent>.<channel> when there are several.
func StateChannels(e Env) []Channel {
	if s, ok := e.(Stater); ok {
		return s.StateChannels()
	}
	var all []Channel
	agents := e.Agents()
	for _, a := range agents {
		for _, c := range a.Obs {
			if len(agents) > 1 {
				c.Name = a.ID + "." + c.Name
			}
			all = append(all, c)
		}
	}
	return all
}

// StateOf is the central state of an environment whose agents now see these observations: its own when it is a Stater, else all
// observations one after the other.
func StateOf(e Env, now []Obs) []float64 {
	if s, ok := e.(Stater); ok {
		return s.State()
	}
	var state []float64
	for _, obs := range now {
		state = slices.Concat(state, obs.Values)
	}
	return state
}

// Close closes an environment that is an io.Closer; another one needs no closing.
func Close(e Env) error {
	if c, ok := e.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
