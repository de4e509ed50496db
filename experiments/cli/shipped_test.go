package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Every experiment that ships with the program can be planned: its simulators, settings, objectives and agents exist. It is named like its file.
func TestShippedExperimentsCanBePlanned(t *testing.T) {
	names, err := fs.Glob(experiments.Files, "*.toml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			source, err := fs.ReadFile(experiments.Files, name)
			require.NoError(t, err)
			f, err := file.Parse(name, source)
			require.NoError(t, err)
			require.Equal(t, name, f.Name+".toml")
			for _, w := range f.WarmStarts {
				earlier(t, w.From)
			}
			plan, err := sweep.NewPlan(f, program().Catalog)
			require.NoError(t, err)
			require.NotEmpty(t, plan.Studies)
			require.NoError(t, plan.Close())
		})
	}
}

// earlier makes the results that a shipped experiment begins from, in a folder of the test's own: those of another shipped experiment, by its name.
func earlier(t *testing.T, from string) {
	t.Helper()
	if _, err := os.Stat(from); err == nil {
		return
	}
	t.Chdir(t.TempDir())
	name := filepath.Base(from) + ".toml"
	source, err := fs.ReadFile(experiments.Files, name)
	require.NoError(t, err, "a warm start of a shipped experiment is of a shipped one: results/NAME")
	f, err := file.Parse(name, source)
	require.NoError(t, err)
	plan, err := sweep.NewPlan(f, program().Catalog)
	require.NoError(t, err)
	_, err = sweep.Run(t.Context(), plan, sweep.Options{Out: from})
	require.NoError(t, err)
	require.NoError(t, plan.Close())
}
