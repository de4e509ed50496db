package report

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/stats"
)

func TestTicks(t *testing.T) {
	labels := func(a axis) []string {
		ticks := linearTicks(a.Low, a.High)
		if a.Log {
			ticks = logTicks(a.Low, a.High)
		}
		var found []string
		for _, tick := range ticks {
			if !tick.IsMinor() {
				found = append(found, tick.Label)
			}
		}
		return found
	}
	require.Equal(t, []string{"0", "2", "4", "6", "8", "10"}, labels(axis{Low: -0.5, High: 10.5}))
	require.Equal(t, []string{"-1.5", "-1", "-0.5", "0", "0.5", "1", "1.5"}, labels(axis{Low: -1.6, High: 1.6}))
	require.Equal(t, []string{"1234000.2", "1234000.3", "1234000.4"}, labels(axis{Low: 1234000.05, High: 1234000.78})[1:4])
	require.Equal(t, []string{"20", "50", "100", "200"}, labels(axis{Low: 15, High: 450, Log: true}))
	require.Equal(t, []string{"0.01", "1", "100", "10000", "1000000", "1e8", "1e10"}, labels(axis{Low: 0.01, High: 1e10, Log: true}))
}

func TestAxisRange(t *testing.T) {
	settled := func(values ...float64) axis {
		var a axis
		for _, v := range values {
			a.include(v)
		}
		a.settle()
		return a
	}
	require.Equal(t, axis{Low: -1, High: 1, hasRange: true}, settled(0))
	narrow := settled(1e17, 1e17+16)
	require.InEpsilon(t, 0.96e17, narrow.Low, 1e-12)
	require.InEpsilon(t, 1.04e17, narrow.High, 1e-12)
	require.False(t, settled(1, 20).Log)
	require.True(t, settled(1, 20.1, math.Inf(1)).Log)
	require.False(t, settled(-1, 50).Log)
	require.False(t, settled(5e-324, 1).Log, "too small to be told from 0")
	vast := settled(1e-250, math.MaxFloat64)
	require.True(t, vast.Log)
	require.Less(t, len(logTicks(vast.Low, vast.High)), 1000)
	wide := settled(-math.MaxFloat64, math.MaxFloat64)
	require.Less(t, len(linearTicks(wide.Low, wide.High)), 12)
	require.True(t, axis{Low: 2, High: 4}.nears(8))
	require.False(t, axis{Low: 2, High: 4}.nears(8.1))
}

func TestColoursGoToTheBestInFileOrder(t *testing.T) {
	summaries := []summary{}
	for _, median := range []float64{5, math.NaN(), 1, 2, math.Inf(1), 9, 4, 3, 8} {
		summaries = append(summaries, summary{Median: median, Best: median})
	}
	require.Equal(t, []int{0, -1, 1, 2, -1, 3, 4, 5, 6}, paint(true, summaries))
	require.Equal(t, []int{2, 1, 0}, rank(false, []summary{{Median: math.NaN()}, {Median: 1}, {Median: 2}}))
}

func TestStairsHaveCornersWhereTheValueChanges(t *testing.T) {
	bands := []stats.Band{{Trials: 1, Median: 9}, {Trials: 2, Median: 9}, {Trials: 3, Median: 4}, {Trials: 5, Median: 4}}
	plot := bandPlot{y: axis{Low: 5, High: 10}}
	corners := plot.stairs(bands, func(b stats.Band) float64 { return b.Median })
	require.Equal(t, [][2]float64{{1, 9}, {3, 9}, {3, 5}, {5, 5}, {5, 5}}, func() (found [][2]float64) {
		for _, c := range corners {
			found = append(found, [2]float64{c.X, c.Y})
		}
		return found
	}())
}

func TestThinKeepsBothEnds(t *testing.T) {
	rows := [][]float64{{0}, {1}, {2}, {3}, {4}, {5}}
	require.Equal(t, [][]float64{{0}, {2}, {5}}, Thin(rows, 3))
	require.Equal(t, rows, Thin(rows, 6))
}

func TestStairGoesOnAtTheLevelOfTheDesignThatReaches(t *testing.T) {
	require.Equal(t, plotter.PostStep, stepOf(objective.Term{Minimise: true}), "latency 3 costs what latency 2 costs, until 4")
	require.Equal(t, plotter.PreStep, stepOf(objective.Term{}), "throughput 3 costs what throughput 4 costs")
}

func TestBestDesignsStandSideBySideTheBestFirst(t *testing.T) {
	rows := func(level string) []Pair {
		return []Pair{{Name: "rows", Value: level}, {Name: "clock", Value: "1 GHz"}}
	}
	summaries := []summary{
		{Label: "slow", Best: 9, BestRun: Run{Repeat: 1, BestDesign: rows("8 PE")}},
		{Label: "never", Best: math.Inf(1)},
		{Label: "fast", Best: 4.5, BestRun: Run{Repeat: 2, BestDesign: append(rows("16 PE"), Pair{Name: "banks", Value: "4"})}},
	}
	require.Equal(t, designs{
		Caption: "Best design of each of the 2 best agents; rows in bold differ",
		Heads:   []designHead{{Label: "fast", Repeat: 2}, {Label: "slow", Repeat: 1}},
		Scores:  []designRow{{Name: "score", Values: []string{"4.5 ns", "9 ns"}, Differ: true}},
		Axes: []designRow{
			{Name: "rows", Values: []string{"16 PE", "8 PE"}, Differ: true},
			{Name: "clock", Values: []string{"1 GHz", "1 GHz"}},
			{Name: "banks", Values: []string{"4", "-"}, Differ: true},
		},
	}, bestDesigns(measure{Unit: "ns", Minimise: true}, summaries))
}

func TestDesignsOfTheJointFrontStandSideBySide(t *testing.T) {
	scenario := Scenario{
		Objectives: []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}, {Name: "accuracy_frac"}}, FrontSize: 2,
		FrontDesigns: []Design{
			{Agent: "ga", Repeat: 3, Objectives: []float64{4, 0.5}, Axes: []Pair{{Name: "rows", Value: "8 PE"}}, Metrics: []Pair{{Name: "area_mm2", Value: "1"}}},
			{Agent: "hill", Objectives: []float64{9, 0.75}, Axes: []Pair{{Name: "rows", Value: "16 PE"}}, Metrics: []Pair{{Name: "area_mm2", Value: "1"}}},
		},
	}
	require.Equal(t, designs{
		Caption: "The 2 designs of the joint front; rows in bold differ",
		Heads:   []designHead{{Label: "ga", Repeat: 3}, {Label: "hill"}},
		Scores: []designRow{
			{Name: "latency_ns", Values: []string{"4 ns", "9 ns"}, Differ: true},
			{Name: "accuracy_frac", Values: []string{"0.5", "0.75"}, Differ: true},
		},
		Axes:    []designRow{{Name: "rows", Values: []string{"8 PE", "16 PE"}, Differ: true}},
		Metrics: []designRow{{Name: "area_mm2", Values: []string{"1", "1"}}},
	}, frontDesigns(scenario))
	scenario.FrontSize = 40
	require.Equal(t, "2 of the 40 designs of the joint front, evenly spread; rows in bold differ", frontDesigns(scenario).Caption)
	scenario.FrontSize, scenario.FrontDesigns = 1, scenario.FrontDesigns[:1]
	require.Equal(t, "The only design of the joint front", frontDesigns(scenario).Caption)
}
