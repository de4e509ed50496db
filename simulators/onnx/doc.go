// Package onnx makes networks of package dnn from ONNX files: shapes only. Weights are not read, and files that hold them (external data) are not needed.
//
// # What becomes of a graph
//
//	Conv (one or two axes of space, groups, dilations, automatic padding), its integer and    conv
//	quantised kin
//	ConvTranspose; what lies beyond its kernels (output_padding) is a gather                  transposed_conv
//	Gemm, MatMul and its quantised kin; a constant operand is weights                         gemm
//	Attention (opset 23): two gemm, heads that share keys are more rows                       gemm, elementwise
//	pools, global pools, reductions along axes                                                pool
//	Add, Mul, Where and the other functions of one element of each input                      elementwise
//	Softmax, LayerNormalization and the other normalisations                                  elementwise
//	Gather of a constant by an activation                                                     gather (an embedding)
//	Slice, Split, Pad, Resize, Expand, Tile, Gather, DepthToSpace, Concat along other axes    gather
//	Concat along the channels, Reshape, Transpose, Flatten, Squeeze, Unsqueeze                no layer
//	Relu, Sigmoid, Gelu and the other functions of one element; x·σ(x) too                    no layer
//	Shape, Constant, Range and arithmetic on small constants of integers                      computed
//
// A constant that is added or multiplied, one value a channel or more, is trained values of an element-wise layer; added to what a convolution or a product
// with weights yields, it is that layer's bias. A batch normalisation after such a layer is folded into it as a bias (its parameters are then F, not 2F), unless
// something else reads what the layer yields. Constants of integers, of one element, or made by ConstantOfShape are no parameters.
//
// A layer normalisation that is spelled out (mean, difference, variance, root, division) is one layer, and a gain or a shift a channel goes into the
// normalisation before it.
//
// An operation that is not known is kept as an element-wise layer without parameters if the file states that its one output has the shape of its first input
// and its other inputs are constants of at most one axis; otherwise it is refused by name. So are control flow, recurrent layers and functions of other domains.
//
// # Shapes
//
// A symbolic dimension has the size that Options gives it, by its name or by the input and the axis; the first axis of an input, the batch, is otherwise 1. Convolutions and pools describe one
// sample: another batch is refused there. Products fold a batch into their rows. The dimensions N, C, H, W of a feature map become H×W×C; of other shapes the
// last axis is the channels and the axes before it are rows. Where a layer reads elements in another layout than the one they were made in, a gather named
// after it (".layout") lays them out: a matter of addresses. Several inputs of a graph are parts of one sample of that many elements.
//
// # Not modelled
//
// The arithmetic of an interpolation, sparse initializers, three axes of space, sequences, a file in parts. Of position embeddings that a constant picks from a
// table only the picked rows are parameters.
//
// # Why our own decoder
//
// The Go libraries that read ONNX bring a tensor runtime or an unmaintained schema along. Shapes need ten of the format's messages; protowire, the maintained
// decoder of the wire format, is enough for them.
//
// # Checks
//
// The zoo's convolutional networks, written as ONNX graphs, come back layer for layer. Against the ONNX project's own files (release 1.23, not
// part of the tests): its nine light models import, with published totals where they are known (ResNet-50 4,089,184,256 MACs, SqueezeNet 1.1 1,235,496 parameters, VGG-19 143,667,240), and of
// the outputs of its operator tests that import, 1,404 of 1,405 have the stated shape; the other one is an empty list, where the file states a 0. The three graphs of
// PP-OCRv4, which Paddle exports with dynamic sizes, import too.
//
// # Sources
//
//   - onnx.proto and Operators.md of the ONNX project, release 1.23 (IR version 14 and before).
package onnx
