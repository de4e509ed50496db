// Package nas is search spaces of neural networks: typed, conditional axes whose points decode to networks of package dnn.
//
//	NASBench201   a cell of six edges, stacked 15 times: 15,625 cells, 4,930 functions (X. Dong and Y. Yang, ICLR 2020, arXiv 2001.00326)
//	NASBenchMacro eight layers of three kinds: 6,561 networks (X. Su et al., CVPR 2021, arXiv 2103.11922)
//	OFAMobileNet  Once-for-All MobileNetV3: depth, kernels, expansions, resolution, about 1e19 networks (H. Cai et al., ICLR 2020, arXiv 1908.09791)
//	ResNet9       NASAIC's networks for CIFAR-10: stem and three blocks, 5,184 networks; for STL-10 three to five blocks, 199,017 networks
//	UNet          NASAIC's networks for nuclei: one to five levels, 363 networks (L. Yang et al., DAC 2020, arXiv 2002.04116)
//	Encoder       transformer encoders of 2 to 12 layers, each of a width, heads and feed-forward width of its own, 80 choices: 7.0e22 networks (after
//	              S. Tuli et al., JAIR 2023, arXiv 2205.11656, FlexiBERT, and H. Wang et al., ACL 2020, arXiv 2005.14187, HAT)
//	TemplateSpace what a Template says: blocks with choices, repeats, options and branches
//	Quantised     any of these with bit widths for each part of its networks, see WithBits
//
// # Canonical forms
//
// Canonical names the class of a network: two points with the same canonical point are trained to the same accuracy up to the noise of training, because
// they compute the same functions. It is the point to cache and to split by. It is not the point to cost: what a network executes without effect (an
// operation on a dead edge) costs time, so hardware is asked with the point itself.
//
// NASBench201. Write the value of node j as the multiset v_j of its terms, v_0 = {x}:
//
//	v_j = union over edges i → j of   nothing            where the edge is none, or v_i is empty
//	                                  the terms of v_i   where it is skip
//	                                  {op(v_i)}          where it is a convolution or the pool
//
// Cells with equal v_3 are one class; their canonical point is the first in the order of the digits, which has no dead edge. A cell with an empty v_3 is
// dead: it computes zeros. An operation whose result is added twice and two equal operations beside each other are one class, as in the classes
// that are published with the benchmark: 4,930 of the 15,625 cells.
//
// NASBenchMacro. An identity that keeps the shape does nothing, so within a stage, after its first layer, identities move to the end.
//
// OFAMobileNet. Blocks beyond the depth of a stage are inactive axes: every canonical point of the space is a class of its own.
//
// Encoder, ResNet9, UNet. Networks of different points differ.
//
// TemplateSpace. Repetitions of a repeat that make no layer move behind those that do, and there are no more of them than the values of times ask for.
//
// Quantised. Points with different widths differ, and the classes of the base are not joined: they exchange layers, whose widths would have to move with them.
//
// # Parameters and MACs of NASBench201
//
// With n3 and n1 the counts of the 3×3 and 1×1 edges, dead ones too, k classes and an input of s×s pixels, as the published tables have them:
//
//	parameters = 72,656 + 64k + k + sum over C of 16, 32, 64 of 5·(n3·(9C² + 2C) + n1·(C² + 2C))
//	MACs       = (s/32)²·(7,782,400 + 35,389,440·n3 + 3,932,160·n1) + 64k + k
//
// The published count has an addition of the classifier's k biases among the MACs; dnn.Totals has not, so the decoded network has k fewer.
//
// # NASAIC's spaces
//
// The paper names the axes and gives no layer table; these are the project's choices. A block of ResNet9 is a convolution, a pool that halves the image,
// and none to two convolutions that a shortcut bridges; with that the largest network has 322 million MACs. For STL-10 the stem halves the image and the
// filters of a block are 8 to 32 times a power of two; crops of nuclei are 48×48: so the largest pairs take, at the 8.7 units of energy a MAC of NVDLA's
// dataflow, the energy published for plain NAS (3.56e9 with the U-Net, 3.55e9 with STL-10) within 8 %. Their accuracy is known at two published
// points only: accuracy.Anchored.
//
// # Parameters and MACs of Encoder
//
// On T tokens, layer i of width d and feed-forward width f = m·d behind a layer of width c:
//
//	parameters = 4·(d² + d) + (d·f + f) + (f·d + d) + 4·d      and c·d + d where c ≠ d, for the projection in front
//	MACs       = T·(4·d² + 2·d·f) + 2·T²·d                     and T·c·d
//
// A vocabulary of V words adds (V + T + 2)·d parameters of the first width d, and k classes d·k + k parameters and d·k MACs of the last one. Layers normalise after the
// additions, as BERT's do: the largest encoder is BERT-base. Heads divide the width and change no count.
//
// # Templates
//
// A template is a list of blocks, one after another. What a size of a block may be is a list of values: one is fixed, several are an axis, and a reference
// is an axis that blocks share. A choice is a nominal axis, an optional one of two levels, the repetitions of a repeat an ordinal one, each repetition with choices
// of its own or all with the same. Blocks inside a choice, an option or a later repetition have axes that are active where the block is. Axes are named by the
// path of their block: stage_2_op_mb_kernel; layers too: stage.2.op.mb.depthwise.conv.
//
//	conv, depthwise    convolution, padded by (kernel − 1)/2, and normalisation
//	mbconv             1×1 convolution to expand times the channels, depthwise one, 1×1 one, each normalised; its input is added where the shape is kept
//	attention          x + attention(norm(x)), the pixels being tokens     feed_forward   x + output(intermediate(norm(x)))
//	residual           x + blocks(x), with project norm(conv1×1(x)) + blocks(x)
//	sum, concat        branches on one input, added, or side by side along the channels
//
// The first point of a template must be a network. Shapes of other points may not fit, as after too many pools: a MisfitError.
//
// # Bit widths
//
// A Part is what shares widths: an edge of a stage (NASBench201), a layer (NASBenchMacro), a block (OFAMobileNet, ResNet9), both paths of a level (UNet), a transformer layer
// (Encoder), a block that multiplies (TemplateSpace), and each layer around them. Its axes are active where the network has it, so their number does not depend
// on the point. Layers that do not multiply have no widths.
//
// DropOf estimates the loss of accuracy. With b̄ the mean of the weight bits, at most 8 each, by the MACs of layers with weights, in points of a percentage
//
//	loss(b̄) = straight lines through (2, 11.9) (3, 3.8) (4, 1.6) (5, 0.9) (6, 0.05) (8, 0)
//
// and as much again for the activations by their mean over all MACs. The points are medians of 14,471 published trainings of NAS-Bench-201 cells on CIFAR-10 whose weights
// have 2, 4 or 8 bits an edge, of cells above 80 % in full precision, below those of 7.5 to 8 bits: the mean of the schedules of 50 and 150 epochs, which say
//
//	bits        2      3     4     5     6
//	50 epochs   15.8   3.8   0.6   0.4   −0.5
//	150 epochs   8.0   3.8   2.6   1.4    0.6
//
// The curve falls everywhere. It is uncertain: the schedules differ by 8 points at 2 bits and 2 at 4, the bin of 2 bits reaches to 2.5, and single trainings scatter
// more: of 6,000 random pairs that train one cell by one schedule at two widths the difference of the accuracies is 6.5 points in the mean, of
// which the curve leaves 6.1, and it orders 71 % of the pairs whose widths differ. Activations were not varied there: that they lose as weights do is an assumption. Nothing was
// measured on other networks than these, and nothing is lost above 8 bits.
//
// # Assumptions
//
// Networks are decoded as trained, normalisations included. ReLU, hard swish and hard sigmoid are applied on the way out of a layer and are no layers (see
// package dnn), so that a 3×3 edge (ReLU, convolution, normalisation) is a convolution and a normalisation. An edge none and a skip cost nothing, a node without
// a live input is a Gather of zeros, and a node of several inputs one addition.
//
// # Not modelled
//
// Weight sharing and training; the widths of Once-for-All other than 1.0. In templates: reversed or global connections between blocks (branches nest), strides
// and kernels that differ by axis, sequences with a cache. Number formats, scales and the training that quantisation needs.
package nas
