package networkspace_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators/networkspace"
)

func TestRead(t *testing.T) {
	f, err := networkspace.Read("x.toml", `
input = [8, 8, 2]
[shared]
width = [4, 8]
depth = 2
[bits]
activations = [4, 8]
[[block]]
kind = "residual"
project = true
block = [ { kind = "conv", name = "c", filters = "width", stride = 2, bare = true, valid = true, kernel = [1, 2] } ]
`)
	require.NoError(t, err)
	require.Equal(t, networkspace.File{
		Bits: nas.BitChoices{Activations: []int{4, 8}},
		Template: nas.Template{
			Name: "network", Input: dnn.Shape{Height: 8, Width: 8, Channels: 2},
			Shared: []nas.SharedValues{{Name: "width", Of: []int{4, 8}}, {Name: "depth", Of: []int{2}}},
			Blocks: []nas.Block{{Kind: nas.ResidualBlock, Project: true, Blocks: []nas.Block{
				{Kind: nas.ConvBlock, Name: "c", Filters: nas.Ref("width"), Stride: nas.Of(2), Kernel: nas.Of(1, 2), Bare: true, Valid: true},
			}}},
		},
	}, f)
}

// Every mistake of a file is reported with its line, at once.
func TestMistakesHaveLines(t *testing.T) {
	_, err := networkspace.Read("x.toml", `nam = "a"
input = [8, 8]
[bits]
weight = 4
[[block]]
kind = "conv"
filters = 1.5
krnel = 3
bare = "yes"
[[block]]
name = 3
[[block]]
kind = "repeat"
times = ["a"]
[[block.block]]
kind = "cnv"
`)
	require.Error(t, err)
	require.Equal(t, []string{
		`x.toml:1: unknown key "nam", did you mean "name"? (known: name, input, shared, bits, block)`,
		`x.toml:2: input [8 8]: want [height, width, channels]`,
		`x.toml:4: unknown key "weight", did you mean "weights"? (known: weights, activations)`,
		`x.toml:7: filters = 1.5 is not an integer or a list of integers`,
		`x.toml:8: unknown key "krnel", did you mean "kernel"? (known: kind, name, filters, kernel, stride, groups, bare, valid)`,
		`x.toml:9: bare = yes is not true or false`,
		`x.toml:10: kind is missing`,
		`x.toml:11: name = 3 is not a string`,
		`x.toml:14: times: a in the list is not an integer`,
	}, strings.Split(err.Error(), "\n")[:9])
	require.Contains(t, err.Error(), `x.toml:16: unknown kind of block "cnv": known are conv, `)
}

func TestMistakesOfMeaningHaveLines(t *testing.T) {
	text := `input = [8, 8, 2]
[shared]
width = [8, 4]
[[block]]
kind = "conv"
kernel = 4
[[block]]
kind = "choice"
[[block.block]]
kind = "skip"
[[block.block]]
kind = "conv"
filters = "wdth"
`
	f, err := networkspace.Read("x.toml", text)
	require.NoError(t, err)
	_, err = f.Space("x.toml", text)
	require.EqualError(t, err, `x.toml:3: shared choice "width": value [8 4] do not ascend`)

	text = strings.Replace(text, "[8, 4]", "[4, 8]", 1)
	f, err = networkspace.Read("x.toml", text)
	require.NoError(t, err)
	_, err = f.Space("x.toml", text)
	require.EqualError(t, err, `x.toml:6: block conv1: kernel [4] has an even size, which cannot lie in the middle of its padding: want odd ones, or valid = true
x.toml:13: block choice1.conv1: unknown shared choice "wdth" (known: width)`)

	text = "input = [8, 8, 2]\n[[block]]\nkind = \"pool\"\nkernel = 9\nvalid = true\n"
	f, err = networkspace.Read("x.toml", text)
	require.NoError(t, err)
	_, err = f.Space("x.toml", text)
	require.ErrorContains(t, err, `x.toml:1: the first network of the space: dnn: network "network": layers[0]: layer "pool1" (pool): kernel height`)
}

func TestNotTOML(t *testing.T) {
	_, err := networkspace.Read("x.toml", "input = [8\n= 3")
	require.ErrorContains(t, err, "x.toml:2: ")
}

// FuzzRead: no text makes the reader or the space panic, mistakes have a place, and what is a space decodes its first point.
func FuzzRead(f *testing.F) {
	f.Add(tiny)
	f.Add("input=[4,4,1]\n[[block]]\nkind=\"choice\"\nblock=[{kind=\"skip\"},{kind=\"attention\",heads=[1,2]}]\n")
	f.Add("input=[4,4,1]\nblock=[{kind=\"sum\",block=[{kind=\"upconv\"},{kind=\"mbconv\",squeeze=true}]}]")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 600 {
			return
		}
		file, err := networkspace.Read("x.toml", text)
		if err == nil {
			_, err = file.Space("x.toml", text)
		}
		if err != nil {
			require.Contains(t, err.Error(), "x.toml")
		}
	})
}
