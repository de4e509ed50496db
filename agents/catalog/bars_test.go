package catalog_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// budgets are those of the bars.
func budgets() []int { return []int{100, 200, 1000} }

// bars are the upper quartiles over 20 seeds of plain implementations of the same families in Python (numpy), by function in the order of
// agenttest.Functions and by budget: an agent of ours whose median is above has a mistake.
func bars() map[string][8][3]float64 {
	return map[string][8][3]float64{
		"hill": {
			{0.4966, 0.4214, 0.4038}, {-3.038, -3.22, -3.292}, {269.5, 82.39, 9.22}, {1.945, 1.07, 0.05618},
			{-0.7275, -0.7522, -0.8043}, {7, 6, 5}, {-328.8, -339.8, -364.5}, {-6.674, -7.092, -7.38},
		},
		"regevo": {
			{0.7055, 0.4236, 0.4154}, {-2.228, -3.033, -3.17}, {420.2, 175.4, 10.29}, {2.638, 1.862, 0.254},
			{-0.6859, -0.7475, -0.8169}, {11, 7, 5.25}, {-352.5, -376.8, -430}, {-6.87, -7.266, -7.453},
		},
		"mmas": {
			{0.9097, 0.8666, 0.4149}, {-1.655, -2.085, -3.155}, {823.4, 682.7, 101.4}, {2.869, 2.692, 0.5642},
			{-0.6618, -0.6713, -0.7783}, {13, 11, 5.25}, {-336.5, -368.5, -424.5}, {-6.527, -6.802, -7.389},
		},
		"ga": {
			{0.7129, 0.4618, 0.4095}, {-2.458, -2.877, -3.17}, {638.8, 269, 24.8}, {2.719, 2.119, 0.4559},
			{-0.6616, -0.6954, -0.7824}, {12, 9, 5}, {-359.8, -388.8, -426.5}, {-6.587, -6.938, -7.41},
		},
	}
}

func TestMediansReachTheBarsOfTheFamily(t *testing.T) {
	for _, f := range catalog.Agents() {
		bar, ok := bars()[f.Name]
		if !ok {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			table := make([]strings.Builder, len(budgets()))
			for i, function := range agenttest.Functions()[:8] {
				medians := agenttest.Medians(t, function, defaults(f), budgets()...)
				for k, budget := range budgets() {
					fmt.Fprintf(&table[k], " %10.4g", medians[k])
					const rounding = 5e-4 // of the bars, relative: they are printed with four digits
					bound := bar[i][k] + rounding*max(bar[i][k], -bar[i][k])
					require.LessOrEqual(t, medians[k], bound, "%s after %d trials", function.Name, budget)
				}
			}
			for k, budget := range budgets() {
				t.Logf("%-6d%s", budget, table[k].String())
			}
		})
	}
}

// The hypervolume after 1,000 trials against NSGA-II of the same reference (DEAP's selection): at least its median for ga and
// nsga2. One design at a time is no match for a population on three objectives: regevo only has to come close there.
func TestHypervolumeReachesTheBars(t *testing.T) {
	const budget = 1000
	for _, f := range catalog.Agents() {
		bar, ok := map[string][3]float64{"ga": {119.4, 116.1, 14.9}, "nsga2": {119.4, 116.1, 14.9}, "regevo": {118.9, 115.3, 14.8}}[f.Name]
		if !ok {
			continue
		}
		for i, function := range agenttest.Functions()[8:] {
			median := medianVolume(t, f, function, budget, reference()[i])
			t.Logf("%-6s %-14s %.4g", f.Name, function.Name, median)
			require.GreaterOrEqual(t, median, bar[i], "%s on %s", f.Name, function.Name)
		}
	}
}

// After 200 trials, which is early for a climb, hill is not below random search on any function of several objectives: 2 % are left to chance.
func TestHillIsNoWorseThanRandomOfSeveralObjectives(t *testing.T) {
	const budget = 200
	medians := map[string][]float64{}
	for _, f := range catalog.Agents() {
		if f.Name != "random" && f.Name != "hill" {
			continue
		}
		for i, function := range agenttest.Functions()[8:] {
			medians[f.Name] = append(medians[f.Name], medianVolume(t, f, function, budget, reference()[i]))
		}
	}
	for i, random := range medians["random"] {
		require.GreaterOrEqual(t, medians["hill"][i], 0.98*random, agenttest.Functions()[8+i].Name)
	}
}

// reference are the points below which hypervolumes are measured.
func reference() [][]float64 { return [][]float64{{11, 11}, {11, 11}, {2.5, 2.5, 2.5}} }

// medianVolume is the median over the seeds of the hypervolume of all designs of a search.
func medianVolume(t *testing.T, f agents.Factory, function agenttest.Function, budget int, below []float64) float64 {
	var volumes []float64
	for s := range uint64(agenttest.Seeds) {
		agent, err := defaults(f)(function.Problem(budget), seed.New(s, "hypervolume"))
		require.NoError(t, err)
		study := agenttest.Study{Budget: budget, Evaluate: func(_ int, p space.Point) agents.Trial { return function.Trial(p) }}
		trials, err := study.Run(agent, function.Space)
		require.NoError(t, err)
		points := make([][]float64, len(trials))
		for k, trial := range trials {
			points[k], _ = function.Eval(trial.Point)
		}
		volumes = append(volumes, hypervolume(points, below))
	}
	slices.Sort(volumes)
	return (volumes[agenttest.Seeds/2-1] + volumes[agenttest.Seeds/2]) / 2
}

// Every agent that learns is better than random search at equal budget by a margin: at least a third of the way from random's median to the
// optimum.
func TestLearnersBeatRandom(t *testing.T) {
	const budget, share = 400, 1.0 / 3
	list := catalog.Agents()
	for _, function := range []agenttest.Function{agenttest.Ackley20(), agenttest.Rosenbrock10(), agenttest.TileAccel()} {
		random := agenttest.Medians(t, function, defaults(list[0]), budget)[0]
		for _, f := range list {
			if _, learner := bars()[f.Name]; learner {
				t.Run(function.Name+"/"+f.Name, func(t *testing.T) {
					agenttest.RequireMedian(t, function, defaults(f), budget, random-share*(random-function.Best))
				})
			}
		}
	}
}

// defaults makes the agent of a factory with its default options.
func defaults(f agents.Factory) agenttest.New {
	return func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
		options, err := simulators.NewSettings(f.Options, nil)
		if err != nil {
			return nil, err
		}
		return f.New(p, options, rng)
	}
}
