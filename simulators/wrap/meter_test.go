package wrap_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestMeterCountsEvaluationsAndClockTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var counter wrap.Counter
		s := wrap.Chain(wrap.Meter(&counter, 0), wrap.Clock(&counter))(&fake{before: func(_ context.Context, p space.Point) error {
			<-time.After(time.Second)
			if p[0] == 9 {
				return errors.New("broken")
			}
			return nil
		}})
		evaluate(t, s, 0, line(0, 3))
		evaluate(t, s, 3, line(3, 1))
		_, err := s.Evaluate(t.Context(), line(9, 1))
		require.EqualError(t, err, "broken")
		require.Equal(t, 4, counter.Evaluations())
		require.Equal(t, 5*time.Second, counter.Time())
	})
}

func TestWaitingForASlotOrAnotherStudyCostsNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &fake{before: func(context.Context, space.Point) error {
			<-time.After(time.Second)
			return nil
		}}
		o := wrap.Options{Pool: wrap.NewPool(1), Store: wrap.NewStore(10)}
		var all sync.WaitGroup
		var counters []*wrap.Counter
		for study := range 3 {
			s, counter := wrap.Stack(simulators.Instance{Simulator: slow}, o)
			counters = append(counters, counter)
			for trial := range 2 { // three designs in all: each neighbouring pair of studies shares one
				all.Go(func() { evaluate(t, s, trial, line((study+trial)%3, 1)) })
			}
		}
		all.Wait()
		var spent time.Duration
		for _, c := range counters {
			spent += c.Time()
		}
		require.Equal(t, 3*time.Second, spent)
	})
}

func TestMeterRefusesTrialsAboveLimit(t *testing.T) {
	tests := []struct {
		name            string
		first, n, trial int // trial = the refused one, -1 none
	}{
		{"last allowed", 9, 1, -1},
		{"whole budget", 0, 10, -1},
		{"first refused", 10, 1, 10},
		{"batch across", 8, 3, 10},
		{"far above", 20, 2, 20},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &fake{}
			var counter wrap.Counter
			_, err := wrap.Meter(&counter, 10)(f).Evaluate(wrap.WithTrial(t.Context(), test.first), line(0, test.n))
			if test.trial < 0 {
				require.NoError(t, err)
				return
			}
			refused, ok := errors.AsType[*wrap.LimitError](err)
			require.True(t, ok)
			require.Equal(t, wrap.LimitError{Trial: test.trial, Limit: 10}, *refused)
			require.Zero(t, f.calls.Load())
			require.Zero(t, counter.Evaluations())
		})
	}
}

func TestMeterCountsUnmarkedCalls(t *testing.T) {
	s := wrap.Meter(new(wrap.Counter), 3)(&fake{})
	_, err := s.Evaluate(t.Context(), line(0, 3))
	require.NoError(t, err)
	_, err = s.Evaluate(t.Context(), line(3, 1))
	require.EqualError(t, err, "meter: trial 3 is above the limit of 3 trials")
}

func TestRepairEvaluatesRepairedPoints(t *testing.T) {
	even := func(p space.Point) (space.Point, bool) {
		if p[0]%2 == 0 {
			return p, false
		}
		return space.Point{p[0] - 1, p[1]}, true
	}
	s := wrap.Repair(even)(&fake{})
	asked := line(0, 4)
	results := evaluate(t, s, 0, asked)
	require.Equal(t, sums([]space.Point{{0, 0}, {0, 0}, {2, 0}, {2, 0}}), results)
	require.Equal(t, line(0, 4), asked)
}
