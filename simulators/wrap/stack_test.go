package wrap_test

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// named is a wrapper that notes its name when it is called.
func named(name string, calls *[]string) wrap.Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		return &fake{before: func(ctx context.Context, p space.Point) error {
			*calls = append(*calls, name)
			_, err := next.Evaluate(ctx, []space.Point{p})
			return err
		}}
	}
}

func TestChainPutsFirstOutermost(t *testing.T) {
	var calls []string
	f := &fake{}
	evaluate(t, wrap.Chain(named("a", &calls), named("b", &calls), named("c", &calls))(f), 0, line(0, 1))
	require.Equal(t, []string{"a", "b", "c"}, calls)
	require.EqualValues(t, 1, f.calls.Load())
	require.Same(t, f, wrap.Chain()(f))
}

// odd repairs x to the even number below it.
func odd(p space.Point) (space.Point, bool) {
	if p[0]%2 == 0 {
		return p, false
	}
	return space.Point{p[0] - 1, p[1]}, true
}

// TestStackHasTheOneOrder tells the neighbours apart by what only their order explains.
func TestStackHasTheOneOrder(t *testing.T) {
	f := &fake{result: func(p space.Point) simulators.Result {
		switch p[0] {
		case 4:
			panic("four")
		case 6:
			return simulators.OK(math.NaN(), 0)
		}
		return sum(p)
	}}
	m := &memory{}
	store := wrap.NewStore(100)
	tape := recorded(2)
	s, counter := wrap.Stack(simulators.Instance{Simulator: f, Repair: odd},
		wrap.Options{Tape: tape, Recorder: m, Limit: 9, Store: store, Pool: wrap.NewPool(2), Timeout: time.Hour})
	results := evaluate(t, s, 0, line(0, 8))

	require.Equal(t, sums(line(0, 2)), results[:2], "Replay is above Repair: trial 1 is not repaired")
	require.Equal(t, []simulators.Result{sum(space.Point{2, 0}), sum(space.Point{2, 0})}, results[2:4], "Repair is above the model")
	for _, id := range []int{4, 5} {
		require.Contains(t, results[id].Failed, "panic: four: design [x:4 y:0]", "Isolate is below Repair and Parallel")
	}
	require.Equal(t, `metric "sum_cycles" is NaN: design [x:6 y:0]`, results[6].Failed)
	require.Len(t, m.kept, 6, "Record is below Replay")
	require.Equal(t, wrap.Evaluation{ID: 3, Point: space.Point{3, 0}, Result: sum(space.Point{2, 0})}, m.kept[1], "Record is above Repair: it keeps the point asked")
	require.Equal(t, 6, counter.Evaluations(), "Meter is below Replay and above Cache")
	hits, misses := store.Counts()
	require.Equal(t, []int{3, 3, 1}, []int{hits, misses, store.Len()}, "Cache is below Repair and above Isolate")

	_, err := s.Evaluate(wrap.WithTrial(t.Context(), 8), line(8, 2))
	require.EqualError(t, err, "meter: trial 9 is above the limit of 9 trials")
}

func TestStackInsideAStackCountsItsOwnTrials(t *testing.T) {
	m := &memory{}
	inner, counter := wrap.Stack(simulators.Instance{Simulator: &fake{}}, wrap.Options{Recorder: m, Limit: 3})
	outer, _ := wrap.Stack(simulators.Instance{Simulator: inner}, wrap.Options{Limit: 50, Timeout: time.Hour})
	require.Equal(t, sums(line(40, 2)), evaluate(t, outer, 40, line(40, 2)), "trials 40 and 41 outside are 0 and 1 inside")
	require.Equal(t, sums(line(0, 1)), evaluate(t, outer, 2, line(0, 1)))
	require.Equal(t, 3, counter.Evaluations())
	require.Equal(t, []int{0, 1, 2}, []int{m.kept[0].ID, m.kept[1].ID, m.kept[2].ID})
}

// TestRunsAndReplaysAreAlike is the promise of resume: whatever the order, the workers and the place where the first run stopped, the second
// one gives the same results and completes the recording.
func TestRunsAndReplaysAreAlike(t *testing.T) {
	f := &fake{result: func(p space.Point) simulators.Result {
		switch {
		case p[0]%7 == 3:
			return simulators.Infeasible("a multiple of seven and three", float64(p[0]))
		case p[0]%11 == 5:
			panic(p[0])
		}
		return sum(p)
	}}
	rapid.Check(t, func(t *rapid.T) {
		n, cut := rapid.IntRange(1, 30).Draw(t, "trials"), 0
		points := make([]space.Point, n)
		for i := range points {
			points[i] = space.Point{rapid.IntRange(0, 99).Draw(t, "x"), 0}
		}
		run := func(tape *tape, slots int) ([]simulators.Result, []wrap.Evaluation) {
			m := &memory{}
			s, _ := wrap.Stack(simulators.Instance{Simulator: f, Repair: odd},
				wrap.Options{Tape: tape, Recorder: m, Store: wrap.NewStore(5), Pool: wrap.NewPool(slots)})
			results := make([]simulators.Result, n)
			var all sync.WaitGroup
			for _, id := range rand.New(rand.NewPCG(uint64(slots), uint64(cut))).Perm(n) {
				all.Go(func() {
					got, err := s.Evaluate(wrap.WithTrial(context.Background(), id), points[id:id+1])
					if err == nil {
						results[id] = got[0]
					}
				})
			}
			all.Wait()
			return results, m.kept
		}
		whole, recording := run(&tape{}, 1)
		require.Len(t, recording, n)
		for id, e := range recording {
			require.Equal(t, wrap.Evaluation{ID: id, Point: points[id], Result: whole[id]}, e)
		}
		cut = rapid.IntRange(0, n).Draw(t, "cut")
		again, rest := run(&tape{rest: recording[:cut]}, rapid.IntRange(1, 4).Draw(t, "slots"))
		require.Equal(t, whole, again)
		require.Equal(t, recording, append(recording[:cut:cut], rest...))
	})
}

func TestStackOfNothingIsolatesAndCounts(t *testing.T) {
	s, counter := wrap.Stack(simulators.Instance{Simulator: &fake{result: func(space.Point) simulators.Result { panic("no") }}}, wrap.Options{})
	results := evaluate(t, s, 0, line(0, 2))
	require.True(t, strings.HasPrefix(results[1].Failed, "panic: no: design [x:1 y:0]: at "))
	require.Equal(t, 2, counter.Evaluations())
	require.Equal(t, "fake", s.Spec().Name)
}
