// Package zerocost scores networks without training them: the scores go with the accuracy after training, and order the networks of one space.
//
//	Paths     of a NAS-Bench-201 cell, from its graph alone
//	Synflow   H. Tanaka et al., NeurIPS 2020 (arXiv 2006.05467): what flows through the untrained network
//	NASWOT    J. Mellor et al., ICML 2021 (arXiv 2006.04647): how differently the untrained network sees the images of a batch
//
// # Paths
//
// Of the live cell, with w the weights of its convolutions in units of those of a 1×1, d the convolutions of its deepest path and p the paths that hold one:
//
//	score = log(1 + w) + d/2 + p/4
//
// # Synflow
//
// With every weight w replaced by |w|, without normalisations and biases, and an input of ones, the output R (summed) is a sum over paths of products of
// weights. The score is log of the sum over all weights of w·∂R/∂w. As every weight that scales by t scales R along with it, that sum is dR/dt at t = 1,
// which one forward pass of pairs (value, derivative) gives:
//
//	convolution  (v, v') → (W v, W v' + W v)        sums, averages and skips act on both alike
//
// A gate (squeeze and excitation) is open: its sigmoid sees large positive numbers, is 1, and has no derivative.
//
// # NASWOT
//
// Each rectifier gives an image a code of bits, one a unit: 1 where its input is positive. With N images, and a_ij the number of units
// whose bits are equal for images i and j,
//
//	score = log |det A|,  A = (a_ij)
//
// Normalisations use the statistics of the batch. The score of a network without rectifiers, or with images that it does not tell apart, is LeastScore.
//
// # Assumptions
//
// A convolution that does not read the network's input has a rectifier in front, and so has the global pool of the classifier: the order of
// NAS-Bench-201, but for the shortcuts of its two reduction blocks, which have none there. A pool is an average over the pixels that exist. A gate
// multiplies by the logistic function of what it computes. Weights are normal with variance 2/(fan-in). Initial weights are an argument: the score of one network varies with them.
//
// # Not modelled
//
// Transposed convolutions, products of activations, embeddings and crops: an error names the layer.
package zerocost
