package proxy_test

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/measure"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// fresh is n random designs of one workload, another multiple of the same law where it is new.
func fresh(t testing.TB, name string, scale float64, n int, root uint64) *proxy.Table {
	rng := rand.New(rand.NewPCG(root, 7))
	s := chip{"1.0", scale}
	out := &proxy.Table{Spec: s.Spec(), Tasks: []proxy.Task{{Name: name, Settings: map[string]any{"workload": name, "word_bytes": 1}}}}
	for range n {
		p := out.Spec.Space.Sample(rng)
		r, err := s.Evaluate(context.Background(), []space.Point{p})
		require.NoError(t, err)
		out.Rows = append(out.Rows, proxy.Row{Point: p, Values: r[0].Values, Infeasible: r[0].Infeasible != "", Group: rng.Uint64()})
	}
	return out
}

// errorsOf judges one metric on new designs of a workload.
func errorsOf(t testing.TB, p *proxy.Proxy, test *proxy.Table, metric int) (measure.Errors, float64) {
	task := p.Task(test.Tasks[0].Settings)
	require.GreaterOrEqual(t, task, 0)
	var truth, mean, low, high []float64
	for _, r := range test.Rows {
		if !r.Infeasible {
			said := p.Predict([]space.Point{r.Point}, task).Metrics[metric]
			truth, mean, low, high = append(truth, r.Values[metric]), append(mean, said.Mean[0]), append(low, said.Low[0]), append(high, said.High[0])
		}
	}
	return measure.Of(truth, mean), measure.Coverage(truth, low, high)
}

// A third workload takes five times as long as the first: twenty designs tell that, from scratch they tell little.
func TestFewRowsTeachANewTask(t *testing.T) {
	p := fitted(t, proxy.FitOptions{Trees: 400})
	test := fresh(t, "three", 5, 150, 9)
	blind, err := p.Correct(fresh(t, "three", 5, 0, 1), proxy.FitOptions{})
	require.NoError(t, err)
	without, covered := errorsOf(t, blind, test, 0)
	require.Greater(t, without.Spearman, 0.98, "the order is that of the known ones")
	require.Greater(t, without.RelativeToMean, 0.5, "the size is not")
	require.Greater(t, covered, 0.9, "and the interval says so")
	corrected, err := p.Correct(fresh(t, "three", 5, 20, 1), proxy.FitOptions{})
	require.NoError(t, err)
	with, covered := errorsOf(t, corrected, test, 0)
	require.Less(t, with.RelativeToMean, 0.1)
	require.Greater(t, covered, 0.7, "few rows make rough intervals")
	before, _ := errorsOf(t, p, fresh(t, "one", 1, 100, 9), 0)
	after, _ := errorsOf(t, corrected, fresh(t, "one", 1, 100, 9), 0)
	require.Equal(t, before, after, "what was known stays as it is")
	scratch, err := proxy.Fit(fresh(t, "three", 5, 20, 1), proxy.FitOptions{})
	require.NoError(t, err)
	alone, _ := errorsOf(t, scratch, test, 0)
	require.Greater(t, alone.RelativeToMean, 3*with.RelativeToMean)
}

// Nine in ten designs that a correction has not seen are within its intervals, however few rows made it: their choice of a correction is not judged by themselves.
func TestIntervalsAfterACorrection(t *testing.T) {
	p := fitted(t, proxy.FitOptions{})
	for _, rows := range []int{15, 40} {
		covered := 0.0
		const draws = 3
		for root := range uint64(draws) {
			few := fresh(t, "three", 5, rows, root)
			corrected, err := p.Correct(few, proxy.FitOptions{Seed: root})
			require.NoError(t, err)
			known := map[string]bool{}
			for _, r := range few.Rows {
				known[few.Spec.Space.Key(r.Point)] = true
			}
			test := fresh(t, "three", 5, 200, 100+root)
			test.Rows = slices.DeleteFunc(test.Rows, func(r proxy.Row) bool { return known[test.Spec.Space.Key(r.Point)] })
			for metric := range 2 {
				_, share := errorsOf(t, corrected, test, metric)
				covered += share / (2 * draws)
			}
		}
		require.Greater(t, covered, 0.86, "%d rows: of fifteen the largest error is the width, 15/16", rows)
	}
}

// Designs of one outcome are no evidence of each other's errors: a time that nothing tells, the same of a cache that is on and of one that is shared, cannot be learned from one for the other.
func TestEqualOutcomesAreNoEvidence(t *testing.T) {
	base := table(t, 200, 1, nil)
	p, err := proxy.Fit(base, proxy.FitOptions{Metrics: []string{"time_ns"}, Trees: 40})
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(5, 6))
	few := fresh(t, "three", 5, 0, 1)
	for rows := range 5 {
		for kib := range 2 {
			for order := range 3 {
				noise := math.Exp(rng.NormFloat64())
				for cache := 1; cache <= 2; cache++ {
					few.Rows = append(few.Rows, proxy.Row{Point: space.Point{rows, cache, kib, order}, Values: []float64{1e4 * noise, 1, 100}})
				}
			}
		}
	}
	corrected, err := p.Correct(few, proxy.FitOptions{})
	require.NoError(t, err)
	require.Greater(t, corrected.File().Corrected[0].Targets[0].HalfWidth, 1.2, "of a normal error of ln time, 1.6 to each side hold nine in ten")
}

// The rows of the new task have designs that the fit has learned in others: how well these are told says little of the rest.
func TestKnownDesignsAddNoConfidence(t *testing.T) {
	base := table(t, 60, 1, nil)
	p, err := proxy.Fit(base, proxy.FitOptions{Trees: 400, Kind: regress.Boost, Metrics: []string{"time_ns"}})
	require.NoError(t, err)
	few := fresh(t, "three", 5, 0, 1)
	for _, r := range base.Rows {
		if r.Task == 0 && !r.Infeasible && len(few.Rows) < 30 {
			few.Rows = append(few.Rows, proxy.Row{Point: r.Point, Values: []float64{5 * r.Values[0], 1, 100}})
		}
	}
	corrected, err := p.Correct(few, proxy.FitOptions{})
	require.NoError(t, err)
	_, covered := errorsOf(t, corrected, fresh(t, "three", 5, 200, 9), 0)
	require.Greater(t, covered, 0.8)
}

// A simulator that has drifted by a tenth: the corrected task takes the place of its own.
func TestCorrectedTaskTakesItsPlace(t *testing.T) {
	p := fitted(t, proxy.FitOptions{})
	corrected, err := p.Correct(fresh(t, "two", 2.2, 40, 3), proxy.FitOptions{Seed: 4})
	require.NoError(t, err)
	test := fresh(t, "two", 2.2, 100, 9)
	before, _ := errorsOf(t, p, test, 0)
	after, _ := errorsOf(t, corrected, test, 0)
	require.Less(t, after.RelativeToMean, before.RelativeToMean*0.7)
	again, err := corrected.Correct(fresh(t, "two", 2, 60, 3), proxy.FitOptions{})
	require.NoError(t, err)
	require.Len(t, again.File().Corrected, 1)

	var file bytes.Buffer
	require.NoError(t, corrected.Write(&file))
	read, err := proxy.Read(&file)
	require.NoError(t, err)
	same, _ := errorsOf(t, read, test, 0)
	require.InDelta(t, after.RMSE, same.RMSE, 1e-9*after.RMSE)
	require.Equal(t, corrected.Hash(), read.Hash())
	f, err := read.Factory([]simulators.Factory{factory("1.0")})
	require.NoError(t, err)
	in, _, err := f.Open(map[string]any{"workload": "two"})
	require.NoError(t, err)
	require.Equal(t, "corrected: two", in.About[2].Title)
	said, err := in.Simulator.Evaluate(context.Background(), []space.Point{test.Rows[0].Point})
	require.NoError(t, err)
	require.InDelta(t, 1, said[0].Values[0]/test.Rows[0].Values[0], 0.3)
	_, err = read.ONNX()
	require.ErrorContains(t, err, "export the one that was corrected")
}

func TestCorrectRefuses(t *testing.T) {
	p := fitted(t, proxy.FitOptions{Trees: 5})
	change := func(change func(t *proxy.Table)) error {
		rows := fresh(t, "one", 1, 5, 1)
		change(rows)
		_, err := p.Correct(rows, proxy.FitOptions{})
		return err
	}
	require.ErrorContains(t, change(func(t *proxy.Table) { t.Spec.Version = "2.0" }), "the proxy is of chip 1.0, the rows are of chip 2.0")
	require.ErrorContains(t, change(func(t *proxy.Table) { t.Spec.Metrics[0].Unit = "us" }), "the rows have no metric time_ns")
	require.ErrorContains(t, change(func(t *proxy.Table) { t.Spec.Metrics[1].Unit = "MM2" }), `metric area_mm2 is in "MM2" in the rows, in "mm2" in the proxy`)
	require.ErrorContains(t, change(func(t *proxy.Table) { t.Tasks = append(t.Tasks, t.Tasks[0]) }), "a correction is of one task, the rows are of 2")
	require.ErrorContains(t, change(func(t *proxy.Table) { t.Rows[0].Values[0] = math.NaN() }), "metric time_ns is missing")
}
