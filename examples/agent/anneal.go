// Command anneal is the command codesign with one more agent: simulated annealing.
package main

import (
	"math/rand/v2"
	"os"

	"github.com/codesign-gym/codesign/agents"
	agentlist "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	simlist "github.com/codesign-gym/codesign/simulators/catalog"
)

// anneal walks: each design is the current one with one axis changed. A worse one is taken as the current one, too, with a probability that
// cools down.
type anneal struct {
	guard       agents.Guard
	space       space.Space
	rng         *rand.Rand
	temperature float64 // the probability of taking a worse design
	cooling     float64 // its factor per told trial
	current     agents.Trial
}

// Ask implements agents.Agent.
func (a *anneal) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		if a.current.Point == nil {
			points[i] = a.space.Sample(a.rng)
		} else {
			points[i] = vary.One(a.space, a.current.Point, a.rng)
		}
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell implements agents.Agent.
func (a *anneal) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return err
	}
	for _, t := range trials {
		if a.current.Point == nil || rank.Compare(t, a.current) <= 0 || a.rng.Float64() < a.temperature {
			a.current = t
		}
		a.temperature *= a.cooling
	}
	return nil
}

// factory is the entry of the catalogue: the options are what experiment files set.
func factory() agents.Factory {
	return agents.Factory{
		Name: "anneal",
		Doc:  "Simulated annealing with a probability of acceptance that cools down.",
		Options: []simulators.Setting{
			{Name: "temperature", Doc: "probability of taking a worse design at first", Default: 0.5, Min: 0, Max: 1},
			{Name: "cooling", Doc: "its factor per trial", Default: 0.99, Min: 0, Max: 1},
		},
		New: func(p agents.Problem, o simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			guard, err := agents.NewGuard(p)
			return &anneal{guard: guard, space: p.Space, rng: rng, temperature: o.Float("temperature"), cooling: o.Float("cooling")}, err
		},
	}
}

func main() {
	catalog := sweep.Catalog{
		Simulators: simlist.Simulators(), Environments: simlist.Environments(),
		Agents: append(agentlist.Agents(), factory()),
	}
	os.Exit(cli.Main(cli.Program{Name: "anneal", Catalog: catalog}, os.Args[1:]))
}
