package simtest

import (
	"context"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func emptyBatchIsEmpty(t reporter, s *subject) {
	t.Helper()
	for _, points := range [][]space.Point{nil, {}} {
		results, err := s.Simulator.Evaluate(context.Background(), points)
		require.NoError(t, err, "Evaluate of no points")
		require.Empty(t, results, "the results of no points")
	}
}

func endedContextEndsTheCall(t reporter, s *subject) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	type answer struct {
		results []simulators.Result
		err     error
	}
	answered := make(chan answer, 1)
	go func() {
		results, err := s.Simulator.Evaluate(ctx, clonePoints(s.sample))
		answered <- answer{results, err}
	}()
	select {
	case a := <-answered:
		if a.err != nil {
			require.ErrorIs(t, a.err, context.Canceled, "the error under an ended context")
			return
		}
		require.Len(t, a.results, len(s.sample), "the number of results under an ended context")
	case <-time.After(s.patience):
		require.FailNow(t, "Evaluate went on under an ended context", "for more than %v", s.patience)
	}
}
