package soc

import (
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories lists the simulators for a catalogue.
func Factories() []simulators.Factory { return []simulators.Factory{Limited(), Comprehensive()} }

// Environments lists the environments with state for a catalogue.
func Environments() []env.Factory { return []env.Factory{Moves()} }

// defaultHorizon is how many steps an episode of soc/moves may have.
const defaultHorizon = 64

// Moves is the catalogue entry soc/moves.
func Moves() env.Factory {
	return env.Factory{
		Name: "soc/moves", Version: Version, Horizon: defaultHorizon,
		Doc: `AR/VR SoC changed move by move: swap, fork, join, allocate, migrate blocks, tasks and data until every budget is met.

Designs, metrics and settings are those of soc/comprehensive. Illegal moves are masked. With d the sum of the relative excess over the budgets that are not met,

  reward = log2(1 + d before) - log2(1 + d after), and 1 more in the step that meets them all, which ends the episode

so that the return tells how many times nearer the design has come. groups = subsystem has four agents, which move at once: pe (accelerators, processors), memory, bus and mapping.`,
		Settings: append(append(systemSettings("hpvm_cava", repaired), slotSettings()...),
			simulators.Setting{Name: "horizon", Unit: "steps", Doc: "of an episode that does not meet the budgets", Default: defaultHorizon, Min: 1, Max: 10_000},
			simulators.Setting{Name: "start", Doc: "where an episode begins: the cheapest design (or that of start_file), or one drawn from the seed", Default: "cheapest", Allowed: []string{"cheapest", "random"}},
			simulators.Setting{Name: "groups", Doc: "who moves: one agent, or one each of pe, memory, bus, mapping", Default: string(env.Single), Allowed: []string{string(env.Single), string(env.Subsystem)}},
		),
		New: func(s simulators.Settings) (env.Maker, error) {
			c, err := openComprehensive(s)
			if err != nil {
				return nil, err
			}
			t, err := newTable(c, s.String("groups") == string(env.Subsystem), s.String("start") == "random", s.Int("horizon"))
			if err != nil {
				return nil, err
			}
			return func() (env.Env, error) { return &episode{table: t}, nil }, nil
		},
	}
}
