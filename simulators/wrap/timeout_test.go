package wrap_test

import (
	"context"
	"errors"
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
