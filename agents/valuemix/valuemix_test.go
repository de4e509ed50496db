package valuemix_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/valuemix"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// kinds are the families with their defaults.
func kinds() map[string]valuemix.Options {
	return map[string]valuemix.Options{"vdn": valuemix.VDN(), "qmix": valuemix.QMIX()}
}

// Small nets and batches: the contract does not depend on their size. The designer's part is proved in package sac, of the same offpolicy.Designer. That work is
// steady takes 20,000 trials.
func TestConformance(t *testing.T) {
	o := valuemix.QMIX()
	o.Hidden, o.Batch, o.Warmup, o.Every, o.Mix = []int{2}, 2, 20, 20, valuemix.MixOptions{Width: 2, Hyper: 2}
	agenttest.TestPolicy(t, func(specs []env.AgentSpec, rng *rand.Rand) (agents.Policy, error) {
		return valuemix.NewPolicy("qmix", specs, o, rng)
	}, "steady-work")
}

// light is brisk with smaller nets and batches, for the tests.
func light(o valuemix.Options, optimism float64) valuemix.Options {
	o = brisk(o, optimism)
	o.Hidden, o.Batch, o.LearningRate = []int{16}, 32, 0.01
	o.Mix.Width, o.Mix.Hyper = min(o.Mix.Width, 8), min(o.Mix.Hyper, 8)
	return o
}

// The published returns: a sum cannot say that both agents must choose 1 in game B, a monotone net of the state can.
func TestTwoStepGame(t *testing.T) {
	for name, want := range map[string]float64{"vdn": 7, "qmix": 8} {
		require.InDelta(t, want, greedy(t, games.TwoStep(false), name, light(kinds()[name], 0), 1, 3000), 0, name)
	}
}

// The mixing net sees what the agents do not: the central state tells the games apart.
func TestMixingSeesTheOwnStateOfAnEnvironment(t *testing.T) {
	var lanes []env.Env
	v, err := env.Vectorize(func() (env.Env, error) {
		e, err := games.TwoStep(true)()
		lanes = append(lanes, e)
		return e, err
	}, 4)
	require.NoError(t, err)
	lanes = lanes[len(lanes)-4:]
	p, err := valuemix.NewPolicy("qmix", v.Agents(), light(valuemix.QMIX(), 0), seed.New(1))
	require.NoError(t, err)
	require.True(t, p.Central())
	reads := 0
	read := func(lane int) []float64 { reads++; return env.StateOf(lanes[lane], nil) }
	require.EqualError(t, p.UseState(nil, nil), "qmix: use state: there is nothing to read")
	require.NoError(t, p.UseState(env.StateChannels(lanes[0]), read))
	agenttest.Play(t, v, p, 1, 4000)
	require.Equal(t, 4000+4000/2, reads, "at every act, and after every step that does not end the episode")
	p.Freeze()
	require.InDelta(t, 8, agenttest.Play(t, v, p, 1, 400), 0)
	require.EqualError(t, p.UseState(nil, read), "qmix: use state: it has acted already")

	sum, err := valuemix.NewPolicy("vdn", v.Agents(), valuemix.VDN(), seed.New(1))
	require.NoError(t, err)
	require.EqualError(t, sum.UseState(nil, read), "vdn: use state: it learns without a central state")
}

// Utilities that only grow find the best cell of the climbing game, where plain ones settle beside it.
func TestOptimismClimbs(t *testing.T) {
	for optimism, want := range map[float64]float64{0.9: 11, 0: 5} {
		require.InDelta(t, want, greedy(t, games.Matrix(games.Climbing()), "vdn", settling(light(valuemix.VDN(), optimism)), 1, 8000), 0)
	}
}

// The median of random search after 200 trials is about -6.7.
func TestDesignersBeatRandomSearch(t *testing.T) {
	o := valuemix.DesignVDN()
	o.Batch, o.Steps = 16, 1 // a tenth of the work
	agenttest.RequireMedian(t, agenttest.TileAccel(), designer("vdn", "axis", o), 200, -6.9)
}

func TestTrainedPoliciesAreSavedLoadedAndFrozen(t *testing.T) {
	for name, o := range kinds() {
		v, err := env.Vectorize(games.TwoStep(false), 4)
		require.NoError(t, err)
		trained, err := valuemix.NewPolicy(name, v.Agents(), light(o, 0), seed.New(1))
		require.NoError(t, err)
		agenttest.Play(t, v, trained, 1, 400)
		var first, second bytes.Buffer
		require.NoError(t, trained.SavePolicy(&first))
		loaded, err := valuemix.NewPolicy(name, v.Agents(), light(o, 0), seed.New(2))
		require.NoError(t, err)
		require.NoError(t, loaded.LoadPolicy(bytes.NewReader(first.Bytes())))
		loaded.Freeze()
		agenttest.Play(t, v, loaded, 3, 100)
		require.NoError(t, loaded.SavePolicy(&second))
		require.Equal(t, first.Bytes(), second.Bytes(), "a frozen policy does not learn")
	}
}

// A frozen designer proposes its best design first.
func TestFrozenDesigners(t *testing.T) {
	f := agenttest.Trap30()
	make := func(root uint64) agents.Agent {
		agent, err := valuemix.NewDesigner("vdn", f.Problem(0), "axis", valuemix.DesignVDN(), seed.New(root))
		require.NoError(t, err)
		return agent
	}
	trained := make(1)
	_, err := agenttest.Study{Budget: 100, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}.Run(trained, f.Space)
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, agents.PersistentOf(trained).SavePolicy(&file))
	var best [][]int
	for root := range uint64(2) {
		loaded := make(10 + root)
		require.NoError(t, agents.PersistentOf(loaded).LoadPolicy(bytes.NewReader(file.Bytes())))
		agents.PersistentOf(loaded).Freeze()
		points, err := loaded.Ask(1)
		require.NoError(t, err)
		best = append(best, points[0])
	}
	require.Equal(t, best[0], best[1])
}

func TestWrongOptions(t *testing.T) {
	o := valuemix.QMIX()
	o.Gamma, o.Optimism, o.Explore.Last, o.Mix.Hyper = 2, -1, 3, 0
	_, err := valuemix.NewPolicy("qmix", nil, o, seed.New(1))
	agenttest.RequireMistakes(t, err,
		"qmix: gamma 2 must be in [0, 1]", "qmix: optimism -1 must be in [0, 1]", "qmix: epsilon 3 must be in [0, 1]", "qmix: hyper_width 0 must be in [1, 4096]",
	)
	d := valuemix.DesignVDN()
	d.Steps = 0
	p := agenttest.TileAccel().Problem(0)
	_, err = valuemix.NewDesigner("vdn", p, "axis", d, seed.New(1))
	require.EqualError(t, err, "vdn: design_steps 0 must be in [1, 1000]")
	_, err = valuemix.NewDesigner("vdn", p, "axes", valuemix.DesignVDN(), seed.New(1))
	require.ErrorContains(t, err, `vdn: groups: unknown grouping "axes"`)
}

func TestFactoryDefaultsAreThoseOfTheOptions(t *testing.T) {
	for _, f := range valuemix.Factories() {
		settings := agenttest.Settings(t, f, nil)
		e, err := games.TwoStep(false)()
		require.NoError(t, err)
		saved := func(p agents.Policy, err error) []byte {
			require.NoError(t, err)
			var file bytes.Buffer
			require.NoError(t, agents.PersistentOf(p).SavePolicy(&file))
			return file.Bytes()
		}
		byOptions, err := valuemix.NewPolicy(f.Name, e.Agents(), kinds()[f.Name], seed.New(1))
		require.Equal(t, saved(byOptions, err), saved(f.NewPolicy(e.Agents(), settings, seed.New(1))))
		agent, err := f.New(agenttest.TileAccel().Problem(0), settings, seed.New(1))
		require.NoError(t, err)
		points, err := agent.Ask(2)
		require.NoError(t, err)
		require.Len(t, points, 2)
	}
}
