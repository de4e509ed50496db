package auto

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/bayes"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/grid"
	"github.com/codesign-gym/codesign/agents/regevo"
	"github.com/codesign-gym/codesign/simulators"
)

// The budgets up to which models of all trials are worth their time.
const (
	unknownBudget   = 200
	mostImprovement = 1000 // trials of one or two objectives by expected improvement
	mostParEGO      = 400  // trials of more objectives
	mostDraws       = 5000 // trials of one objective by draws
)

// Factory is the catalogue's entry "auto".
func Factory() agents.Factory {
	return agents.Factory{
		Name: "auto",
		Doc: `The agent that fits: every design once where the budget is enough, else by objectives and budget among bo, turbo, regevo and nsga2.

  designs of the space <= budget          grid
  one or two objectives, budget <= 1000   bo
  more objectives,       budget <= 400    bo
  one objective,         budget <= 5000   turbo
  one objective                           regevo
  several objectives                      nsga2`,
		New: func(p agents.Problem, _ simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			chosen := Choose(p)
			options, err := simulators.NewSettings(chosen.Options, nil)
			if err != nil {
				return nil, fmt.Errorf("auto: %w", err)
			}
			agent, err := chosen.New(p, options, rng)
			if err != nil {
				return nil, fmt.Errorf("auto: %w", err)
			}
			return agent, nil
		},
	}
}

// Choose is the kind of agent for a problem.
func Choose(p agents.Problem) agents.Factory {
	budget := p.Budget
	if budget == 0 {
		budget = unknownBudget
	}
	switch {
	case p.Space.Size().Cmp(big.NewInt(int64(budget))) <= 0:
		return grid.Factory()
	case p.Objectives <= 2 && budget <= mostImprovement, budget <= mostParEGO:
		return bayes.Factory()
	case p.Objectives == 1 && budget <= mostDraws:
		return bayes.TurboFactory()
	case p.Objectives == 1:
		return regevo.Factory()
	}
	return genetic.NSGA2Factory()
}
