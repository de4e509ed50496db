package marl_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// twoStep is the two-step game of T. Rashid et al. (QMIX, ICML 2018): in the first step the first agent chooses game A, where every joint action
// of the second step pays 7, or game B with the payoffs 0, 1, 1, 8. Blind agents
// see only whether it is the first step; the central state tells the games apart.
type twoStep struct {
	own     space.Space
	blind   bool // agents do not see which game it is
	at      int  // 0: the first step, 1: game A, 2: game B
	running bool
	tally   env.Tally
}

func newTwoStep(blind bool) env.Maker {
	return func() (env.Env, error) {
		s, err := space.New(space.Param{Name: "choice", Kind: space.Nominal, Labels: []string{"0", "1"}})
		return &twoStep{own: s, blind: blind}, err
	}
}

func (g *twoStep) Agents() []env.AgentSpec {
	channels := g.StateChannels()
	if g.blind {
		channels = channels[:1]
	}
	return []env.AgentSpec{{ID: "first", Actions: g.own, Obs: channels}, {ID: "second", Actions: g.own, Obs: channels}}
}

func (g *twoStep) StateChannels() []env.Channel {
	return []env.Channel{{Name: "start", Low: 0, High: 1}, {Name: "a", Low: 0, High: 1}, {Name: "b", Low: 0, High: 1}}
}

func (g *twoStep) State() []float64 {
	state := make([]float64, 3)
	state[g.at] = 1
	return state
}

func (g *twoStep) observe() []env.Obs {
	seen := make([]env.Obs, 2)
	for i, spec := range g.Agents() {
		seen[i].Values = g.State()[:len(spec.Obs)]
	}
	return seen
}

func (g *twoStep) Reset(context.Context, uint64) ([]env.Obs, error) {
	g.at, g.running, g.tally = 0, true, env.Tally{}
	return g.observe(), nil
}

func (g *twoStep) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !g.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(g.Agents(), g.observe(), actions); err != nil {
		return nil, env.Info{}, err
	}
	both := env.Outcome{}
	switch g.at {
	case 0:
		g.at = 1 + actions[0][0]
	case 1:
		both.Reward, g.running = 7, false
	default:
		both.Reward, g.running = []float64{0, 1, 8}[actions[0][0]+actions[1][0]], false
	}
	both.Terminated = !g.running
	outcomes := []env.Outcome{both, both}
	for i, seen := range g.observe() {
		outcomes[i].Obs = seen
	}
	return outcomes, g.tally.Info(actions, outcomes), nil
}

func TestTwoStepConforms(t *testing.T) { envtest.Test(t, newTwoStep(false)) }

// The published returns are 7 for value decomposition (VDN) and 8 for QMIX.
func TestTwoStepGame(t *testing.T) {
	for _, c := range []struct {
		name    string
		sharing marl.Sharing
		central bool
	}{{"ippo", marl.Apart, false}, {"mappo", marl.Apart, true}, {"ippo", marl.All, false}, {"mappo", marl.All, true}} {
		t.Run(c.name+" "+string(c.sharing), func(t *testing.T) {
			o := brisk(marl.IPPO(), 0.99)
			o.Sharing, o.Central = c.sharing, c.central
			require.InDelta(t, 8, greedy(t, newTwoStep(false), c.name, o, 1, 10_000), 1e-9)
		})
	}
}

// Central critics see a state of the environment's own that its agents do not: only with it they know what the second step is worth.
func TestCriticsSeeTheOwnStateOfAnEnvironment(t *testing.T) {
	var lanes []env.Env
	v, err := env.Vectorize(func() (env.Env, error) {
		e, err := newTwoStep(true)()
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
	play(t, v, p, 1, 10_000)
	require.Greater(t, seen[0], 5000-1, "the state is read at every act")
	require.Positive(t, seen[1])
	p.Freeze()
	require.InDelta(t, 8, play(t, v, p, 1, 400), 1e-9)
	require.EqualError(t, p.UseState(nil, nil), "mappo: use state: it has acted already")
}

func TestWrongStates(t *testing.T) {
	e, err := newTwoStep(true)()
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
