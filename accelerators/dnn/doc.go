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
//	transposed conv.  OH = (H − 1)·s + d·(R−1) + 1 − p, OW alike; B = G, M = H·W, N = R·S·F/G, K = C/G: every input element meets every
//	                  element of a kernel, and products that fall on one output are added up (col2im)
//	MACs              B·M·N·K; pooling, element-wise layers and gathers have none
//	weights           B·K·N where the K×N operand is trained, else 0 (the product of two activations)
//	parameters        weights + F biases (GEMM: B·N) + C·ParametersPerChannel of an element-wise layer or a gather
//	inputs            H·W·C once (GEMM: B·M·K, plus B·K·N when that operand is an activation; element-wise:
//	                  (Operands − Broadcasts)·H·W·C + Broadcasts·C; gather: one element an output, or one index a row)
//	outputs           OH·OW·F (GEMM: B·M·N; pooling and element-wise keep C)
//	bytes             ceil(elements·bits / 8); bits are a layer's own widths (Bits), or those of the accelerator's word
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
// along the channels costs nothing: it is a layer with several Inputs. Everything else that moves elements without arithmetic is a Gather: crops,
// slices, padding, enlargement, a class token, embeddings.
//
// # How an accelerator model reads a layer
//
// Product gives every layer that multiplies as B products of an M×K by a K×N matrix, whatever its operation; what a lowering to arrays of
// multipliers, or a mapping engine without a nest for the operation, needs. A nest of seven loops for a Conv is in its fields: G groups of F/G
// filters and C/G channels (depthwise: G = C, one of each), R, S, OH, OW, strides and dilations; a GEMM is the nest of F = N, C = K, OH = M with
// 1×1 kernels, B times. Work that multiplies nothing is counted by InputElements and OutputElements.
//
// Attention is two GEMM without Weights between linear layers: scores, B = heads, M = N = tokens, K = head size, and context, with N and K exchanged.
// Heads that share keys (grouped queries) are one product with more rows. With a KV cache the K×N operand has more elements than the producer of the
// new keys or values yields: Cached counts those that memory keeps. They are read like all inputs.
//
// # Bounds
//
// Dimensions are at most MaxDimension and every count of a checked layer or network, repeats included, at most MaxCount, so
// sums and byte counts of checked networks fit int64 and each count is exact as a float64. The counts of an unchecked layer are meaningless
// if it would not pass Check.
//
// # Not modelled
//
// Values, sparsity other than N:M of the weights, number formats (Bits are widths only), training, recurrent state (unroll it into layers), broadcasting other than one value a
// channel, masks: attention computes whole squares.
//
// # Sources
//
//   - AlexNet: Krizhevsky, Sutskever, Hinton, NIPS 2012.
//   - ResNet: He, Zhang, Ren, Sun, CVPR 2016 (arXiv 1512.03385), table 1.
//   - BERT: Devlin, Chang, Lee, Toutanova, NAACL 2019 (arXiv 1810.04805).
//   - GPT-2: Radford et al., "Language models are unsupervised multitask learners", 2019.
//   - VGG: Simonyan, Zisserman, ICLR 2015 (arXiv 1409.1556). GoogLeNet: Szegedy et al., CVPR 2015 (arXiv 1409.4842).
//   - SqueezeNet: Iandola et al., arXiv 1602.07360. MobileNet-V2: Sandler et al., CVPR 2018 (arXiv 1801.04381).
//   - MnasNet: Tan et al., CVPR 2019 (arXiv 1807.11626). EfficientNet: Tan, Le, ICML 2019 (arXiv 1905.11946).
//   - U-Net: Ronneberger, Fischer, Brox, MICCAI 2015 (arXiv 1505.04597).
//   - Vision transformers: Dosovitskiy et al., ICLR 2021 (arXiv 2010.11929); Touvron et al., ICML 2021 (arXiv 2012.12877).
//   - NCF: He et al., WWW 2017 (arXiv 1708.05031). DLRM: Naumov et al., arXiv 1906.00091.
//   - The unit models of XRBench: see XR. H. Kwon et al., MLSys 2023 (arXiv 2211.08675).
//   - Topology files: SCALE-Sim v2/v3, documentation of the topology format.
package dnn
