package soc

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func maker(t testing.TB, given map[string]any) env.Maker {
	m, _, err := Moves().Open(given)
	require.NoError(t, err)
	return m
}

// begun is an episode after Reset.
func begun(t testing.TB, given map[string]any, root uint64) (*episode, []env.Obs) {
	e, err := maker(t, given)()
	require.NoError(t, err)
	now, err := e.Reset(context.Background(), root)
	require.NoError(t, err)
	return e.(*episode), now
}

func TestMovesConform(t *testing.T) {
	for name, given := range map[string]map[string]any{
		"one agent":    {"workload": "edge_detection", "profile": reference, "horizon": 6},
		"four agents":  {"workload": "hpvm_cava", "groups": "subsystem", "horizon": 5},
		"random start": {"workload": "hpvm_cava", "profile": reference, "start": "random", "horizon": 4, "processors": 2, "memories": 2, "buses": 2},
	} {
		t.Run(name, func(t *testing.T) { envtest.Test(t, maker(t, given)) })
	}
}

// level is the action of a move by name.
func level(t testing.TB, e *episode, agent int, name string) int {
	at, err := e.agents[agent].Actions.Param(0).Level(name)
	require.NoError(t, err)
	return at
}

// step makes moves by name, one an agent.
func step(t testing.TB, e *episode, names ...string) ([]env.Outcome, env.Info) {
	actions := make([]env.Action, len(names))
	for i, name := range names {
		actions[i] = env.Action{level(t, e, i, name)}
	}
	outcomes, info, err := e.Step(context.Background(), actions)
	require.NoError(t, err)
	return outcomes, info
}

func TestMovesChangeTheDesign(t *testing.T) {
	e, _ := begun(t, map[string]any{"profile": reference}, 1)
	for _, c := range []struct {
		move, axis, level string
	}{
		{"gamut_map_fxp_cloned allocate", "gamut_map_fxp_cloned_pe", "own"},
		{"gamut_map_fxp_cloned unroll up", "gamut_map_fxp_cloned_unroll", "2"},
		{"gamut_map_fxp_cloned clock up", "gamut_map_fxp_cloned_clock", "400"},
		{"mem0 kind up", "mem0_kind", "sram"},
		{"mem0 fork", "scale_fxp_cloned_to_demosaic_fxp_cloned_mem", "mem1"},
		{"bus0 fork", "gamut_map_fxp_cloned_bus", "bus1"},
		{"descale_fxp_cloned to gpp1", "descale_fxp_cloned_pe", "gpp1"},
		{"gpp1 join gpp0", "descale_fxp_cloned_pe", "gpp0"},
		{"mem1 to bus0", "mem1_bus", "bus0"},
	} {
		_, info := step(t, e, c.move)
		require.NotNil(t, info.Result.Values, c.move)
		axis, err := e.layout.space.Axis(c.axis)
		require.NoError(t, err)
		require.Equal(t, c.level, e.layout.space.Param(axis).LevelName(info.Point[axis]), c.move)
		fixed, changed := e.repair(info.Point)
		require.False(t, changed, "%s left %v, not %v", c.move, info.Point, fixed)
	}
	require.Equal(t, []string{"mem1 to bus0"}, e.Journal()[8])
	require.Len(t, e.Journal(), 9)
}

// Whatever is legal changes the design, whatever is masked would not or could not be made.
func TestMasksAreTight(t *testing.T) {
	e, now := begun(t, map[string]any{"profile": reference, "start": "random", "processors": 2, "memories": 3, "buses": 3}, 5)
	rng := seed.New(9)
	for range 12 {
		for _, m := range e.moves {
			edits := m.edits(e.board)
			if edits != nil {
				require.NotEqual(t, e.board.p, e.board.after(edits), m.name)
			}
			require.Equal(t, edits != nil, now[0].Mask[0][level(t, e, 0, m.name)], m.name)
		}
		outcomes, _, err := e.Step(context.Background(), []env.Action{env.SampleAction(e.agents[0], now[0], rng)})
		require.NoError(t, err)
		now = []env.Obs{outcomes[0].Obs}
	}
}

// The rewards add up to how much nearer the design has come, and meeting the budgets ends the episode with 1 more.
func TestReturnsAreNearness(t *testing.T) {
	e, _ := begun(t, map[string]any{"workload": "audio_decoder", "profile": reference, "power_budget_mw": 26.0, "horizon": 9}, 1)
	before := potential(e.result)
	require.InDelta(t, math.Log2(1+31.16890451896178/26-1+3e-9), before, 1e-9, "the power is the only excess: see the measured design")
	total := 0.0
	var last env.Outcome
	for _, task := range []string{"rotateOrder3", "psychoFilter", "zoomProcess", "rotateOrder2"} {
		outcomes, _ := step(t, e, task+"_fxp_cloned allocate")
		last = outcomes[0]
		total += last.Reward
		if last.Done() {
			break
		}
	}
	require.True(t, last.Terminated)
	require.False(t, last.Truncated)
	require.InDelta(t, before-potential(e.result)+1, total, 1e-12)
	require.True(t, e.result.Distance.Met())
}

func TestEpisodesAreCutOffAtTheHorizon(t *testing.T) {
	e, _ := begun(t, map[string]any{"horizon": 2}, 1)
	outcomes, _ := step(t, e, stay)
	require.False(t, outcomes[0].Done())
	require.Zero(t, outcomes[0].Reward)
	outcomes, _ = step(t, e, stay)
	require.True(t, outcomes[0].Truncated)
}

// Four agents move at once; the mapping undoes what the first agent did in the same step, and a move that has become impossible is left out.
func TestAgentsMoveOneAfterTheOther(t *testing.T) {
	e, now := begun(t, map[string]any{"groups": "subsystem"}, 1)
	require.Equal(t, []string{"pe", "memory", "bus", "mapping"}, []string{e.agents[0].ID, e.agents[1].ID, e.agents[2].ID, e.agents[3].ID})
	require.Len(t, now, 4)
	_, info := step(t, e, "gpp0 fork", "mem0 width up", "bus0 clock up", "scale_fxp_cloned to gpp1")
	// gpp0's tasks in order: source, scale, demosaic, …; every second one has gone to gpp1, scale among them: it is there already.
	require.Equal(t, [][]string{{"gpp0 fork", "mem0 width up", "bus0 clock up"}}, e.Journal())
	require.Equal(t, []int{5, 4}, e.board.tasksOn[:2])
	require.NotNil(t, info.Result.Values)
}

// The journal of an episode, made again, leads to the same design.
func TestJournalsLeadToTheSameDesign(t *testing.T) {
	given := map[string]any{"workload": "edge_detection", "start": "random", "horizon": 30}
	e, now := begun(t, given, 3)
	rng := seed.New(2)
	for done := false; !done; {
		outcomes, _, err := e.Step(context.Background(), []env.Action{env.SampleAction(e.agents[0], now[0], rng)})
		require.NoError(t, err)
		now, done = []env.Obs{outcomes[0].Obs}, outcomes[0].Done()
	}
	again, _ := begun(t, given, 3)
	for _, made := range e.Journal() {
		name := stay
		if len(made) > 0 {
			name = made[0]
		}
		step(t, again, name)
	}
	require.Equal(t, e.board.p, again.board.p)
	require.Equal(t, e.Journal(), again.Journal())
}

// A design agent can choose all moves in advance: the return and the last design's metrics are those of the episode.
func TestMovesAsSimulator(t *testing.T) {
	given := map[string]any{"profile": reference, "horizon": 3}
	sim, err := env.AsSimulator(maker(t, given), 3, 1)
	require.NoError(t, err)
	e, _ := begun(t, given, 1)
	names := []string{"gamut_map_fxp_cloned allocate", "gamut_map_fxp_cloned unroll up", "mem0 width up"}
	var p space.Point
	total := 0.0
	var info env.Info
	for _, name := range names {
		p = append(p, level(t, e, 0, name))
		var outcomes []env.Outcome
		outcomes, info = step(t, e, name)
		total += outcomes[0].Reward
	}
	results, err := sim.Evaluate(context.Background(), []space.Point{p, {level(t, e, 0, "gamut_map_fxp_cloned unroll up"), 0, 0}})
	require.NoError(t, err)
	require.Equal(t, slices.Concat([]float64{total, 3}, info.Result.Values), results[0].Values)
	require.Contains(t, results[1].Infeasible, `step 0: env: agent "designer": "gamut_map_fxp_cloned unroll up" is not legal for "move" now`)
	require.Equal(t, 1.0, results[1].Violation)
}

func BenchmarkStep(b *testing.B) {
	e, now := begun(b, map[string]any{"profile": reference, "horizon": 10_000}, 1)
	rng := seed.New(1)
	b.ReportAllocs()
	for b.Loop() {
		outcomes, _, err := e.Step(context.Background(), []env.Action{env.SampleAction(e.agents[0], now[0], rng)})
		if err != nil {
			b.Fatal(err)
		}
		now = []env.Obs{outcomes[0].Obs}
		if outcomes[0].Done() {
			if now, err = e.Reset(context.Background(), 1); err != nil {
				b.Fatal(err)
			}
		}
	}
}
