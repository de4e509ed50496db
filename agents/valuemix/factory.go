package valuemix

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories are the catalogue's entries "vdn" and "qmix". Both search designs and act in environments.
func Factories() []agents.Factory {
	return []agents.Factory{
		factory("vdn", "Value decomposition: several agents whose values of their actions add up to the value of all.", VDN(), DesignVDN()),
		factory("qmix", "QMIX: several agents whose values of their actions are mixed, monotonely, into the value of all.", QMIX(), DesignQMIX()),
	}
}

func factory(name, doc string, o Options, d DesignOptions) agents.Factory {
	return agents.Factory{
		Name: name, Doc: doc,
		Options: slices.Concat(o.Settings(), o.settings(), d.Settings(), d.settings(), []simulators.Setting{groups.Setting(string(env.PerAxis))}),
		New: func(p agents.Problem, s simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return NewDesigner(name, p, s.String(groups.Option), DesignOptions{
				DesignOptions: offpolicy.DesignOptionsOf(s), Mix: mixOf(s, o.Mix), Joint: s.Int("joint"),
				Explore: Explore{s.Float("design_epsilon"), s.Int("design_epsilon_trials")},
			}, rng)
		},
		NewPolicy: func(specs []env.AgentSpec, s simulators.Settings, rng *rand.Rand) (agents.Policy, error) {
			return NewPolicy(name, specs, Options{
				Options: offpolicy.OptionsOf(s), Mix: mixOf(s, o.Mix), Joint: s.Int("joint"),
				Explore: Explore{s.Float("epsilon"), s.Int("epsilon_steps")},
			}, rng)
		},
	}
}

// mixOf reads what MixOptions declare.
func mixOf(s simulators.Settings, of MixOptions) MixOptions {
	if of.Width == 0 {
		return of
	}
	return MixOptions{Width: s.Int("mix_width"), Hyper: s.Int("hyper_width")}
}
