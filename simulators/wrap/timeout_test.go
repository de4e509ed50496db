package wrap_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// slow is a simulator whose point (x, y) takes x seconds and looks at its context never.
func slow() *fake {
	return &fake{before: func(_ context.Context, p space.Point) error {
		<-time.After(time.Duration(p[0]) * time.Second)
		return nil
	}}
}

func TestTimeoutIsTight(t *testing.T) {
	for _, test := range []struct {
		limit time.Duration
		want  string
	}{
		{5*time.Second + 1, ""},
		{5*time.Second - 1, "timeout after 4.999999999s: design [x:5 y:0]"},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			results := evaluate(t, wrap.Timeout(test.limit)(slow()), 0, line(5, 1))
			require.Equal(t, test.want, results[0].Failed)
			require.Equal(t, min(test.limit, 5*time.Second), time.Since(start))
			<-time.After(time.Minute) // the abandoned goroutine ends
		})
	}
}

func TestSlowPointFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		points := []space.Point{{1, 0}, {90, 0}, {2, 0}}
		results := evaluate(t, wrap.Timeout(10*time.Second)(slow()), 0, points)
		want := sums(points)
		want[1] = simulators.Failed("timeout after 10s: design [x:90 y:0]")
		require.Equal(t, want, results)
		<-time.After(time.Hour)
	})
}

func TestBatchHasTheLimitOfAllItsPoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := slow()
		results := evaluate(t, wrap.Timeout(4*time.Second)(f), 0, line(1, 6)) // 21 s of 24 s
		require.Equal(t, sums(line(1, 6)), results)
		require.EqualValues(t, 1, f.calls.Load())
		<-time.After(time.Minute) // the parked goroutine ends
	})
}

func TestModelThatHeedsItsContextFailsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the bubble also proves that no goroutine is left
		s := wrap.Timeout(time.Second)(&fake{before: func(ctx context.Context, _ space.Point) error {
			<-ctx.Done()
			return ctx.Err()
		}})
		results := evaluate(t, s, 0, line(0, 2))
		require.Equal(t, "timeout after 1s: design [x:0 y:0]", results[0].Failed)
		require.Equal(t, "timeout after 1s: design [x:1 y:0]", results[1].Failed)
	})
}

func TestEndedContextIsNoTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := wrap.Timeout(time.Minute)(slow()).Evaluate(ctx, line(90, 1))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(start))
		<-time.After(time.Hour)
	})
}

func TestTimeoutPassesErrorsOn(t *testing.T) {
	broken := errors.New("broken")
	_, err := wrap.Timeout(time.Hour)(&fake{before: func(context.Context, space.Point) error { return broken }}).Evaluate(t.Context(), line(0, 2))
	require.Equal(t, broken, err)
}

func TestNoLimitIsNoWrapper(t *testing.T) {
	f := &fake{}
	require.Same(t, f, wrap.Timeout(0)(f))
}

func TestAbandonedModelKeepsItsOwnPoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		seen := make(chan int, 1)
		s := wrap.Timeout(time.Second)(&fake{before: func(_ context.Context, p space.Point) error {
			<-time.After(time.Minute)
			seen <- p[0]
			return nil
		}})
		p := space.Point{7, 0}
		evaluate(t, s, 0, []space.Point{p})
		p[0] = 8 // the point is the caller's again
		require.Equal(t, 7, <-seen)
	})
}

// TestContextOfAnEvaluation holds the context that a model sees against the rules of context.Context.
func TestContextOfAnEvaluation(t *testing.T) {
	type key struct{}
	synctest.Test(t, func(t *testing.T) {
		var kept []context.Context
		s := wrap.Timeout(time.Minute)(&fake{before: func(ctx context.Context, _ space.Point) error {
			deadline, ok := ctx.Deadline()
			require.True(t, ok)
			require.Equal(t, 2*time.Minute, time.Until(deadline), "the limit of two points")
			require.NoError(t, ctx.Err())
			require.Equal(t, "value", ctx.Value(key{}))
			if len(kept) == 0 {
				require.NotNil(t, ctx.Done())
			}
			kept = append(kept, ctx)
			return nil
		}})
		ctx := context.WithValue(t.Context(), key{}, "value")
		for range 2 {
			_, err := s.Evaluate(ctx, line(0, 2))
			require.NoError(t, err)
		}
		require.NotSame(t, kept[0], kept[2], "each call has its own")
		for _, ctx := range kept {
			<-ctx.Done()
			require.Equal(t, context.Canceled, ctx.Err(), "the call is over")
		}
		earlier, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		_, err := wrap.Timeout(time.Minute)(&fake{before: func(ctx context.Context, _ space.Point) error {
			deadline, _ := ctx.Deadline()
			require.Equal(t, time.Second, time.Until(deadline), "the caller's is earlier")
			derived, cancel := context.WithCancel(ctx)
			defer cancel()
			<-derived.Done()
			require.Equal(t, context.DeadlineExceeded, derived.Err())
			return derived.Err()
		}}).Evaluate(earlier, line(0, 1))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		<-time.After(time.Minute) // the goroutines end
	})
}

// TestModelThatEndsAtItsLimit makes answer and deadline come together: either may win, and the next call notices nothing of it.
func TestModelThatEndsAtItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := wrap.Timeout(5 * time.Second)(slow())
		for range 200 {
			if r := evaluate(t, s, 0, line(5, 1))[0]; r.Failed == "" {
				require.Equal(t, sum(space.Point{5, 0}), r)
			} else {
				require.Equal(t, "timeout after 5s: design [x:5 y:0]", r.Failed)
			}
			require.Equal(t, sums(line(0, 1)), evaluate(t, s, 0, line(0, 1)))
			require.Equal(t, sums(line(4, 1)), evaluate(t, s, 0, line(4, 1)))
		}
		<-time.After(time.Minute)
	})
}

// TestCallsAtOnceHaveTheirOwnLimits runs batches of all lengths at the same time: one timer watches over all of them.
func TestCallsAtOnceHaveTheirOwnLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := wrap.Timeout(10 * time.Second)(slow())
		start := time.Now()
		for i := range 100 {
			go func() {
				<-time.After(time.Duration(i) * time.Millisecond)
				if i%2 == 0 { // 5 s
					require.Equal(t, sums(line(5, 1)), evaluate(t, s, 0, line(5, 1)))
					require.Equal(t, 5*time.Second+time.Duration(i)*time.Millisecond, time.Since(start))
				} else { // 20 s for both, then 10 s and 4 s alone
					results := evaluate(t, s, 0, []space.Point{{90, 0}, {4, 0}})
					require.Equal(t, "timeout after 10s: design [x:90 y:0]", results[0].Failed)
					require.Equal(t, sum(space.Point{4, 0}), results[1])
					require.Equal(t, 34*time.Second+time.Duration(i)*time.Millisecond, time.Since(start))
				}
			}()
		}
		<-time.After(time.Hour)
	})
}

// TestParkedGoroutinesAreFewAndEnd: the bubble proves at its end that none is left.
func TestParkedGoroutinesAreFewAndEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := wrap.Timeout(time.Hour)(&fake{before: func(context.Context, space.Point) error {
			<-time.After(time.Millisecond)
			return nil
		}})
		evaluate(t, s, 0, line(0, 1))
		evaluate(t, s, 0, line(0, 1))
		require.Equal(t, 1, wrap.Parked(s), "the second call takes the parked one")
		for range 3 {
			for range 100 {
				go func() { evaluate(t, s, 0, line(0, 1)) }()
			}
			<-time.After(10 * time.Millisecond)
			require.Equal(t, 64, wrap.Parked(s))
		}
		<-time.After(time.Second)
		require.Zero(t, wrap.Parked(s))
		evaluate(t, s, 0, line(0, 1))
		require.Equal(t, 1, wrap.Parked(s))
		<-time.After(time.Second)
		require.Zero(t, wrap.Parked(s))
	})
}

func TestModelThatEndsItsGoroutineFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		s := wrap.Chain(wrap.Isolate(), wrap.Timeout(time.Minute))(&fake{result: func(p space.Point) simulators.Result {
			if p[0] == 0 {
				runtime.Goexit()
			}
			return sum(p)
		}})
		for range 3 {
			require.Contains(t, evaluate(t, s, 0, line(0, 1))[0].Failed, "panic: the model called runtime.Goexit: design [x:0 y:0]: at wrap_test.")
			require.Equal(t, sums(line(1, 2)), evaluate(t, s, 0, line(1, 2)))
		}
		require.Zero(t, time.Since(start))
		<-time.After(time.Minute)
	})
}

func TestPanicInAWorkerLeavesItUsable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := wrap.Chain(wrap.Isolate(), wrap.Timeout(time.Minute))(&fake{result: func(p space.Point) simulators.Result {
			if p[0] == 0 {
				panic("zero")
			}
			return sum(p)
		}})
		for range 3 {
			require.Contains(t, evaluate(t, s, 0, line(0, 1))[0].Failed, "panic: zero")
			require.Equal(t, sums(line(1, 2)), evaluate(t, s, 0, line(1, 2)))
		}
		<-time.After(time.Minute)
	})
}
