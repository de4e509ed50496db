package catalog

import (
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/aco"
	"github.com/codesign-gym/codesign/agents/active"
	"github.com/codesign-gym/codesign/agents/anneal"
	"github.com/codesign-gym/codesign/agents/auto"
	"github.com/codesign-gym/codesign/agents/bayes"
	"github.com/codesign-gym/codesign/agents/cmaes"
	"github.com/codesign-gym/codesign/agents/confuciux"
	"github.com/codesign-gym/codesign/agents/de"
	"github.com/codesign-gym/codesign/agents/forest"
	"github.com/codesign-gym/codesign/agents/gamma"
	"github.com/codesign-gym/codesign/agents/gbdt"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/grid"
	"github.com/codesign-gym/codesign/agents/hill"
	"github.com/codesign-gym/codesign/agents/linas"
	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/agents/mcts"
	"github.com/codesign-gym/codesign/agents/nasaic"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/agents/regevo"
	"github.com/codesign-gym/codesign/agents/sac"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/screen"
	"github.com/codesign-gym/codesign/agents/tpe"
	"github.com/codesign-gym/codesign/agents/valuemix"
)

// Agents lists the agents, simple ones first, each with the option of package screen. The slice is the caller's.
func Agents() []agents.Factory {
	list := slices.Concat([]agents.Factory{
		random.Factory(),
		grid.Factory(),
		auto.Factory(),
		sampling.LatinFactory(),
		sampling.SobolFactory(),
		hill.Factory(),
		anneal.Factory(),
		anneal.GuidedFactory(),
		mcts.Factory(),
		regevo.Factory(),
		genetic.Factory(),
		genetic.NSGA2Factory(),
		genetic.NSGA3Factory(),
		cmaes.Factory(),
		de.Factory(),
		gamma.Factory(),
		aco.ACSFactory(),
		aco.MMASFactory(),
		tpe.Factory(),
		forest.Factory(),
		bayes.Factory(),
		bayes.TurboFactory(),
		gbdt.Factory(),
		linas.Factory(),
		active.Factory(),
		nasaic.Factory(),
		confuciux.Factory(),
	}, policygrad.Factories(), marl.Factories(), valuemix.Factories(), sac.Factories())
	for i, f := range list {
		list[i] = screen.Offer(f)
	}
	return list
}
