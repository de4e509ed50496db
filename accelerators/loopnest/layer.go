package loopnest

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// The tensors and dimensions of FromLayer, in order.
const (
	Weights = iota
	Inputs
	Outputs
)

// The dimensions of FromLayer, in order: input and output channels of a group, kernel rows and columns, output rows and columns, samples, groups.
const (
	C = iota
	M
	R
	S
	P
	Q
	N
	G
)

// FromLayer returns the computation of a layer with the dimensions C, M, R, S, P, Q, N, G and the tensors Weights, Inputs and Outputs. Borders of
// zeros are part of the inputs. A matrix product has its rows along P, its columns along M and its batch along G. A transposed convolution yields
// its products before they are added where kernels overlap: kernel elements lie along M. Layers without multiply-accumulates are an error.
func FromLayer(layer dnn.Layer, samples int64) (Problem, error) {
	l, err := layer.Check()
	if err != nil {
		return Problem{}, err
	}
	var size [8]int64
	stride, dilation := [2]int64{1, 1}, [2]int64{1, 1}
	switch l.Op {
	case dnn.Conv:
		out := l.Output()
		size = [8]int64{C: int64(l.InChannels / l.Groups), M: int64(l.Filters / l.Groups), R: int64(l.KernelHeight), S: int64(l.KernelWidth),
			P: int64(out.Height), Q: int64(out.Width), G: int64(l.Groups)}
		stride = [2]int64{int64(l.StrideHeight), int64(l.StrideWidth)}
		dilation = [2]int64{int64(l.DilationHeight), int64(l.DilationWidth)}
	case dnn.TransposedConv:
		size = [8]int64{C: int64(l.InChannels / l.Groups), M: int64(l.Filters/l.Groups) * int64(l.KernelHeight) * int64(l.KernelWidth), R: 1, S: 1,
			P: int64(l.InHeight), Q: int64(l.InWidth), G: int64(l.Groups)}
	case dnn.GEMM:
		size = [8]int64{C: int64(l.K), M: int64(l.N), R: 1, S: 1, P: int64(l.M), Q: 1, G: int64(l.Batch)}
	default:
		return Problem{}, fmt.Errorf("loopnest: layer %q: %s has no multiply-accumulates", l.Name, l.Op)
	}
	size[N] = max(samples, 1)
	p := Problem{Name: l.Name}
	for d, name := range [8]string{"C", "M", "R", "S", "P", "Q", "N", "G"} {
		p.Dimensions = append(p.Dimensions, Dimension{Name: name, Size: size[d]})
	}
	p.Tensors = []Tensor{
		{Name: "Weights", Axes: []Axis{Along(G), Along(M), Along(C), Along(R), Along(S)}},
		{Name: "Inputs", Axes: []Axis{Along(N), Along(G), Along(C), Window(P, stride[0], R, dilation[0]), Window(Q, stride[1], S, dilation[1])}},
		{Name: "Outputs", Axes: []Axis{Along(N), Along(G), Along(M), Along(P), Along(Q)}, Output: true},
	}
	return p, p.Check()
}
