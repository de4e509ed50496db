package games

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/seed"
)

// From rest: a = 10/1.1 = 9.090909 of both masses together; the pole's -9.090909 / (0.5 (4/3 - 0.1/1.1)) = -14.634146; the cart's
// 9.090909 + 0.05 * 14.634146 / 1.1 = 9.756098; a tick is 0.02 s. The second row was computed by the same formulas in other code.
func TestCartPoleStepsByHand(t *testing.T) {
	for _, c := range []struct {
		name        string
		from, to    poleState
		forceNewton float64
	}{
		{"from rest", poleState{}, poleState{0, 0.19512195121951220, 0, -0.29268292682926833}, 10},
		{"leaning and moving", poleState{0.1, -0.2, 0.05, 0.3}, poleState{0.096, -0.3957976546439626, 0.056, 0.6080233136061515}, -10},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.from.next(c.forceNewton)
			require.InDelta(t, c.to.placeM, got.placeM, 1e-15)
			require.InDelta(t, c.to.speedMPS, got.speedMPS, 1e-14)
			require.InDelta(t, c.to.angleRad, got.angleRad, 1e-15)
			require.InDelta(t, c.to.spinRadPS, got.spinRadPS, 1e-14)
		})
	}
}

func TestCartPoleConforms(t *testing.T) { envtest.Test(t, CartPole()) }

func TestCartPoleStartsNearRest(t *testing.T) {
	least, most := 1.0, -1.0
	for root := range uint64(200) {
		e, err := CartPole()()
		require.NoError(t, err)
		obs, err := e.Reset(context.Background(), root)
		require.NoError(t, err)
		for _, v := range obs[0].Values {
			least, most = min(least, v), max(most, v)
		}
	}
	require.InDelta(t, -0.05, least, 0.001)
	require.GreaterOrEqual(t, least, -0.05)
	require.InDelta(t, 0.05, most, 0.001)
	require.LessOrEqual(t, most, 0.05)
}

// At the limits of 2.4 m and 12 degrees = 0.20944 rad the episode goes on, beyond it is terminated.
func TestCartPoleLimits(t *testing.T) {
	for _, c := range []struct {
		state poleState
		want  bool
	}{
		{poleState{placeM: 2.4}, false},
		{poleState{placeM: 2.401}, true},
		{poleState{placeM: -2.401}, true},
		{poleState{angleRad: 0.2094}, false},
		{poleState{angleRad: 0.2095}, true},
		{poleState{angleRad: -0.2095}, true},
	} {
		require.Equal(t, c.want, c.state.lost(), "%v", c.state)
	}
}

// Pushing towards where the pole will fall keeps it up for 500 steps, when the episode is truncated; pushing one way ends it by termination.
func TestCartPoleEpisodes(t *testing.T) {
	balance := func(s poleState) int {
		if s.angleRad+0.5*s.spinRadPS+0.02*s.placeM+0.1*s.speedMPS > 0 {
			return 1
		}
		return 0
	}
	rng := seed.New(1)
	for _, c := range []struct {
		name      string
		choose    func(poleState) int
		truncated bool
		low, high float64 // the return
	}{
		{"balancing", balance, true, CartPoleSteps, CartPoleSteps},
		{"one way", func(poleState) int { return 0 }, false, 8, 11},
		{"at random", func(poleState) int { return rng.IntN(2) }, false, 8, 120},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := CartPole()()
			require.NoError(t, err)
			pole := e.(*cartPole)
			_, err = e.Reset(context.Background(), 3)
			require.NoError(t, err)
			for {
				outcomes, info, err := e.Step(context.Background(), []env.Action{{c.choose(pole.state)}})
				require.NoError(t, err)
				require.Equal(t, 1.0, outcomes[0].Reward)
				if outcomes[0].Done() {
					require.Equal(t, c.truncated, outcomes[0].Truncated)
					require.Equal(t, !c.truncated, outcomes[0].Terminated)
					require.GreaterOrEqual(t, info.Score.Objectives[0], c.low)
					require.LessOrEqual(t, info.Score.Objectives[0], c.high)
					return
				}
			}
		})
	}
}
