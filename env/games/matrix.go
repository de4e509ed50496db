package games

import (
	"context"
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Climbing is the climbing game: the best cell is (0, 0) with 11.
func Climbing() [][]float64 {
	return [][]float64{{11, -30, 0}, {-30, 7, 0}, {0, 6, 5}}
}

// Penalty is the penalty game: the best cells are (0, 2) and (2, 0) with 10; k <= 0 is the price of missing each other.
func Penalty(k float64) [][]float64 {
	return [][]float64{{k, 0, 10}, {0, 2, 0}, {10, 0, k}}
}

// Matrix makes the game of two agents, "row" and "column", who choose at once and both get payoff[row][column]. There is nothing to observe,
// and the episode is one step. The payoffs must be a matrix of at least one row and column, else the maker returns an error; they must not
// be changed afterwards.
func Matrix(payoff [][]float64) env.Maker {
	return func() (env.Env, error) {
		if len(payoff) == 0 || len(payoff[0]) == 0 {
			return nil, fmt.Errorf("games: matrix: the payoffs are empty: there must be at least one row and one column")
		}
		for i, row := range payoff {
			if len(row) != len(payoff[0]) {
				return nil, fmt.Errorf("games: matrix: row %d has %d payoffs: must have %d as row 0", i, len(row), len(payoff[0]))
			}
		}
		rows, err := choices(len(payoff))
		if err != nil {
			return nil, err
		}
		columns, err := choices(len(payoff[0]))
		if err != nil {
			return nil, err
		}
		return &matrix{payoff: payoff, rows: rows, columns: columns}, nil
	}
}

// choices is a space of one axis with n unordered levels.
func choices(n int) (space.Space, error) {
	labels := make([]string, n)
	for i := range labels {
		labels[i] = strconv.Itoa(i)
	}
	return space.New(space.Param{Name: "choice", Doc: "the row or column chosen", Kind: space.Nominal, Labels: labels})
}

type matrix struct {
	payoff        [][]float64
	rows, columns space.Space
	running       bool
	tally         env.Tally
}

var _ env.Env = (*matrix)(nil)

// Agents implements env.Env.
func (m *matrix) Agents() []env.AgentSpec {
	return []env.AgentSpec{{ID: "row", Actions: m.rows}, {ID: "column", Actions: m.columns}}
}

// Reset implements env.Env.
func (m *matrix) Reset(context.Context, uint64) ([]env.Obs, error) {
	m.running, m.tally = true, env.Tally{}
	return make([]env.Obs, 2), nil
}

// Step implements env.Env.
func (m *matrix) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !m.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(m.Agents(), make([]env.Obs, 2), actions); err != nil {
		return nil, env.Info{}, err
	}
	m.running = false
	both := env.Outcome{Reward: m.payoff[actions[0][0]][actions[1][0]], Terminated: true}
	outcomes := []env.Outcome{both, both}
	return outcomes, m.tally.Info(actions, outcomes), nil
}
