// Package categorical is stochastic policies over design spaces: what the learners of packages policygrad and its multi-agent kin train.
//
// # Equations
//
// A Policy maps an observation o to one categorical distribution (head) an axis and draws a point a axis by axis. With z the logits of a head,
// -1e8 for levels that the mask forbids (S. Huang and S. Ontañón, FLAIRS 35, 2022), and p = softmax(z):
//
//	log π(a | o) = sum over the active axes i of log p_i(a_i)        H = sum over the active axes of  - sum_l p_i(l) log p_i(l)
//
// An axis that the levels chosen before make inactive has level 0 and adds neither log-probability nor entropy; nor does an axis of one level.
// A permutation axis is one categorical over its orders.
//
//	factorised       p_i depends on o alone; one net has the logits of all heads
//	autoregressive   p_i depends on o and on the features (space.AppendFeatures) of the axes before i; a net a head.
//	                 Without hidden layers this is the logistic autoregressive network of B. J. Frey (Graphical Models for Machine Learning
//	                 and Digital Communication, 1998).
//	recurrent        a controller (B. Zoph and Q. V. Le, ICLR 2017): a memory takes a step an axis i, in which it sees o and an embedding of the choice
//	                 of the axis before, and its output h_i has the logits of the axis through a linear map of its own
//
// The memory is an LSTM (S. Hochreiter and J. Schmidhuber, 1997; F. A. Gers et al., 2000). With x_i the observation, the embedding and h_{i-1}, and
// h_0 = c_0 = 0,
//
//	(u, f, g, r) = (σ, σ, tanh, σ)(W x_i + b)        c_i = f c_{i-1} + u g        h_i = r tanh c_i
//
// Gradients go back through all steps. The bias of f begins as 1.
//
// H is exact given the axes that others depend on: in an autoregressive policy, and in a conditional space, it is the sum of the heads'
// entropies along the point, whose expectation over points is the entropy of the joint distribution.
//
// The gradients of one head are
//
//	d log p(a) / d z_l = [l = a] - p_l          d H / d z_l = - p_l (log p_l + H)
//
// # Ordered heads
//
// With Options.Ordered the net gives, for each ordinal axis of L >= 3 levels, L - 1 differences between neighbouring logits (Y. Tang and S.
// Agrawal, "Discretizing continuous action space for on-policy optimization", AAAI 2020):
//
//	z_l = sum over k <= l of s_k
//
// so that what is learned of one level moves the levels beyond it, too.
//
// # Defaults
//
//	form        factorised
//	hidden      none: linear in the observation; without an observation, one free logit a level; of a recurrent policy, a memory of width 32
//	activation  tanh
//	gain        0.01 of the logits' first weights: the first policy is nearly uniform
package categorical
