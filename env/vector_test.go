package env_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
)

// lane is an environment that is driven by hand as a Vector drives its lanes: the oracle.
type lane struct {
	env     env.Env
	root    uint64
	number  int
	episode int
	now     []env.Obs
}

func (l *lane) begin(t *testing.T) {
	var err error
	l.now, err = l.env.Reset(context.Background(), seed.Derive(l.root, "lane", strconv.Itoa(l.number), "episode", strconv.Itoa(l.episode)))
	require.NoError(t, err)
}

func TestVectorsAreTheirLanes(t *testing.T) {
	sim, o := toy(t), fast(t)
	options := env.Options{Horizon: 3, Groups: env.PerAxis}
	design := func() (env.Env, error) { return env.New(sim, o, options) }
	for _, tc := range []struct {
		name string
		make func(lanes int) (*env.Vector, error)
		one  env.Maker
	}{
		{"design", func(n int) (*env.Vector, error) { return env.NewVector(sim, o, options, n) }, design},
		{"design of a maker", func(n int) (*env.Vector, error) { return env.Vectorize(design, n) }, design},
		{"corridor", func(n int) (*env.Vector, error) { return env.Vectorize(games.Corridor(), n) }, games.Corridor()},
		{"matrix", func(n int) (*env.Vector, error) { return env.Vectorize(games.Matrix(games.Climbing()), n) }, games.Matrix(games.Climbing())},
		{"moves", func(n int) (*env.Vector, error) { return env.Vectorize(games.Moves(sim, o, 4), n) }, games.Moves(sim, o, 4)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			const n, root = 3, 11
			v, err := tc.make(n)
			require.NoError(t, err)
			require.Equal(t, n, v.Lanes())
			require.Nil(t, v.Observations())
			for range 2 { // the second Reset starts all over again
				now, err := v.Reset(context.Background(), root)
				require.NoError(t, err)
				require.Equal(t, now, v.Observations())
				compareLanes(t, v, tc.one, n, root)
			}
			require.NoError(t, v.Close())
		})
	}
}

// compareLanes plays 30 steps of a vector and of single environments.
func compareLanes(t *testing.T, v *env.Vector, one env.Maker, n int, root uint64) {
	ctx := context.Background()
	lanes := make([]lane, n)
	for i := range lanes {
		e, err := one()
		require.NoError(t, err)
		lanes[i] = lane{env: e, root: root, number: i}
		lanes[i].begin(t)
		require.Equal(t, e.Agents(), v.Agents())
		require.Equal(t, env.SpecOf(e), v.Spec())
	}
	rng, ended := rand.New(rand.NewPCG(5, 6)), 0
	for range 30 {
		actions := make([][]env.Action, n)
		for i := range lanes {
			require.Equal(t, lanes[i].now, v.Observations()[i])
			for k, agent := range v.Agents() {
				actions[i] = append(actions[i], env.SampleAction(agent, lanes[i].now[k], rng))
			}
		}
		outcomes, infos, err := v.Step(ctx, actions)
		require.NoError(t, err)
		for i := range lanes {
			want, info, err := lanes[i].env.Step(ctx, actions[i])
			require.NoError(t, err)
			require.Equal(t, want, outcomes[i], "an outcome is the environment's own, also the last of an episode")
			require.Equal(t, info, infos[i])
			lanes[i].now = nil
			for _, o := range want {
				lanes[i].now = append(lanes[i].now, o.Obs)
			}
			if want[0].Done() {
				ended++
				lanes[i].episode++
				lanes[i].begin(t)
			}
		}
	}
	require.GreaterOrEqual(t, ended, n, "the test must see episodes end")
}

func TestNewVectorEvaluatesOnceAStep(t *testing.T) {
	sim := &counting{Simulator: toy(t)}
	v, err := env.NewVector(sim, fast(t), env.Options{Horizon: 2}, 8)
	require.NoError(t, err)
	_, err = v.Reset(context.Background(), 1)
	require.NoError(t, err)
	actions := make([][]env.Action, 8)
	for i := range actions {
		actions[i] = []env.Action{{0, i % 3, 0}}
	}
	for range 5 {
		_, _, err = v.Step(context.Background(), actions)
		require.NoError(t, err)
	}
	require.Equal(t, 5, sim.calls)
	require.Equal(t, 40, sim.points)
}

func TestVectorErrors(t *testing.T) {
	ctx := context.Background()
	sim := &counting{Simulator: toy(t)}
	_, err := env.NewVector(sim, fast(t), env.Options{}, 0)
	require.EqualError(t, err, "env: 0 lanes: must be at least 1")
	_, err = env.Vectorize(games.Corridor(), -1)
	require.EqualError(t, err, "env: -1 lanes: must be at least 1")
	_, err = env.Vectorize(func() (env.Env, error) { return nil, errLicence }, 2)
	require.EqualError(t, err, "env: lane 0: licence expired")

	v, err := env.NewVector(sim, fast(t), env.Options{}, 2)
	require.NoError(t, err)
	good := [][]env.Action{{{0, 0, 0}}, {{0, 1, 0}}}
	_, _, err = v.Step(ctx, good)
	require.ErrorIs(t, err, env.ErrNoEpisode)
	_, err = v.Reset(ctx, 1)
	require.NoError(t, err)
	_, _, err = v.Step(ctx, good[:1])
	require.EqualError(t, err, "env: actions of 1 lanes for 2 lanes")
	_, _, err = v.Step(ctx, [][]env.Action{{{0, 0, 0}}, {{0, 7, 0}}})
	require.EqualError(t, err, `lane 1: env: agent "designer": space: level 7 of "rows" out of range [0, 3): rows ∈ {2, 4, 8} PE`)
	_, _, err = v.Step(ctx, good)
	require.NoError(t, err, "illegal actions change nothing")
	sim.broken = errLicence
	_, _, err = v.Step(ctx, good)
	require.ErrorIs(t, err, errLicence)
	sim.broken = nil
	_, _, err = v.Step(ctx, good)
	require.ErrorIs(t, err, env.ErrNoEpisode, "after any other error the vector must be reset")
	_, err = v.Reset(ctx, 1)
	require.NoError(t, err)
	_, _, err = v.Step(ctx, good)
	require.NoError(t, err)
}

// closable counts how often it is closed.
type closable struct {
	env.Env
	closed *int
	err    error
}

func (c closable) Close() error { *c.closed++; return c.err }

func TestVectorClosesItsEnvironments(t *testing.T) {
	closed := 0
	v, err := env.Vectorize(func() (env.Env, error) { return closable{newEnv(t, toy(t), env.Options{}), &closed, errLicence}, nil }, 3)
	require.NoError(t, err)
	require.ErrorIs(t, v.Close(), errLicence)
	require.Equal(t, 3, closed)

	closed, made := 0, 0
	_, err = env.Vectorize(func() (env.Env, error) {
		if made++; made == 3 {
			return nil, errors.New("out of memory")
		}
		return closable{newEnv(t, toy(t), env.Options{}), &closed, nil}, nil
	}, 3)
	require.EqualError(t, err, "env: lane 2: out of memory")
	require.Equal(t, 2, closed, "the environments that were made are closed")
}

func TestVectorsShowTheStateOfTheirLanes(t *testing.T) {
	v, err := env.Vectorize(func() (env.Env, error) { return central{newEnv(t, toy(t), env.Options{})}, nil }, 2)
	require.NoError(t, err)
	require.Equal(t, central{}.StateChannels(), v.StateChannels())
	require.Equal(t, []float64{4}, v.State(1))
	for _, without := range []func() (*env.Vector, error){
		func() (*env.Vector, error) { return env.Vectorize(games.Corridor(), 2) },
		func() (*env.Vector, error) { return env.NewVector(toy(t), fast(t), env.Options{}, 2) },
	} {
		v, err := without()
		require.NoError(t, err)
		require.Nil(t, v.StateChannels())
		require.Nil(t, v.State(1))
	}
}
