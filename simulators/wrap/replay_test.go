package wrap_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestReplayServesFirstAndPassesRestOn(t *testing.T) {
	f := &fake{}
	s := wrap.Replay(recorded(5))(f)
	require.Equal(t, sums(line(0, 3)), evaluate(t, s, 0, line(0, 3)))
	require.Zero(t, f.calls.Load())
	require.Equal(t, sums(line(3, 4)), evaluate(t, s, 3, line(3, 4)), "a batch across the end of the tape")
	require.EqualValues(t, 2, f.points.Load())
	require.Equal(t, sums(line(7, 1)), evaluate(t, s, 7, line(7, 1)))
	require.EqualValues(t, 3, f.points.Load())
}

func TestReplayServesTrialsInAnyOrder(t *testing.T) {
	f := &fake{}
	s := wrap.Replay(recorded(4))(f)
	for _, id := range []int{2, 5, 0, 3, 4, 1} {
		require.Equal(t, sums(line(id, 1)), evaluate(t, s, id, line(id, 1)), "trial %d", id)
	}
	require.EqualValues(t, 2, f.points.Load())
}

func TestReplayCountsUnmarkedCalls(t *testing.T) {
	f := &fake{}
	s := wrap.Replay(recorded(3))(f)
	for i := range 5 {
		results, err := s.Evaluate(t.Context(), line(i, 1))
		require.NoError(t, err)
		require.Equal(t, sums(line(i, 1)), results)
	}
	require.EqualValues(t, 2, f.points.Load())
}

func TestReplayRefusesAnotherRun(t *testing.T) {
	broken := errors.New("disk on fire")
	tests := []struct {
		name  string
		tape  *tape
		first int
		ask   []space.Point
		want  string
	}{
		{"other point", recorded(3), 0, line(1, 1), "replay: trial 0 asks for the design [x:1 y:0], the recorded run for [x:0 y:0]: the file, the binary or the seed differs from the recorded run"},
		{"other space", &tape{rest: []wrap.Evaluation{{Point: space.Point{7}}}}, 0, line(0, 1), "replay: trial 0 asks for the design [x:0 y:0], the recorded run for levels [7]: the file, the binary or the seed differs from the recorded run"},
		{"other metrics", &tape{rest: []wrap.Evaluation{{Point: space.Point{0, 0}, Result: simulators.OK(1)}}}, 0, line(0, 1), "replay: trial 0: the recorded result is not one of fake@1: the result has 1 values for 2 metrics"},
		{"gap", &tape{rest: recorded(3).rest[1:]}, 0, line(0, 1), "replay: the tape holds trial 1 where trial 0 must follow"},
		{"unreadable", &tape{rest: recorded(2).rest, err: broken}, 2, line(2, 1), "replay: trial 2: disk on fire"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &fake{}
			_, err := wrap.Replay(test.tape)(f).Evaluate(wrap.WithTrial(t.Context(), test.first), test.ask)
			require.EqualError(t, err, test.want)
			require.Zero(t, f.calls.Load())
		})
	}
}

func TestReplayRefusesTrialTwice(t *testing.T) {
	s := wrap.Replay(recorded(3))(&fake{})
	evaluate(t, s, 0, line(0, 2))
	_, err := s.Evaluate(wrap.WithTrial(t.Context(), 1), line(1, 1))
	require.EqualError(t, err, "replay: trial 1 was asked for twice")
}
