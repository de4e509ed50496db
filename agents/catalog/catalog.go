package catalog

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/grid"
	"github.com/codesign-gym/codesign/agents/hill"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/agents/regevo"
	"github.com/codesign-gym/codesign/agents/sampling"
)

// Agents lists the agents, simple ones first. The slice is the caller's.
func Agents() []agents.Factory {
	return []agents.Factory{
		random.Factory(),
		grid.Factory(),
		sampling.LatinFactory(),
		sampling.SobolFactory(),
		hill.Factory(),
		regevo.Factory(),
		genetic.Factory(),
	}
}
