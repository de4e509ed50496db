package dataflow_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// conv is a convolution of k filters r×s on c channels of y×x.
func conv(k, c, r, s, y, x, stride int) dataflow.Layer {
	return dataflow.Layer{
		Name: "conv", StrideY: stride, StrideX: stride,
		Size: [dataflow.NumDims]int{dataflow.K: k, dataflow.C: c, dataflow.R: r, dataflow.S: s, dataflow.Y: y, dataflow.X: x},
	}
}

func TestCountsOfALayer(t *testing.T) {
	grouped := conv(4, 4, 3, 3, 10, 12, 1)
	grouped.Op, grouped.Size[dataflow.G] = dataflow.Grouped, 32
	depthwise := conv(1, 96, 3, 3, 58, 58, 2)
	depthwise.Op = dataflow.Depthwise
	batch := conv(8, 3, 3, 3, 34, 34, 1)
	batch.Size[dataflow.N] = 2
	product := dataflow.Layer{Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 5, dataflow.N: 6, dataflow.K: 7}}
	for _, c := range []struct {
		name                        string
		layer                       dataflow.Layer
		macs, input, weight, output int64
	}{
		{"convolution", conv(8, 3, 3, 3, 34, 34, 1), 8 * 3 * 9 * 32 * 32, 3 * 34 * 34, 8 * 3 * 9, 8 * 32 * 32},
		{"stride leaves a rest", conv(2, 1, 3, 3, 8, 9, 2), 2 * 9 * 3 * 4, 72, 18, 2 * 3 * 4},
		{"two samples", batch, 2 * 8 * 3 * 9 * 32 * 32, 2 * 3 * 34 * 34, 8 * 3 * 9, 2 * 8 * 32 * 32},
		{"groups", grouped, 32 * 16 * 9 * 8 * 10, 32 * 4 * 120, 32 * 16 * 9, 32 * 4 * 80},
		{"depthwise", depthwise, 96 * 9 * 28 * 28, 96 * 58 * 58, 96 * 9, 96 * 28 * 28},
		{"matrix product", product, 210, 35, 42, 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NoError(t, c.layer.Check())
			require.Equal(t, c.macs, c.layer.MACs())
			require.Equal(t, c.input, c.layer.Elements(dataflow.Input))
			require.Equal(t, c.weight, c.layer.Elements(dataflow.Weight))
			require.Equal(t, c.output, c.layer.Elements(dataflow.Output))
			d := c.layer.DNN()
			d, err := d.Check()
			require.NoError(t, err)
			require.Equal(t, c.macs, d.Copies()*d.MACs(), "the same layer in package dnn")
		})
	}
}

func TestMalformedLayersAreNamed(t *testing.T) {
	change := func(d dataflow.Dim, size int) dataflow.Layer {
		l := conv(8, 3, 3, 3, 34, 34, 1)
		l.Size[d] = size
		return l
	}
	huge := change(dataflow.K, dataflow.MaxSize)
	huge.Size[dataflow.C], huge.Size[dataflow.X] = dataflow.MaxSize, dataflow.MaxSize
	strided := dataflow.Layer{Name: "p", Op: dataflow.MatMul, StrideX: 2}
	for _, c := range []struct {
		name  string
		layer dataflow.Layer
		want  string
	}{
		{"negative", change(dataflow.C, -1), `dataflow: layer "conv" (CONV): size C -1 out of range [1, 268435456]`},
		{"kernel", change(dataflow.R, 35), `dataflow: layer "conv" (CONV): kernel R 35 is larger than the input Y 34`},
		{"groups of a convolution", change(dataflow.G, 2), `dataflow: layer "conv" (CONV): size G 2 is not used: want 1`},
		{"stride of a product", strided, `dataflow: layer "p" (GEMM): strides 1, 2 are not used: want 1`},
		{"too many products", huge, `dataflow: layer "conv" (CONV): the product of the sizes exceeds 288230376151711744`},
		{"operation", dataflow.Layer{Name: "x", Op: 9}, `dataflow: layer "x": unknown operation Op(9): known are CONV, DSCONV, NGCONV, GEMM`},
	} {
		t.Run(c.name, func(t *testing.T) { require.EqualError(t, c.layer.Check(), c.want) })
	}
	stride := conv(8, 3, 3, 3, 34, 34, -1)
	require.EqualError(t, stride.Check(), "dataflow: layer \"conv\" (CONV): stride Y -1 out of range [1, 268435456]\nstride X -1 out of range [1, 268435456]")
}

func TestLayersOfPackageDNN(t *testing.T) {
	for _, c := range []struct {
		name   string
		layer  dnn.Layer
		want   dataflow.Layer
		copies int64
	}{
		{
			"border becomes input",
			dnn.Layer{Name: "a", Op: dnn.Conv, InHeight: 56, InWidth: 55, InChannels: 64, Filters: 32, KernelHeight: 3, KernelWidth: 1, StrideHeight: 2, PadTop: 1, PadBottom: 1, PadLeft: 2, Repeats: 3},
			dataflow.Layer{Name: "a", StrideY: 2, StrideX: 1, Size: [dataflow.NumDims]int{dataflow.C: 64, dataflow.K: 32, dataflow.R: 3, dataflow.S: 1, dataflow.Y: 58, dataflow.X: 57}}, 3,
		},
		{
			"groups as many as channels",
			dnn.Layer{Name: "b", Op: dnn.Conv, InHeight: 8, InWidth: 8, InChannels: 16, Filters: 16, Groups: 16, KernelHeight: 3, KernelWidth: 3},
			dataflow.Layer{Name: "b", Op: dataflow.Depthwise, StrideY: 1, StrideX: 1, Size: [dataflow.NumDims]int{dataflow.C: 16, dataflow.K: 1, dataflow.R: 3, dataflow.S: 3, dataflow.Y: 8, dataflow.X: 8}}, 1,
		},
		{
			"groups",
			dnn.Layer{Name: "c", Op: dnn.Conv, InHeight: 8, InWidth: 8, InChannels: 16, Filters: 32, Groups: 4, KernelHeight: 3, KernelWidth: 3},
			dataflow.Layer{Name: "c", Op: dataflow.Grouped, StrideY: 1, StrideX: 1, Size: [dataflow.NumDims]int{dataflow.G: 4, dataflow.C: 4, dataflow.K: 8, dataflow.R: 3, dataflow.S: 3, dataflow.Y: 8, dataflow.X: 8}}, 1,
		},
		{
			"batch of products",
			dnn.Layer{Name: "d", Op: dnn.GEMM, Batch: 12, M: 128, N: 64, K: 32, Repeats: 2},
			dataflow.Layer{Name: "d", Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 128, dataflow.N: 64, dataflow.K: 32}}, 24,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, copies, ok, err := dataflow.FromDNN(c.layer)
			require.NoError(t, err)
			require.True(t, ok)
			require.Equal(t, c.want, got)
			require.Equal(t, c.copies, copies)
			checked, err := c.layer.Check()
			require.NoError(t, err)
			require.Equal(t, checked.Copies()*checked.MACs(), copies*got.MACs())
			require.Equal(t, got.MACs(), got.AsConv().MACs())
		})
	}
	_, _, ok, err := dataflow.FromDNN(dnn.Layer{Op: dnn.Pool, InHeight: 2, InWidth: 2, InChannels: 1, KernelHeight: 2, KernelWidth: 2})
	require.NoError(t, err)
	require.False(t, ok, "a pooling has no multiply-accumulates")
	dilated := dnn.Layer{Name: "e", Op: dnn.Conv, InHeight: 9, InWidth: 9, InChannels: 4, Filters: 6, Groups: 2, KernelHeight: 3, KernelWidth: 3, DilationHeight: 2}
	got, copies, ok, err := dataflow.FromDNN(dilated)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, dataflow.Layer{Name: "e", Op: dataflow.MatMul, Size: [dataflow.NumDims]int{dataflow.M: 5 * 7, dataflow.N: 3, dataflow.K: 18}}, got, "windows that do not slide")
	require.Equal(t, int64(2), copies)
	_, _, _, err = dataflow.FromDNN(dnn.Layer{Name: "f", Op: dnn.GEMM})
	require.ErrorContains(t, err, `layer "f"`)
}

func TestNamesRoundTrip(t *testing.T) {
	for d := dataflow.C; d <= dataflow.OutY; d++ {
		text, err := d.MarshalText()
		require.NoError(t, err)
		var again dataflow.Dim
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, d, again)
	}
	for _, template := range dataflow.Templates() {
		text, err := template.MarshalText()
		require.NoError(t, err)
		var again dataflow.Template
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, template, again)
	}
	for _, p := range []dataflow.Profile{dataflow.Physical, dataflow.Maestro} {
		text, err := p.MarshalText()
		require.NoError(t, err)
		var again dataflow.Profile
		require.NoError(t, again.UnmarshalText(text))
		require.Equal(t, p, again)
	}
	var d dataflow.Dim
	require.EqualError(t, d.UnmarshalText([]byte("Q")), `dataflow: unknown dimension "Q": known are C G K M N R S X Y X' Y'`)
	var template dataflow.Template
	require.EqualError(t, template.UnmarshalText([]byte("nvdla")), `dataflow: unknown template "nvdla": known are kcp yxp yrp os ws is`)
	var p dataflow.Profile
	require.EqualError(t, p.UnmarshalText([]byte("old")), `dataflow: unknown profile "old": known are physical, maestro`)
	_, err := dataflow.Dim(99).MarshalText()
	require.EqualError(t, err, "dataflow: unknown dimension Dim(99): known are C G K M N R S X Y X' Y'")
	_, err = dataflow.Template(99).MarshalText()
	require.EqualError(t, err, "dataflow: unknown template Template(99): known are kcp yxp yrp os ws is")
	_, err = dataflow.Profile(9).MarshalText()
	require.EqualError(t, err, "dataflow: unknown profile Profile(9): known are physical, maestro")
	require.Equal(t, []string{"input", "weight", "output", "Tensor(3)"},
		[]string{dataflow.Input.String(), dataflow.Weight.String(), dataflow.Output.String(), dataflow.Tensor(3).String()})
}
