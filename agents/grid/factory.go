package grid

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/simulators"
)

// Factory is the catalogue's entry "grid".
func Factory() agents.Factory {
	return agents.Factory{
		Name:       "grid",
		Doc:        "Exhaustive search: every design once, in the order of the space.",
		Enumerates: true,
		New: func(p agents.Problem, _ simulators.Settings, _ *rand.Rand) (agents.Agent, error) {
			return New(p)
		},
	}
}
