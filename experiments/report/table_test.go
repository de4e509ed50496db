package report_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func ExampleTable() {
	run := func(repeat int, first, second float64) report.Run {
		return report.Run{
			Repeat: repeat, Trials: 100, Unique: 96, AgentS: 0.012, SimulatorS: 2.5, FirstSpec: 4,
			Curve:      []stats.Step{{Trials: 4, Best: first}, {Trials: 61, Best: second}},
			BestDesign: []report.Pair{{Name: "rows", Value: "64 PE"}, {Name: "dataflow", Value: "ws"}},
		}
	}
	sweep := report.Sweep{Scenarios: []report.Scenario{{
		Name: "edge", Simulator: "systolic", Version: "1.0.0",
		Objectives:  []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}},
		Constraints: []objective.Term{{Name: "area_mm2", Unit: "mm2", Bound: 4}},
		Agents:      []report.AgentRuns{{Label: "ga", Runs: []report.Run{run(1, 900, 420.5), run(2, 950, 431)}}},
	}}}
	if err := report.Table(os.Stdout, sweep); err != nil {
		panic(err)
	}
	// Output:
	// edge: systolic 1.0.0
	// minimise latency_ns (ns) subject to area_mm2 <= 4 mm2
	//
	// agent   best  median  95 % interval  trials to   unique  failed  agent   sim
	//           ns      ns             ns       spec  designs           time  time
	// ga     420.5   425.8   [420.5, 431]    4 (2/2)      192       0  24 ms   5 s
	//
	// best: 420.5 ns by ga, repeat 1: rows 64 PE, dataflow ws
}

func ExampleTable_regret() {
	run := func(repeat int, best float64) report.Run {
		return report.Run{Repeat: repeat, Trials: 100, Unique: 90, FirstSpec: 1, Curve: []stats.Step{{Trials: 1, Best: best}}}
	}
	optimum := 400.0
	sweep := report.Sweep{Scenarios: []report.Scenario{{
		Name: "edge", Simulator: "systolic", Version: "1.0.0", Optimum: &optimum,
		Objectives: []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}},
		Agents: []report.AgentRuns{
			{Label: "ga", Runs: []report.Run{run(0, 400), run(1, 400.00000000001), run(2, 500)}}, // to 1e-9 the second is there
			{Label: "hill", Runs: []report.Run{run(0, 410), run(1, 500), {Repeat: 2, Trials: 100}}},
			{Label: "odd", Runs: []report.Run{run(0, 380)}},
		},
	}}}
	if err := report.Table(os.Stdout, sweep); err != nil {
		panic(err)
	}
	// Output:
	// edge: systolic 1.0.0
	// minimise latency_ns (ns)
	//
	// agent  best  median  95 % interval      regret  trials to   unique  failed  agent   sim
	//          ns      ns             ns   (optimal)       spec  designs           time  time
	// ga      400     400     [400, 500]   0 % (2/3)    1 (3/3)      270       0   0 ms  0 ms
	// hill    410     500    [410, none]  25 % (0/3)    1 (2/3)      180       0   0 ms  0 ms
	// odd     380     380              -  -5 % (1/1)    1 (1/1)       90       0   0 ms  0 ms
	//
	// best: 380 ns by odd, repeat 0, better than the stated optimum 400 ns
}

func ExampleTable_published() {
	run := report.Run{Trials: 100, Unique: 90, FirstSpec: 1, Curve: []stats.Step{{Trials: 1, Best: 92.9}},
		BestDesign: []report.Pair{{Name: "fn0", Value: "32"}}, BestMetrics: []report.Pair{{Name: "accuracy_percent", Value: "92.9"}, {Name: "latency_cycles", Value: "780000"}}}
	sweep := report.Sweep{Scenarios: []report.Scenario{{
		Name: "w1", Simulator: "nasaic", Version: "1.0.0",
		Objectives:  []objective.Term{{Name: "accuracy_percent", Unit: "%"}},
		Constraints: []objective.Term{{Name: "latency_cycles", Unit: "cycles", Bound: 8e5, Scale: 8e5}},
		Agents:      []report.AgentRuns{{Label: "ga", Runs: []report.Run{run}}, {Label: "lost", Runs: []report.Run{{Trials: 100}}}},
		Published: []report.Published{
			{Name: "a paper", Metrics: []report.Pair{{Name: "accuracy_percent", Value: "92.85"}}, Meets: "?"},
			{Name: "its baseline", Metrics: []report.Pair{{Name: "accuracy_percent", Value: "94.17"}, {Name: "latency_cycles", Value: "945000"}}, Meets: "no"},
		},
	}}}
	if err := report.Table(os.Stdout, sweep); err != nil {
		panic(err)
	}
	// Output:
	// w1: nasaic 1.0.0
	// maximise accuracy_percent (%) subject to latency_cycles <= 800000 cycles
	//
	// agent  best  median  95 % interval  trials to   unique  failed  agent   sim
	//           %       %              %       spec  designs           time  time
	// ga     92.9    92.9              -    1 (1/1)       90       0   0 ms  0 ms
	// lost   none    none              -    - (0/1)        0       0   0 ms  0 ms
	//
	// best: 92.9 % by ga, repeat 0: fn0 32
	//
	// side by side  accuracy  latency  meets
	//                percent   cycles   spec
	// ga, best          92.9   780000    yes
	// lost                 -        -     no
	// a paper          92.85        -      ?
	// its baseline     94.17   945000     no
}

func TestTableGolden(t *testing.T) {
	var got bytes.Buffer
	require.NoError(t, report.Table(&got, sample(6, 5, 2000)))
	golden := filepath.Join("testdata", "table.golden")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}

func TestTableFitsHundredColumns(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, report.Table(&out, sample(40, 10, 20_000)))
	rows := 0
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "best:") { // one line by design
			continue
		}
		rows++
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 100, line)
	}
	require.Greater(t, rows, 80)
}

func TestTableOfUnfinishedSweeps(t *testing.T) {
	latency := []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}}
	table := func(agents ...report.AgentRuns) string {
		var out bytes.Buffer
		sweep := report.Sweep{Scenarios: []report.Scenario{{Name: "s", Simulator: "toy", Version: "1", Objectives: latency, Agents: agents}}}
		require.NoError(t, report.Table(&out, sweep))
		return out.String()
	}
	waits := report.AgentRuns{Label: "hill", Runs: []report.Run{{Repeat: 1}}}
	failed := report.AgentRuns{Label: "ga", Runs: []report.Run{{Repeat: 1, Trials: 3, Failed: 3}}}
	for _, text := range []string{table(), table(waits)} {
		require.Contains(t, text, "no study has begun\n")
		require.NotContains(t, text, "best")
	}
	require.Regexp(t, `hill +- +- +- +- \(0/0\) +0 +0 `, table(failed, waits), "a run that has not begun")
	require.Regexp(t, `ga +none +none +- +- \(0/1\) +0 +3 `, table(failed))
	require.Contains(t, table(failed), "best: no design meets the spec yet")
	half := report.AgentRuns{Label: "ga", Runs: []report.Run{
		{Repeat: 1, Trials: 9, Unique: 8, Curve: []stats.Step{{Trials: 2, Best: 70}}, FirstSpec: 2},
		{Repeat: 2, Trials: 5, Unique: 5},
	}}
	require.Regexp(t, `ga +70 +none +\[70, none\] +- \(1/2\) +13 +0 `, table(half), "the median of a number and none is none")
}

func TestTableShowsControlCharactersAsQuestionMarks(t *testing.T) {
	sweep := sample(1, 1, 10)
	sweep.Scenarios[0].Agents[0].Label = "red \x1b[31m agent"
	sweep.Notes = []string{"line\rback"}
	var out bytes.Buffer
	require.NoError(t, report.Table(&out, sweep))
	require.Contains(t, out.String(), "red ?[31m agent")
	require.Contains(t, out.String(), "line?back")
	require.NotContains(t, out.String(), "\x1b")
}

func TestWriteErrorsAreReturned(t *testing.T) {
	require.ErrorIs(t, report.Table(brokenPipe{}, sample(1, 1, 10)), errBroken)
	require.ErrorIs(t, report.HTML(brokenPipe{}, sample(1, 1, 10), report.Scripts{}), errBroken)
}

var errBroken = errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }
