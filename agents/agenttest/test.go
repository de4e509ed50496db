package agenttest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators"
)

// New makes the agent under test.
type New func(p agents.Problem, rng *rand.Rand) (agents.Agent, error)

// Test proves that the agent and the policy that the factory makes with its default options keep the contract. The clauses named in skip
// are skipped.
func Test(t *testing.T, f agents.Factory, skip ...string) {
	t.Helper()
	if f.New == nil && f.NewPolicy == nil {
		t.Fatalf("factory %q makes neither an agent nor a policy: set New or NewPolicy", f.Name)
	}
	options, err := simulators.NewSettings(f.Options, nil)
	if err != nil {
		t.Fatalf("factory %q: default options: %v", f.Name, err)
	}
	if f.New != nil {
		TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) { return f.New(p, options, rng) }, skip...)
	}
	if f.NewPolicy != nil {
		t.Run("policy", func(t *testing.T) {
			TestPolicy(t, func(specs []env.AgentSpec, rng *rand.Rand) (agents.Policy, error) {
				return f.NewPolicy(specs, options, rng)
			}, skip...)
		})
	}
}

// TestNew is Test for a plain constructor.
func TestNew(t *testing.T, make New, skip ...string) {
	t.Helper()
	for _, c := range clauses() {
		t.Run(c.name, func(t *testing.T) {
			if slices.Contains(skip, c.name) {
				t.Skipf("the agent's test skips this clause: %s", c.law)
			}
			if err := c.check(make); err != nil {
				t.Errorf("%v\nThe contract: %s", err, c.law)
			}
		})
	}
}

// clause is one law of the contract and its proof.
type clause struct {
	name, law string
	check     func(New) error
}

// made makes an agent with the stream of the given seed.
func (n New) made(p agents.Problem, root uint64) (agents.Agent, error) {
	agent, err := n(p, seed.New(root, "agenttest"))
	if err != nil {
		return nil, fmt.Errorf("new agent: %w", err)
	}
	return agent, nil
}

// everywhere runs a study of made-up results on every space and hands the trials to then, which may be nil.
func (n New) everywhere(r results, s Study, then func(p agents.Problem, trials []agents.Trial) error) error {
	s.Evaluate = r.evaluate
	for _, name := range spaceNames() {
		p := r.problem(spaces()[name], s.Budget)
		agent, err := n.made(p, 1)
		if err != nil {
			return fmt.Errorf("space %q: %w", name, err)
		}
		trials, err := s.Run(agent, p.Space)
		if err == nil && len(trials) == 0 {
			err = fmt.Errorf("the agent proposed nothing at all")
		}
		if err == nil && then != nil {
			err = then(p, trials)
		}
		if err != nil {
			return fmt.Errorf("space %q: %w", name, err)
		}
	}
	return nil
}
