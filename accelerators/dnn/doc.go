// Package dnn describes what an accelerator has to compute: layers, networks as graphs of layers, and a zoo of
// published networks. It holds shapes and counts only; time, energy and accuracy belong to other packages.
// Every figure is for one sample (batch 1).
//
// # Symbols
//
//	H, W, C      input height, width, channels (elements)        Layer.InHeight, InWidth, InChannels
//	R, S         kernel height, width                            KernelHeight, KernelWidth
//	F, G         filters (output channels), groups               Filters, Groups
//	s, d         stride, dilation per axis                       Stride…, Dilation…
//	p            padding, sum of the two sides of an axis        PadTop + PadBottom, PadLeft + PadRight
//	B, M, N, K   matrix product: B times (M×K by K×N)            Batch, M, N, K
//	bits         width of one stored element                     wordBits
//
// # Equations
//
//	output height     OH = floor((H + p − d·(R−1) − 1) / s) + 1, width OW alike
//	convolution       B = G, M = OH·OW, N = F/G, K = R·S·C/G     (Layer.Product; depthwise is G = C)
//	MACs              B·M·N·K; pooling and element-wise layers have none
//	weights           B·K·N where the K×N operand is trained, else 0 (the product of two activations)
//	parameters        weights + F biases (GEMM: B·N) + C·ParametersPerChannel of an element-wise layer
//	inputs            H·W·C once (GEMM: B·M·K, plus B·K·N when that operand is an activation; element-wise: Operands·H·W·C)
//	outputs           OH·OW·F (GEMM: B·M·N; pooling and element-wise keep C)
//	bytes             ceil(elements·bits / 8)
//
// # Assumptions
//
// Padding is zero and is not an element that is stored or read: inputs are the H·W·C elements of the feature map, whether or
// not the windows reach all of them. The output size rounds down, as in the frameworks that the published networks were trained
// in; SCALE-Sim rounds it up, which the systolic model's profile of that name reproduces. Multiplications by zero padding count as
// MACs, as in all published totals.
//
// An activation function (ReLU, GELU) is applied on the way out of the layer before it and is not a layer. Normalisations,
// softmax, pooling and residual additions are layers. Dropout does nothing at inference and is absent. Concatenation
// along the channels costs nothing: it is a layer with several Inputs.
//
// # Bounds
//
// Dimensions are at most MaxDimension and every count of a checked layer or network, repeats included, at most MaxCount, so
// sums and byte counts of checked networks fit int64 and each count is exact as a float64. The counts of an unchecked layer are meaningless
// if it would not pass Check.
//
// # Not modelled
//
// Values, sparsity, precision per layer, training, recurrent state (unroll it into layers), broadcasting operands.
//
// # Sources
//
//   - AlexNet: Krizhevsky, Sutskever, Hinton, NIPS 2012.
//   - ResNet: He, Zhang, Ren, Sun, CVPR 2016 (arXiv 1512.03385), table 1.
//   - BERT: Devlin, Chang, Lee, Toutanova, NAACL 2019 (arXiv 1810.04805).
//   - Topology files: SCALE-Sim v2/v3, documentation of the topology format.
package dnn
