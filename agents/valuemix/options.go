package valuemix

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Explore is the probability with which an agent draws the level of an axis: from 1 it falls linearly to Last in Steps steps or told designs.
type Explore struct {
	Last  float64
	Steps int
}

func (e Explore) at(age int) float64 {
	if age >= e.Steps {
		return e.Last
	}
	return 1 - (1-e.Last)*float64(age)/float64(e.Steps)
}

// MixOptions declare the mixing net of QMIX. The zero value is VDN: the sum.
type MixOptions struct {
	Width int // units of the mixing net; 0 means the sum of the utilities
	Hyper int // units of the hidden layer of the nets that make its weights
}

// Options are the hyper-parameters of learning in environments. Their zero value is not a default: change those of VDN or QMIX.
type Options struct {
	offpolicy.Options
	Mix     MixOptions
	Explore Explore
	Joint   int // agents of at most that many actions have a value of each action beside those of its axes' levels
}

// VDN is the defaults of value decomposition by a sum.
func VDN() Options {
	return Options{Options: offpolicy.Defaults(), Explore: Explore{0.05, 10_000}, Joint: 256}
}

// QMIX is the defaults of value decomposition by a monotone mixing net.
func QMIX() Options {
	o := VDN()
	o.Mix = MixOptions{Width: 32, Hyper: 64}
	return o
}

// DesignOptions are the hyper-parameters of a designer. Their zero value is not a default: change those of DesignVDN or DesignQMIX.
type DesignOptions struct {
	offpolicy.DesignOptions
	Mix     MixOptions
	Explore Explore
	Joint   int // as in Options
}

// DesignVDN is the defaults of designers with a sum.
func DesignVDN() DesignOptions {
	return DesignOptions{DesignOptions: offpolicy.DesignDefaults(), Explore: Explore{0.1, 50}, Joint: 256}
}

// DesignQMIX is the defaults of designers with a monotone mixing net; it sees no state, hence it is one for all designs.
func DesignQMIX() DesignOptions {
	o := DesignVDN()
	o.Mix = QMIX().Mix
	return o
}

// NewPolicy makes the policy for the agents of an environment; the name, such as "qmix", is that of its errors and files.
func NewPolicy(name string, specs []env.AgentSpec, o Options, rng *rand.Rand) (*offpolicy.Policy, error) {
	if err := offpolicy.Check(name, append(o.Settings(), o.settings()...)); err != nil {
		return nil, err
	}
	build := func(s offpolicy.Shape) offpolicy.Method {
		u := offpolicy.UtilitiesOptions{Hidden: o.Hidden, Activation: o.Activation, Joint: o.Joint}
		return newMethod(s, u, o.Mix, learning{o.Gamma, o.TargetRate, o.MaxNorm, o.Optimism, 1, o.Explore}, rng)
	}
	return offpolicy.NewPolicy(name, specs, o.Options, o.Mix.Width > 0, build, rng), nil
}

// NewDesigner makes one agent for each group of axes of a design space: see package groups.
func NewDesigner(name string, p agents.Problem, grouping string, o DesignOptions, rng *rand.Rand) (*offpolicy.Designer, error) {
	if err := offpolicy.Check(name, append(o.Settings(), o.settings()...)); err != nil {
		return nil, err
	}
	build := func(s offpolicy.Shape) offpolicy.Method {
		u := offpolicy.UtilitiesOptions{Ordered: true, Joint: o.Joint}
		return newMethod(s, u, o.Mix, learning{optimism: o.Optimism, mixRate: designMixRate, explore: o.Explore}, rng)
	}
	return offpolicy.NewDesigner(name, p, grouping, o.DesignOptions, build, rng)
}

// designMixRate is the learning rate of a designer's mixing net as a share of the utilities': Adam moves each of its weights, which are small, as far as a
// utility. With 1 qmix was worse than random search on rosenbrock10_grid.
const designMixRate = 0.05

// The ends of ranges.
const (
	maxCount = 1 << 30
	maxJoint = 1 << 16
	maxWidth = 1 << 12
)

// settings declares what Options add.
func (o Options) settings() []simulators.Setting {
	return append([]simulators.Setting{
		{Name: "epsilon", Doc: "last probability of drawing an axis' level", Default: o.Explore.Last, Min: 0, Max: 1},
		{Name: "epsilon_steps", Unit: "steps", Doc: "steps in which the probability falls from 1", Default: o.Explore.Steps, Min: 0, Max: maxCount},
		{Name: "joint", Unit: "actions", Doc: "agents of at most that many have a value of each action beside its axes'", Default: o.Joint, Min: 0, Max: maxJoint},
	}, o.Mix.settings()...)
}

// settings declares what a mixing net has; VDN has none.
func (m MixOptions) settings() []simulators.Setting {
	if m.Width == 0 {
		return nil
	}
	return []simulators.Setting{
		{Name: "mix_width", Unit: "units", Doc: "of the mixing net", Default: m.Width, Min: 1, Max: maxWidth},
		{Name: "hyper_width", Unit: "units", Doc: "of the hidden layer of the nets that make the mixing weights", Default: m.Hyper, Min: 1, Max: maxWidth},
	}
}

// settings declares what DesignOptions add; Joint and Mix are those of Options.
func (o DesignOptions) settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "design_epsilon", Doc: "designing: last probability of drawing an axis' level", Default: o.Explore.Last, Min: 0, Max: 1},
		{Name: "design_epsilon_trials", Unit: "designs", Doc: "designing: told designs in which the probability falls from 1", Default: o.Explore.Steps, Min: 0, Max: maxCount},
	}
}
