package catalog_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// elsewhere are the agents whose own packages prove the contract. Most of them fit a model of the trials before they propose: the contract's some 20,000
// proposals would take minutes with their default options, and those packages take small models.
func elsewhere() []string {
	return []string{
		"mcts", "nsga3", "cmaes", "de", "tpe", "rf", "bo", "turbo", "auto", "gbdt", "linas", "active", "controller", "confuciux", "reinforce", "ppo", "a2c", "ippo", "mappo", "happo",
		"vdn", "qmix", "sac", "isac",
	}
}

func TestEveryAgentKeepsTheContract(t *testing.T) {
	for _, f := range catalog.Agents() {
		if slices.Contains(elsewhere(), f.Name) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) { agenttest.Test(t, f) })
	}
}

func TestEntriesAreNamedAndDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range catalog.Agents() {
		require.Regexp(t, regexp.MustCompile(`^[a-z][a-z0-9]*$`), f.Name)
		require.False(t, seen[f.Name], f.Name)
		seen[f.Name] = true
		require.NotEmpty(t, f.Doc, f.Name)
		for _, o := range f.Options {
			require.NotEmpty(t, o.Doc, "%s: %s", f.Name, o.Name)
			given := map[string]any{o.Name: o.Default}
			_, err := simulators.NewSettings(f.Options, given)
			require.NoError(t, err, "the default of %s: %s is outside its own range", f.Name, o.Name)
		}
	}
}

// The ends of every numeric range and every allowed word either make an agent or name the option in the error.
func TestOptionsAtTheirLimitsNeverPanic(t *testing.T) {
	p := agenttest.Trap30().Problem(100)
	for _, f := range catalog.Agents() {
		for _, o := range f.Options {
			var values []any
			for _, word := range o.Allowed {
				values = append(values, word)
			}
			switch o.Default.(type) {
			case bool:
				values = []any{false, true}
			case int, float64:
				values = []any{o.Min, min(o.Max, 1000)}
			case string:
				values = append(values, o.Default)
			}
			for _, v := range values {
				settings, err := simulators.NewSettings(f.Options, map[string]any{o.Name: v})
				require.NoError(t, err)
				agent, err := f.New(p, settings, seed.New(1, "catalog"))
				if err != nil {
					require.ErrorContains(t, err, f.Name)
					require.ErrorContains(t, err, o.Name)
					continue
				}
				_, err = agent.Ask(3)
				require.NoError(t, err, "%s: %s = %v", f.Name, o.Name, v)
			}
		}
	}
}

func TestNoAgentIsForAProblemWithoutObjectives(t *testing.T) {
	p := agenttest.Trap30().Problem(100)
	p.Objectives = 0
	for _, f := range catalog.Agents() {
		_, err := defaults(f)(p, seed.New(1))
		require.ErrorContains(t, err, "a problem of 0 objectives: must be at least 1", f.Name)
	}
}

// With as many trials as a small space has designs, every agent finds the one best design, with and without trials in flight.
func TestEveryAgentFindsTheBestOfASmallSpace(t *testing.T) {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8, 16}},
		space.Param{Name: "cache", Kind: space.Nominal, Labels: []string{"none", "some"}},
		space.Param{Name: "ways", Kind: space.Ordinal, Values: []float64{1, 2, 4}, When: []space.Cond{{Param: "cache", In: []string{"some"}}}},
		space.Param{Name: "order", Kind: space.Permutation, Labels: []string{"m", "n", "k"}},
	)
	require.NoError(t, err)
	best := space.Point{3, 1, 2, 4}
	for _, f := range catalog.Agents() {
		for _, lag := range []int{1, 9} {
			agent, err := defaults(f)(agents.Problem{Space: s, Objectives: 1, Budget: 120}, seed.New(3, "small"))
			require.NoError(t, err)
			found := false
			study := agenttest.Study{Budget: 120, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial { // 5 * (1 + 3) * 6 designs
				found = found || slices.Equal(p, best)
				return agents.Trial{Objectives: []float64{float64(-p[0] * p[3])}, Violations: []float64{0}}
			}}
			trials, err := study.Run(agent, s)
			require.NoError(t, err)
			require.Len(t, trials, 120)
			require.True(t, found, "%s, %d in flight", f.Name, lag)
		}
	}
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	for _, factory := range catalog.Agents() {
		b.Run(factory.Name, func(b *testing.B) {
			options, err := simulators.NewSettings(factory.Options, nil)
			require.NoError(b, err)
			agent, err := factory.New(f.Problem(1000), options, seed.New(1, "bench"))
			require.NoError(b, err)
			b.ReportAllocs()
			trials := make([]agents.Trial, 1)
			id := 0
			for b.Loop() {
				points, err := agent.Ask(1)
				if err != nil || len(points) != 1 {
					b.Fatal(points, err)
				}
				// A made-up result: evaluating the function would cost more than the agent.
				trials[0] = agents.Trial{ID: id, Point: points[0], Objectives: []float64{-float64(points[0][0])}, Violations: []float64{0}}
				if err := agent.Tell(trials); err != nil {
					b.Fatal(err)
				}
				id++
			}
		})
	}
}

func ExampleAgents() {
	for _, f := range catalog.Agents() {
		fmt.Println(f.Name)
	}
	// Output:
	// random
	// grid
	// auto
	// lhs
	// sobol
	// hill
	// sa
	// guided
	// mcts
	// regevo
	// ga
	// nsga2
	// nsga3
	// cmaes
	// de
	// gamma
	// acs
	// mmas
	// tpe
	// rf
	// bo
	// turbo
	// gbdt
	// linas
	// active
	// controller
	// confuciux
	// reinforce
	// ppo
	// a2c
	// ippo
	// mappo
	// happo
	// vdn
	// qmix
	// sac
	// isac
}
