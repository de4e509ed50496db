package marl

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories are the catalogue's entries "ippo", "mappo" and "happo". All search designs and act in environments.
func Factories() []agents.Factory {
	return []agents.Factory{
		factory("ippo", "Independent proximal policy optimisation: several agents, each with a critic of what it sees.", IPPO()),
		factory("mappo", "Multi-agent proximal policy optimisation: several agents, whose critics see the central state.", MAPPO()),
		factory("happo", "Heterogeneous-agent proximal policy optimisation: mappo whose agents are updated one after the other.", HAPPO()),
	}
}

func factory(name, doc string, o Options) agents.Factory {
	settings := append(policygrad.Settings(o.Options), policygrad.DesignSettings(policygrad.DesignPPO())...)
	return agents.Factory{
		Name: name, Doc: doc,
		Options: append(settings,
			simulators.Setting{Name: "sharing", Doc: "environments: which agents share parameters", Default: string(o.Sharing), Allowed: Sharings()},
			simulators.Setting{Name: "sequential", Doc: "agents are updated one after the other, each seeing what those before it have become", Default: o.Sequential},
			simulators.Setting{Name: "credit", Doc: "designing: what each agent is told of a design", Default: string(policygrad.Shared), Allowed: policygrad.Credits()},
			groups.Setting(string(env.PerAxis)),
		),
		New: func(p agents.Problem, s simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			if s.String("sharing") != string(Apart) {
				return nil, fmt.Errorf("%s: sharing %q: the agents of a design space see nothing, hence share nothing: must be %q",
					name, s.String("sharing"), Apart)
			}
			d := policygrad.DesignOptionsOf(s)
			d.Sequential, d.Credit = s.Bool("sequential"), policygrad.Credit(s.String("credit"))
			return policygrad.NewDesigner(name, p, s.String(groups.Option), d, rng)
		},
		NewPolicy: func(specs []env.AgentSpec, s simulators.Settings, rng *rand.Rand) (agents.Policy, error) {
			return NewPolicy(name, specs, Options{policygrad.OptionsOf(s), o.Central, Sharing(s.String("sharing")), s.Bool("sequential")}, rng)
		},
	}
}
