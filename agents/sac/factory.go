package sac

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories are the catalogue's entries "sac" and "isac". Both search designs and act in environments.
func Factories() []agents.Factory {
	single := factory("sac", "Soft actor-critic of discrete actions: replayed steps, two critics, automatic temperature.", nil)
	several := factory("isac", "Independent soft actor-critics: several agents, each with critics of what it sees.",
		[]simulators.Setting{groups.Setting(string(env.PerAxis))})
	return []agents.Factory{single, several}
}

// factory makes an entry; without the option of groups one agent owns all axes of a design space.
func factory(name, doc string, grouping []simulators.Setting) agents.Factory {
	o, d := Defaults(), DesignDefaults()
	return agents.Factory{
		Name: name, Doc: doc,
		Options: slices.Concat(o.Settings(), o.settings(), d.Settings(), d.settings(), grouping),
		New: func(p agents.Problem, s simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			list := string(env.Single)
			if len(grouping) > 0 {
				list = s.String(groups.Option)
			}
			return NewDesigner(name, p, list, DesignOptions{offpolicy.DesignOptionsOf(s), s.Float("design_entropy"), s.Float("design_temperature")}, rng)
		},
		NewPolicy: func(specs []env.AgentSpec, s simulators.Settings, rng *rand.Rand) (agents.Policy, error) {
			return NewPolicy(name, specs, Options{offpolicy.OptionsOf(s), s.Float("entropy"), s.Float("temperature")}, rng)
		},
	}
}
