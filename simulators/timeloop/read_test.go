package timeloop_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// load reads files of testdata.
func load(t testing.TB, names ...string) []timeloop.File {
	t.Helper()
	for i, name := range names {
		names[i] = filepath.Join("testdata", name)
	}
	files, err := timeloop.Load(names)
	require.NoError(t, err)
	return files
}

// evaluate costs the mapping of files.
func evaluate(t *testing.T, files []timeloop.File) (*timeloop.Specification, loopnest.Result) {
	t.Helper()
	spec, err := timeloop.Read(files, timeloop.Options{})
	require.NoError(t, err)
	require.NotNil(t, spec.Mapping)
	model, err := loopnest.NewModel(spec.Problem, spec.Architecture)
	require.NoError(t, err)
	var r loopnest.Result
	require.NoError(t, model.Evaluate(spec.Mapping, &r))
	return spec, r
}

// TestVersionsAndTOMLMeanTheSame reads one array and one mapping in three languages. The counts and energies are those that Timeloop prints for the
// published Eyeriss-like design, which accelerators/loopnest/golden holds.
func TestVersionsAndTOMLMeanTheSame(t *testing.T) {
	for name, files := range map[string][]string{
		"0.4":  {"row-stationary.yaml", "stem.yaml", "stem-mapping.yaml", "energies.yaml"},
		"0.3":  {"row-stationary-v3.yaml", "stem.yaml", "stem-mapping-v3.yaml", "energies.yaml"},
		"TOML": {"row-stationary.toml", "stem.yaml", "stem-mapping.yaml", "energies.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			spec, r := evaluate(t, load(t, files...))
			require.Equal(t, loopnest.Feasible, r.Infeasible.Cause)
			require.EqualValues(t, 10838016, r.Computes)
			require.EqualValues(t, 86016, r.Cycles)
			require.InEpsilon(t, 59280115.9, r.EnergyPJ, 1e-7)
			require.InDelta(t, 0.75, r.UtilizationFrac, 1e-12)
			for _, want := range []struct {
				level          string
				tensor         int
				reads, updates int64
				energyPJ       float64
			}{
				{"DRAM", 1, 157296, 0, 10066944},
				{"shared_glb", 1, 1354752, 0, 3357302.30},
				{"shared_glb", 2, 0, 401408, 709384.73},
				{"psum_spad", 2, 57344, 86016, 4190338.25},
			} {
				at, ok := spec.Architecture.Level(want.level)
				require.True(t, ok, want.level)
				got := r.Levels[at].Tensors[want.tensor]
				require.Equal(t, want.reads, got.Reads, want.level)
				require.Equal(t, want.updates, got.Updates, want.level)
				require.InDelta(t, want.energyPJ, got.EnergyPJ, 0.005, want.level)
			}
		})
	}
}

// TestConstraintsOfAnArray checks what the columns, the rows and a scratchpad may do.
func TestConstraintsOfAnArray(t *testing.T) {
	spec, err := timeloop.Read(load(t, "row-stationary.yaml", "stem.yaml"), timeloop.Options{})
	require.NoError(t, err)
	require.Nil(t, spec.Mapping)
	levels := map[string]mapper.LevelConstraint{}
	for _, l := range spec.Constraints.Levels {
		levels[l.Level] = l
	}
	columns := levels["inter_PE_column_spatial"]
	require.True(t, columns.NoTemporal)
	require.Equal(t, []string{"N", "C", "P", "R", "S", "Q", "M"}, columns.SpatialX)
	require.Empty(t, columns.SpatialY)
	require.NotNil(t, columns.SpatialY, "none, not any")
	require.Equal(t, []mapper.Factor{{Dimension: "N", Trips: 1}, {Dimension: "C", Trips: 1}, {Dimension: "P", Trips: 1}, {Dimension: "R", Trips: 1}, {Dimension: "S", Trips: 1}},
		columns.Spatial)
	require.Equal(t, []string{"N", "P", "Q", "R", "S", "C", "M"}, levels["inter_PE_spatial"].SpatialY)
	weights := levels["weights_spad"]
	require.Equal(t, []string{"Weights"}, weights.Keep)
	require.Empty(t, weights.Bypass)
	at, ok := spec.Architecture.Level("weights_spad")
	require.True(t, ok)
	require.Equal(t, []string{"Weights"}, spec.Architecture.Levels[at].Holds, "the other branches keep the rest")
	require.Equal(t, []string{"N", "M", "P", "Q", "S", "C", "R"}, weights.Innermost)

	spec, err = timeloop.Read(load(t, "row-stationary-v3.yaml", "stem.yaml"), timeloop.Options{})
	require.NoError(t, err)
	columns = spec.Constraints.Levels[2]
	require.Equal(t, "columns", columns.Level)
	require.Equal(t, []string{"N", "P", "Q", "R"}, columns.SpatialX)
	require.Equal(t, []string{"S", "C", "M"}, columns.SpatialY)
	require.Contains(t, columns.Spatial, mapper.Factor{Dimension: "S", Trips: 3}, "0 is the whole dimension")
	require.Contains(t, spec.Constraints.Levels[1].Temporal, mapper.Factor{Dimension: "Q", Trips: 4, Max: true})
}

func TestFiguresWithoutATableComeFromTheTechnology(t *testing.T) {
	spec, err := timeloop.Read(load(t, "row-stationary.yaml", "stem.yaml"), timeloop.Options{})
	require.NoError(t, err)
	require.Contains(t, spec.Notes, "DRAM: energy of an access by horowitz-45nm: 1280 pJ for 64 bits")
	require.InDelta(t, 0.2+0.05, spec.Architecture.Compute.EnergyPJ, 1e-12, "multiplier of 8 and adder of 16 bits")
	require.InDelta(t, 282+67, spec.Architecture.Compute.AreaUM2, 1e-9)
}

// TestMappingFilesRoundTrip writes the mapping that was read, and reads it again.
func TestMappingFilesRoundTrip(t *testing.T) {
	files := load(t, "row-stationary.yaml", "stem.yaml", "stem-mapping.yaml")
	spec, _ := evaluate(t, files)
	files[2] = timeloop.File{Name: "again.yaml", Text: timeloop.WriteMapping(spec.Mapping, spec.Architecture, spec.Problem)}
	again, err := timeloop.Read(files, timeloop.Options{})
	require.NoError(t, err)
	require.Equal(t, spec.Mapping, again.Mapping)
}

func TestProblemFileAlone(t *testing.T) {
	p, err := timeloop.ReadProblem(load(t, "stem.yaml")[0])
	require.NoError(t, err)
	require.Equal(t, "stem", p.Name)
	require.Equal(t, loopnest.Dimension{Name: "P", Size: 112}, p.Dimensions[5])
	require.Equal(t, loopnest.Axis{{Dimension: 2, Coefficient: 1}, {Dimension: 5, Coefficient: 2}}, p.Tensors[1].Axes[2])
	_, err = timeloop.ReadProblem(timeloop.File{Name: "x.yaml", Text: []byte("architecture: {}\n")})
	require.EqualError(t, err, `x.yaml:1: no section "problem"`)
}

func TestMapperOfAFile(t *testing.T) {
	files := append(load(t, "row-stationary.yaml", "stem.yaml"), timeloop.File{Name: "m.yaml", Text: []byte(
		"mapper: {algorithm: random-pruned, optimization-metrics: [delay, energy], timeout: 150, victory-condition: 10, num-threads: 8, log_stats: true, search_size: 77}\n")})
	spec, err := timeloop.Read(files, timeloop.Options{})
	require.NoError(t, err)
	require.Equal(t, mapper.Options{Algorithm: mapper.Random, Objectives: []mapper.Objective{mapper.Cycles, mapper.Energy}, Timeout: 150, Victory: 10, Budget: 77}, spec.Mapper)
}

func TestLoadRefusesWhatIsNoFile(t *testing.T) {
	_, err := timeloop.Load([]string{t.TempDir()})
	require.ErrorContains(t, err, "is not a regular file")
	_, err = timeloop.Load([]string{"testdata/none.yaml"})
	require.ErrorIs(t, err, os.ErrNotExist)
}

// change reads testdata with one text replaced by another, and tells what is wrong with it.
func change(t *testing.T, old, to string, names ...string) error {
	t.Helper()
	files, found := load(t, names...), false
	for i, f := range files {
		if text := strings.Replace(string(f.Text), old, to, 1); text != string(f.Text) {
			files[i].Text, found = []byte(text), true
		}
	}
	require.True(t, found, "%q is in none of the files", old)
	_, err := timeloop.Read(files, timeloop.Options{})
	return err
}

func TestMistakesHaveALine(t *testing.T) {
	four := []string{"row-stationary.yaml", "stem.yaml", "stem-mapping.yaml"}
	three := []string{"row-stationary-v3.yaml", "stem.yaml", "stem-mapping-v3.yaml"}
	for _, c := range []struct {
		name, old, to, want string
		files               []string
	}{
		{"syntax", "  shape:\n", "  shape: [\n", "testdata/stem.yaml:4: did not find expected ',' or ']'", four},
		{"template", "name: system", "name: {{x}}", "testdata/row-stationary.yaml:5: templates of Jinja ({{ …) are not read", four},
		{"key twice", "  instance:", "  version: 0.4\n  instance:", `testdata/stem.yaml:24: key "version" twice`, four},
		{"tag", "!Parallel", "!Pipelined", "testdata/row-stationary.yaml:29: architecture: nodes of the kind !Pipelined are not read", four},
		{"version", "version: 0.4\n  nodes", "version: 0.7\n  nodes", `testdata/row-stationary.yaml:3: architecture: version "0.7" is not read`, four},
		{"class", "class: intmac", "class: analog", `testdata/row-stationary.yaml:54: architecture: mac: not read: unknown class "analog"`, four},
		{"attribute", "n_banks: 32", "n_bnks: 32", `testdata/row-stationary.yaml:16: architecture: shared_glb: not read: unknown attribute "n_bnks"`, four},
		{"expression", "depth: 16384", "depth: 128 * 128", `testdata/row-stationary.yaml:16: architecture: size of shared_glb: "128 * 128" is not a number (expressions are not read)`, four},
		{"unmodelled attribute", "n_banks: 32", "metadata_width: 32", "testdata/row-stationary.yaml:16: architecture: shared_glb: attribute metadata_width is not read", four},
		{"width", "depth: 16384, width: 64", "depth: 16384, width: 60", "testdata/row-stationary.yaml:13: architecture: shared_glb: a width of 60 bits is not a whole number of words", four},
		{"no units", "class: intmac", "class: SRAM", "architecture has no multiply-accumulate units", four},
		{"components twice", "name: psum_spad", "name: weights_spad", `architecture: component "weights_spad" twice`, four},
		{"two branches keep", "dataspace: {keep: [Weights]}", "dataspace: {keep: [Weights, Outputs]}", "Outputs is kept in two branches of one !Parallel node, at weights_spad and psum_spad", four},
		{"unknown tensor in a bypass", "bypass: [Weights]", "bypass: [Wieghts]", `testdata/row-stationary.yaml:18: constraints of shared_glb: dataspace: bypass: unknown data space "Wieghts", did you mean "Weights"?`, four},
		{"keep and bypass", "keep: [Inputs, Outputs], bypass: [Weights]", "keep: [Inputs, Weights], bypass: [Weights]", "Weights must both stay and pass", four},
		{"dimension", "factors: [Q=14]", "factors: [X=14]", `testdata/stem-mapping.yaml:9: unknown dimension "X"`, four},
		{"factor", "factors: [Q=14]", "factors: [Q=fourteen]", `factor "Q=fourteen" is not of the form DIMENSION=NUMBER`, four},
		{"remainder", "factors: [Q=14]", `factors: ["Q14,3"]`, "a remainder is not read", four},
		{"not covered", "factors: [Q=14]", "factors: [Q=13]", `testdata/stem-mapping.yaml:2: mapping: the factors of dimension "Q" multiply to 104, which does not cover its size of 112`, four},
		{"target", "target: DRAM", "target: dram", `testdata/stem-mapping.yaml:11: unknown target "dram", did you mean "DRAM"?`, four},
		{"type", "type: bypass, bypass", "type: skew, bypass", `mapping: not read: unknown type "skew"`, four},
		{"unmodelled directive", "type: bypass, bypass", "type: bypass, no_coalesce: [Weights], bypass", "mapping: shared_glb: no_coalesce is not read", four},
		{"loops twice", "target: PE_column, type: spatial", "target: inter_PE_spatial, type: spatial", "has these loops already, from line 8", four},
		{"keeps where nothing is stored", "target: weights_spad, type: dataspace", "target: inter_PE_spatial, type: dataspace", "inter_PE_spatial keeps [Weights], but stores nothing", four},
		{"held by nobody", "target: ifmap_spad, type: bypass, keep: [Inputs], bypass: [Weights, Outputs]", "target: ifmap_spad, type: bypass, keep: [Weights]", "ifmap_spad keeps [Weights], which the architecture lets pass", four},
		{"no shape", "  shape:\n", "  shpae:\n", "problem has no shape", four},
		{"no size", "N: 1, P", "P", `instance has no size for dimension "N"`, four},
		{"size", "P: 112", "P: 0", "size of P 0 out of range", four},
		{"sparse", "H: 224", "densities: {Inputs: 0.5}", `problem: instance: not read: unknown key "densities"`, four},
		{"coefficient", "[P, Wstride]", "[P, Wstrid]", `unknown coefficient "Wstrid", did you mean "Wstride"?`, four},
		{"no result", "read-write: True", "read-write: False", "0 data spaces are read_write", four},
		{"instances", "PE[0..167]", "PE[0-167]", `"PE[0-167]": instances are written NAME[0..N]`, three},
		{"no instances", "PE[0..167]", "PE[3..2]", "has no instances", three},
		{"mesh", "meshX: 14, read_bandwidth: 2, write_bandwidth: 2}\n                - name: weights", "meshX: 15}\n                - name: weights", "168 instances do not fill a mesh of 15 × 11", three},
		{"contradictory factors", "factors: Q<=4", "factors: N=1 M=0 Q=4 Q=2", `two factors of dimension "Q"`, three},
		{"contradictory lines", "mapspace_constraints:\n  targets:\n", "mapspace_constraints:\n  targets:\n    - {target: columns, type: spatial, factors: N=1 P=1 Q=1 R=1 S=1}\n",
			"factor of S contradicts that of line 43: 1 and 3", three},
		{"contradictory bypass", "mapspace_constraints:\n  targets:\n", "mapspace_constraints:\n  targets:\n    - {target: psum_spad, type: bypass, keep: [Inputs]}\n",
			"keep of Inputs contradicts its bypass in line 41", three},
		{"contradictory order", "mapspace_constraints:\n  targets:\n", "mapspace_constraints:\n  targets:\n    - {target: psum_spad, type: temporal, permutation: MNCPQRS}\n",
			"the permutation contradicts that of line 44", three},
		{"at least", "factors: Q<=4", "factors: Q>=4", `factor "Q>=4": >= is not read here`, three},
		{"two subtrees", "      subtree:\n        - name: chip", "      subtree:\n        - name: empty\n        - name: chip", "a subtree of 2 containers", three},
		{"unknown section", "mapspace_constraints:", "sparse_optimizations:", `not read: unknown section "sparse_optimizations"`, three},
		{"network", "class: smartbuffer_SRAM", "class: XY_NoC", `shared_glb: not read: unknown class "XY_NoC"`, three},
		{"TOML syntax", "[architecture]\n", "[architecture\n", "testdata/row-stationary.toml:3: expected", []string{"row-stationary.toml", "stem.yaml"}},
		{"TOML key", "n_banks = 32", "n_bnks = 32", `testdata/row-stationary.toml:13: architecture: shared_glb: not read: unknown attribute "n_bnks"`, []string{"row-stationary.toml", "stem.yaml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := change(t, c.old, c.to, append([]string(nil), c.files...)...)
			require.ErrorContains(t, err, c.want)
			if strings.HasPrefix(c.want, "testdata/") {
				at, ok := errors.AsType[*timeloop.Error](err)
				require.True(t, ok)
				require.Positive(t, at.Line)
			}
		})
	}
}

func TestFilesThatHoldNothing(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "x.yaml:1: the file is empty",
		"- 1\n":                         "x.yaml:1: the file holds a list, not a table of sections",
		"a: &x [*x]\n":                  "x.yaml:1: an alias to what holds it",
		"problem: {}\n---\nproblem: {}": "a second document in one file is not read",
		"architecture: {}\n":            "architecture is empty",
		"architecture: {version: 0.3}":  "architecture is empty",
		"architecture: {nodes: []}":     "architecture has no multiply-accumulate units",
		"architecture: {storage: [{name: x}], arithmetic: {}}": "the oldest form (arithmetic, storage) is not read",
		"mapping: []\n": `no file has a section "architecture"`,
	} {
		_, err := timeloop.Read([]timeloop.File{{Name: "x.yaml", Text: []byte(text)}}, timeloop.Options{Problem: &loopnest.Problem{Name: "p"}})
		require.ErrorContains(t, err, want, text)
	}
}

// TestAliasesCannotGrowWithoutBound is the billion laughs.
func TestAliasesCannotGrowWithoutBound(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n")
	for i := range 9 {
		line := strings.ReplaceAll("aN: &aN [*aM, *aM, *aM, *aM, *aM, *aM, *aM, *aM, *aM, *aM]\n", "M", string(rune('0'+i)))
		b.WriteString(strings.ReplaceAll(line, "N", string(rune('0'+i+1))))
	}
	_, err := timeloop.Read([]timeloop.File{{Name: "x.yaml", Text: []byte(b.String())}}, timeloop.Options{})
	require.ErrorContains(t, err, "values with all aliases written out")
}
