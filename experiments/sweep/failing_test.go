package sweep_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// faulty is a sweep of the whole toy without stages: 8·8·8 designs, of which the 64 with 128 rows do not work.
func faulty(fault, more string) string {
	text := strings.Replace(top, "40", "512", 1) + more + scenario + "set = { fault = \"" + fault + "\" }\nfix = { mode = \"flat\" }\n[[agent]]\nkind = \"grid\"\n"
	return strings.Replace(text, "area_mm2 = 20", "area_mm2 = 1000", 1)
}

func TestFaultyEvaluationsFailAlone(t *testing.T) {
	for _, c := range []struct{ fault, more, want string }{
		{"panic", "", "panic: the array is too tall: design [buffer:1 cols:1 mode:flat rows:128]: at sweep_test.evaluateTile (toy_test.go:"},
		{"nan", "", `metric "latency_cycles" is NaN: design [buffer:1 cols:1 mode:flat rows:128]`},
		{"hang", "timeout_s = 0.02\n", "timeout after 20ms: design [buffer:1 cols:1 mode:flat rows:128]"},
	} {
		t.Run(c.fault, func(t *testing.T) {
			dir, outcome := run(t, faulty(c.fault, "max_failed = 64\nlag = 16\n"+c.more), sweep.Options{Workers: 8})
			require.Equal(t, sweep.Complete, outcome.Status)
			_, list := rows(t, dir)
			require.Len(t, list, 512)
			var failed []string
			infeasible := 0
			for _, rec := range list {
				if rec.Failed != "" {
					require.Equal(t, 128.0, rec.Params[0])
					require.Nil(t, rec.Objectives)
					failed = append(failed, rec.Failed)
				}
				if rec.Infeasible != "" {
					infeasible++
				}
			}
			require.Len(t, failed, 64, "all the faulty ones")
			require.Equal(t, 8*1, infeasible, "64 rows x 128 columns, with any buffer; all others have been evaluated")
			require.Contains(t, failed[0], c.want)
			m, err := sweep.ReadManifest(dir)
			require.NoError(t, err)
			require.Empty(t, m.Stopped)
			if c.fault == "hang" {
				require.Equal(t, []string{"study 0 (toy fault=hang, grid, repeat 0): 64 evaluations ended by the time limit"}, m.Outside)
				require.Equal(t, m.Outside, outcome.Notes)
			} else {
				require.Empty(t, m.Outside)
			}
		})
	}
}

func TestTooManyFailedEvaluationsEndTheStudy(t *testing.T) {
	for _, lag := range []string{"", "lag = 8\n"} {
		dir, outcome := run(t, faulty("panic", "max_failed = 2\n"+lag), sweep.Options{Workers: 4})
		require.Equal(t, sweep.Complete, outcome.Status)
		_, list := rows(t, dir)
		require.Len(t, list, outcome.Trials, "what was told is what is in the dataset")
		require.Equal(t, 128.0, list[len(list)-1].Params[0])
		m, err := sweep.ReadManifest(dir)
		require.NoError(t, err)
		require.Len(t, m.Stopped, 1)
		require.Contains(t, m.Stopped[0], "study 0 (toy fault=panic, grid, repeat 0): more than 2 evaluations failed; first: trial ")
		require.Contains(t, m.Stopped[0], ": panic: the array is too tall: design [")
		again, _ := run(t, faulty("panic", "max_failed = 2\n"+lag), sweep.Options{Workers: 1})
		require.Equal(t, parts(t, again), parts(t, dir))
	}
}

func TestBrokenSimulatorEndsTheRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	outcome, err := sweep.Run(context.Background(), plan(t, faulty("break", "")), sweep.Options{Out: dir, Workers: 2})
	require.ErrorContains(t, err, "study 0 (toy fault=break, grid, repeat 0): trial ")
	require.ErrorContains(t, err, ": licence server gone")
	require.Equal(t, sweep.Broken, outcome.Status)
	require.NoDirExists(t, filepath.Join(dir, "dataset"))
	require.NoDirExists(t, filepath.Join(dir, "dataset.partial"))
}

func TestPanickingEnvironmentIsAnErrorOfTheRun(t *testing.T) {
	text := top + "[[scenario]]\nsimulator = \"games/trap\"\n" + agent
	_, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: t.TempDir()})
	require.EqualError(t, err, "study 0 (games/trap, random, repeat 0): environment: step of trial 2: panic: the floor opens")
}

func TestObjectiveThatIsNotFiniteFailsTheTrial(t *testing.T) {
	text := strings.Replace(top, "40", "64", 1) + "max_failed = 64\n" + strings.Replace(scenario, "latency_cycles", "sqrt(area_mm2 - 10)", 1) +
		"fix = { mode = \"flat\", buffer = 1 }\n[[agent]]\nkind = \"grid\"\n"
	dir, _ := run(t, text, sweep.Options{})
	_, list := rows(t, dir)
	failed := 0
	for _, rec := range list {
		if strings.Contains(rec.Failed, `term "sqrt(area_mm2 - 10)" is NaN`) {
			failed++
		}
	}
	require.Equal(t, 49, failed, "area = rows·cols/100 + 0.1 < 10 for rows·cols <= 2^9: 64 pairs of powers without the 5+4+3+2+1 above")
}
