package random

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
)

// New makes the design agent: independent draws (space.Sample) without repeats as long as the space has unseen points.
func New(p agents.Problem, rng *rand.Rand) (*sampling.Agent, error) {
	return sampling.New(p, sampling.Options{Design: sampling.Uniform}, rng)
}
