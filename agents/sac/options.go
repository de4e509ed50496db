package sac

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Options are the hyper-parameters of learning in environments. Their zero value is not a default: change that of Defaults.
type Options struct {
	offpolicy.Options
	Entropy     float64 // that is aimed at, as a share of that of the uniform policy
	Temperature float64 // the first
}

// Defaults are the defaults in environments.
func Defaults() Options {
	o := Options{Options: offpolicy.Defaults(), Entropy: 0.3, Temperature: 1}
	o.TargetRate = 0.005
	return o
}

// DesignOptions are the hyper-parameters of a designer. Their zero value is not a default: change that of DesignDefaults.
type DesignOptions struct {
	offpolicy.DesignOptions
	Entropy     float64 // as in Options
	Temperature float64 // as in Options
}

// DesignDefaults are the defaults of designers.
func DesignDefaults() DesignOptions {
	return DesignOptions{DesignOptions: offpolicy.DesignDefaults(), Entropy: 0.3, Temperature: 1}
}

// NewPolicy makes the policy for the agents of an environment; the name, such as "isac", is that of its errors and files.
func NewPolicy(name string, specs []env.AgentSpec, o Options, rng *rand.Rand) (*offpolicy.Policy, error) {
	if err := offpolicy.Check(name, append(o.Settings(), o.settings()...)); err != nil {
		return nil, err
	}
	build := func(s offpolicy.Shape) offpolicy.Method {
		u := offpolicy.UtilitiesOptions{Hidden: o.Hidden, Activation: o.Activation}
		return newMethod(s, learning{o.Gamma, o.TargetRate, o.MaxNorm, o.Optimism, o.Entropy, o.Temperature, u}, rng)
	}
	return offpolicy.NewPolicy(name, specs, o.Options, false, build, rng), nil
}

// NewDesigner makes one agent for each group of axes of a design space: see package groups.
func NewDesigner(name string, p agents.Problem, grouping string, o DesignOptions, rng *rand.Rand) (*offpolicy.Designer, error) {
	if err := offpolicy.Check(name, append(o.Settings(), o.settings()...)); err != nil {
		return nil, err
	}
	build := func(s offpolicy.Shape) offpolicy.Method {
		u := offpolicy.UtilitiesOptions{Ordered: true}
		return newMethod(s, learning{optimism: o.Optimism, entropy: o.Entropy, temperature: o.Temperature, utilities: u}, rng)
	}
	return offpolicy.NewDesigner(name, p, grouping, o.DesignOptions, build, rng)
}

// The range of the first temperature.
const (
	coldest = 1e-6
	hottest = 1e3
)

// settings declares what Options add.
func (o Options) settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "entropy", Doc: "entropy that is aimed at, as a share of the uniform policy's", Default: o.Entropy, Min: 0, Max: 1},
		{Name: "temperature", Doc: "first weight of the entropy", Default: o.Temperature, Min: coldest, Max: hottest},
	}
}

// settings declares what DesignOptions add.
func (o DesignOptions) settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "design_entropy", Doc: "designing: entropy that is aimed at, as a share of the uniform policy's", Default: o.Entropy, Min: 0, Max: 1},
		{Name: "design_temperature", Doc: "designing: first weight of the entropy", Default: o.Temperature, Min: coldest, Max: hottest},
	}
}
