package networks_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

// load checks the settings and loads their network.
func load(t *testing.T, set map[string]any) (dnn.Network, string, error) {
	t.Helper()
	s, err := simulators.NewSettings(networks.Settings(), set)
	require.NoError(t, err)
	if err := networks.Check(s); err != nil {
		return dnn.Network{}, "", err
	}
	return networks.Load(s)
}

// field appends a field of bytes to a message.
func field(message []byte, number protowire.Number, content []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(message, number, protowire.BytesType), content)
}

// softmax writes an ONNX file: a softmax of [batch, rows, width] values.
func softmax(t *testing.T, width uint64) string {
	t.Helper()
	var shape []byte
	for _, symbol := range []string{"batch", "rows"} {
		shape = field(shape, 1, field(nil, 2, []byte(symbol)))
	}
	shape = field(shape, 1, protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.VarintType), width))
	input := field(field(nil, 1, []byte("x")), 2, field(nil, 1, field(nil, 2, shape)))
	node := field(field(field(field(nil, 1, []byte("x")), 2, []byte("y")), 3, []byte("soft")), 4, []byte("Softmax"))
	path := filepath.Join(t.TempDir(), "m.onnx")
	require.NoError(t, os.WriteFile(path, field(nil, 7, field(field(nil, 1, node), 11, input)), 0o644))
	return path
}

func TestNetworksOfTheZoo(t *testing.T) {
	n, origin, err := load(t, nil)
	require.NoError(t, err)
	require.Equal(t, dnn.ResNet18(), n)
	require.Empty(t, origin)
	n, _, err = load(t, map[string]any{"network": "gpt2-decode", "tokens": 300})
	require.NoError(t, err)
	want, err := dnn.GPT2Small().Decode(300)
	require.NoError(t, err)
	require.Equal(t, want, n)
	n, _, err = load(t, map[string]any{"network": "bert-base"})
	require.NoError(t, err)
	require.Equal(t, int64(11_173_625_856), n.Totals().MACs, "128 tokens")
}

func TestFiles(t *testing.T) {
	path := softmax(t, 10)
	n, origin, err := load(t, map[string]any{"onnx": path, "onnx_dims": " rows = 7 ,batch=2"})
	require.NoError(t, err)
	require.Equal(t, dnn.Shape{Height: 14, Width: 1, Channels: 10}, n.Input)
	require.Regexp(t, `^\+onnx\.[0-9a-f]{12}$`, origin)
	n, _, err = load(t, map[string]any{"onnx": path, "onnx_dims": "x.1=7,x.2=20"})
	require.NoError(t, err)
	require.Equal(t, dnn.Shape{Height: 7, Width: 1, Channels: 20}, n.Input, "an axis by its place, whatever the file says")
	_, other, err := load(t, map[string]any{"onnx": softmax(t, 11), "onnx_dims": "rows=7"})
	require.NoError(t, err)
	require.NotEqual(t, origin, other)
	_, same, err := load(t, map[string]any{"onnx": softmax(t, 10), "onnx_dims": "rows=1"})
	require.NoError(t, err)
	require.Equal(t, origin, same, "the same content in another place")
}

func TestMistakes(t *testing.T) {
	path := softmax(t, 10)
	for _, c := range []struct {
		name string
		set  map[string]any
		want string
	}{
		{"two networks", map[string]any{"network": "alexnet", "onnx": "m.onnx"},
			`settings network = "alexnet" and onnx = "m.onnx" exclude each other: leave one of them out`},
		{"dimensions of nothing", map[string]any{"onnx_dims": "n=1"}, `setting onnx_dims = "n=1" is only for an ONNX file: leave it out, or set onnx`},
		{"tokens of a convolutional network", map[string]any{"network": "alexnet", "tokens": 64},
			`setting tokens = 64 is only for network = bert-base, gpt2-decode, gpt2-prefill: leave it out, or choose one of them`},
		{"too many tokens", map[string]any{"network": "bert-base", "tokens": 600}, "dnn: bert-base: 600 tokens out of range [1, 512]"},
		{"no size", map[string]any{"onnx": path}, "onnx: " + path + `: input "x": symbolic dimension "rows" of axis 1 has no size: set it, or "x.1"`},
		{"a size of nothing", map[string]any{"onnx": path, "onnx_dims": "rows=1,columns=2"}, "onnx: " + path + `: no dimension "columns": known are [batch, rows, x.0, x.1, x.2]`},
		{"no number", map[string]any{"onnx": path, "onnx_dims": "rows=x"},
			`setting onnx_dims: "rows=x" in "rows=x": want name=size once for each name, sizes in [1, 268435456]`},
		{"twice", map[string]any{"onnx": path, "onnx_dims": "rows=1,rows=2"},
			`setting onnx_dims: "rows=2" in "rows=1,rows=2": want name=size once for each name, sizes in [1, 268435456]`},
		{"zero", map[string]any{"onnx": path, "onnx_dims": "rows=0"},
			`setting onnx_dims: "rows=0" in "rows=0": want name=size once for each name, sizes in [1, 268435456]`},
		{"no file", map[string]any{"onnx": "/none/m.onnx"}, `setting onnx: stat /none/m.onnx: no such file or directory`},
		{"a folder", map[string]any{"onnx": "/"}, `setting onnx: / is not a regular file of at most 2147483648 bytes`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := load(t, c.set)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestWorkloadsAreTheZoo(t *testing.T) {
	list := networks.Workloads("systolic")
	require.Len(t, list, len(dnn.Zoo()))
	require.Equal(t, "alexnet", list[0].Name)
	require.Equal(t, "systolic: network", list[0].Setting)
	require.Contains(t, list[0].Doc, "0.7244 GMACs, 60.97 M parameters")
}
