package wrap_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestRecordIsInOrderWhateverFinishesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gates := make([]chan struct{}, 5)
		for i := range gates {
			gates[i] = make(chan struct{})
		}
		m := &memory{}
		s := wrap.Record(m)(&fake{before: func(_ context.Context, p space.Point) error {
			<-gates[p[0]]
			return nil
		}})
		for id := range gates {
			go func() {
				p := space.Point{id, 0}
				results, err := s.Evaluate(wrap.WithTrial(t.Context(), id), []space.Point{p})
				if err == nil { // the caller may do what it likes with its own
					p[0], results[0].Values[0] = 99, -1
				}
			}()
		}
		for _, step := range []struct{ finish, recorded int }{{3, 0}, {1, 0}, {0, 2}, {4, 2}, {2, 5}} {
			close(gates[step.finish])
			synctest.Wait()
			require.Len(t, m.kept, step.recorded, "after trial %d", step.finish)
		}
		require.Equal(t, recorded(5).rest, m.kept)
	})
}

func TestRecordLeavesReplayedTrialsOut(t *testing.T) {
	m := &memory{}
	s := wrap.Chain(wrap.Replay(recorded(3)), wrap.Record(m))(&fake{})
	evaluate(t, s, 4, line(4, 1)) // before anything else: trial 3 is missing
	require.Empty(t, m.kept)
	evaluate(t, s, 0, line(0, 4))
	require.Equal(t, recorded(5).rest[3:], m.kept)
}

func TestRecordCountsUnmarkedCalls(t *testing.T) {
	m := &memory{}
	s := wrap.Record(m)(&fake{})
	for _, points := range [][]space.Point{line(0, 2), line(2, 1)} {
		_, err := s.Evaluate(t.Context(), points)
		require.NoError(t, err)
	}
	require.Equal(t, recorded(3).rest, m.kept)
}

func TestRecordKeepsItsGapAfterAnError(t *testing.T) {
	m := &memory{}
	broken := errors.New("broken")
	s := wrap.Record(m)(&fake{before: func(_ context.Context, p space.Point) error {
		if p[0] == 1 {
			return broken
		}
		return nil
	}})
	evaluate(t, s, 0, line(0, 1))
	_, err := s.Evaluate(wrap.WithTrial(t.Context(), 1), line(1, 1))
	require.ErrorIs(t, err, broken)
	evaluate(t, s, 2, line(2, 1))
	require.Equal(t, recorded(1).rest, m.kept)
}

func TestRecordRefusesTrialTwice(t *testing.T) {
	s := wrap.Record(&memory{})(&fake{})
	evaluate(t, s, 0, line(0, 1))
	evaluate(t, s, 3, line(3, 1))
	for _, id := range []int{0, 3} {
		_, err := s.Evaluate(wrap.WithTrial(t.Context(), id), line(id, 1))
		require.ErrorContains(t, err, "was evaluated twice")
	}
}

func TestRecorderErrorStays(t *testing.T) {
	m := &memory{fail: errors.New("disk full")}
	s := wrap.Record(m)(&fake{})
	for id := range 2 {
		_, err := s.Evaluate(wrap.WithTrial(t.Context(), id), line(id, 1))
		require.EqualError(t, err, "record: disk full")
		m.fail = nil // the recorder must not be called again: what it holds would have a gap
	}
	require.Empty(t, m.kept)
}
