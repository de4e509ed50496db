package nn_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

func shape() nn.Shape { return nn.Shape{Inputs: 2, Hidden: []int{3}, Outputs: 2} }

func written(t testing.TB, n *nn.Net) []byte {
	var b bytes.Buffer
	require.NoError(t, nn.Write(&b, "toy", []nn.Tensor{n.Tensor("actor"), {Name: "mean", Values: []float64{1.5, -2}}}))
	return b.Bytes()
}

func TestFilesRoundTrip(t *testing.T) {
	n, other := nn.New(shape(), seed.New(1)), nn.New(shape(), seed.New(2))
	mean := make([]float64, 2)
	require.NotEqual(t, n.Params(), other.Params())
	require.NoError(t, nn.Read(bytes.NewReader(written(t, n)), "toy", []nn.Tensor{other.Tensor("actor"), {Name: "mean", Values: mean}}))
	require.Equal(t, n.Params(), other.Params())
	require.Equal(t, []float64{1.5, -2}, mean)
}

func TestFilesThatDoNotFitChangeNothing(t *testing.T) {
	n := nn.New(shape(), seed.New(1))
	file := written(t, n)
	damaged := slices.Clone(file)
	damaged[len(damaged)/2] ^= 1
	relu := shape()
	relu.Activation = nn.ReLU
	wide := shape()
	wide.Hidden = []int{4}
	newer := slices.Clone(file)
	newer[len("codesign parameters\n")] = 2
	n.Params()[0] = math.NaN()
	broken := written(t, n)
	for _, c := range []struct {
		name, label, tensor string
		s                   nn.Shape
		mean                int
		file                []byte
		want                string
	}{
		{"label", "other", "actor", shape(), 2, file, `it holds "toy", not "other"`},
		{"name", "toy", "critic", shape(), 2, file, `"actor", not "critic"`},
		{"shape", "toy", "actor", wide, 2, file, `"actor" has the shape [0 2 3 2], not [0 2 4 2]`},
		{"activation", "toy", "actor", relu, 2, file, `"actor" has the shape [0 2 3 2], not [1 2 3 2]`},
		{"length", "toy", "actor", shape(), 3, file, `"mean" has 2 values, not 3`},
		{"damaged", "toy", "actor", shape(), 2, damaged, "the checksum is wrong"},
		{"cut off", "toy", "actor", shape(), 2, file[:len(file)-9], "the checksum is wrong"},
		{"another file", "toy", "actor", shape(), 2, []byte("PK"), "it does not begin with"},
		{"empty", "toy", "actor", shape(), 2, nil, "it does not begin with"},
		{"newer", "toy", "actor", shape(), 2, newer, "version 2 is not 1"},
		{"not finite", "toy", "actor", shape(), 2, broken, `"actor": value 0 is NaN: must be finite`},
	} {
		t.Run(c.name, func(t *testing.T) {
			other, mean := nn.New(c.s, seed.New(2)), make([]float64, c.mean)
			before := slices.Clone(other.Params())
			err := nn.Read(bytes.NewReader(c.file), c.label, []nn.Tensor{other.Tensor(c.tensor), {Name: "mean", Values: mean}})
			require.ErrorIs(t, err, nn.ErrFile)
			require.ErrorContains(t, err, c.want)
			require.Equal(t, before, other.Params())
			require.Equal(t, make([]float64, c.mean), mean)
		})
	}
}

func TestBrokenReadersAndWriters(t *testing.T) {
	broken := errors.New("no disk")
	require.ErrorIs(t, nn.Read(iotest.ErrReader(broken), "toy", nil), broken)
	r, w := io.Pipe()
	require.NoError(t, r.CloseWithError(broken))
	require.ErrorIs(t, nn.Write(w, "toy", nil), broken)
}

func FuzzRead(f *testing.F) {
	n := nn.New(shape(), seed.New(1))
	file := written(f, n)
	f.Add(file)
	f.Add(file[:40])
	f.Fuzz(func(t *testing.T, data []byte) {
		mean := make([]float64, 2)
		if err := nn.Read(bytes.NewReader(data), "toy", []nn.Tensor{n.Tensor("actor"), {Name: "mean", Values: mean}}); err != nil {
			require.ErrorIs(t, err, nn.ErrFile)
		}
	})
}
