package wrap_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

type array struct {
	rows, columns, bankKiB, clockMHz int
	dataflow                         string
}

// declared is a simulator made by simulators.Model with 4 integer axes and 1 choice: 655,360,000 designs.
func declared(b *testing.B, eval func(context.Context, array) simulators.Result) simulators.Simulator {
	values := make([]int, 400)
	for i := range values {
		values[i] = i + 1
	}
	s, err := simulators.Model[array]{
		Name: "array", Version: "1", Doc: "A benchmark.",
		Metrics: []simulators.Metric{{Name: "latency", Unit: "cycles", Doc: "none"}, {Name: "area", Unit: "mm2", Doc: "none"}, {Name: "power", Unit: "mW", Doc: "none"}},
		Fields: []simulators.Field[array]{
			simulators.Int("rows", "PE", "", values, func(c *array) *int { return &c.rows }),
			simulators.Int("columns", "PE", "", values, func(c *array) *int { return &c.columns }),
			simulators.Int("bank_kib", "KiB", "", values, func(c *array) *int { return &c.bankKiB }),
			simulators.Int("clock_mhz", "MHz", "", values, func(c *array) *int { return &c.clockMHz }),
			simulators.Choice("dataflow", "", []string{"os", "ws", "is"}, func(c *array) *string { return &c.dataflow }),
		},
		Eval: eval,
	}.Build()
	require.NoError(b, err)
	return s
}

// forgetful is a recorder in memory of constant size.
type forgetful struct{ last [1024]wrap.Evaluation }

func (f *forgetful) Record(id int, p space.Point, r simulators.Result) error {
	e := &f.last[id%len(f.last)]
	e.ID, e.Point = id, append(e.Point[:0], p...)
	e.Result = simulators.Result{Values: append(e.Result.Values[:0], r.Values...), Infeasible: r.Infeasible, Failed: r.Failed}
	return nil
}

// BenchmarkFacade is what one evaluation costs beside a model that costs nothing. Every point is a cache miss and its own batch.
func BenchmarkFacade(b *testing.B) {
	for _, bench := range []struct {
		name    string
		options func() wrap.Options
	}{
		{"decode", nil},
		{"isolate+meter", func() wrap.Options { return wrap.Options{} }},
		{"+cache", func() wrap.Options { return wrap.Options{Store: wrap.NewStore(100_000)} }},
		{"+cache+record", func() wrap.Options {
			return wrap.Options{Store: wrap.NewStore(100_000), Recorder: &forgetful{}}
		}},
		{"+cache+record+pool", func() wrap.Options {
			return wrap.Options{Store: wrap.NewStore(100_000), Recorder: &forgetful{}, Pool: wrap.NewPool(2)}
		}},
		{"+cache+record+pool+timeout", func() wrap.Options {
			return wrap.Options{Store: wrap.NewStore(100_000), Recorder: &forgetful{}, Pool: wrap.NewPool(2), Timeout: time.Minute}
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			s := declared(b, func(_ context.Context, c array) simulators.Result {
				return simulators.OK(float64(c.rows), float64(c.columns), float64(c.clockMHz))
			})
			if bench.options != nil {
				s, _ = wrap.Stack(simulators.Instance{Simulator: s}, bench.options())
			}
			points := s.Spec().Space
			p := make(space.Point, points.Len())
			id := 0
			b.ReportAllocs()
			for b.Loop() {
				points.Next(p)
				if _, err := s.Evaluate(wrap.WithTrial(context.Background(), id), []space.Point{p}); err != nil {
					b.Fatal(err)
				}
				id++
			}
		})
	}
}

// BenchmarkWorkers evaluates batches of 64 designs that burn 200 µs of processor each; the ratio of the two lines is the speed-up.
func BenchmarkWorkers(b *testing.B) {
	rounds := roundsFor(200 * time.Microsecond)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			s := declared(b, func(_ context.Context, c array) simulators.Result {
				return simulators.OK(burn(rounds), float64(c.rows), float64(c.columns))
			})
			s, _ = wrap.Stack(simulators.Instance{Simulator: s}, wrap.Options{Pool: wrap.NewPool(workers)})
			points := make([]space.Point, 64)
			for i := range points {
				points[i] = space.Point{i, 0, 0, 0, 0}
			}
			for b.Loop() {
				if _, err := s.Evaluate(context.Background(), points); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(points)), "µs/evaluation")
		})
	}
}

// burn computes for a number of rounds.
func burn(rounds int) float64 {
	x := 1.0
	for range rounds {
		x += 1 / x
	}
	return x
}

// roundsFor is the number of rounds of burn that take d on this machine, by the fastest of some tries.
func roundsFor(d time.Duration) int {
	const rounds = 100_000
	best := time.Hour
	for range 20 {
		start := time.Now()
		runtime.KeepAlive(burn(rounds))
		best = min(best, time.Since(start))
	}
	return int(float64(rounds) * float64(d) / float64(best))
}

// BenchmarkStoreMemory reports the bytes that one kept result of 20 metrics and 10 axes takes.
func BenchmarkStoreMemory(b *testing.B) {
	const entries = 100_000
	params := make([]space.Param, 10)
	for i := range params {
		params[i] = space.Param{Name: fmt.Sprint("axis", i), Values: hundred()}
	}
	wide, err := space.New(params...)
	require.NoError(b, err)
	var before, after runtime.MemStats
	for b.Loop() {
		store := wrap.NewStore(entries)
		s := wrap.Cache(store)(wideFake{wide})
		runtime.GC()
		runtime.ReadMemStats(&before)
		p := make(space.Point, wide.Len())
		for range entries {
			wide.Next(p)
			if _, err := s.Evaluate(context.Background(), []space.Point{p}); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		require.Equal(b, entries, store.Len())
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/entries, "B/entry")
}

type wideFake struct{ space space.Space }

func (f wideFake) Spec() simulators.Spec { return simulators.Spec{Space: f.space} }

func (f wideFake) Evaluate(_ context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i := range results {
		results[i] = simulators.OK(make([]float64, 20)...)
	}
	return results, nil
}
