package games

import (
	"fmt"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/simulators"
)

// Factories lists the games that need no simulator, for a catalogue.
func Factories() []env.Factory {
	return []env.Factory{
		{
			Name:    "games/matrix",
			Version: "1.0.0", Horizon: 1,
			Doc: "Two agents choose a row and a column at once and share the payoff of the cell; one step.",
			Settings: []simulators.Setting{
				{Name: "game", Doc: "the payoffs", Default: "climbing", Allowed: []string{"climbing", "penalty"}},
				{Name: "penalty", Doc: "payoff of missing each other in the game penalty", Default: -100.0, Min: -1000, Max: 0},
			},
			New: newMatrix,
		},
		{
			Name:    "games/corridor",
			Version: "1.0.0", Horizon: CorridorSteps,
			Doc: "One agent walks five cells to the goal at the right end; walking into a wall is illegal.",
			New: func(simulators.Settings) (env.Maker, error) { return Corridor(), nil },
		},
		{
			Name:    "games/twostep",
			Version: "1.0.0", Horizon: 2,
			Doc:      "Two agents choose twice: the first step decides whether the second one pays 7 in any case, or up to 8.",
			Settings: []simulators.Setting{{Name: "blind", Doc: "the agents do not see which game the second step is", Default: false}},
			New:      func(s simulators.Settings) (env.Maker, error) { return TwoStep(s.Bool("blind")), nil },
		},
	}
}

func newMatrix(s simulators.Settings) (env.Maker, error) {
	switch game := s.String("game"); game {
	case "climbing":
		return Matrix(Climbing()), nil
	case "penalty":
		return Matrix(Penalty(s.Float("penalty"))), nil
	default:
		return nil, fmt.Errorf("games: matrix: unknown game %q", game)
	}
}
