package policygrad

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/learn/nn"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories are the catalogue's entries "reinforce", "ppo" and "a2c". All search designs and act in environments.
func Factories() []agents.Factory {
	return []agents.Factory{
		factory("reinforce", "REINFORCE: policy gradient with a baseline, one gradient step a batch; categorical policies over the axes.", REINFORCE(), DesignREINFORCE()),
		factory("ppo", "Proximal policy optimisation with categorical policies over the axes; of designs it replays the best.", PPO(), DesignPPO()),
		factory("a2c", "Advantage actor-critic: proximal policy optimisation with one epoch and no clip.", A2C(), DesignA2C()),
	}
}

// factory makes an entry. Options that mean the same in environments and in design spaces but have other defaults there are declared twice, the
// second time with the prefix design_.
func factory(name, doc string, o Options, d DesignOptions) agents.Factory {
	return agents.Factory{
		Name: name, Doc: doc,
		Options: append(Settings(o), DesignSettings(d)...),
		New: func(p agents.Problem, s simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return NewDesigner(name, p, string(env.Single), DesignOptionsOf(s), rng)
		},
		NewPolicy: func(specs []env.AgentSpec, s simulators.Settings, rng *rand.Rand) (agents.Policy, error) {
			return NewPolicy(name, specs, OptionsOf(s), rng)
		},
	}
}

// maxCount bounds integer options.
const maxCount = 1 << 30

// Settings declares Options for a catalogue, with these defaults, of which Hidden has equal widths.
func Settings(o Options) []simulators.Setting {
	return []simulators.Setting{
		{Name: "form", Doc: "how the axes of an action depend on each other", Default: string(categorical.Factorised), Allowed: categorical.Forms()},
		{Name: "layers", Doc: "hidden layers of actors and critics", Default: len(o.Hidden), Min: 0, Max: 8},
		{Name: "width", Unit: "units", Doc: "of a hidden layer", Default: o.Hidden[0], Min: 1, Max: 1 << 12},
		{Name: "activation", Doc: "of hidden layers", Default: "tanh", Allowed: []string{"tanh", "relu"}},
		{Name: "batch", Unit: "transitions", Doc: "transitions of an agent per update, over all lanes", Default: o.Batch, Min: 1, Max: maxCount},
		{Name: "epochs", Doc: "passes over a batch", Default: o.Epochs, Min: 1, Max: 1000},
		{Name: "minibatches", Doc: "parts of a batch, a gradient step each", Default: o.Minibatches, Min: 1, Max: maxCount},
		{Name: "learning_rate", Doc: "of Adam", Default: o.LearningRate, Min: 0, Max: fastest},
		{Name: "anneal", Unit: "transitions", Doc: "transitions of an agent after which the learning rate is 0; 0 = it stays", Default: o.Anneal, Min: 0, Max: 1 << 50},
		{Name: "gamma", Doc: "discount of later rewards", Default: o.Gamma, Min: 0, Max: 1},
		{Name: "lambda", Doc: "of the advantage estimate; 1 = returns", Default: o.Lambda, Min: 0, Max: 1},
		{Name: "clip", Doc: "of the probability ratio; 0 = none", Default: o.Clip, Min: 0, Max: 1},
		{Name: "value_clip", Doc: "of a value's change; 0 = none", Default: o.ValueClip, Min: 0, Max: heaviest},
		{Name: "value_weight", Doc: "of the value loss", Default: o.ValueWeight, Min: 0, Max: heaviest},
		{Name: "entropy", Doc: "weight of the entropy bonus", Default: o.Entropy, Min: 0, Max: heaviest},
		{Name: "max_norm", Doc: "of the gradient; 0 = no limit", Default: o.MaxNorm, Min: 0, Max: heaviest},
		{Name: "optimism", Doc: "negative advantages count 1 - optimism", Default: o.Optimism, Min: 0, Max: 1},
	}
}

// OptionsOf reads what Settings declares; advantages are always normalised.
func OptionsOf(s simulators.Settings) Options {
	o := Options{
		Form: categorical.Form(s.String("form")), Batch: s.Int("batch"), Epochs: s.Int("epochs"), Minibatches: s.Int("minibatches"),
		LearningRate: s.Float("learning_rate"), Anneal: s.Int("anneal"), Gamma: s.Float("gamma"), Lambda: s.Float("lambda"), Clip: s.Float("clip"),
		ValueClip: s.Float("value_clip"), ValueWeight: s.Float("value_weight"), Entropy: s.Float("entropy"), MaxNorm: s.Float("max_norm"),
		Optimism: s.Float("optimism"), Normalise: true,
	}
	if s.String("activation") == "relu" {
		o.Activation = nn.ReLU
	}
	for range s.Int("layers") {
		o.Hidden = append(o.Hidden, s.Int("width"))
	}
	return o
}

// DesignSettings declares DesignOptions for a catalogue, with these defaults; Form and Optimism are those of Settings.
func DesignSettings(o DesignOptions) []simulators.Setting {
	doc := func(text string) string { return "designing: " + text }
	return []simulators.Setting{
		{Name: "design_batch", Unit: "designs", Doc: doc("told designs per update"), Default: o.Batch, Min: 1, Max: 1e6},
		{Name: "design_epochs", Doc: doc("gradient steps a batch"), Default: o.Epochs, Min: 1, Max: 1000},
		{Name: "design_learning_rate", Doc: doc("of Adam"), Default: o.LearningRate, Min: 0, Max: fastest},
		{Name: "design_clip", Doc: doc("of the probability ratio; 0 = none"), Default: o.Clip, Min: 0, Max: 1},
		{Name: "design_entropy", Doc: doc("weight of the entropy bonus"), Default: o.Entropy, Min: 0, Max: heaviest},
		{Name: "elites", Unit: "designs", Doc: doc("best designs that are imitated"), Default: o.Elites, Min: 0, Max: 1000},
		{Name: "imitation", Doc: doc("advantage of an imitated design; 0 = none is"), Default: o.Imitation, Min: 0, Max: heaviest},
		{Name: "population", Unit: "learners", Doc: doc("learners that take turns, of which the worst copies the best"), Default: max(o.Population, 1), Min: 1, Max: 100},
	}
}

// DesignOptionsOf reads what Settings and DesignSettings declare.
func DesignOptionsOf(s simulators.Settings) DesignOptions {
	return DesignOptions{
		Form: categorical.Form(s.String("form")), Batch: s.Int("design_batch"), Epochs: s.Int("design_epochs"),
		LearningRate: s.Float("design_learning_rate"), Clip: s.Float("design_clip"), Entropy: s.Float("design_entropy"),
		Elites: s.Int("elites"), Imitation: s.Float("imitation"), Optimism: s.Float("optimism"), Population: s.Int("population"),
	}
}
