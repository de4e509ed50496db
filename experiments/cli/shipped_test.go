package cli_test

import (
	"io/fs"
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
			plan, err := sweep.NewPlan(f, program().Catalog)
			require.NoError(t, err)
			require.NotEmpty(t, plan.Studies)
		})
	}
}
