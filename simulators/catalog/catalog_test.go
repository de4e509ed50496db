package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/catalog"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func TestEverySimulatorConformsWithItsDefaults(t *testing.T) {
	for _, f := range catalog.Simulators() {
		t.Run(f.Name, func(t *testing.T) {
			if f.Name == "zero-cost" {
				t.Skip("its package proves it, on images of a quarter of the pixels")
			}
			var cheap map[string]any // the conformance is the same, the time is not
			if len(f.Fidelities) > 0 {
				cheap = f.Fidelities[0].Set
			}
			in, _, err := f.Open(cheap)
			require.NoError(t, err)
			require.Equal(t, f.Name, in.Simulator.Spec().Name, "the catalogue id")
			simtest.Test(t, in, simtest.Points(8), simtest.Whole(0))
		})
	}
}

func TestEveryFidelityOpens(t *testing.T) {
	for _, f := range catalog.Simulators() {
		for _, fidelity := range f.Fidelities {
			_, _, err := f.Open(fidelity.Set)
			require.NoError(t, err, "%s: fidelity %s", f.Name, fidelity.Name)
		}
	}
}

func TestEveryEnvironmentConformsWithItsDefaults(t *testing.T) {
	for _, f := range catalog.Environments() {
		t.Run(f.Name, func(t *testing.T) {
			settings, err := simulators.NewSettings(f.Settings, nil)
			require.NoError(t, err)
			m, err := f.New(settings)
			require.NoError(t, err)
			envtest.Test(t, m)
		})
	}
}

func TestNamesAreUniqueAndDocumented(t *testing.T) {
	seen := map[string]bool{}
	entry := func(name, doc string, settings []simulators.Setting) {
		require.False(t, seen[name], "%s is listed twice", name)
		seen[name] = true
		require.Equal(t, strings.ToLower(name), name)
		require.NotEmpty(t, doc, name)
		for _, s := range settings {
			require.NotEmpty(t, s.Doc, "%s: setting %s", name, s.Name)
			_, err := simulators.NewSettings(settings, map[string]any{s.Name: s.Default})
			require.NoError(t, err, "%s: the default of %s", name, s.Name)
		}
	}
	for _, f := range catalog.Simulators() {
		entry(f.Name, f.Doc, f.Settings)
	}
	for _, f := range catalog.Environments() {
		entry(f.Name, f.Doc, f.Settings)
	}
	areas := map[string]bool{}
	for _, c := range catalog.Checks() {
		require.False(t, areas[c.Area], c.Area)
		areas[c.Area] = true
		require.NotEmpty(t, c.Doc)
	}
}

// TestWorkloadsAreAccepted opens every listed workload through the setting that it names.
func TestWorkloadsAreAccepted(t *testing.T) {
	for _, w := range catalog.Workloads() {
		name, setting, ok := strings.Cut(w.Setting, ": ")
		require.True(t, ok, w.Setting)
		opened := false
		for _, f := range catalog.Simulators() {
			if f.Name == name {
				_, _, err := f.Open(map[string]any{setting: w.Name})
				require.NoError(t, err)
				opened = true
			}
		}
		require.True(t, opened, "%s: no simulator %s", w.Name, name)
	}
}

// A main of one's own appends to the list.
func ExampleSimulators() {
	list := append(catalog.Simulators(), simulators.Factory{Name: "mine", Doc: "My own."})
	fmt.Println(list[0].Name, list[len(list)-1].Name)
	// Output: dram mine
}
