package timeloop_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/simulators/timeloop"
)

// FuzzRead: whatever the text, YAML or TOML, reading gives a specification whose mapping is written and read again the same, or mistakes.
func FuzzRead(f *testing.F) {
	f.Add(false, "mapping: &m [{target: A, type: temporal, factors: P=2 K3, permutation: KP}]\n"+small)
	f.Add(false, "mapping: [{target: inter_B_spatial, type: spatial, factors: [K=0], split: 0}, {target: A, type: temporal, factors: P=4}]\n"+small)
	f.Add(false, "constraints: [{target: A, type: dataspace, keep: ['*']}, {target: B, type: spatial, factors: K<=2, permutation: K_P, split: 1}]\n"+small)
	f.Add(true, "[problem.shape]\ndimensions = ['P']\n[[problem.shape.data_spaces]]\nname = 'Z'\nread_write = true\nprojection = [[['P']]]\n[problem.instance]\nP = 3\n"+
		"[[architecture.nodes]]\nname = 'A'\nclass = 'SRAM'\nattributes = {depth = 9}\n[[architecture.nodes]]\nname = 'm'\nclass = 'mac'\n")
	for _, name := range []string{"energies.yaml", "row-stationary-v3.yaml"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		require.NoError(f, err)
		f.Add(false, string(text))
	}
	f.Fuzz(func(t *testing.T, toml bool, text string) {
		name := "x.yaml"
		if toml {
			name = "x.toml"
		}
		files := []timeloop.File{{Name: name, Text: []byte(text)}}
		spec, err := timeloop.Read(files, timeloop.Options{})
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		model, err := loopnest.NewModel(spec.Problem, spec.Architecture)
		if err != nil || spec.Mapping == nil {
			return
		}
		var r loopnest.Result
		if model.Evaluate(spec.Mapping, &r) == nil {
			require.GreaterOrEqual(t, r.EnergyPJ, 0.0)
		}
	})
}

// small is a problem and an architecture of a few lines.
const small = `
problem:
  shape:
    dimensions: [K, P]
    data-spaces:
      - {name: W, projection: [K]}
      - {name: Z, projection: [[[K]], [[P, 2]]], read-write: true}
  instance: {K: 6, P: 4}
architecture:
  version: 0.4
  nodes:
    - !Component {name: A, class: SRAM, attributes: {depth: 64, width: 16}}
    - !Container {name: B, spatial: {meshX: 6}}
    - !Component {name: m, class: mac}
`
