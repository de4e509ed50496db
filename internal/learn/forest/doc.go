// Package forest is random forests for regression (L. Breiman, Machine Learning 45, 2001) on rows of finite levels, with a mean and a variance:
// the surrogate of SMAC (F. Hutter, H. H. Hoos and K. Leyton-Brown, LION 5, 2011).
//
// # Trees
//
// A tree parts its rows at each node such that the squared error falls most, until the targets of a node are equal or no split leaves MinLeaf
// rows on both sides. With n_L, n_R rows and target sums S_L, S_R on the two sides, that split maximises
//
//	S_L^2 / n_L + S_R^2 / n_R
//
//	ordinal feature  levels up to a threshold go left; the threshold is uniform over the levels of the gap between the two parts, so that
//	                 the trees differ between the rows and the mean is smooth (F. Hutter et al., Artificial Intelligence 206, 2014)
//	nominal feature  a subset of the levels goes left: the levels sorted by the mean of their targets, cut at the best place, which is the
//	                 best of all subsets (W. D. Fisher, J. Amer. Statist. Assoc. 53, 1958); levels that the node lacks go either way by chance
//
// Each tree learns from a bootstrap of the rows, each split chooses from a random share of the features, and from one further feature after the
// other while none of those can part the rows.
//
// # Prediction
//
// With the mean m_b and population variance v_b of the leaf of tree b = 1 … B,
//
//	mean = 1/B sum m_b
//	variance = 1/B sum v_b + (1/B sum m_b^2 - mean^2)      the law of total variance
//
// The variance says how much the trees disagree; far from all rows it does not grow as that of a Gaussian process does.
//
// # Importance
//
// Decompose parts the variance of the predictions over all rows among the features and their pairs, exactly: the functional analysis of variance of F. Hutter,
// H. H. Hoos and K. Leyton-Brown (ICML 2014).
//
// # Defaults
//
//	Trees      10       as SMAC
//	FeatureFrac  5/6      as SMAC (2011)
//	MinLeaf    1
//
// # Cost
//
// A split costs one pass over the rows of its node and each tried feature, and the sorting of the levels present there: O(rows · features ·
// depth) a tree. A forest is a function of its arguments and the generator; there are no goroutines.
package forest
