package policygrad_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// That work is steady takes 20,000 trials a learner; the tests of the catalogue prove it.
func TestConformance(t *testing.T) {
	for _, f := range policygrad.Factories() {
		t.Run(f.Name, func(t *testing.T) { agenttest.Test(t, f, "steady-work") })
	}
}

func TestFactoryDefaultsAreThoseOfTheOptions(t *testing.T) {
	for i, want := range []policygrad.Options{policygrad.REINFORCE(), policygrad.PPO(), policygrad.A2C()} {
		settings := agenttest.Settings(t, policygrad.Factories()[i], nil)
		want.Form = categorical.Factorised
		require.Equal(t, want, policygrad.OptionsOf(settings))
		design := []policygrad.DesignOptions{policygrad.DesignREINFORCE(), policygrad.DesignPPO(), policygrad.DesignA2C()}[i]
		design.Form = categorical.Factorised
		require.Equal(t, design, policygrad.DesignOptionsOf(settings))
	}
}

func TestOptionsOfAFile(t *testing.T) {
	given := map[string]any{
		"form": "autoregressive", "layers": 1, "width": 8, "activation": "relu", "anneal": 1000, "optimism": 0.5, "design_batch": 5, "elites": 3, "imitation": 1, "population": 4,
	}
	settings := agenttest.Settings(t, policygrad.Factories()[1], given)
	o := policygrad.PPO()
	o.Form, o.Hidden, o.Activation, o.Anneal, o.Optimism = categorical.Autoregressive, []int{8}, nn.ReLU, 1000, 0.5
	require.Equal(t, o, policygrad.OptionsOf(settings))
	d := policygrad.DesignPPO()
	d.Form, d.Batch, d.Elites, d.Imitation, d.Optimism, d.Population = categorical.Autoregressive, 5, 3, 1, 0.5, 4
	require.Equal(t, d, policygrad.DesignOptionsOf(settings))
}
