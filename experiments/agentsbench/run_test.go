package agentsbench_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/grid"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/agentsbench"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/simulators"
)

// script is an agent that proposes given points and then finishes or breaks.
type script struct {
	points []space.Point
	broken error
	told   *[]agents.Trial
}

func (s *script) Ask(int) ([]space.Point, error) {
	if len(s.points) == 0 {
		return nil, s.broken
	}
	p := s.points[0]
	s.points = s.points[1:]
	return []space.Point{p}, nil
}

func (s *script) Tell(trials []agents.Trial) error {
	if s.told != nil {
		*s.told = append(*s.told, trials...)
	}
	return nil
}

// scripted is the factory of a script; it can make one for one objective only.
func scripted(s script) agents.Factory {
	return agents.Factory{Name: "script", New: func(p agents.Problem, _ simulators.Settings, _ *rand.Rand) (agents.Agent, error) {
		if p.Objectives > 1 {
			return nil, errors.New("script: one objective only")
		}
		fresh := s
		return &fresh, nil
	}}
}

// without drops the times, which no test can know.
func without(rows []agentsbench.Row) []agentsbench.Row {
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].SecondsPerTrial = 0
	}
	return rows
}

// The knapsack: all items break every capacity, no item is worth 0, the first alone its profit; after four trials the agent finishes.
func TestRunCountsEveryTrialAndKeepsTheBestFeasible(t *testing.T) {
	full, none, first := make(space.Point, 30), make(space.Point, 30), make(space.Point, 30)
	for i := range full {
		full[i] = 1
	}
	first[0] = 1
	var told []agents.Trial
	e := agentsbench.Entry{Factory: scripted(script{points: []space.Point{full, none, none, first}, told: &told})}
	got, err := agentsbench.Run(t.Context(), e, functions.Knapsack30(), 3, 30)
	require.NoError(t, err)
	row := agentsbench.Row{Source: "codesign", Function: "mkp30", Agent: "script", Seed: 3, Trials: 25, Value: -profitOfFirst, FirstFeasible: 2}
	later := row
	later.Trials = 30
	require.Equal(t, []agentsbench.Row{row, later}, without(got))
	require.Len(t, told, 4)
	require.Equal(t, []float64{518, 517, 544, 0}, told[0].Violations, "constraints are told as they are")

	got, err = agentsbench.Run(t.Context(), agentsbench.Entry{Factory: scripted(script{points: []space.Point{full}})}, functions.Knapsack30(), 0, 2)
	require.NoError(t, err)
	require.Equal(t, math.Inf(1), got[0].Value, "nothing was feasible")
	require.Zero(t, got[0].FirstFeasible)
}

// profitOfFirst is the first item's profit, as the functions' implementation in Python has it.
const profitOfFirst = 39

// One design of ZDT1 at (0, 1): everything else at 0 gives g = 1, f = (0, 1); the box up to (11, 11) has 11 * 10.
func TestRunMeasuresHypervolumes(t *testing.T) {
	f := agents.Factory{Name: "corner", New: func(agents.Problem, simulators.Settings, *rand.Rand) (agents.Agent, error) {
		return &script{points: []space.Point{make(space.Point, 10)}}, nil
	}}
	got, err := agentsbench.Run(t.Context(), agentsbench.Entry{Factory: f}, functions.ZDT1(), 0, 1)
	require.NoError(t, err)
	require.InDelta(t, 110, got[0].Value, 1e-9)
}

func TestRunErrors(t *testing.T) {
	broken := agentsbench.Entry{Factory: scripted(script{broken: errors.New("out of ideas")})}
	_, err := agentsbench.Run(t.Context(), broken, functions.Trap30(), 0, 10)
	require.ErrorContains(t, err, "out of ideas")

	_, err = agentsbench.Run(t.Context(), broken, functions.DTLZ2(), 0, 10)
	require.ErrorIs(t, err, agentsbench.ErrUnfit)
	require.ErrorContains(t, err, "one objective only")

	_, err = agentsbench.Run(t.Context(), agentsbench.Entry{Factory: grid.Factory()}, functions.Branin(), 0, 10200)
	require.ErrorIs(t, err, agentsbench.ErrUnfit)
	require.ErrorContains(t, err, "a space of 10201 designs is too large to enumerate in a budget of 10200 trials")

	ended, end := context.WithCancel(t.Context())
	end()
	_, err = agentsbench.Run(ended, agentsbench.Entry{Factory: random.Factory()}, functions.Branin(), 0, 10)
	require.ErrorIs(t, err, context.Canceled)
}

func TestEntries(t *testing.T) {
	list := []agents.Factory{random.Factory(), grid.Factory()}
	entries, err := agentsbench.Entries(list, "grid", "random", "random/axis")
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	require.Equal(t, []string{"grid", "random", "random/axis"}, names)

	_, err = agentsbench.Entries(list, "gird", "grid/axis", "random/axes")
	require.ErrorContains(t, err, `"gird"`)
	require.ErrorContains(t, err, `agent "grid" has no policy`)
	require.ErrorContains(t, err, `"axes"`)
}

// TestPoliciesAreMeasured measures a policy as a designer whose agents own an axis each.
func TestPoliciesAreMeasured(t *testing.T) {
	entries, err := agentsbench.Entries([]agents.Factory{random.Factory()}, "random/axis")
	require.NoError(t, err)
	for _, f := range []functions.Function{functions.TileAccel(), functions.ZDT2()} {
		got, err := agentsbench.Run(t.Context(), entries[0], f, 1, 40)
		require.NoError(t, err)
		require.Len(t, got, 2)
		require.Equal(t, "random/axis", got[1].Agent)
		require.False(t, math.IsInf(got[1].Value, 0))
	}
}

// The rows do not depend on workers, and a run that was cut off goes on where it stopped.
func TestMeasureResumes(t *testing.T) {
	entries, err := agentsbench.Entries([]agents.Factory{random.Factory(), grid.Factory()}, "random", "grid")
	require.NoError(t, err)
	o := agentsbench.Options{Entries: entries, Functions: []functions.Function{functions.Branin(), functions.NK20()}, Seeds: 3, Budget: 60, Workers: 1}
	folder := t.TempDir()
	measure := func(name string, o agentsbench.Options) ([]agentsbench.Row, string) {
		t.Helper()
		file, err := agentsbench.OpenFile(filepath.Join(folder, name))
		require.NoError(t, err)
		var log bytes.Buffer
		require.NoError(t, agentsbench.Measure(t.Context(), o, file, &log))
		require.NoError(t, file.Close())
		return file.Rows(), log.String()
	}
	whole, log := measure("whole.csv", o)
	require.Len(t, whole, 2*3*3, "two functions, three seeds, 25, 50 and 60 trials; the grid is left out")
	require.Equal(t, 1, strings.Count(log, "grid on nk20_cat: left out"), log)

	o.Workers = 4
	parallel, _ := measure("parallel.csv", o)
	require.ElementsMatch(t, without(whole), without(parallel))

	text, err := os.ReadFile(filepath.Join(folder, "whole.csv"))
	require.NoError(t, err)
	cut := text[:len(text)-len(text)/2-7] // in the middle of a line
	require.NoError(t, os.WriteFile(filepath.Join(folder, "cut.csv"), cut, 0o644))
	o.Workers = 1
	resumed, log := measure("cut.csv", o)
	require.ElementsMatch(t, without(whole), without(resumed))
	require.Less(t, strings.Count(log, "after 60 trials"), 6, "finished runs are not measured again")

	again, log := measure("whole.csv", o)
	require.Equal(t, without(whole), without(again))
	require.NotContains(t, log, "after 60 trials")

	o.Budget = 80
	longer, _ := measure("whole.csv", o)
	require.Len(t, longer, 2*3*4, "the rows of a longer run replace those of the same trial count")
}

func TestMeasureEndsWithTheFirstError(t *testing.T) {
	file, err := agentsbench.OpenFile(filepath.Join(t.TempDir(), "raw.csv"))
	require.NoError(t, err)
	o := agentsbench.Options{
		Entries:   []agentsbench.Entry{{Factory: scripted(script{broken: errors.New("out of ideas")})}},
		Functions: functions.All()[:1], Seeds: 50, Budget: 5, Workers: 2,
	}
	require.ErrorContains(t, agentsbench.Measure(t.Context(), o, file, io.Discard), "script on branin_grid, seed ")
	require.Empty(t, file.Rows())
	require.NoError(t, file.Close())
}

func TestReadRowsNamesTheMistake(t *testing.T) {
	const head = "function,agent,seed,trials,value,first_feasible,sec_per_trial\n"
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "header"},
		{"other columns", "a,b\n", "the columns are [a b]"},
		{"no number", head + "trap30,ga,0,100,many,1,0.1\n", "line 2: value"},
		{"not a number", head + "trap30,ga,0,100,NaN,1,0.1\n", "line 2: value: NaN is not a number"},
		{"fraction of a trial", head + "trap30,ga,0,1.5,3,1,0.1\n", "line 2: trials"},
		{"missing field", head + "trap30,ga,0\n", "wrong number of fields"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := agentsbench.ReadRows(strings.NewReader(c.text), "x")
			require.ErrorContains(t, err, c.want)
		})
	}
	rows, err := agentsbench.ReadRows(strings.NewReader(head+"mkp30,ga,2,100,inf,0,0.25\n"), "x")
	require.NoError(t, err)
	require.Equal(t, []agentsbench.Row{{Source: "x", Function: "mkp30", Agent: "ga", Seed: 2, Trials: 100, Value: math.Inf(1), SecondsPerTrial: 0.25}}, rows)
}
