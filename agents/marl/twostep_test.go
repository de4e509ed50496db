package marl_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// The published returns are 7 for value decomposition (VDN) and 8 for QMIX.
func TestTwoStepGame(t *testing.T) {
	for _, c := range []struct {
		name    string
		sharing marl.Sharing
		central bool
	}{{"ippo", marl.Apart, false}, {"mappo", marl.Apart, true}, {"happo", marl.Apart, true}, {"ippo", marl.All, false}, {"mappo", marl.All, true}} {
		t.Run(c.name+" "+string(c.sharing), func(t *testing.T) {
			o := brisk(marl.IPPO(), 0.99)
			o.Sharing, o.Central, o.Sequential = c.sharing, c.central, c.name == "happo"
			require.InDelta(t, 8, greedy(t, games.TwoStep(false), c.name, o, 1, 10_000), 1e-9)
		})
	}
}

// Central critics see a state of the environment's own that its agents do not: only with it they know what the second step is worth.
func TestCriticsSeeTheOwnStateOfAnEnvironment(t *testing.T) {
	var lanes []env.Env
	v, err := env.Vectorize(func() (env.Env, error) {
		e, err := games.TwoStep(true)()
		lanes = append(lanes, e)
		return e, err
	}, 4)
	require.NoError(t, err)
	lanes = lanes[len(lanes)-4:]
	p, err := marl.NewPolicy("mappo", v.Agents(), brisk(marl.MAPPO(), 0.99), seed.New(1))
	require.NoError(t, err)
	seen := map[int]int{}
	require.NoError(t, p.UseState(env.StateChannels(lanes[0]), func(lane int) []float64 {
		state := env.StateOf(lanes[lane], nil)
		for at, v := range state {
			seen[at] += int(v)
		}
		return state
	}))
	agenttest.Play(t, v, p, 1, 10_000)
	require.Greater(t, seen[0], 5000-1, "the state is read at every act")
	require.Positive(t, seen[1])
	p.Freeze()
	require.InDelta(t, 8, agenttest.Play(t, v, p, 1, 400), 1e-9)
	require.EqualError(t, p.UseState(nil, nil), "mappo: use state: it has acted already")
}

func TestWrongStates(t *testing.T) {
	e, err := games.TwoStep(true)()
	require.NoError(t, err)
	independent, err := marl.NewPolicy("ippo", e.Agents(), marl.IPPO(), seed.New(1))
	require.NoError(t, err)
	require.EqualError(t, independent.UseState(nil, nil), "ippo: use state: its critics are not central")
	p, err := marl.NewPolicy("mappo", e.Agents(), marl.MAPPO(), seed.New(1))
	require.NoError(t, err)
	channels := env.StateChannels(e)
	require.EqualError(t, p.UseState(channels, nil), "mappo: use state: there is nothing to read")
	require.NoError(t, p.UseState(channels, func(int) []float64 { return []float64{1} }))
	seen, err := e.Reset(t.Context(), 1)
	require.NoError(t, err)
	_, err = p.Act([][]env.Obs{seen})
	require.EqualError(t, err, "mappo: lane 0: state: 1 values for 3 channels")
}
