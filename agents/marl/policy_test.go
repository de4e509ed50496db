package marl_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/marl"
	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/nn"
	"github.com/codesign-gym/codesign/simulators"
)

// That work is steady takes 20,000 trials a learner.
func TestConformance(t *testing.T) {
	for _, f := range marl.Factories() {
		t.Run(f.Name, func(t *testing.T) { agenttest.Test(t, f, "steady-work") })
	}
}

// Optimistic learners choose the optimum of every game; independent ones without optimism settle beside it.
func TestOptimismFindsTheOptimum(t *testing.T) {
	for _, g := range matrixGames() {
		t.Run(g.name, func(t *testing.T) {
			optimal, _ := share(t, g.maker, "ippo", brisk(marl.IPPO(), 0.99), 2, g.best)
			require.InDelta(t, 1, optimal, 1e-9)
		})
	}
	optimal, _ := share(t, games.Matrix(games.Climbing()), "mappo", brisk(marl.MAPPO(), 0.99), 2, 11)
	require.InDelta(t, 1, optimal, 1e-9)
	_, mean := share(t, games.Matrix(games.Climbing()), "ippo", brisk(marl.IPPO(), 0), 2, 11)
	require.InDelta(t, 7, mean, 0.5, "relative over-generalisation")
}

// One shared actor tells two agents apart that must not act alike: the optima of the penalty game are (0, 2) and (2, 0).
func TestSharedParametersTellAgentsApart(t *testing.T) {
	o := brisk(marl.IPPO(), 0.99)
	o.Sharing = marl.All
	for root := range uint64(2) {
		require.InDelta(t, 10, greedy(t, games.Matrix(games.Penalty(-25)), "ippo", o, root, 10_000), 1e-9)
	}
}

func TestAgentsThatCannotShare(t *testing.T) {
	make := func(payoff [][]float64, channels ...env.Channel) error {
		e, err := games.Matrix(payoff)()
		require.NoError(t, err)
		specs := e.Agents()
		specs[1].Obs = channels
		o := marl.MAPPO()
		o.Sharing = marl.All
		_, err = marl.NewPolicy("mappo", specs, o, seed.New(1))
		return err
	}
	require.NoError(t, make(games.Climbing()))
	require.EqualError(t, make([][]float64{{1, 2}}),
		`mappo: sharing "all": agents "row" and "column" have different action spaces: must be the same, or sharing "none"`)
	require.EqualError(t, make(games.Climbing(), env.Channel{Name: "load"}),
		`mappo: sharing "all": agent "row" sees 0 channels and "column" sees 1: must be the same, or sharing "none"`)
}

func TestWrongOptions(t *testing.T) {
	o := marl.IPPO()
	o.Gamma, o.Optimism, o.Sharing = 2, -1, "some"
	_, err := marl.NewPolicy("ippo", nil, o, seed.New(1))
	require.ErrorContains(t, err, "gamma 2 must be in [0, 1]")
	require.ErrorContains(t, err, "optimism -1 must be in [0, 1]")
	require.ErrorContains(t, err, `unknown sharing "some"`)

	f := marl.Factories()[0]
	settings := agenttest.Settings(t, f, map[string]any{"sharing": "all"})
	_, err = f.New(agenttest.TileAccel().Problem(0), settings, seed.New(1))
	require.ErrorContains(t, err, `ippo: sharing "all": the agents of a design space see nothing`)
	_, err = simulators.NewSettings(f.Options, map[string]any{"optimism": 1.5})
	require.ErrorContains(t, err, "optimism")
}

func TestFactoryDefaultsAreThoseOfTheOptions(t *testing.T) {
	for i, want := range []marl.Options{marl.IPPO(), marl.MAPPO(), marl.HAPPO()} {
		settings := agenttest.Settings(t, marl.Factories()[i], nil)
		want.Form = categorical.Factorised
		require.Equal(t, want.Options, policygrad.OptionsOf(settings))
		require.Equal(t, string(want.Sharing), settings.String("sharing"))
		require.Equal(t, want.Sequential, settings.Bool("sequential"))
		require.Equal(t, "axis", settings.String("groups"))
	}
}

func TestTrainedPoliciesAreSavedLoadedAndFrozen(t *testing.T) {
	v, err := env.Vectorize(games.TwoStep(false), 4)
	require.NoError(t, err)
	o := brisk(marl.MAPPO(), 0.99)
	trained, err := marl.NewPolicy("mappo", v.Agents(), o, seed.New(1))
	require.NoError(t, err)
	agenttest.Play(t, v, trained, 1, 10_000)
	var file, again bytes.Buffer
	require.NoError(t, trained.SavePolicy(&file))
	loaded, err := marl.NewPolicy("mappo", v.Agents(), o, seed.New(2))
	require.NoError(t, err)
	require.NoError(t, loaded.LoadPolicy(bytes.NewReader(file.Bytes())))
	loaded.Freeze()
	require.InDelta(t, 8, agenttest.Play(t, v, loaded, 3, 400), 1e-9)
	require.NoError(t, loaded.SavePolicy(&again))
	require.Equal(t, file.Bytes(), again.Bytes(), "a frozen policy does not learn")

	o.Sharing = marl.All
	other, err := marl.NewPolicy("mappo", v.Agents(), o, seed.New(2))
	require.NoError(t, err)
	require.ErrorIs(t, other.LoadPolicy(&file), nn.ErrFile)
}

func TestPolicyErrors(t *testing.T) {
	e, err := games.TwoStep(false)()
	require.NoError(t, err)
	p, err := marl.NewPolicy("mappo", e.Agents(), marl.MAPPO(), seed.New(1))
	require.NoError(t, err)
	fine := env.Obs{Values: []float64{1, 0, 0}}
	for _, c := range []struct {
		seen []env.Obs
		want string
	}{
		{nil, "mappo: lane 0: 0 observations for 2 agents"},
		{[]env.Obs{fine, {}}, `mappo: lane 0: agent "second": 0 values for 3 channels`},
		{[]env.Obs{fine, {Values: []float64{1, math.Inf(1), 0}}}, `mappo: lane 0: agent "second": channel "a" is +Inf: must be finite`},
		{[]env.Obs{fine, {Values: fine.Values, Mask: [][]bool{{false, false}}}}, `mappo: lane 0: agent "second": the mask of "choice" allows none of its 2 levels`},
	} {
		_, err := p.Act([][]env.Obs{c.seen})
		require.EqualError(t, err, c.want)
	}
	require.EqualError(t, p.Learn(nil), "mappo: learn: there is no act that has not been learned")
	_, err = p.Act([][]env.Obs{{fine, fine}})
	require.NoError(t, err)
	require.EqualError(t, p.Learn(nil), "mappo: learn: outcomes of 0 lanes for actions in 1")
	require.EqualError(t, p.Learn([][]env.Outcome{{{}}}), "mappo: learn: lane 0: 1 outcomes for 2 agents")
	require.EqualError(t, p.Learn([][]env.Outcome{{{}, {Reward: math.NaN()}}}), `mappo: learn: lane 0: agent "second": reward NaN must be finite`)
}

func BenchmarkActAndLearn(b *testing.B) {
	v, err := env.Vectorize(games.TwoStep(false), 4)
	require.NoError(b, err)
	p, err := marl.NewPolicy("mappo", v.Agents(), marl.MAPPO(), seed.New(1))
	require.NoError(b, err)
	for b.Loop() {
		agenttest.Play(b, v, p, 1, 1024)
	}
}
