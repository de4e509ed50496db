package results_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestRechecksAreFoundAgain(t *testing.T) {
	dir := written(t, objective.Config{Minimise: []string{"latency_ns"}}, []trial{{width: 1, latency: 5, area: 5}})
	r := results.Recheck{Tool: "other", Title: "Other 2", Scenarios: []report.Recheck{{Scenario: "s", Designs: []report.Rechecked{
		{Design: report.Design{Agent: "random"}, Outcome: report.Outcome{As: "itself", Readings: []report.Reading{{Metric: "latency_ns", Unit: "ns", Ours: 5, Theirs: 6}}}},
	}}}}
	for range 2 { // a second one replaces the first
		require.NoError(t, results.WriteRecheck(dir, r))
	}
	require.NoError(t, results.WriteRecheck(dir, results.Recheck{Tool: "another", Title: "Another 1", Scenarios: []report.Recheck{{Scenario: "s"}}}))
	s := summed(t, dir, sweep.Catalog{}).Scenarios[0]
	r.Scenarios[0].Tool = "Other 2"
	require.Equal(t, []report.Recheck{{Tool: "Another 1", Scenario: "s"}, r.Scenarios[0]}, s.Rechecks)
	require.Contains(t, page(t, dir), "Re-checked on Other 2")
}

func TestDamagedRechecks(t *testing.T) {
	dir := written(t, objective.Config{Minimise: []string{"latency_ns"}}, []trial{{width: 1, latency: 5, area: 5}})
	path := filepath.Join(dir, results.RecheckName("other"))
	for text, want := range map[string]string{
		`{"tool":`:         "verify-other.json: unexpected end of JSON input (the report can do without it)",
		`{"tool":"third"}`: "verify-other.json: it is of the tool third",
		`{"tool":"other","scenarios":[{"scenario":"x"}]}`:               `verify-other.json: the dataset has no scenario "x"`,
		`{"tool":"other","scenarios":[{"designs":[{"readings":"x"}]}]}`: "cannot unmarshal string",
	} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		f, err := results.Open(dir, sweep.Catalog{})
		require.NoError(t, err)
		_, err = f.Sweep()
		require.ErrorContains(t, errors.Join(err, f.Close()), want)
	}
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Mkdir(path, 0o755))
	f, err := results.Open(dir, sweep.Catalog{})
	require.NoError(t, err)
	_, err = f.Sweep()
	require.ErrorContains(t, errors.Join(err, f.Close()), "verify-other.json is not a regular file")
}
