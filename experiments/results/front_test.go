package results_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestFrontOfSeveralObjectivesIsOfDesignsToSpec(t *testing.T) {
	cfg := objective.Config{Kind: objective.Pareto, Minimise: []string{"latency_ns"}, Maximise: []string{"area_mm2"}, AtMost: map[string]float64{"latency_ns": 10}}
	s := summed(t, written(t, cfg, []trial{
		{width: 1, latency: 11, area: 99}, {width: 2, latency: 5, area: 5}, {width: 3, latency: 6, area: 4}, {width: 4, latency: 9, area: 6},
	}), sweep.Catalog{})
	require.Equal(t, [][]float64{{5, 5}, {9, 6}}, s.Scenarios[0].Agents[0].Runs[0].Front)
}

func TestJointFrontHasTheDesignsOfAllRuns(t *testing.T) {
	cfg := objective.Config{Minimise: []string{"latency_ns", "area_mm2"}, AtMost: map[string]float64{"latency_ns": 100}}
	s := summed(t, written(t, cfg, []trial{
		{width: 1, latency: 10, area: 9},
		{width: 2, latency: 40, area: 4},
		{width: 3, latency: 200, area: 1}, // too slow
		{width: 4, failed: "panic"},
	}, []trial{
		{width: 5, latency: 50, area: 5}, // dominated by a design of the other run
		{width: 6, latency: 10, area: 9}, // as good as one of the other run: that one stays
	}, []trial{
		{width: 4, infeasible: "no"},
		{width: 1, latency: 60, area: 2},
	}, []trial{
		{width: 1, latency: 101, area: 1},
	}), sweep.Catalog{}).Scenarios[0]
	require.Equal(t, 3, s.FrontSize)
	pairs := func(width, latency, area string) (axes, metrics []report.Pair) {
		return []report.Pair{{Name: "width", Value: width}}, []report.Pair{{Name: "latency_ns", Value: latency}, {Name: "area_mm2", Value: area}}
	}
	want := []report.Design{
		{Agent: "random", Repeat: 0, Trial: 0, Objectives: []float64{10, 9}},
		{Agent: "random", Repeat: 0, Trial: 1, Objectives: []float64{40, 4}},
		{Agent: "random", Study: 2, Repeat: 2, Trial: 1, Objectives: []float64{60, 2}},
	}
	want[0].Axes, want[0].Metrics = pairs("1 bits", "10", "9")
	want[1].Axes, want[1].Metrics = pairs("2 bits", "40", "4")
	want[2].Axes, want[2].Metrics = pairs("1 bits", "60", "2")
	require.Equal(t, want, s.FrontDesigns)

	// The frame: latency 10 (best) to 60, area 2 (best) to 9. In parts of the side, the reference point 0:
	// (10, 9) is (1, 1/11), (40, 4) is (5/11, (5/7 + 0.1)/1.1 = 57/77), (50, 5) is (3/11, 47/77) and (60, 2) is (1/11, 1).
	require.Equal(t, []report.Design{want[0], want[2]}, s.BestDesigns(2), "both ends")
	var table bytes.Buffer
	require.NoError(t, report.Table(&table, report.Sweep{Scenarios: []report.Scenario{s}}))
	// Run 0: 1/11 + 5/11 (57/77 - 1/11) = 0.3861. Run 1: 1/11 + 3/11 (47/77 - 1/11) = 0.2326. Run 2: 1/11 = 0.09091. Run 3: none.
	require.Regexp(t, `random +0\.3861 +0\.1617 +\[none, 0\.3861\] `, table.String(), "the median is half way between the runs 1 and 2")
	require.Contains(t, table.String(), "best: hypervolume 0.3861 by random, repeat 0; joint front of all seeds: 3 designs\n")
}

func TestOneObjectiveHasNoJointFront(t *testing.T) {
	cfg := objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 9}}
	s := summed(t, written(t, cfg, []trial{{width: 1, latency: 5, area: 5}}), sweep.Catalog{}).Scenarios[0]
	require.Zero(t, s.FrontSize)
	require.Empty(t, s.FrontDesigns)
}

func TestLargeFrontsAreComplete(t *testing.T) {
	const n = 10_000
	trials := make([]trial, n)
	for i := range trials {
		trials[i] = trial{width: 1, latency: float64(i), area: float64(n - i)}
	}
	s := summed(t, written(t, objective.Config{Kind: objective.Pareto, Minimise: []string{"latency_ns", "area_mm2"}}, trials), sweep.Catalog{})
	require.Len(t, s.Scenarios[0].Agents[0].Runs[0].Front, n)
	require.Equal(t, n, s.Scenarios[0].FrontSize)
	require.Len(t, s.Scenarios[0].FrontDesigns, 20)
	require.Equal(t, []float64{0, n}, s.Scenarios[0].FrontDesigns[0].Objectives)
	require.Equal(t, []float64{n - 1, 1}, s.Scenarios[0].FrontDesigns[19].Objectives)
	require.True(t, s.LogTrials)
}

func TestStudiesThatWereStoppedAreToldFirstAndNotAll(t *testing.T) {
	dir := written(t, objective.Config{Minimise: []string{"latency_ns"}}, []trial{{width: 1, failed: "panic: too tall"}})
	m, err := sweep.ReadManifest(dir)
	require.NoError(t, err)
	for i := range 30 {
		m.Stopped = append(m.Stopped, fmt.Sprintf("study %d (s, random, repeat 0): more than 0 evaluations failed; first: trial 0: panic: too tall", i))
	}
	manifest(t, dir, m)
	notes := summed(t, dir, sweep.Catalog{}).Notes
	require.Len(t, notes, 10)
	require.Equal(t, "stopped early: study 0 (s, random, repeat 0): more than 0 evaluations failed; first: trial 0: panic: too tall", notes[0])
	require.True(t, strings.HasPrefix(notes[7], "stopped early: study 7 ("))
	require.Equal(t, "stopped early: and 22 more, listed in manifest.json", notes[8])
	require.Equal(t, "a timeout", notes[9])
}
