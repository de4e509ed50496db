package timeloop_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// forms is a small specification with what the larger files leave out.
const forms = `
problem: # sizes beside the shape, a coefficient as a number
  shape: {name: f, dimensions: [K, P], data-spaces: [{name: W, projection: [K]}, {name: Z, projection: [[[K]], [[P, 2]]], read-write: yes}]}
  K: 8
  P: 4
mapspace: {version: 0.4, template: uber}
mapper: {algorithm: linear-pruned, optimization_metric: last-level-accesses, search_size: 9, heartbeat: 3}
variables: {version: 0.4, n: 3}
architecture:
  version: 0.4
  nodes:
    - !Hierarchical
      nodes:
        - !Component {name: main, class: DRAM, attributes: {width: 64, datawidth: 16, shared_bandwidth: 8, vector_access_energy: 100}}
        - !Nothing
        - !Component {name: off, class: SRAM, enabled: false}
    - !Component
      name: banks
      class: SRAM
      spatial: {meshX: 2, meshY: 2}
      attributes: {sizeKB: 2, datawidth: 16, block_size: 4, multiple_buffering: 2, bandwidth: 8, cluster_area: 500, n_banks: 4}
      constraints:
        spatial: {factors: [K<=2], split: 1}
        temporal: {no_iteration_over_dataspaces: [W]}
        dataspace: {bypass_only: [W]}
    - !Container {name: lonely, constraints: {spatial: {factors: [K=1]}}}
    - !Component
      name: registers
      class: storage
      subclass: regfile
      attributes: {entries: 12, datawidth: 16, width: 32, cluster_size: 2, reduction-supported: true, technology: 45nm}
    - !Component {name: units, class: compute, attributes: {datawidth: 16, energy: 0.5, area: 70}}
limits_constraints:
  - {target: registers, type: utilization, min: 0.25}
  - {target: registers, type: temporal, permutation: K_P, factors: "K<=4, P <= 2"}
  - {target: registers, type: temporal, factors: K<=2}
`

func TestFormsThatFilesMayTake(t *testing.T) {
	spec, err := timeloop.Read([]timeloop.File{{Name: "f.yaml", Text: []byte(forms)}}, timeloop.Options{})
	require.NoError(t, err)
	names := []string{}
	for _, l := range spec.Architecture.Levels {
		names = append(names, l.Name)
	}
	require.Equal(t, []string{"main", "inter_banks_spatial", "banks", "registers"}, names)
	main, place, banks, registers := spec.Architecture.Levels[0], spec.Architecture.Levels[1], spec.Architecture.Levels[2], spec.Architecture.Levels[3]
	require.Equal(t, []float64{8, 100, 100}, []float64{main.WordsPerCycle, main.ReadPJ, main.UpdatePJ})
	require.True(t, place.NoStorage)
	require.Equal(t, []int{4, 2, 4, 2}, []int{banks.Instances, banks.MeshX, banks.BlockWords, banks.Buffers})
	require.EqualValues(t, 1024, banks.CapacityWords, "2 KiB of 16 bits")
	require.Equal(t, []float64{4, 4, 500}, []float64{banks.ReadWordsPerCycle, banks.WriteWordsPerCycle, banks.AreaUM2})
	require.Equal(t, []string{"Z"}, banks.Holds)
	require.Equal(t, []int{4, 1, 2}, []int{registers.Instances, registers.BlockWords, registers.ClusterSize})
	require.EqualValues(t, 12, registers.CapacityWords)
	require.Equal(t, []float64{0.5, 70}, []float64{spec.Architecture.Compute.EnergyPJ, spec.Architecture.Compute.AreaUM2})

	c := spec.Constraints
	require.InDelta(t, 0.25, c.MinUtilizationFrac, 0)
	require.Equal(t, []mapper.Factor{{Dimension: "K", Trips: 2, Max: true}}, c.Levels[1].Spatial)
	require.Equal(t, []string{"K", "P"}, c.Levels[1].SpatialX, "the split leaves open which one lies along X")
	require.Equal(t, []string{"K", "P"}, c.Levels[1].SpatialY)
	require.Equal(t, []mapper.Factor{{Dimension: "K", Trips: 1}}, c.Levels[2].Temporal)
	require.Equal(t, []string{"Z"}, c.Levels[2].Keep)
	require.Equal(t, []mapper.Factor{{Dimension: "K", Trips: 2, Max: true}, {Dimension: "P", Trips: 2, Max: true}}, c.Levels[3].Temporal, "the tighter bound")
	require.Equal(t, [][]string{{"K"}, {"P"}}, [][]string{c.Levels[3].Innermost, c.Levels[3].Outermost})

	require.Equal(t, mapper.Options{Algorithm: mapper.Exhaustive, Objectives: []mapper.Objective{mapper.OutermostAccesses}, Budget: 9, Timeout: 3}, spec.Mapper)
	require.Contains(t, spec.Notes, "f.yaml: variables is not read: expressions are not either")
	require.Contains(t, spec.Notes, "lonely: its constraints say nothing: it has no mesh")
	require.EqualValues(t, 2, spec.Problem.Tensors[1].Axes[1][0].Coefficient)
}

// TestMistakesOfForms changes one thing each.
func TestMistakesOfForms(t *testing.T) {
	for _, c := range []struct{ old, to, want string }{
		{"template: uber", "template: ruby", `f.yaml:6: mapspace: template "ruby" is not read: want uber`},
		{"linear-pruned", "simulated", `mapper: not read: unknown algorithm "simulated"`},
		{"last-level-accesses", "area", `mapper: not read: unknown metric "area"`},
		{"min: 0.25", "min: 25", "f.yaml:34: limits_constraints: min 25 out of range [0, 1]"},
		{"min: 0.25", "least: 0.25", "utilization without min"},
		{"target: registers, type: temporal, permutation", "type: temporal, permutation", "a constraint without target"},
		{"sizeKB: 2,", "sizeKB: 2, depth: 4,", "banks: give one of entries, depth and sizeKB"},
		{"multiple_buffering: 2", "multiple_buffering: 1.5", "multiple_buffering of banks 1.5 out of range"},
		{"meshX: 2, meshY: 2", "meshX: 2.5", "meshX of banks 2.5 out of range"},
		{"meshX: 2, meshY: 2", "meshX: 2000000", "more than 2^20 instances along a side"},
		{"cluster_size: 2", "cluster_size: 3", "a width of 32 bits is not a whole number of words: word_bits 16, block_size 1, cluster_size 3"},
		{"reduction-supported: true", "reduction-supported: false", "attribute reduction_supported is not read"},
		{"technology: 45nm}", "technology: 45nm}\n      spatial: {meshX: 2}\n      constraints: {spacial: {}}\n      extra: 1", `architecture: !Component: not read: unknown key "extra"`},
		{"enabled: false", "enabled: maybe", `"maybe" is neither true nor false`},
		{"entries: 12, ", "", "registers: a memory of 0 lines of 32 bits has no cost"},
		{"entries: 12, ", "entries: many, ", `size of registers: "many" is not a number`},
		{"bypass_only: [W]", "bypass_only: [W], keep: [W]", "W must both stay and pass"},
		{"K: 8", "K: 3000000000", "size of K 3000000000 out of range"},
		{"dimensions: [K, P]", "dimensions: [K, P, K]", `dimension "K" twice`},
		{"{name: W, projection: [K]}", "{name: W}", "data space W has no projection"},
		{"{name: W, projection: [K]}", "{name: W, projection: [[]]}", "an axis of 0 terms"},
		{"{name: W, projection: [K]}", "{name: W, projection: [[[K, 2, 3]]]}", "a term of 3 parts"},
		{"{name: W, projection: [K]}", "{name: Z, projection: [K]}", "data space Z twice"},
		{"{name: f, dimensions", "{dimensions: 3, name: f, dims", `unknown key "dims"`},
		{"shape: {name: f, dim", "shape: cnn-layer\n  old: {name: f, dim", `shape "cnn-layer" by name is not read`},
		{"- !Nothing", "- 3", "a node is a value, not a table"},
		{"version: 0.4\n  nodes", "version: 0.3\n  nodes", "nodes are of version 0.4, not 0.3"},
		{"class: compute", "class: [a]", "class of units is a list, not a word"},
	} {
		t.Run(c.to, func(t *testing.T) {
			text := replaceOnce(t, forms, c.old, c.to)
			_, err := timeloop.Read([]timeloop.File{{Name: "f.yaml", Text: []byte(text)}}, timeloop.Options{})
			require.ErrorContains(t, err, c.want)
		})
	}
}

func replaceOnce(t *testing.T, text, old, to string) string {
	t.Helper()
	before, after, found := strings.Cut(text, old)
	require.True(t, found, "%q", old)
	return before + to + after
}

// TestValidateComparesFurtherDesigns gives the embedded tables back as further ones, then with a count that is off by one.
func TestValidateComparesFurtherDesigns(t *testing.T) {
	data := t.TempDir()
	folder := filepath.Join(data, "timeloop")
	require.NoError(t, os.Mkdir(folder, 0o755))
	for _, name := range []string{"summary.csv", "mappings.csv", "levels.csv"} {
		packed, err := os.Open(filepath.Join("..", "..", "accelerators", "loopnest", "golden", "data", name+".gz"))
		require.NoError(t, err)
		defer packed.Close()
		unpacked, err := gzip.NewReader(packed)
		require.NoError(t, err)
		text, err := io.ReadAll(unpacked)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), text, 0o644))
	}
	check := timeloop.Checks()[0]
	list, err := check.Run(t.Context(), data)
	require.NoError(t, err)
	require.Len(t, list, 6)
	for _, a := range list {
		require.Empty(t, a.Failure(), a.Reference)
	}
	path := filepath.Join(folder, "levels.csv")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(replaceOnce(t, string(text), ",13824,", ",13825,")), 0o644))
	list, err = check.Run(t.Context(), data)
	require.NoError(t, err)
	require.Contains(t, list[3].Failure(), "1 of 40 rows differ")
	require.NoError(t, os.WriteFile(path, []byte("design\n"), 0o644))
	_, err = check.Run(t.Context(), data)
	require.ErrorContains(t, err, folder)
}
