//go:build unix

package process

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// walk is the helper as an environment: an episode of three steps of one agent with ten levels, which misbehaves when level 7 is chosen.
func walk(how string, steps *int, request wire.Request) (reply wire.Reply, code int) {
	observed := wire.Table{Rows: 1, Cols: 1, Data: []float64{float64(*steps)}}
	switch r := request.(type) {
	case *wire.Reset:
		*steps = 0
		observed.Data[0] = 0
		if how == "observes nothing" {
			observed = wire.NewTable(1, 2)
		}
		return &wire.Started{Observations: observed, Masks: walkMasks(how)}, -1
	case *wire.Step:
		*steps++
		level := r.Actions.Data[0]
		observed.Data[0] = float64(*steps)
		s := &wire.Stepped{Observations: observed, Rewards: wire.NewTable(1, 1), Points: r.Actions, Values: wire.NewTable(1, 1), Masks: walkMasks(how)}
		s.Values.Data[0] = float64(level)
		if *steps == 3 {
			s.Terminated, s.Final = []uint32{0}, observed
			s.Observations, s.Masks = wire.NewTable(1, 1), wire.Levels{}
			s.Objectives, *steps = wire.Table{Rows: 1, Cols: 1, Data: []float64{3}}, 0
		}
		if level == 7 {
			return walkWrong(how, s)
		}
		return s, -1
	}
	return nil, 0
}

// walkMasks forbids level 9, or everything.
func walkMasks(how string) wire.Levels {
	masks := wire.NewLevels(1, 10)
	for i := range 9 {
		if how != "masks everything" {
			masks.Data[i] = 1
		}
	}
	return masks
}

// walkWrong spoils the answer to a step.
func walkWrong(how string, s *wire.Stepped) (wire.Reply, int) {
	switch how {
	case "walks off":
		fmt.Fprintln(os.Stderr, "there was no ground")
		return nil, 6
	case "hangs on the way":
		time.Sleep(time.Hour)
	case "says too many rewards":
		s.Rewards = wire.NewTable(2, 1)
	case "ends another lane":
		s.Terminated = []uint32{1}
	case "ends twice":
		s.Terminated, s.Truncated, s.Final = []uint32{0}, []uint32{0}, s.Observations
	case "says no point":
		s.Points = wire.Levels{}
	case "says no values":
		s.Values.Set(0, nil)
	case "answers with another":
		return &wire.Told{}, -1
	case "breaks":
		return &wire.Error{Text: "the floor gave way", Broken: true}, -1
	case "refuses politely":
		return &wire.Error{Text: "not now"}, -1
	}
	return s, -1
}

// TestABrokenEnvironmentIsReplacedAtReset: every kind of misbehaviour ends the episode with an error, and a new episode has a new copy.
func TestABrokenEnvironmentIsReplacedAtReset(t *testing.T) {
	for how, want := range map[string]string{
		"walks off":             "exit status 6); it wrote to standard error: helper says hello on standard error\nthere was no ground",
		"hangs on the way":      "no answer within 1s: killed",
		"says too many rewards": "its rewards, or the lanes that ended",
		"ends another lane":     "its rewards, or the lanes that ended",
		"ends twice":            "its rewards, or the lanes that ended",
		"says no point":         "0 points of 0 levels",
		"says no values":        "neither values nor a reason",
		"answers with another":  "answers step with something else",
		"breaks":                "the floor gave way",
	} {
		t.Run(how, func(t *testing.T) {
			e, err := open(t, Options{Command: command(t, how), StepTimeout: time.Second}).Make()
			require.NoError(t, err)
			for range 2 {
				_, err = e.Reset(t.Context(), 1)
				require.NoError(t, err)
				_, _, err = e.Step(t.Context(), []env.Action{{1}})
				require.NoError(t, err)
				_, _, err = e.Step(t.Context(), []env.Action{{7}})
				require.ErrorContains(t, err, want)
				_, _, err = e.Step(t.Context(), []env.Action{{1}})
				require.ErrorIs(t, err, env.ErrNoEpisode)
			}
			require.NoError(t, env.Close(e))
		})
	}
}

func TestARefusedStepChangesNothing(t *testing.T) {
	e, err := open(t, Options{Command: command(t, "refuses politely")}).Make()
	require.NoError(t, err)
	_, err = e.Reset(t.Context(), 1)
	require.NoError(t, err)
	_, _, err = e.Step(t.Context(), []env.Action{{1}})
	require.NoError(t, err)
	_, _, err = e.Step(t.Context(), []env.Action{{7}})
	require.ErrorContains(t, err, "not now")
	_, _, err = e.Step(t.Context(), []env.Action{{9}})
	require.ErrorContains(t, err, `"9" is not legal`, "masks are checked before anything is sent")
	outcomes, info, err := e.Step(t.Context(), []env.Action{{4}})
	require.NoError(t, err)
	require.True(t, outcomes[0].Terminated, "the refused step was counted by this helper: it is the third")
	require.Equal(t, []float64{3}, outcomes[0].Obs.Values)
	require.Nil(t, outcomes[0].Obs.Mask)
	require.Equal(t, simulators.OK(4), info.Result)
	require.Equal(t, []float64{3}, info.Score.Objectives)
	require.NoError(t, env.Close(e))
}

func TestWhatAnEnvironmentMustSay(t *testing.T) {
	for how, want := range map[string]string{
		"observes nothing": "observes 1 rows of 2 numbers, where one of 1 is due",
		"masks everything": `masks every level of axis "step" of agent "walker"`,
	} {
		e, err := open(t, Options{Command: command(t, how)}).Make()
		require.NoError(t, err)
		_, err = e.Reset(t.Context(), 1)
		require.ErrorContains(t, err, want)
	}
	_, err := open(t, Options{Command: command(t, "works")}).Make()
	require.ErrorContains(t, err, "it is no environment")
	_, err = Open(t.Context(), Options{Command: command(t, "has no agents")})
	require.ErrorContains(t, err, "an environment without agents")
}
