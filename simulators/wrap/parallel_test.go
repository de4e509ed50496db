package wrap_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestParallelPlacesResultsByIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slots, n := rapid.IntRange(1, 9).Draw(t, "slots"), rapid.IntRange(0, 40).Draw(t, "points")
		f := &fake{}
		results, err := wrap.Parallel(wrap.NewPool(slots))(f).Evaluate(context.Background(), line(0, n))
		require.NoError(t, err)
		require.Equal(t, sums(line(0, n)), append([]simulators.Result{}, results...))
		require.EqualValues(t, max(min(slots, n), 1), f.calls.Load())
		require.EqualValues(t, n, f.points.Load())
	})
}

func TestPoolBoundsAllStacksTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running atomic.Int64
		f := &fake{before: func(context.Context, space.Point) error {
			if running.Add(1) > 3 {
				return errors.New("more evaluations than slots")
			}
			<-time.After(time.Second)
			running.Add(-1)
			return nil
		}}
		pool := wrap.NewPool(3)
		start := time.Now()
		var all sync.WaitGroup
		for range 2 {
			s := wrap.Parallel(pool)(f)
			all.Go(func() {
				_, err := s.Evaluate(t.Context(), line(0, 6))
				assert.NoError(t, err)
			})
		}
		all.Wait()
		require.Equal(t, 4*time.Second, time.Since(start), "12 points of 1 s in 3 slots")
	})
}

func TestWaitingForASlotEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s := wrap.Parallel(wrap.NewPool(1))(&fake{before: func(context.Context, space.Point) error { <-gate; return nil }})
		go func() { _, _ = s.Evaluate(t.Context(), line(0, 1)) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := s.Evaluate(ctx, line(1, 1))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		close(gate)
	})
}

func TestFirstErrorEndsTheOtherChunks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the bubble also proves that no goroutine is left
		broken := errors.New("broken")
		s := wrap.Parallel(wrap.NewPool(4))(&fake{before: func(ctx context.Context, p space.Point) error {
			if p[0] == 2 {
				return broken
			}
			<-ctx.Done()
			return ctx.Err()
		}})
		_, err := s.Evaluate(t.Context(), line(0, 4))
		require.Equal(t, broken, err)
	})
}

func TestWrongNumberOfResultsIsAnError(t *testing.T) {
	f := &fake{after: func(results []simulators.Result) []simulators.Result { return results[1:] }}
	for name, w := range map[string]wrap.Wrapper{
		"replay": wrap.Replay(recorded(0)), "record": wrap.Record(&memory{}), "cache": wrap.Cache(wrap.NewStore(1)),
		"parallel": wrap.Parallel(wrap.NewPool(2)), "isolate": wrap.Isolate(), "timeout": wrap.Timeout(time.Hour),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w(f).Evaluate(t.Context(), line(0, 1))
			require.EqualError(t, err, `simulator "fake" returned 0 results for 1 points`)
		})
	}
}
