package simulators_test

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestFieldsDeclareAxes(t *testing.T) {
	s := built(t).Spec().Space
	require.Equal(t, space.Param{Name: "rows", Unit: "PE", Doc: "rows", Group: "compute", Values: []float64{4, 8, 16}, Log: true}, s.Param(0))
	require.Equal(t, space.Param{Name: "dataflow", Doc: "which operand stays", Kind: space.Nominal, Labels: []string{"os", "ws"}}, s.Param(1))
	require.Equal(t, space.Param{Name: "clock_mhz", Unit: "MHz", Doc: "clock", Values: []float64{500, 1000},
		When: []space.Cond{{Param: "dataflow", In: []string{"ws"}}}}, s.Param(2))
	require.Equal(t, space.Param{Name: "order", Doc: "loops", Kind: space.Permutation, Labels: []string{"k", "c"},
		When: []space.Cond{{Param: "dataflow", In: []string{"ws"}}, {Param: "rows", In: []string{"8", "16"}}}}, s.Param(3))
	require.EqualValues(t, 3+2*(1+2+2), s.Size().Int64()) // os: 3 rows; ws: 2 clocks of (4 rows, or 8 and 16 rows in 2 orders)
}

func TestWhenDoesNotShareConditions(t *testing.T) {
	plain := simulators.Int("a", "", "", []int{1}, func(a *array) *int { return &a.rows }).When("x", "1")
	one, two := plain.When("y", "1"), plain.When("z", "1")
	require.Equal(t, "y", one.Param.When[1].Param)
	require.Equal(t, "z", two.Param.When[1].Param)
	require.Len(t, plain.Param.When, 1)
}

func TestChoiceTakesAnyValue(t *testing.T) {
	f := simulators.Choice("c", "", []bool{false, true}, func(b *bool) *bool { return b })
	require.Equal(t, []string{"false", "true"}, f.Param.Labels)
	var b bool
	f.Set(&b, 1)
	require.True(t, b)
}

func TestConfigSetsActiveAxesOnTopOfBase(t *testing.T) {
	s := built(t)
	require.Equal(t, array{rows: 8, dataflow: "ws", clockMHz: 1000, order: []int{1, 0}, scale: 1000}, s.Config(space.Point{1, 1, 1, 1}))
	require.Equal(t, array{rows: 16, dataflow: "os", clockMHz: 250, scale: 1000}, s.Config(space.Point{2, 0, 0, 0}), "inactive axes keep Base")
	require.Equal(t, array{rows: 4, dataflow: "ws", clockMHz: 500, scale: 1000}, s.Config(space.Point{0, 1, 0, 0}))
}

func TestModelEvaluatesInOrder(t *testing.T) {
	results, err := built(t).Evaluate(t.Context(), []space.Point{{1, 1, 1, 0}, {2, 0, 0, 0}, {0, 0, 0, 0}})
	require.NoError(t, err)
	// 1000/1000/8, 1000/250/4
	require.Equal(t, []simulators.Result{simulators.OK(0.125, 8), simulators.Infeasible("16 rows need ws", 8), simulators.OK(1, 4)}, results)
}

func TestModelEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	m := hardware()
	evaluated := 0
	m.Eval = func(context.Context, array) simulators.Result {
		evaluated++
		cancel()
		return simulators.OK(1, 2)
	}
	s, err := m.Build()
	require.NoError(t, err)
	_, err = s.Evaluate(ctx, []space.Point{{0, 0, 0, 0}, {1, 0, 0, 0}, {2, 0, 0, 0}})
	require.Error(t, err)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1, evaluated)
}

func TestBuildReportsEveryMistake(t *testing.T) {
	_, err := simulators.Model[array]{}.Build()
	require.EqualError(t, err, `model "": the model has no name
the model has no version
the model has no Eval function
the model reports no metric`)
	m := hardware()
	m.Metrics = append(m.Metrics, simulators.Metric{Unit: "pJ"}, m.Metrics[0])
	m.Fields[1].Set = nil
	m.Fields[3].Param.When = []space.Cond{{Param: "cols", In: []string{"1"}}}
	_, err = m.Build()
	require.EqualError(t, err, `model "toy/array": a metric has no name
metric "latency_ns" is declared twice
axis "dataflow" sets no field
space: axis "order": unknown earlier axis "cols" (known: rows, dataflow, clock_mhz)`)
}

func TestBuildRefusesKeysThatExpressionsCannotRead(t *testing.T) {
	for _, test := range []struct{ name, unit, key string }{
		{"hit-rate", "1/s", "hit-rate_1_per_s"}, {"2nd", "", "2nd"}, {"hit rate", "", "hit rate"}, {"énergie", "pJ", "énergie_pj"}, {"energy", "pJ^2", "energy_pj^2"},
	} {
		m := hardware()
		m.Metrics[1] = simulators.Metric{Name: test.name, Unit: test.unit}
		_, err := m.Build()
		require.EqualError(t, err, `model "toy/array": metric "`+test.name+`": expressions cannot read its key "`+test.key+`": it must be a letter or '_', then letters, digits and '_'`)
	}
	m := hardware()
	m.Metrics = []simulators.Metric{{Name: "hit_rate", Unit: "1/s"}, {Name: "_L2"}}
	_, err := m.Build()
	require.NoError(t, err)
}

func TestMetricKey(t *testing.T) {
	for _, test := range []struct{ name, unit, want string }{
		{"accuracy", "", "accuracy"},
		{"latency", "cycles", "latency_cycles"},
		{"energy", "pJ", "energy_pj"},
		{"bandwidth", "GB/s", "bandwidth_gb_per_s"},
		{"area", "mm²", "area_mm2"},
		{"edp", "pJ·ns", "edp_pj_ns"},
		{"delay", "µs", "delay_us"},
		{"utilisation", "%", "utilisation_percent"},
	} {
		require.Equal(t, test.want, simulators.Metric{Name: test.name, Unit: test.unit}.Key())
	}
	require.Equal(t, []string{"latency_ns", "area_mm2"}, built(t).Spec().Keys())
}

func TestCheckResult(t *testing.T) {
	spec := built(t).Spec()
	for _, good := range []simulators.Result{simulators.OK(1, -2), simulators.Infeasible("no", 0), simulators.Infeasible("no", 3), simulators.Failed("lost")} {
		require.NoError(t, spec.CheckResult(good))
	}
	tests := []struct {
		name   string
		result simulators.Result
		want   string
	}{
		{"nothing", simulators.Result{}, `the result has 0 values, infeasible "" and failed "", where exactly one must be set`},
		{"two forms", simulators.Result{Infeasible: "a", Failed: "b"}, `the result has 0 values, infeasible "a" and failed "b", where exactly one must be set`},
		{"no values", simulators.Result{Values: []float64{}}, "the result has 0 values for 2 metrics"},
		{"not a number", simulators.OK(1, math.NaN()), `metric "area_mm2" is NaN`},
		{"infinite", simulators.OK(math.Inf(1), 1), `metric "latency_ns" is +Inf`},
		{"negative violation", simulators.Infeasible("a", -1), "the violation is -1, where a finite number >= 0 is due"},
		{"infinite violation", simulators.Infeasible("a", math.Inf(1)), "the violation is +Inf, where a finite number >= 0 is due"},
		{"violation of a failure", simulators.Result{Failed: "a", Violation: 1}, "the violation is 1 in a result that is not infeasible"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.EqualError(t, spec.CheckResult(test.result), test.want) })
	}
}
