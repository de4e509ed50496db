package objective_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/simulators"
)

func result() simulators.Result { return simulators.OK(200, 1500, 90) }

func TestPlainScoreAllocatesOnce(t *testing.T) {
	o := build(t, objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"power_mw": 1000}})
	r := result()
	allocs := testing.AllocsPerRun(100, func() {
		s, err := o.Score(r)
		if err != nil || o.Reward(s) > 1 {
			t.Fatal(err)
		}
	})
	require.Equal(t, 1.0, allocs)
}

func benchmarkScore(b *testing.B, cfg objective.Config) {
	o, err := objective.New(cfg, metrics())
	require.NoError(b, err)
	r := result()
	b.ReportAllocs()
	for b.Loop() {
		s, err := o.Score(r)
		if err != nil || o.Reward(s) > 1 {
			b.Fatal(err)
		}
	}
}

func BenchmarkScorePlain(b *testing.B) {
	benchmarkScore(b, objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"power_mw": 1000}})
}

func BenchmarkScoreExpression(b *testing.B) {
	benchmarkScore(b, objective.Config{Minimise: []string{"latency_ns * power_mw"}, AtMost: map[string]float64{"power_mw": 1000}})
}

func Example() {
	cfg, err := objective.Parse(map[string]any{
		"minimise": []any{"latency_ns", "latency_ns * power_mw / 1000"},
		"at_most":  map[string]any{"power_mw": 1000},
	})
	if err != nil {
		panic(err)
	}
	o, err := objective.New(cfg, metrics())
	if err != nil {
		panic(err)
	}
	for _, r := range []simulators.Result{simulators.OK(200, 800, 90), simulators.OK(100, 1500, 90), simulators.Infeasible("buffer too small", 0.25)} {
		s, err := o.Score(r)
		if err != nil {
			panic(err)
		}
		fmt.Printf("maximise %v, violations %v, reward %.3f\n", s.Objectives, s.Violations, o.Reward(s))
	}
	// Output:
	// maximise [-200 -160], violations [-0.2 0], reward 0.073
	// maximise [-100 -150], violations [0.5 0], reward -0.333
	// maximise [], violations [1 0.25], reward -1.200
}
