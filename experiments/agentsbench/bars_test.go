package agentsbench_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/agentsbench"
)

// spread are twenty different values from v on.
func spread(v float64) []float64 {
	values := make([]float64, 20)
	for i := range values {
		values[i] = v + 0.001*float64(i)
	}
	return values
}

func TestComparingBars(t *testing.T) {
	names := []string{"trap30", "nk20_cat", "mkp30"}
	against := agentsbench.Agent{Source: "baseline", Name: "x"}
	var all [][]agentsbench.Row
	for i, f := range names {
		all = append(all, rows("baseline", "x", f, 200, spread(5)...), rows(agentsbench.Ours, "fine", f, 200, spread(5)...),
			rows(agentsbench.Ours, "good", f, 200, spread(4)...))
		if i < 2 {
			all = append(all, rows(agentsbench.Ours, "partial", f, 200, spread(4)...), rows(agentsbench.Ours, "bad", f, 200, spread(6)...))
		}
	}
	runs := agentsbench.Collect(all...)
	for _, c := range []struct {
		name      string
		criterion agentsbench.Criterion
		ours      string
		needed    int
		want      agentsbench.Verdict
		numbers   string
	}{
		{"equal is no worse", agentsbench.NoWorse, "fine", 3, agentsbench.Met, "no worse on 3 of 3"},
		{"equal is not better", agentsbench.Better, "fine", 1, agentsbench.Missed, "better on 0 of 3; not on trap30 (5.01 to 5.01, p 1)"},
		{"better", agentsbench.Better, "good", 3, agentsbench.Met, "better on 3 of 3"},
		{"enough were measured", agentsbench.NoWorse, "partial", 2, agentsbench.Met, "no worse on 2 of 2"},
		{"too few were measured", agentsbench.NoWorse, "partial", 3, agentsbench.Unmeasured, "no worse on 2 of 2"},
		{"the rest cannot help", agentsbench.NoWorse, "bad", 2, agentsbench.Missed, "no worse on 0 of 2; not on trap30 (6.01 to 5.01, p "},
		{"another agent", agentsbench.NoWorse, "absent", 1, agentsbench.Unmeasured, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := agentsbench.Bar{Criterion: c.criterion, Ours: []string{c.ours}, Against: against, Trials: 200, Functions: names, Needed: c.needed}
			verdict, findings := b.Judge(runs)
			require.Equal(t, c.want, verdict)
			if c.numbers == "" {
				require.Empty(t, findings)
				return
			}
			require.Len(t, findings, 1)
			require.Contains(t, findings[0].Numbers, c.numbers)
		})
	}
	b := agentsbench.Bar{Criterion: agentsbench.NoWorse, Against: against, Trials: 200, Functions: names, Needed: 3}
	verdict, findings := b.Judge(runs)
	require.Equal(t, agentsbench.Met, verdict, "one of the four is enough")
	require.Len(t, findings, 4)
	b.All = true
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Missed, verdict, "all of them have to hold, and bad does not")
}

// Three agents on all eight functions: "ours" has the least value on all but one, "other" on none.
func TestFirstInMeanRank(t *testing.T) {
	var all [][]agentsbench.Row
	for i, f := range agentsbench.Functions(false) {
		ours := 1.0
		if i == 0 {
			ours = 9
		}
		all = append(all, rows(agentsbench.Ours, "ours/axis", f, 100, ours, ours, ours), rows(agentsbench.Ours, "other", f, 100, 8, 8, 8),
			rows("baseline", "a", f, 100, 2, 2, 2), rows("optuna-3.1.0", "b", f, 100, 3, 3, 3))
	}
	runs := agentsbench.Collect(all...)
	b := agentsbench.Bar{Criterion: agentsbench.First, Ours: []string{"ours"}, Trials: 100}
	verdict, findings := b.Judge(runs)
	require.Equal(t, agentsbench.Met, verdict)
	require.Equal(t, "1.25 of 3, baseline a 1.88", findings[0].Numbers, "(7 * 1 + 3) / 8 beside (7 * 2 + 1) / 8, without the other agent of ours")
	require.Equal(t, agentsbench.Agent{Source: agentsbench.Ours, Name: "ours/axis"}, findings[0].Agent)

	b.Ours = []string{"other"}
	verdict, findings = b.Judge(runs)
	require.Equal(t, agentsbench.Missed, verdict)
	require.Equal(t, "3.00 of 3, baseline a 1.00", findings[0].Numbers)

	b.Trials = 200
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Unmeasured, verdict)
}

// Five agents that are ranked alike on all eight functions: "c" is third, "d" fourth.
func TestThirdInMeanRank(t *testing.T) {
	var all [][]agentsbench.Row
	for _, f := range agentsbench.Functions(false) {
		for i, name := range []string{"a", "b", "c", "d"} {
			all = append(all, rows(agentsbench.Ours, name, f, 100, float64(i), float64(i), float64(i)))
		}
		all = append(all, rows("baseline", "last", f, 100, 9, 9, 9))
	}
	runs := agentsbench.Collect(all...)
	b := agentsbench.Bar{Criterion: agentsbench.Third, Ours: []string{"c"}, Trials: 100}
	verdict, findings := b.Judge(runs)
	require.Equal(t, agentsbench.Met, verdict)
	require.Contains(t, findings[0].Numbers, "3.00, place 3 of 5 behind ")
	b.Ours = []string{"d"}
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Missed, verdict)
	b.Trials = 200
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Unmeasured, verdict)
}

func TestHypervolumeAboveAll(t *testing.T) {
	runs := agentsbench.Collect(
		rows(agentsbench.Ours, "n", "zdt1_grid10", 200, 100, 110, 120), rows("baseline", "a", "zdt1_grid10", 200, 109, 109), rows("baseline", "b", "zdt1_grid10", 200, 90),
		rows(agentsbench.Ours, "n", "zdt2_grid10", 200, 100, 110, 120), rows("baseline", "a", "zdt2_grid10", 200, 110),
	)
	b := agentsbench.Bar{Criterion: agentsbench.AboveAll, Ours: []string{"n"}, Trials: 200, Functions: []string{"zdt1_grid10"}, Needed: 1}
	verdict, findings := b.Judge(runs)
	require.Equal(t, agentsbench.Met, verdict)
	require.Equal(t, "zdt1_grid10 110 to 109 (baseline a)", findings[0].Numbers)
	b.Functions, b.Needed = []string{"zdt1_grid10", "zdt2_grid10"}, 2
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Missed, verdict, "equal is not above")
	b.Functions = []string{"zdt1_grid10", "dtlz2_grid12"}
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Unmeasured, verdict)
}

// A trial takes 1 ms times the trial count of its checkpoint on average: (1000 * 1000 - 500 * 500) / 500 = 1,500 ms each from 501 to 1,000.
func TestTimeNearTheEnd(t *testing.T) {
	runs := agentsbench.Collect(
		rows(agentsbench.Ours, "slow", "ackley20_mixed", 500, 1, 1), rows(agentsbench.Ours, "slow", "ackley20_mixed", 1000, 1, 1),
	)
	b := agentsbench.Bar{Criterion: agentsbench.Within, Ours: []string{"slow"}, Trials: 1000, Functions: []string{"ackley20_mixed"}, LimitMS: 1501}
	verdict, findings := b.Judge(runs)
	require.Equal(t, agentsbench.Met, verdict)
	require.Equal(t, "ackley20_mixed 1.5e+03 ms", findings[0].Numbers)
	b.LimitMS = 1499
	verdict, _ = b.Judge(runs)
	require.Equal(t, agentsbench.Missed, verdict)
}

// Every bar names a reference agent, functions and counts that exist.
func TestBarsCanBeJudged(t *testing.T) {
	reference, err := agentsbench.Reference()
	require.NoError(t, err)
	runs := agentsbench.Collect(reference)
	seen := map[string]bool{}
	for _, b := range agentsbench.Bars() {
		require.False(t, seen[b.String()], "%s is listed twice", b)
		seen[b.String()] = true
		require.LessOrEqual(t, b.Needed, len(b.Functions), b)
		if b.Criterion == agentsbench.NoWorse || b.Criterion == agentsbench.Better {
			require.Positive(t, b.Needed, b)
			for _, f := range b.Functions {
				_, ok := runs.Sample(b.Against, f, b.Trials)
				require.True(t, ok, "%s: %s was not measured on %s", b, b.Against, f)
			}
		}
		verdict, findings := b.Judge(runs)
		require.Equal(t, agentsbench.Unmeasured, verdict, "%s: nothing of ours was measured", b)
		require.Empty(t, findings)
	}
	require.True(t, seen["multi-agent: better than baseline reinforce on 8 of 8 functions at 200 trials"])
	require.True(t, seen["annealing: no worse than baseline sa on 7 of 8 functions at 1000 trials"])
}

func TestTablesAndSection(t *testing.T) {
	runs := agentsbench.Collect(
		rows(agentsbench.Ours, "ga", "trap30", 100, 4, 5, 6, 7, 8), rows("optuna-3.1.0", "tpe", "trap30", 100, 9, 9),
		rows(agentsbench.Ours, "ga", "zdt1_grid10", 100, 100.5),
	)
	var text bytes.Buffer
	require.NoError(t, agentsbench.WriteMarkdown(&text, runs))
	require.Contains(t, text.String(), "| **ga** | - | - | - | - | - | 6 [5, 7] n5 | - | - |\n")
	require.Contains(t, text.String(), "| optuna tpe | - | - | - | - | - | 9 [9, 9] n2 | - | - |\n")
	require.Contains(t, text.String(), "| **ga** | 100.5 [100.5, 100.5] n1 | - | - |\n")
	require.NotContains(t, text.String(), "200 trials: ", "nothing was measured there")

	path := filepath.Join(t.TempDir(), "README.md")
	require.NoError(t, os.WriteFile(path, []byte("before\n<!-- agents-bench: begin -->\nold\n<!-- agents-bench: end -->\nafter\n"), 0o644))
	for range 2 {
		require.NoError(t, agentsbench.UpdateSection(path, runs))
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, "before\n<!-- agents-bench: begin -->\n"+text.String()+"\n<!-- agents-bench: end -->\nafter\n", string(got))
	}
	require.NoError(t, os.WriteFile(path, []byte("no marks\n"), 0o644))
	require.ErrorContains(t, agentsbench.UpdateSection(path, runs), "has no section between the lines")

	text.Reset()
	require.NoError(t, agentsbench.WriteMedians(&text, runs))
	require.Equal(t, "function,source,agent,trials,seeds,median,q25,q75,ms_per_trial_median", strings.SplitN(text.String(), "\n", 2)[0])
	require.Contains(t, text.String(), "\ntrap30,codesign,ga,100,5,6,5,7,100\n")
	text.Reset()
	require.NoError(t, agentsbench.WriteComparisons(&text, runs))
	require.Contains(t, text.String(), "\n100,ga,optuna tpe,trap30,6,9,")
	require.Equal(t, 2, strings.Count(text.String(), "\n"))
}
