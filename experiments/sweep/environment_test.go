package sweep_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestPoliciesActInEnvironments(t *testing.T) {
	text := "name = \"walk\"\nbudget = 50\nlanes = 3\nrepeats = 2\n[[scenario]]\nsimulator = \"games/corridor\"\n" + agent
	dir, outcome := run(t, text, sweep.Options{Workers: 2})
	require.Equal(t, 100, outcome.Trials)
	studies, list := rows(t, dir)
	require.Equal(t, "games/corridor", studies[0].Simulator)
	require.Equal(t, "episode_return", studies[0].Objectives[0].Name)
	require.Len(t, list, 100, "the budget, though it is no multiple of the lanes")
	ends := 0
	for i, rec := range list {
		require.Equal(t, i%50, rec.Trial)
		require.Contains(t, []any{"left", "right"}, rec.Params[0])
		require.Len(t, rec.Metrics, 4)
		reward, step, total, done := rec.Metrics[0], rec.Metrics[1], rec.Metrics[2], rec.Metrics[3]
		require.Equal(t, reward, step, "one agent: the mean is its own")
		if done == 0 {
			require.Nil(t, rec.Objectives, "an episode is scored by its last step")
			continue
		}
		ends++
		require.Equal(t, []float64{total}, rec.Objectives)
		require.LessOrEqual(t, total, 0.9, "the best start is one step from the goal")
	}
	require.Greater(t, ends, 5)
}

// A policy's run is journalled step by step; resumed, it executes the recorded steps again and compares them.
func TestEveryEnvironmentReplaysARandomPolicy(t *testing.T) {
	for _, name := range []string{"toy/designs", "toy/moves", "slow/matrix", "slow/corridor"} {
		t.Run(name, func(t *testing.T) {
			text := "name = \"replay\"\nbudget = 300\nlanes = 2\n[[scenario]]\nsimulator = \"" + name + "\"\n" + agent
			whole, outcome := run(t, text, sweep.Options{})
			require.Equal(t, 300, outcome.Trials)
			dir := filepath.Join(t.TempDir(), "out")
			first := runUntil(t, text, sweep.Options{Out: dir}, 100)
			require.Equal(t, sweep.Interrupted, first.Status)
			last, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
			require.NoError(t, err)
			require.Equal(t, 300, last.Trials)
			require.Equal(t, first.Trials, last.Replayed)
			require.Equal(t, parts(t, whole), parts(t, dir))
		})
	}
}

func TestAgentsDesignActionSequences(t *testing.T) {
	text := top + "[[scenario]]\nsimulator = \"games/matrix\"\n[[agent]]\nkind = \"grid\"\n[[agent]]\nkind = \"walker\"\n"
	dir, _ := run(t, text, sweep.Options{})
	studies, list := rows(t, dir)
	require.Equal(t, "games/matrix/open-loop", studies[0].Simulator)
	require.Equal(t, "games/matrix", studies[1].Simulator)
	require.Len(t, list, 9+40, "the grid ends after the 9 cells of the matrix")
	require.Equal(t, []any{"0", "0"}, list[0].Params[:2])
	require.Equal(t, []float64{11}, list[0].Objectives, "the best cell of the climbing game")
}

func TestPoliciesDesign(t *testing.T) {
	dir, _ := run(t, top+scenario+"[[agent]]\nkind = \"walker\"\n[[agent]]\nkind = \"random\"\ngroups = \"subsystem\"\nname = \"team\"\n", sweep.Options{})
	studies, list := rows(t, dir)
	require.Len(t, list, 80)
	require.JSONEq(t, `{}`, string(studies[0].Hyperparameters))
	require.JSONEq(t, `{"groups":"subsystem","screen":0}`, string(studies[1].Hyperparameters))
}

func TestScenariosFixAndNarrowAxes(t *testing.T) {
	text := top + scenario + "set = { work = 1000 }\nfix = { rows = 8, levels = { cols = [2, 4], mode = [\"deep\"] } }\n" +
		"[[start]]\ndesign = { rows = 8, cols = 4, buffer = 128, mode = \"deep\", stages = 4 }\n" + agent
	dir, _ := run(t, text, sweep.Options{})
	_, list := rows(t, dir)
	require.True(t, list[0].Given)
	require.Equal(t, []any{8.0, 4.0, 128.0, "deep", 4.0}, list[0].Params)
	require.InDeltaSlice(t, []float64{1000.0/32 + 100.0/128 - 4, 32.0/100 + 12.8}, list[0].Metrics, 1e-12)
	require.Equal(t, []float64{-28.03125}, list[0].Objectives)
	for _, rec := range list[1:] {
		require.False(t, rec.Given)
		require.Equal(t, 8.0, rec.Params[0])
		require.Contains(t, []any{2.0, 4.0}, rec.Params[1])
		require.Equal(t, "deep", rec.Params[3])
	}
}

func TestFidelityChangesTheSettings(t *testing.T) {
	text := top + scenario + "fidelity = \"quick\"\nset = { work = 9 }\nfix = { rows = 1, cols = 1, buffer = 128, mode = \"flat\" }\n[[agent]]\nkind = \"grid\"\n"
	dir, _ := run(t, text, sweep.Options{})
	studies, list := rows(t, dir)
	require.Equal(t, "quick", studies[0].Fidelity)
	require.JSONEq(t, `{"work":64,"delay_us":0,"fault":"none"}`, string(studies[0].Settings))
	require.Len(t, list, 1)
	require.Equal(t, 64+100.0/128, list[0].Metrics[0])
}

func TestEnvironmentMetricsMustNotBeThoseOfSteps(t *testing.T) {
	_, err := sweep.NewPlan(parse(t, top+"[[scenario]]\nsimulator = \"toy/clash\"\n"+agent), catalog())
	require.EqualError(t, err, `x.toml:3: toy/clash: the environment reports a metric "episode_return", which is a name that recorded steps have already: rename it`)
}
