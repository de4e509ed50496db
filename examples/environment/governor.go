// Command governor is an environment of one's own: every millisecond the governor of a processor picks a clock, while the workload changes
// between computing and streaming and the die heats up. The boost clock is illegal while the die is too hot.
package main

import (
	"context"
	"math/rand/v2"
	"os"

	agents "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// governor is the environment of one agent. An episode is cut off after horizon steps: the processor would run on.
type governor struct {
	clocks    space.Space
	horizon   int
	energyFee float64 // instructions (millions) that a millijoule must be worth

	rng   *rand.Rand // nil before the first Reset
	now   processor
	step  int
	tally env.Tally
}

var (
	_ env.Env     = (*governor)(nil)
	_ env.Speccer = (*governor)(nil)
)

// Agents implements env.Env: what the agent may do and what it sees.
func (g *governor) Agents() []env.AgentSpec {
	return []env.AgentSpec{{ID: "governor", Actions: g.clocks, Obs: []env.Channel{
		{Name: "temperature", Unit: "C", Low: ambientC, High: hottestC},
		{Name: "memory_frac", Low: 0, High: 1},
	}}}
}

// Spec implements env.Speccer, which is optional: the metrics that each step reports. Its space is the agent's.
func (g *governor) Spec() simulators.Spec {
	return simulators.Spec{
		Name: "governor", Version: "1.0.0", Doc: "Dynamic voltage and frequency scaling of one hot core.", Space: g.clocks,
		Metrics: []simulators.Metric{
			{Name: "instructions", Unit: "millions", Doc: "done since the episode began"},
			{Name: "energy", Unit: "mJ", Doc: "since the episode began"},
			{Name: "temperature", Unit: "C", Doc: "of the die, now"},
		},
	}
}

// Reset implements env.Env: everything random until the next Reset follows from the seed.
func (g *governor) Reset(_ context.Context, root uint64) ([]env.Obs, error) {
	g.rng, g.now, g.step, g.tally = seed.New(root, "governor"), processor{temperatureC: ambientC}, 0, env.Tally{}
	return []env.Obs{g.observe()}, nil
}

// observe is what the agent sees, with the boost masked while the die is too hot.
func (g *governor) observe() env.Obs {
	legal := make([]bool, len(pstates()))
	for i := range legal {
		legal[i] = i < len(legal)-1 || g.now.temperatureC < throttleC
	}
	return env.Obs{Values: []float64{g.now.temperatureC, g.now.memoryFrac()}, Mask: [][]bool{legal}}
}

// Step implements env.Env. Whatever is wrong is found before anything changes.
func (g *governor) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if g.rng == nil || g.step == g.horizon {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(g.Agents(), []env.Obs{g.observe()}, actions); err != nil {
		return nil, env.Info{}, err
	}
	before := g.now
	g.now = before.after(pstates()[actions[0][0]])
	g.step++
	g.now.streaming = g.now.streaming != (g.rng.Float64() < switchFrac)
	reward := (g.now.instructionsM - before.instructionsM) - g.energyFee*(g.now.energyMJ-before.energyMJ)
	outcomes := []env.Outcome{{Obs: g.observe(), Reward: reward, Truncated: g.step == g.horizon}}
	info := g.tally.Info(actions, outcomes) // the action, and the episode's return at its end
	info.Result = simulators.OK(g.now.instructionsM, g.now.energyMJ, g.now.temperatureC)
	return outcomes, info, nil
}

// factory is the entry of the catalogue. The setting named horizon is also the length of an open-loop sequence of actions.
func factory() env.Factory {
	return env.Factory{
		Name: "governor",
		Doc:  "A governor picks the clock of a processor each millisecond, and must keep it cool.",
		Settings: []simulators.Setting{
			{Name: "horizon", Unit: "steps", Doc: "length of an episode", Default: 24, Min: 1, Max: 1000},
			{Name: "energy_fee", Unit: "millions/mJ", Doc: "instructions that a millijoule must be worth", Default: 0.05, Min: 0, Max: 10},
		},
		New: func(s simulators.Settings) (env.Maker, error) {
			clock := space.Param{Name: "clock", Unit: "GHz", Doc: "of the next millisecond", Kind: space.Ordinal}
			for _, p := range pstates() {
				clock.Values = append(clock.Values, p.clockGHz)
			}
			clocks, err := space.New(clock)
			return func() (env.Env, error) {
				return &governor{clocks: clocks, horizon: s.Int("horizon"), energyFee: s.Float("energy_fee")}, nil
			}, err
		},
	}
}

func main() {
	catalog := sweep.Catalog{Environments: []env.Factory{factory()}, Agents: agents.Agents()}
	os.Exit(cli.Main(cli.Program{Name: "governor", Catalog: catalog}, os.Args[1:]))
}
