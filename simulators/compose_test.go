package simulators_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestJoinUnitesSpacesAndMetrics(t *testing.T) {
	s, err := simulators.Join("toy/both", "Both.", built(t), accuracy(t))
	require.NoError(t, err)
	spec := s.Spec()
	require.Equal(t, "toy/both", spec.Name)
	require.Equal(t, "toy/array@3+toy/accuracy@7", spec.Version)
	require.Equal(t, []string{"rows", "dataflow", "clock_mhz", "order", "depth"}, spec.Space.Names())
	require.Equal(t, []string{"latency_ns", "area_mm2", "accuracy"}, spec.Keys())
	results, err := s.Evaluate(t.Context(), []space.Point{{1, 1, 1, 0, 1}, {2, 0, 0, 0, 0}})
	require.NoError(t, err)
	require.Equal(t, []simulators.Result{simulators.OK(0.125, 8, 11), simulators.Infeasible("16 rows need ws", 8)}, results)
}

func TestJoinMergesVerdicts(t *testing.T) {
	ok, no, lost := simulators.OK(1), simulators.Infeasible("no", 2), simulators.Failed("lost")
	tests := []struct {
		name     string
		one, two simulators.Result
		want     simulators.Result
	}{
		{"both fine", ok, simulators.OK(5), simulators.OK(1, 5)},
		{"first infeasible", no, ok, no},
		{"second infeasible", ok, no, no},
		{"both infeasible", no, simulators.Infeasible("never", 3), simulators.Infeasible("no; never", 5)},
		{"failure before infeasibility", no, lost, lost},
		{"both failed", lost, simulators.Failed("gone"), simulators.Failed("lost; gone")},
		{"one failed", lost, ok, lost},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			constant := func(key string, r simulators.Result) *part {
				p := accuracy(t)
				p.spec.Metrics = []simulators.Metric{{Name: key}}
				p.evaluate = func([]space.Point) ([]simulators.Result, error) { return []simulators.Result{r}, nil }
				return p
			}
			s, err := simulators.Join("both", "", constant("a", test.one), constant("b", test.two))
			require.NoError(t, err)
			results, err := s.Evaluate(t.Context(), []space.Point{{0, 0}})
			require.NoError(t, err)
			require.Equal(t, []simulators.Result{test.want}, results)
		})
	}
}

func TestJoinReportsEveryMistake(t *testing.T) {
	other := accuracy(t)
	var err error
	other.spec.Space, err = space.New(space.Param{Name: "rows", Values: []float64{1, 2}})
	require.NoError(t, err)
	other.spec.Metrics = append(other.spec.Metrics, simulators.Metric{Name: "area", Unit: "mm2"})
	_, err = simulators.Join("toy/both", "", built(t), other)
	require.EqualError(t, err, `join "toy/both": axis "rows" of toy/accuracy differs from the one declared before: rows ∈ {1, 2} and rows ∈ {4, 8, 16} PE
metric "area_mm2" is reported by both toy/array and toy/accuracy`)
}

func TestBrokenPartBreaksTheWhole(t *testing.T) {
	tests := []struct {
		name     string
		evaluate func(points []space.Point) ([]simulators.Result, error)
		want     string
	}{
		{"error", func([]space.Point) ([]simulators.Result, error) { return nil, errors.New("no licence") }, "toy/accuracy: no licence"},
		{"too few results", func([]space.Point) ([]simulators.Result, error) { return nil, nil }, "toy/accuracy: 0 results for 1 points"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			broken := accuracy(t)
			broken.evaluate = test.evaluate
			pass := func(simulators.Result) bool { return true }
			join, err := simulators.Join("both", "", built(t), broken)
			require.NoError(t, err)
			_, err = join.Evaluate(t.Context(), []space.Point{{0, 0, 0, 0, 0}})
			require.EqualError(t, err, test.want)
			second, err := simulators.Stage(built(t), broken, pass)
			require.NoError(t, err)
			_, err = second.Evaluate(t.Context(), []space.Point{{0, 0, 0, 0, 0}})
			require.EqualError(t, err, test.want)
			first, err := simulators.Stage(broken, built(t), pass)
			require.NoError(t, err)
			_, err = first.Evaluate(t.Context(), []space.Point{{0, 0, 0, 0, 0}})
			require.EqualError(t, err, test.want)
		})
	}
}

func TestStageSkipsWhatDoesNotPass(t *testing.T) {
	second := accuracy(t)
	s, err := simulators.Stage(built(t), second, func(r simulators.Result) bool { return r.Values[1] <= 8 })
	require.NoError(t, err)
	require.Equal(t, "toy/array+toy/accuracy", s.Spec().Name)
	results, err := s.Evaluate(t.Context(), []space.Point{
		{2, 0, 0, 0, 0}, // infeasible hardware
		{2, 1, 0, 0, 1}, // too large
		{1, 1, 1, 0, 1}, // passes
	})
	require.NoError(t, err)
	require.Equal(t, []simulators.Result{
		simulators.Infeasible("16 rows need ws", 8),
		simulators.Infeasible("does not pass toy/array: toy/accuracy was not evaluated", 0),
		simulators.OK(0.125, 8, 11),
	}, results)
	require.Equal(t, []space.Point{{1, 1}}, second.asked)

	second.asked = nil
	_, err = s.Evaluate(t.Context(), []space.Point{{2, 1, 0, 0, 1}})
	require.NoError(t, err)
	require.Empty(t, second.asked, "not even an empty batch")

	_, err = simulators.Stage(built(t), built(t), nil)
	require.ErrorContains(t, err, `stage: join "toy/array+toy/array": metric "latency_ns" is reported by both toy/array and toy/array`)
}

func TestNarrowEvaluatesTheWideDesign(t *testing.T) {
	s := built(t)
	in := simulators.Instance{
		Simulator: s,
		Detail: func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
			return []simulators.Artifact{{Name: "rows.txt", Data: []byte{byte(s.Config(p).rows)}}}, nil
		},
		Repair: func(p space.Point) (space.Point, bool) { // 4 rows become 8, 16 become 4
			switch p[0] {
			case 0:
				return s.Spec().Space.Canonical(space.Point{1, p[1], p[2], p[3]}), true
			case 2:
				return s.Spec().Space.Canonical(space.Point{0, p[1], p[2], p[3]}), true
			}
			return p, false
		},
		Advise: func(p space.Point) []simulators.Advice { // any number of rows; without a design 4 and 16
			if p == nil {
				return []simulators.Advice{{Point: space.Point{0, 0, 0, 0}}, {Point: space.Point{2, 0, 0, 0}}}
			}
			return []simulators.Advice{{Point: space.Point{0, p[1], p[2], p[3]}}, {Point: space.Point{1, p[1], p[2], p[3]}}, {Point: space.Point{2, p[1], p[2], p[3]}}}
		},
	}
	cut, err := simulators.Narrow(in, map[string][]string{"rows": {"8", "16"}, "dataflow": {"ws"}})
	require.NoError(t, err)
	spec := cut.Simulator.Spec()
	require.Equal(t, "toy/array", spec.Name)
	require.EqualValues(t, 8, spec.Space.Size().Int64()) // 2 rows, 1 dataflow, 2 clocks, 2 orders
	results, err := cut.Simulator.Evaluate(t.Context(), []space.Point{{0, 0, 1, 0}, {1, 0, 0, 0}})
	require.NoError(t, err)
	require.Equal(t, []simulators.Result{simulators.OK(0.125, 8), simulators.OK(0.125, 16)}, results) // 1000/1000/8, 1000/500/16
	artifacts, err := cut.Detail(t.Context(), space.Point{1, 0, 0, 0})
	require.NoError(t, err)
	require.Equal(t, []byte{16}, artifacts[0].Data)
	advice := cut.Advise(space.Point{0, 0, 1, 0}) // 4 rows would leave the narrow space
	require.Len(t, advice, 2)
	require.Equal(t, space.Point{0, 0, 1, 0}, advice[0].Point)
	require.Equal(t, space.Point{1, 0, 1, 0}, advice[1].Point)
	require.Empty(t, cut.Advise(nil), "both starts have another dataflow than ws")
	for _, p := range []space.Point{{0, 0, 1, 1}, {1, 0, 1, 1}} { // 8 is valid; 16 would leave the narrow space
		q, changed := cut.Repair(p)
		require.False(t, changed)
		require.Equal(t, p, q)
	}
	cut, err = simulators.Narrow(in, map[string][]string{"rows": {"4", "8"}, "dataflow": {"ws"}})
	require.NoError(t, err)
	q, changed := cut.Repair(space.Point{0, 0, 1, 0})
	require.True(t, changed)
	require.Equal(t, space.Point{1, 0, 1, 0}, q)

	same, err := simulators.Narrow(in, nil)
	require.NoError(t, err)
	require.Same(t, s, same.Simulator)
	_, err = simulators.Narrow(in, map[string][]string{"row": {"8"}})
	require.EqualError(t, err, `toy/array: unknown axis "row", did you mean "rows"? (known: rows, dataflow, clock_mhz, order)`)
}
