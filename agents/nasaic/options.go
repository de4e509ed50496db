package nasaic

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/internal/mistakes"
	"github.com/codesign-gym/codesign/simulators"
)

// Options are the hyper-parameters; Default has the defaults.
type Options struct {
	HardwareSteps int     // after a joint step, >= 0
	Width         int     // of the controller's memory, >= 1
	LearningRate  float64 // of Adam, [0, 10]
	Entropy       float64 // weight of the entropy bonus, >= 0
	Rho           float64 // weight of the violations, >= 0
	BaselineDecay float64 // of the moving mean of rewards, [0, 1)
	Elites        int     // best designs that are imitated, >= 0
	Imitation     float64 // advantage of an imitated design, >= 0; 0 = none is
	Budgets       string  // "a + b <= 64; …": axes that share a budget; empty = none
}

// Default is the default of each option.
func Default() Options {
	return Options{HardwareSteps: 10, Width: 32, LearningRate: 0.01, Entropy: 0.1, Rho: 10, BaselineDecay: 0.95, Elites: 5, Imitation: 0.3}
}

// Factory is the catalogue's entry "controller": "nasaic" is the simulator.
func Factory() agents.Factory {
	o := Default()
	return agents.Factory{
		Name: "controller",
		Doc:  "NASAIC's search: a recurrent controller draws networks and hardware together, then better hardware for these networks; REINFORCE.",
		Options: []simulators.Setting{
			{Name: "hardware_steps", Doc: "steps after a joint step that keep the networks", Default: o.HardwareSteps, Min: 0, Max: 1e6},
			{Name: "width", Unit: "units", Doc: "of the controller's memory", Default: o.Width, Min: 1, Max: 1 << 12},
			{Name: "learning_rate", Doc: "of Adam", Default: o.LearningRate, Min: 0, Max: 10},
			{Name: "entropy", Doc: "weight of the entropy bonus", Default: o.Entropy, Min: 0, Max: 1e6},
			{Name: "rho", Doc: "weight of the violations in the reward", Default: o.Rho, Min: 0, Max: 1e6},
			{Name: "baseline_decay", Doc: "of the moving mean of rewards", Default: o.BaselineDecay, Min: 0, Max: 1},
			{Name: "elites", Unit: "designs", Doc: "best designs that are imitated", Default: o.Elites, Min: 0, Max: 1000},
			{Name: "imitation", Doc: "advantage of an imitated design; 0 = none is", Default: o.Imitation, Min: 0, Max: 1e6},
			{Name: "budgets", Doc: `axes that share a budget, "a + b <= 4096; c + d <= 64"; empty = none`, Default: o.Budgets},
		},
		New: func(p agents.Problem, s simulators.Settings, rng *rand.Rand) (agents.Agent, error) {
			return New(p, Options{
				HardwareSteps: s.Int("hardware_steps"), Width: s.Int("width"), LearningRate: s.Float("learning_rate"), Entropy: s.Float("entropy"),
				Rho: s.Float("rho"), BaselineDecay: s.Float("baseline_decay"), Elites: s.Int("elites"), Imitation: s.Float("imitation"), Budgets: s.String("budgets"),
			}, rng)
		},
	}
}

// check reports every option out of its range.
func (o Options) check() error {
	var wrong mistakes.List
	within := func(name string, v, low, high float64) {
		wrong.If(!(v >= low && v <= high), "%s %v must be in [%v, %v]", name, v, low, high)
	}
	within("hardware_steps", float64(o.HardwareSteps), 0, 1e6)
	within("width", float64(o.Width), 1, 1<<12)
	within("learning_rate", o.LearningRate, 0, 10)
	within("entropy", o.Entropy, 0, 1e6)
	within("rho", o.Rho, 0, 1e6)
	within("baseline_decay", o.BaselineDecay, 0, 1)
	within("elites", float64(o.Elites), 0, 1000)
	within("imitation", o.Imitation, 0, 1e6)
	return wrong.Err()
}
