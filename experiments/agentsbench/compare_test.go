package agentsbench_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/agentsbench"
)

// rows makes rows of an agent on a function, a seed a value, all after 200 trials unless said otherwise.
func rows(source, agent, function string, trials int, values ...float64) []agentsbench.Row {
	var list []agentsbench.Row
	for i, v := range values {
		list = append(list, agentsbench.Row{
			Source: source, Function: function, Agent: agent, Seed: i, Trials: trials, Value: v, FirstFeasible: 1, SecondsPerTrial: 0.001 * float64(trials),
		})
	}
	return list
}

// The mean ranks of the reference agents, to a digit, as they were computed in Python when they were measured.
func TestMeanRanksOfTheReferenceAgents(t *testing.T) {
	reference, err := agentsbench.Reference()
	require.NoError(t, err)
	require.Len(t, reference, 11945)
	runs := agentsbench.Collect(reference)
	for trials, want := range map[int]string{
		100: "gp-ei 1.8, tpe-mv 4.5, rf-ei 4.6, hill 4.8, cmaes 5.3, tpe 6.1, regevo 6.6, cmaes 7.6, ga 8.6, sa 9.1, pbil 11.2, de 11.5, mmas 12.4, " +
			"reinforce 13.2, random 13.9, nsga2 14.9",
		200: "cmaes 3.2, regevo 3.4, hill 3.7, tpe-mv 4.2, ga 5.6, cmaes 7.1, tpe 7.1, pbil 7.7, sa 7.8, de 10.3, nsga2 10.7, mmas 10.9, " +
			"reinforce 11.2, random 12.2",
		1000: "regevo 2.9, ga 3.9, sa 4.1, hill 4.2, cmaes 5.2, nsga2 6.4, pbil 6.9, mmas 7.3, de 7.9, cmaes 8.2, reinforce 9.6, random 11.4",
	} {
		var got []string
		for _, k := range runs.MeanRanks(runs.Agents(), trials) {
			got = append(got, fmt.Sprintf("%s %.1f", k.Agent.Name, k.Mean))
		}
		require.Equal(t, want, strings.Join(got, ", "), "%d trials", trials)
	}
}

// A few cells of the published table of the reference agents.
func TestMediansOfTheReferenceAgents(t *testing.T) {
	reference, err := agentsbench.Reference()
	require.NoError(t, err)
	runs := agentsbench.Collect(reference)
	for _, c := range []struct {
		agent    agentsbench.Agent
		function string
		trials   int
		seeds    int
		median   float64
	}{
		{agentsbench.Agent{Source: "baseline", Name: "hill"}, "branin_grid", 100, 20, 0.4151},
		{agentsbench.Agent{Source: "baseline", Name: "regevo"}, "mkp30", 1000, 20, -438.5},
		{agentsbench.Agent{Source: "optuna-3.1.0", Name: "tpe-mv"}, "trap30", 200, 5, 6},
		{agentsbench.Agent{Source: "baseline", Name: "nsga2d"}, "dtlz2_grid12", 1000, 20, 14.9},
	} {
		s, ok := runs.Sample(c.agent, c.function, c.trials)
		require.True(t, ok)
		require.Len(t, s.Values, c.seeds)
		require.InEpsilon(t, c.median, s.Median(), 5e-4, c.function)
	}
	_, ok := runs.Sample(agentsbench.Agent{Source: "baseline", Name: "hill"}, "branin_grid", 99)
	require.False(t, ok)
}

// Values that differ by rounding alone are equal.
func TestRoundingDecidesNothing(t *testing.T) {
	runs := agentsbench.Collect(
		rows(agentsbench.Ours, "a", "hartmann6_grid", 200, -3.2915966185560790, -3.2915966185560790, -3.2915966185560790),
		rows("baseline", "a", "hartmann6_grid", 200, -3.2915966185560794, -3.2915966185560794, -3.2915966185560794),
	)
	list := runs.Compare(agentsbench.Agent{Source: agentsbench.Ours, Name: "a"}, agentsbench.Agent{Source: "baseline", Name: "a"}, []string{"hartmann6_grid"}, 200)
	require.Len(t, list, 1)
	require.Equal(t, [2]float64{1, 1}, [2]float64{list[0].PWorse, list[0].PBetter})
}

func TestCompareKnowsWhatIsBetter(t *testing.T) {
	ours, theirs := agentsbench.Agent{Source: agentsbench.Ours, Name: "a"}, agentsbench.Agent{Source: "baseline", Name: "a"}
	small, large := []float64{1, 2, 3, 4, 5, 6}, []float64{11, 12, 13, 14, 15, math.Inf(1)}
	volumes := []float64{111, 112, 113, 114, 115, 116}
	runs := agentsbench.Collect(
		rows(agentsbench.Ours, "a", "trap30", 200, large...), rows("baseline", "a", "trap30", 200, small...),
		rows(agentsbench.Ours, "a", "nk20_cat", 200, small...), rows("baseline", "a", "nk20_cat", 200, large...),
		rows(agentsbench.Ours, "a", "zdt1_grid10", 200, volumes...), rows("baseline", "a", "zdt1_grid10", 200, small...),
		rows(agentsbench.Ours, "a", "mkp30", 200, small...),
	)
	list := runs.Compare(ours, theirs, []string{"trap30", "nk20_cat", "mkp30"}, 200)
	require.Len(t, list, 2, "mkp30 was measured on one side only")
	// The one extreme arrangement of the (12 choose 6) = 924; Holm doubles the smaller of two.
	require.InDelta(t, 1.0/924, list[0].PWorse, 1e-15)
	require.InDelta(t, 2.0/924, list[0].HolmWorse, 1e-15)
	require.True(t, list[0].Worse())
	require.False(t, list[0].Better())
	require.True(t, list[1].Better())
	require.False(t, list[1].Worse())

	list = runs.Compare(ours, theirs, []string{"zdt1_grid10"}, 200)
	require.True(t, list[0].Better(), "of hypervolumes the larger is better")
	require.InDelta(t, 1.0/924, list[0].HolmBetter, 1e-15)
}

func ExampleRuns_MeanRanks() {
	reference, err := agentsbench.Reference()
	if err != nil {
		panic(err)
	}
	runs := agentsbench.Collect(reference)
	best := runs.MeanRanks(runs.Agents(), 1000)[0]
	fmt.Printf("%s %.2f, at worst %g\n", best.Agent, best.Mean, best.Worst)
	// Output: baseline regevo 2.88, at worst 4.5
}
