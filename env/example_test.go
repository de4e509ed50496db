package env_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/simulators"
)

// A simulator and an objective make an environment, here of one agent a sub-system.
func ExampleNew() {
	type config struct{ rows, kib int }
	sim, err := simulators.Model[config]{
		Name: "toy", Version: "1",
		Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}, {Name: "area", Unit: "mm2"}},
		Fields: []simulators.Field[config]{
			simulators.Int("rows", "PE", "rows of the array", []int{2, 4, 8}, func(c *config) *int { return &c.rows }).In("array"),
			simulators.Int("kib", "KiB", "size of the cache", []int{1, 2, 4}, func(c *config) *int { return &c.kib }).In("memory"),
		},
		Eval: func(_ context.Context, c config) simulators.Result {
			return simulators.OK(1000/float64(c.rows)-float64(c.kib), float64(c.rows+c.kib))
		},
	}.Build()
	if err != nil {
		panic(err)
	}
	o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 10}}, sim.Spec().Metrics)
	if err != nil {
		panic(err)
	}
	e, err := env.New(sim, o, env.Options{Groups: env.Subsystem})
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	if _, err := e.Reset(ctx, 1); err != nil {
		panic(err)
	}
	outcomes, info, err := e.Step(ctx, []env.Action{{2}, {1}}) // 8 rows, 2 KiB
	if err != nil {
		panic(err)
	}
	fmt.Println(info.Point, info.Result.Values, info.Score.Violations)
	for i, agent := range e.Agents() {
		fmt.Printf("%s: reward %.3f, ended %v\n", agent.ID, outcomes[i].Reward, outcomes[i].Done())
	}
	// Output:
	// [2 1] [123 10] [0 0]
	// array: reward 0.077, ended true
	// memory: reward 0.077, ended true
}

// A vector starts the next episode of each lane by itself; the policy acts on Observations.
func ExampleVectorize() {
	v, err := env.Vectorize(games.Corridor(), 4)
	if err != nil {
		panic(err)
	}
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 1))
	if _, err := v.Reset(ctx, 1); err != nil {
		panic(err)
	}
	ended, total := 0, 0.0
	for range 500 {
		actions := make([][]env.Action, v.Lanes())
		for lane, now := range v.Observations() {
			actions[lane] = []env.Action{env.SampleAction(v.Agents()[0], now[0], rng)}
		}
		outcomes, infos, err := v.Step(ctx, actions)
		if err != nil {
			panic(err)
		}
		for lane := range outcomes {
			if outcomes[lane][0].Done() {
				ended++
				total += infos[lane].Score.Objectives[0]
			}
		}
	}
	fmt.Printf("%d episodes, mean return %.2f\n", ended, total/float64(ended))
	// Output:
	// 225 episodes, mean return -0.02
}

func BenchmarkDesignStep(b *testing.B) {
	e := newEnv(b, toy(b), env.Options{Groups: env.Subsystem, Horizon: 1 << 40})
	ctx, actions := context.Background(), []env.Action{{1, 1}, {1}}
	if _, err := e.Reset(ctx, 1); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := e.Step(ctx, actions); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkVector(b *testing.B, v *env.Vector, err error, action []env.Action) {
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	if _, err := v.Reset(ctx, 1); err != nil {
		b.Fatal(err)
	}
	actions := make([][]env.Action, v.Lanes())
	for lane := range actions {
		actions[lane] = action
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := v.Step(ctx, actions); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(v.Lanes()), "ns/lane")
}

func BenchmarkNewVectorStep16(b *testing.B) {
	v, err := env.NewVector(toy(b), fast(b), env.Options{Groups: env.Subsystem}, 16)
	benchmarkVector(b, v, err, []env.Action{{1, 1}, {1}})
}

func BenchmarkVectorizeMatrixStep16(b *testing.B) {
	v, err := env.Vectorize(games.Matrix(games.Climbing()), 16)
	benchmarkVector(b, v, err, []env.Action{{0}, {0}})
}
