package wrap_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestCacheEvaluatesEachDesignOnce(t *testing.T) {
	f := &fake{}
	store := wrap.NewStore(100)
	one, two := wrap.Cache(store)(f), wrap.Cache(store)(f)
	batch := append(line(0, 3), line(1, 3)...) // 0 1 2 1 2 3
	require.Equal(t, sums(batch), evaluate(t, one, 0, batch))
	require.EqualValues(t, 4, f.points.Load(), "duplicates inside one batch")
	require.Equal(t, sums(line(0, 6)), evaluate(t, two, 0, line(0, 6)))
	require.EqualValues(t, 6, f.points.Load(), "another stack's results")
	hits, misses := store.Counts()
	require.Equal(t, []int{6, 6, 6}, []int{hits, misses, store.Len()})
}

func TestCachedResultsAreCopies(t *testing.T) {
	s := wrap.Cache(wrap.NewStore(10))(&fake{})
	for range 3 {
		for _, r := range evaluate(t, s, 0, []space.Point{{3, 4}, {3, 4}}) {
			require.Equal(t, simulators.OK(7, 14), r)
			r.Values[0], r.Values[1] = -1, -1
		}
	}
}

func TestCacheKeepsInfeasibleButNeverFailures(t *testing.T) {
	f := &fake{result: func(p space.Point) simulators.Result {
		if p[0] == 0 {
			return simulators.Infeasible("too small", 3)
		}
		return simulators.Failed("out of luck")
	}}
	store := wrap.NewStore(10)
	s := wrap.Cache(store)(f)
	want := []simulators.Result{simulators.Infeasible("too small", 3), simulators.Failed("out of luck")}
	for range 3 {
		require.Equal(t, want, evaluate(t, s, 0, line(0, 2)))
	}
	require.EqualValues(t, 1+3, f.points.Load())
	require.Equal(t, 1, store.Len())
}

func TestCacheForgetsErrorsAndPanics(t *testing.T) {
	broken := errors.New("broken")
	for _, before := range []func(context.Context, space.Point) error{
		func(context.Context, space.Point) error { return broken },
		func(context.Context, space.Point) error { panic(broken) },
	} {
		f := &fake{before: before}
		s := wrap.Cache(wrap.NewStore(10))(f)
		func() {
			defer func() { _ = recover() }()
			_, err := s.Evaluate(t.Context(), line(0, 2))
			require.ErrorIs(t, err, broken)
		}()
		f.before = nil
		require.Equal(t, sums(line(0, 2)), evaluate(t, s, 0, line(0, 2)))
	}
}

func TestFollowersWaitForTheirLeader(t *testing.T) {
	tests := []struct {
		name   string
		result simulators.Result // of the leader
		err    error
		want   int64 // evaluations of the design
	}{
		{"leader succeeds", simulators.OK(3, 6), nil, 1},
		{"leader failed", simulators.Failed("lost"), nil, 1 + 4},
		{"leader got an error", simulators.Result{}, errors.New("broken"), 1 + 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gate := make(chan struct{})
				f := &fake{}
				f.before = func(context.Context, space.Point) error {
					if f.points.Load() > 1 {
						return nil
					}
					<-gate
					return test.err
				}
				f.result = func(p space.Point) simulators.Result {
					if f.points.Load() > 1 {
						return sum(p)
					}
					return test.result
				}
				s := wrap.Cache(wrap.NewStore(10))(f)
				go func() { _, _ = s.Evaluate(t.Context(), line(3, 1)) }()
				synctest.Wait()
				got := make([][]simulators.Result, 4)
				for i := range got {
					go func() { got[i], _ = s.Evaluate(t.Context(), line(3, 1)) }()
				}
				synctest.Wait()
				require.EqualValues(t, 1, f.calls.Load(), "followers wait")
				close(gate)
				synctest.Wait()
				for i := range got {
					require.Equal(t, sums(line(3, 1)), got[i])
				}
				require.Equal(t, test.want, f.points.Load())
			})
		})
	}
}

func TestFollowerStopsWaitingWhenItsContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s := wrap.Cache(wrap.NewStore(10))(&fake{before: func(context.Context, space.Point) error { <-gate; return nil }})
		go func() { _, _ = s.Evaluate(t.Context(), line(0, 1)) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		var err error
		go func() { _, err = s.Evaluate(ctx, line(0, 1)) }()
		synctest.Wait()
		cancel()
		synctest.Wait()
		require.ErrorIs(t, err, context.Canceled)
		close(gate)
	})
}

func TestStoreIsBoundedAndKeepsWhatIsUsed(t *testing.T) {
	f := &fake{}
	store := wrap.NewStore(3)
	s := wrap.Cache(store)(f)
	evaluate(t, s, 0, line(0, 3)) // 0 1 2
	evaluate(t, s, 0, line(0, 1)) // 0 is used
	evaluate(t, s, 0, line(3, 1)) // the hand spares 0 and replaces 1
	require.Equal(t, 3, store.Len())
	before := f.points.Load()
	evaluate(t, s, 0, []space.Point{{0, 0}, {2, 0}, {3, 0}})
	require.Equal(t, before, f.points.Load(), "0, 2 and 3 are kept")
	evaluate(t, s, 0, line(1, 1))
	require.Equal(t, before+1, f.points.Load(), "1 was replaced")
	evaluate(t, s, 0, line(10, 50))
	require.Equal(t, 3, store.Len())
}

func TestStoreReplacesInTurn(t *testing.T) {
	f := &fake{}
	s := wrap.Cache(wrap.NewStore(3))(f)
	evaluate(t, s, 0, line(0, 3))
	evaluate(t, s, 0, line(3, 1)) // replaces 0
	evaluate(t, s, 0, line(4, 1)) // replaces 1: the hand has left the place where 3 is now
	before := f.points.Load()
	evaluate(t, s, 0, line(2, 3))
	require.Equal(t, before, f.points.Load(), "2, 3 and 4 are kept")
}

func TestConstructorsRefuseNothing(t *testing.T) {
	require.PanicsWithValue(t, "wrap: a store needs a capacity of at least 1", func() { wrap.NewStore(0) })
	require.PanicsWithValue(t, "wrap: a pool needs at least 1 slot", func() { wrap.NewPool(0) })
}
