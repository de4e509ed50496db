package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRunWritesTables measures two agents on three functions, with a budget of 200 for which there are bars.
func TestRunWritesTables(t *testing.T) {
	folder := t.TempDir()
	readme := filepath.Join(folder, "README.md")
	require.NoError(t, os.WriteFile(readme, []byte("# Agents\n<!-- agents-bench: begin -->\n<!-- agents-bench: end -->\n"), 0o644))
	args := []string{"--agents", "hill,random", "--functions", "trap30,mkp30,zdt1_grid10", "--budget", "200", "--seeds", "4", "--workers", "2",
		"--out", filepath.Join(folder, "out"), "--readme", readme}
	var bars, log bytes.Buffer
	require.NoError(t, run(t.Context(), args, &bars, &log))
	require.Equal(t, 2*3*4, strings.Count(log.String(), "after 200 trials"), log.String())
	require.Contains(t, bars.String(), "not measured best evolutionary: first in mean rank at 1000 trials")

	raw, err := os.ReadFile(filepath.Join(folder, "out", "raw.csv"))
	require.NoError(t, err)
	require.Equal(t, 1+2*3*4*4, strings.Count(string(raw), "\n"), "25, 50, 100 and 200 trials")
	tables, err := os.ReadFile(filepath.Join(folder, "out", "tables.md"))
	require.NoError(t, err)
	require.Contains(t, string(tables), "### One objective, 200 trials")
	section, err := os.ReadFile(readme)
	require.NoError(t, err)
	require.Contains(t, string(section), string(tables))
	for _, name := range []string{"medians.csv", "ranks.csv", "comparisons.csv"} {
		require.FileExists(t, filepath.Join(folder, "out", name))
	}

	log.Reset()
	require.NoError(t, run(t.Context(), args, &bars, &log))
	require.Empty(t, log.String(), "everything was measured")
}

func TestBadFlags(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"unknown agent", []string{"--agents", "hil"}, `"hil"`},
		{"unknown function", []string{"--functions", "trap3"}, `"trap3"`},
		{"no seeds", []string{"--seeds", "0"}, "--seeds is 0: want at least 1"},
		{"no trials", []string{"--budget", "-1"}, "--budget is -1: want at least 1"},
		{"no workers", []string{"--workers", "0"}, "--workers is 0: want at least 1"},
		{"an argument", []string{"hill"}, `unknown argument "hill"`},
		{"an unknown flag", []string{"--agent", "hill"}, "flag provided but not defined"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, log bytes.Buffer
			require.ErrorContains(t, run(t.Context(), append(c.args, "--out", t.TempDir()), &out, &log), c.want)
		})
	}
}
