// Package nas is search spaces of neural networks: typed, conditional axes whose points decode to networks of package dnn.
//
//	NASBench201   a cell of six edges, stacked 15 times: 15,625 cells, 4,930 functions (X. Dong and Y. Yang, ICLR 2020, arXiv 2001.00326)
//	NASBenchMacro eight layers of three kinds: 6,561 networks (X. Su et al., CVPR 2021, arXiv 2103.11922)
//	OFAMobileNet  Once-for-All MobileNetV3: depth, kernels, expansions, resolution, about 1e19 networks (H. Cai et al., ICLR 2020, arXiv 1908.09791)
//	ResNet9       NASAIC's networks for CIFAR-10: stem and three blocks, 5,184 networks; for STL-10 three to five blocks, 199,017 networks
//	UNet          NASAIC's networks for nuclei: one to five levels, 363 networks (L. Yang et al., DAC 2020, arXiv 2002.04116)
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
// # Assumptions
//
// Networks are decoded as trained, normalisations included. ReLU, hard swish and hard sigmoid are applied on the way out of a layer and are no layers (see
// package dnn), so that a 3×3 edge (ReLU, convolution, normalisation) is a convolution and a normalisation. An edge none and a skip cost nothing, a node without
// a live input is a Gather of zeros, and a node of several inputs one addition.
//
// # Not modelled
//
// Weight sharing and training; the widths of Once-for-All other than 1.0; bit widths.
package nas
