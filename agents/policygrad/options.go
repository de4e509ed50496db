package policygrad

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/internal/learn/nn"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Options are the hyper-parameters of learning in environments. Their zero value is not a default: change those of PPO or REINFORCE.
type Options struct {
	Form         categorical.Form // of the actors; zero means factorised
	Hidden       []int            // hidden layers of actors and critics; none means linear
	Activation   nn.Activation    // zero means tanh
	Batch        int              // transitions of an agent per update, over all lanes
	Epochs       int              // passes over a batch
	Minibatches  int              // parts of a batch, a gradient step each
	LearningRate float64          // of Adam
	Anneal       int              // transitions of an agent after which the learning rate has fallen linearly to 0; 0 means it stays
	Gamma        float64          // discount of later rewards
	Lambda       float64          // of the advantage estimate; 1 means returns
	Clip         float64          // of the probability ratio; 0 means none
	ValueClip    float64          // of a value's change; 0 means none
	ValueWeight  float64          // of the value loss
	Entropy      float64          // weight of the entropy bonus
	MaxNorm      float64          // of the gradient; 0 means no limit
	Normalise    bool             // advantages to mean 0 and deviation 1 in each minibatch
	Optimism     float64          // negative advantages count 1 - Optimism, for agents that share a reward; 0 means as they are
}

// PPO is the defaults of proximal policy optimisation in environments, those of CleanRL.
func PPO() Options {
	return Options{
		Hidden: []int{64, 64}, Batch: 512, Epochs: 4, Minibatches: 4, LearningRate: 2.5e-4, Gamma: 0.99, Lambda: 0.95,
		Clip: 0.2, ValueClip: 0.2, ValueWeight: 0.5, Entropy: 0.01, MaxNorm: 0.5, Normalise: true,
	}
}

// REINFORCE is the defaults of REINFORCE in environments: returns above a learned baseline, one gradient step a batch.
func REINFORCE() Options {
	o := PPO()
	o.Epochs, o.Minibatches, o.LearningRate, o.Lambda, o.Clip, o.ValueClip = 1, 1, 2.5e-3, 1, 0, 0
	return o
}

// DesignOptions are the hyper-parameters of a Designer. Their zero value is not a default: change those of DesignPPO or DesignREINFORCE.
type DesignOptions struct {
	Form         categorical.Form // of the actors; zero means factorised
	Hidden       []int            // hidden layers of autoregressive actors; none means linear
	Batch        int              // told designs per update
	Epochs       int              // gradient steps a batch
	LearningRate float64          // of Adam
	Clip         float64          // of the probability ratio; 0 means none
	Entropy      float64          // weight of the entropy bonus
	Elites       int              // best designs that are imitated
	Imitation    float64          // advantage of an imitated design, beside those of a batch in [-1/2, 1/2]; 0 means none
	Optimism     float64          // as in Options
	Credit       Credit           // of each agent; zero means Shared
	Sequential   bool             // agents are updated one after the other, each seeing what those before it have become
	Population   int              // learners that take turns, of which the worst copies the best; 0 means 1
}

// DesignPPO is the defaults of proximal policy optimisation in design spaces.
func DesignPPO() DesignOptions {
	return DesignOptions{Batch: 10, Epochs: 4, LearningRate: 0.1, Clip: 0.2, Entropy: 0.01, Elites: 10, Imitation: 0.5, Population: 1}
}

// A2C is the defaults of advantage actor-critic (V. Mnih et al., ICML 2016), which is PPO with one epoch and no clip (S. Huang et al., arXiv:2205.09123,
// 2022): five steps of sixteen lanes an update.
func A2C() Options {
	o := PPO()
	o.Batch, o.Epochs, o.Minibatches, o.LearningRate, o.Lambda, o.Clip, o.ValueClip = 80, 1, 1, 7e-4, 1, 0, 0
	return o
}

// DesignA2C is the defaults of A2C in design spaces: one gradient step a batch and no clip, elites imitated.
func DesignA2C() DesignOptions {
	o := DesignPPO()
	o.Epochs, o.Clip = 1, 0
	return o
}

// DesignREINFORCE is the defaults of REINFORCE in design spaces: one gradient step a batch, nothing replayed.
func DesignREINFORCE() DesignOptions {
	return DesignOptions{Batch: 10, Epochs: 1, LearningRate: 0.1, Entropy: 0.01, Population: 1}
}

// learning is the part that a Learner reads.
func (o DesignOptions) learning() Options {
	return Options{Epochs: o.Epochs, Minibatches: 1, Clip: o.Clip, Entropy: o.Entropy, Optimism: o.Optimism}
}

// checks gathers what is wrong with options.
type checks []error

func (c *checks) count(name string, v, least int) {
	if v < least {
		*c = append(*c, fmt.Errorf("%s %d must be at least %d", name, v, least))
	}
}

func (c *checks) within(name string, v, low, high float64) {
	if !(v >= low && v <= high) {
		*c = append(*c, fmt.Errorf("%s %v must be in [%v, %v]", name, v, low, high))
	}
}

func (c *checks) form(f categorical.Form) {
	if f != "" && !slices.Contains(categorical.Forms(), string(f)) {
		*c = append(*c, suggest.Unknown("form", string(f), categorical.Forms()))
	}
}

// The ends of ranges that more than one option has.
const (
	fastest  = 10  // learning rates
	heaviest = 1e6 // weights
)

// check reports every option out of its range.
func (o Options) check() error {
	var c checks
	c.form(o.Form)
	for _, width := range o.Hidden {
		c.count("hidden", width, 1)
	}
	c.count("batch", o.Batch, 1)
	c.count("epochs", o.Epochs, 1)
	c.count("minibatches", o.Minibatches, 1)
	c.count("anneal", o.Anneal, 0)
	c.within("learning_rate", o.LearningRate, 0, fastest)
	c.within("gamma", o.Gamma, 0, 1)
	c.within("lambda", o.Lambda, 0, 1)
	c.within("clip", o.Clip, 0, 1)
	c.within("value_clip", o.ValueClip, 0, heaviest)
	c.within("value_weight", o.ValueWeight, 0, heaviest)
	c.within("entropy", o.Entropy, 0, heaviest)
	c.within("max_norm", o.MaxNorm, 0, heaviest)
	c.within("optimism", o.Optimism, 0, 1)
	return errors.Join(c...)
}

func (o DesignOptions) check() error {
	var c checks
	c.form(o.Form)
	for _, width := range o.Hidden {
		c.count("hidden", width, 1)
	}
	c.count("batch", o.Batch, 1)
	c.count("epochs", o.Epochs, 1)
	c.count("elites", o.Elites, 0)
	c.within("learning_rate", o.LearningRate, 0, fastest)
	c.within("clip", o.Clip, 0, 1)
	c.within("entropy", o.Entropy, 0, heaviest)
	c.within("imitation", o.Imitation, 0, heaviest)
	c.within("optimism", o.Optimism, 0, 1)
	c.count("population", o.Population, 0)
	if o.Credit != "" && !slices.Contains(Credits(), string(o.Credit)) {
		c = append(c, suggest.Unknown("credit", string(o.Credit), Credits()))
	}
	return errors.Join(c...)
}
