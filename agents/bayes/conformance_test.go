package bayes

import (
	"math/rand/v2"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
)

// TestTurboConformance is of draws in a trust region.
func TestTurboConformance(t *testing.T) {
	quick := Options{Initial: 6, Candidates: 4, Restarts: 1, Points: 8, Refit: 100, Region: On, Acquisition: Thompson}
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) { return New(p, quick, rng) }, "steady-work")
}

// The clauses ask for some 20,000 proposals: models of few points, searched and fitted briefly, keep the contract like large ones. The one clause that is skipped: the modelled
// trials are chosen among all that were told.
func TestConformance(t *testing.T) {
	quick := Options{Initial: 6, Candidates: 4, Restarts: 1, Points: 8, Refit: 100}
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) { return New(p, quick, rng) }, "steady-work")
}
