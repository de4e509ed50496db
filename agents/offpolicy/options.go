package offpolicy

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/internal/learn/nn"
	"github.com/codesign-gym/codesign/simulators"
)

// Options are what learners in environments by replay have in common. Their zero value is not a default: change that of Defaults.
type Options struct {
	Hidden       []int         // hidden layers of every net; none means linear
	Activation   nn.Activation // of them
	Replay       int           // steps remembered, of all lanes
	Batch        int           // of them in a gradient step
	Warmup       int           // steps before the first gradient step
	Every        int           // steps a gradient step
	LearningRate float64       // of Adam
	Gamma        float64       // discount of later rewards
	TargetRate   float64       // by which the targets' nets follow at every gradient step
	MaxNorm      float64       // of a net's gradient; 0 means no limit
	Optimism     float64       // errors of values that turned out too high count 1 - Optimism, for agents that share a reward
}

// Defaults are those of CleanRL's value learners, smaller.
func Defaults() Options {
	return Options{
		Hidden: []int{64, 64}, Activation: nn.ReLU, Replay: 20_000, Batch: 64, Warmup: 500, Every: 4,
		LearningRate: 5e-4, Gamma: 0.99, TargetRate: 0.01, MaxNorm: 10,
	}
}

// DesignOptions are what designers by replay have in common. Their zero value is not a default: change that of DesignDefaults.
type DesignOptions struct {
	Replay       int     // told designs remembered
	Batch        int     // of them in a gradient step
	Steps        int     // gradient steps a told design
	LearningRate float64 // of Adam
	Sharpness    float64 // of the rewards by rank: see Rewards
	Optimism     float64 // as in Options
}

// DesignDefaults are the defaults of designers.
func DesignDefaults() DesignOptions {
	return DesignOptions{Replay: 1000, Batch: 32, Steps: 4, LearningRate: 0.05, Sharpness: 3}
}

// Bounds of options.
const (
	maxCount = 1 << 30
	fastest  = 10
	sharpest = 100
)

// Settings declares Options for a catalogue, with these defaults, of which Hidden has equal widths.
func (o Options) Settings() []simulators.Setting {
	width := 64
	if len(o.Hidden) > 0 {
		width = o.Hidden[0]
	}
	return []simulators.Setting{
		{Name: "layers", Doc: "hidden layers of every net", Default: len(o.Hidden), Min: 0, Max: 8},
		{Name: "width", Unit: "units", Doc: "of a hidden layer", Default: width, Min: 1, Max: 1 << 12},
		{Name: "activation", Doc: "of hidden layers", Default: activationName(o.Activation), Allowed: []string{"tanh", "relu"}},
		{Name: "replay", Unit: "steps", Doc: "steps remembered, of all lanes", Default: o.Replay, Min: 1, Max: maxCount},
		{Name: "batch", Unit: "steps", Doc: "replayed steps in a gradient step", Default: o.Batch, Min: 1, Max: maxCount},
		{Name: "warmup", Unit: "steps", Doc: "steps before the first gradient step", Default: o.Warmup, Min: 0, Max: maxCount},
		{Name: "every", Unit: "steps", Doc: "steps a gradient step", Default: o.Every, Min: 1, Max: maxCount},
		{Name: "learning_rate", Doc: "of Adam", Default: o.LearningRate, Min: 0, Max: fastest},
		{Name: "gamma", Doc: "discount of later rewards", Default: o.Gamma, Min: 0, Max: 1},
		{Name: "target_rate", Doc: "by which the targets' nets follow at every gradient step", Default: o.TargetRate, Min: 0, Max: 1},
		{Name: "max_norm", Doc: "of a net's gradient; 0 = no limit", Default: o.MaxNorm, Min: 0, Max: 1e6},
		{Name: "optimism", Doc: "errors of values that turned out too high count 1 - optimism", Default: o.Optimism, Min: 0, Max: 1},
	}
}

func activationName(a nn.Activation) string {
	if a == nn.ReLU {
		return "relu"
	}
	return "tanh"
}

// OptionsOf reads what Options.Settings declares.
func OptionsOf(s simulators.Settings) Options {
	o := Options{
		Replay: s.Int("replay"), Batch: s.Int("batch"), Warmup: s.Int("warmup"), Every: s.Int("every"), LearningRate: s.Float("learning_rate"),
		Gamma: s.Float("gamma"), TargetRate: s.Float("target_rate"), MaxNorm: s.Float("max_norm"), Optimism: s.Float("optimism"),
	}
	if s.String("activation") == "relu" {
		o.Activation = nn.ReLU
	}
	for range s.Int("layers") {
		o.Hidden = append(o.Hidden, s.Int("width"))
	}
	return o
}

// Settings declares DesignOptions for a catalogue, with these defaults; Optimism is that of Options.
func (o DesignOptions) Settings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "design_replay", Unit: "designs", Doc: "designing: told designs remembered", Default: o.Replay, Min: 2, Max: maxCount},
		{Name: "design_batch", Unit: "designs", Doc: "designing: replayed designs in a gradient step", Default: o.Batch, Min: 1, Max: maxCount},
		{Name: "design_steps", Doc: "designing: gradient steps a told design", Default: o.Steps, Min: 1, Max: 1000},
		{Name: "design_learning_rate", Doc: "designing: of Adam", Default: o.LearningRate, Min: 0, Max: fastest},
		{Name: "sharpness", Doc: "designing: how much more the best ranks are told apart than the worst; 0 = alike", Default: o.Sharpness, Min: 0, Max: sharpest},
	}
}

// DesignOptionsOf reads what DesignOptions.Settings declares.
func DesignOptionsOf(s simulators.Settings) DesignOptions {
	return DesignOptions{
		Replay: s.Int("design_replay"), Batch: s.Int("design_batch"), Steps: s.Int("design_steps"), LearningRate: s.Float("design_learning_rate"),
		Sharpness: s.Float("sharpness"), Optimism: s.Float("optimism"),
	}
}

// Check reports every option out of the range that its declaration names: the options are the defaults of the settings.
func Check(name string, settings []simulators.Setting) error {
	var errs []error
	for _, s := range settings {
		value := 0.0
		switch v := s.Default.(type) {
		case int:
			value = float64(v)
		case float64:
			value = v
		default:
			continue
		}
		if !(value >= s.Min && value <= s.Max) {
			errs = append(errs, fmt.Errorf("%s: %s %v must be in [%v, %v]", name, s.Name, value, s.Min, s.Max))
		}
	}
	return errors.Join(errs...)
}
