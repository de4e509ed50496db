package objective_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/simulators"
)

func metrics() []simulators.Metric {
	return []simulators.Metric{{Name: "latency", Unit: "ns"}, {Name: "power", Unit: "mW"}, {Name: "accuracy", Unit: "%"}}
}

func build(t *testing.T, cfg objective.Config) objective.Objective {
	t.Helper()
	o, err := objective.New(cfg, metrics())
	require.NoError(t, err)
	return o
}

func TestScore(t *testing.T) {
	r := simulators.OK(200, 1500, 90) // ns, mW, percent
	for _, tc := range []struct {
		name       string
		cfg        objective.Config
		objectives []float64
		violations []float64
		reward     float64
	}{
		{"minimised metrics are negated once", objective.Config{Minimise: []string{"latency_ns"}},
			[]float64{-200}, []float64{0}, 0.5 * (1 - 5.991470796/6.991470796)}, // asinh(200) = 5.991470796
		{"minimised before maximised, violations at most before at least", objective.Config{Kind: objective.Spec,
			Maximise: []string{"accuracy_percent"}, Minimise: []string{"latency_ns"},
			AtLeast: map[string]float64{"accuracy_percent": 80}, AtMost: map[string]float64{"power_mw": 1000, "latency_ns": 400}},
			[]float64{-200, 90}, []float64{-0.5, 0.5, -0.125, 0}, -0.5 / 1.5}, // (200-400)/400, (1500-1000)/1000, (80-90)/80
		{"a bound of 0 is absolute, of a negative one relative to its size", objective.Config{Maximise: []string{"accuracy_percent"},
			AtMost: map[string]float64{"latency_ns - 203": 0, "power_mw - 1600": -200}},
			[]float64{90}, []float64{-3, 0.5, 0}, -0.5 / 1.5}, // -3-0; (-100+200)/200
		{"expressions", objective.Config{Kind: objective.Pareto, Minimise: []string{"latency_ns * power_mw / 1000", "max(1, sqrt(power_mw - 600), 2)"}},
			[]float64{-300, -30}, []float64{0}, 0.25 * (2 - 6.396932432/7.396932432 - 4.094622224/5.094622224)}, // asinh(300), asinh(30)
		{"literals are floats: no overflow, no mixed types", objective.Config{Maximise: []string{"4000000000 * 4000000000 * 2 * sqrt(power_mw > 1 ? 4 : 9) / 6.4e19"}},
			[]float64{1}, []float64{0}, 0.5 * (1 + 0.881373587/1.881373587)}, // 3.2e19 * 2 / 6.4e19; asinh(1)
		{"a power before its minus, a name by let", objective.Config{Maximise: []string{"-2 ** 2 + 0 * power_mw", "let x = latency_ns; x * x / 4e4"}},
			[]float64{-4, 1}, []float64{0}, 0.25 * (2 - 2.094712547/3.094712547 + 0.881373587/1.881373587)}, // asinh(4), asinh(1)
		{"weighted sum", objective.Config{Kind: objective.Weighted, Minimise: []string{"latency_ns"}, Maximise: []string{"accuracy_percent"},
			Weights: map[string]float64{"latency_ns": 0.1, "accuracy_percent": 2}},
			[]float64{160}, []float64{0}, 0.5 * (1 + 5.768330757/6.768330757)}, // 2*90 - 0.1*200 = 160; asinh(160)
		{"without weights the mean", objective.Config{Kind: objective.Weighted, Minimise: []string{"latency_ns"}, Maximise: []string{"accuracy_percent"}},
			[]float64{-55}, []float64{0}, 0.5 * (1 - 4.700563021/5.700563021)}, // (90-200)/2; asinh(55)
		{"ratio is a product and two-sided", objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"latency_ns": 100, "power_mw": 2000}},
			[]float64{4}, []float64{0}, 4}, // 100/|200-100| * 2000/|1500-2000| = 1 * 4
		{"ratio is capped at its singularity", objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"latency_ns": 200}},
			[]float64{1000}, []float64{0}, 1000},
		{"ratio with a cap of its own", objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"latency_ns": 200}, Cap: 7},
			[]float64{7}, []float64{0}, 7},
		{"penalty subtracts rho times the violations", objective.Config{Kind: objective.Penalty, Maximise: []string{"accuracy_percent / 100"},
			AtMost: map[string]float64{"power_mw": 1000, "latency_ns": 400}, Worst: map[string]float64{"power_mw": 3000}},
			[]float64{0.9}, []float64{-0.5, 0.25, 0}, 0.9 - 10*0.25}, // (1500-1000)/(3000-1000)
		{"penalty with rho 2 relative to the bound", objective.Config{Kind: objective.Penalty, Rho: 2, Maximise: []string{"accuracy_percent / 100"},
			AtMost: map[string]float64{"power_mw": 1000}},
			[]float64{0.9}, []float64{0.5, 0}, 0.9 - 2*0.5},
		{"penalty below its floor", objective.Config{Kind: objective.Penalty, Rho: 1, Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"power_mw": 3000}},
			[]float64{-200}, []float64{-0.5, 0}, -10 - 190.0/191}, // R = -200, F = -10
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := build(t, tc.cfg)
			s, err := o.Score(r)
			require.NoError(t, err)
			require.InDeltaSlice(t, tc.objectives, s.Objectives, 1e-12)
			require.InDeltaSlice(t, tc.violations, s.Violations, 1e-12)
			require.InDelta(t, tc.reward, o.Reward(s), 1e-9)
		})
	}
}

func TestScoreWithoutValues(t *testing.T) {
	cfg := objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"power_mw": 1000}}
	penalty := objective.Config{Kind: objective.Penalty, Maximise: []string{"accuracy_percent"}, AtMost: map[string]float64{"power_mw": 1000}}
	for _, tc := range []struct {
		name       string
		cfg        objective.Config
		result     simulators.Result
		violations []float64
		reward     float64
	}{
		{"known distance", cfg, simulators.Infeasible("too large", 0.25), []float64{1, 0.25}, -1.2},
		{"an unknown distance is the worst", cfg, simulators.Infeasible("too large", 0), []float64{1, 0}, -2},
		{"failed", cfg, simulators.Failed("panic"), []float64{1, 0}, -2},
		{"infinite distance is limited", cfg, simulators.Infeasible("too large", math.Inf(1)), []float64{1, 1e300}, -2},
		{"penalty", penalty, simulators.Infeasible("too large", 3), []float64{1, 3}, -101.75},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := build(t, tc.cfg)
			s, err := o.Score(tc.result)
			require.NoError(t, err)
			require.Nil(t, s.Objectives)
			require.Equal(t, tc.violations, s.Violations)
			require.InDelta(t, tc.reward, o.Reward(s), 1e-12)
		})
	}
}

func TestScoreErrors(t *testing.T) {
	for _, tc := range []struct {
		name   string
		term   string
		result simulators.Result
		want   string
	}{
		{"0/0", "latency_ns / power_mw", simulators.OK(0, 0, 1), `objective: term "latency_ns / power_mw" is NaN for this result: it must be finite`},
		{"log of a negative", "log(latency_ns)", simulators.OK(-1, 0, 1), `objective: term "log(latency_ns)" is NaN for this result: it must be finite`},
		{"overflow", "exp(latency_ns)", simulators.OK(1e4, 0, 1), `objective: term "exp(latency_ns)" is +Inf for this result: it must be finite`},
		{"plain metric", "latency_ns", simulators.OK(math.NaN(), 0, 1), `objective: term "latency_ns" is NaN for this result: it must be finite`},
		{"too few values", "latency_ns", simulators.OK(1), "objective: the result has 1 values: must have 3, one a metric"},
		{"empty result", "latency_ns", simulators.Result{}, "objective: the result has neither values nor a reason why not"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := build(t, objective.Config{Minimise: []string{tc.term}}).Score(tc.result)
			require.EqualError(t, err, tc.want)
			_, err = build(t, objective.Config{Minimise: []string{"accuracy_percent"}, AtMost: map[string]float64{tc.term: 1}}).Score(tc.result)
			require.EqualError(t, err, tc.want)
		})
	}
}

func TestScoreReturnsFreshSlices(t *testing.T) {
	o := build(t, objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"power_mw": 1000}})
	first, err := o.Score(simulators.OK(1, 2, 3))
	require.NoError(t, err)
	_ = append(first.Objectives, 99)
	require.Equal(t, []float64{-0.998, 0}, first.Violations, "appending to one slice must not reach the other")
	second, err := o.Score(simulators.OK(4, 5, 6))
	require.NoError(t, err)
	require.Equal(t, []float64{-1}, first.Objectives)
	require.Equal(t, []float64{-4}, second.Objectives)
}

func TestTerms(t *testing.T) {
	o := build(t, objective.Config{Minimise: []string{"latency_ns", "latency_ns * power_mw"}, Maximise: []string{"accuracy_percent"},
		AtMost: map[string]float64{"power_mw": 1000}, AtLeast: map[string]float64{"accuracy_percent": 80}})
	require.Equal(t, []objective.Term{
		{Name: "latency_ns", Unit: "ns", Minimise: true}, {Name: "latency_ns * power_mw", Minimise: true}, {Name: "accuracy_percent", Unit: "%"},
	}, o.Objectives())
	require.Equal(t, []objective.Term{
		{Name: "power_mw", Unit: "mW", Bound: 1000, Scale: 1000}, {Name: "accuracy_percent", Unit: "%", Bound: 80, AtLeast: true, Scale: 80},
	}, o.Constraints())
	for _, c := range []struct{ violation, power, accuracy float64 }{{0, 1000, 80}, {0.5, 1500, 40}, {-0.25, 750, 100}} {
		require.Equal(t, c.power, o.Constraints()[0].Value(c.violation))
		require.Equal(t, c.accuracy, o.Constraints()[1].Value(c.violation))
	}
	weighted := build(t, objective.Config{Kind: objective.Weighted, Minimise: []string{"latency_ns"}, Maximise: []string{"accuracy_percent"}})
	require.Equal(t, []objective.Term{{Name: "-0.5*(latency_ns) + 0.5*(accuracy_percent)"}}, weighted.Objectives())
	ratio := build(t, objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"power_mw": 9, "latency_ns": 2}})
	require.Equal(t, []objective.Term{{Name: "min(1000, 2/abs(latency_ns - 2)) * min(1000, 9/abs(power_mw - 9))"}}, ratio.Objectives())
}
