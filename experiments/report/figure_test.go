package report

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
)

func TestColoursGoToTheBestInFileOrder(t *testing.T) {
	summaries := []summary{}
	for _, median := range []float64{5, math.NaN(), 1, 2, math.Inf(1), 9, 4, 3, 8} {
		summaries = append(summaries, summary{Median: median, Best: median})
	}
	require.Equal(t, []int{0, -1, 1, 2, -1, 3, 4, 5, 6}, paint(true, summaries))
	require.Equal(t, []int{2, 1, 0}, rank(false, []summary{{Median: math.NaN()}, {Median: 1}, {Median: 2}}))
}

func TestThinKeepsBothEnds(t *testing.T) {
	rows := [][]float64{{0}, {1}, {2}, {3}, {4}, {5}}
	require.Equal(t, [][]float64{{0}, {2}, {5}}, Thin(rows, 3))
	require.Equal(t, rows, Thin(rows, 6))
}

func TestBorderGoesOnAtTheLevelOfTheDesignThatReaches(t *testing.T) {
	require.Equal(t, chart.BorderUp, borderOf(objective.Term{Minimise: true}), "latency 3 costs what latency 2 costs, until 4")
	require.Equal(t, chart.BorderDown, borderOf(objective.Term{}), "throughput 3 costs what throughput 4 costs")
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
