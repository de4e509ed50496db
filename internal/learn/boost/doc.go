// Package boost is gradient-boosted regression trees on numeric features (J. H. Friedman, Ann. Statist. 29, 2001) with second-order gains and histograms of
// the features (T. Chen and C. Guestrin, KDD 2016; G. Ke et al., NeurIPS 2017), for regression, quantiles, classification and ranking.
//
// # Model
//
// With the leaf value v_t(x) of tree t = 1 … T at a row x, shrinkage already in it,
//
//	score(x) = base + sum_t v_t(x)
//
// At a split, x[feature] <= threshold goes left. A missing value is NaN; it is less than every number, in training as in prediction, so that a split can part
// the missing from the others.
//
// # Losses
//
// Each tree is fitted to the gradients g and curvatures h of the loss at the scores s of the trees before it, of weight w each:
//
//	             target y       loss of a row                              g                     h            score is
//	squared      number         w (s - y)² / 2                             w (s - y)             w            the mean
//	quantile α   number         w (α max(y - s, 0) + (1 - α) max(s - y, 0))   w ([s >= y] - α)   w            the α-quantile
//	logistic     in [0, 1]      w (ln(1 + e^s) - y s)                      w (p - y)             w p (1 - p)  ln(p / (1 - p)), p of Probability
//	pairwise     number         mean over pairs y_i > y_j of ln(1 + e^(s_j - s_i))   see below   see below    more is better within a group
//
// The base is the weighted mean, the weighted quantile, the log odds of the weighted mean, and 0. A row of the pairwise loss (RankNet, C. Burges et al., ICML
// 2005) has, over its partners j in the same group whose target is another,
//
//	g_i = -w_i mean_j sign(y_i - y_j) σ_ij     h_i = w_i mean_j σ_ij (1 - σ_ij)     σ_ij = 1 / (1 + e^(sign(y_i - y_j) (s_i - s_j)))
//
// where the mean counts equal targets as zeros. All pairs of a group are formed up to Pairs partners a row; in a larger group each row draws Pairs / 2 partners
// anew for each tree, and both ends of a pair learn from it.
//
// # Trees
//
// With G = sum g and H = sum h of the rows of a node, a split into L and R gains
//
//	gain = 1/2 (G_L² / (H_L + λ) + G_R² / (H_R + λ) - G² / (H + λ))
//
// and is made where gain > MinGain and both H are at least MinChildWeight. A leaf has the value -η G / (H + λ), of the quantile loss η times the weighted
// α-quantile of its rows' residuals. With MaxLeaves = 0 every such split down to MaxDepth is made; else the leaf of the greatest gain is split next, until there
// are MaxLeaves (leaf-wise). Each tree learns from a random RowFrac of the rows and FeatureFrac of the features, drawn without replacement.
//
// A feature has up to MaxBins bins: one for each value, or of about equally many rows; thresholds lie halfway between the values at the border of two bins.
// Gradients are rounded to integers, max |g| being 2^(62 - ⌈log2 rows⌉), before they are summed: sums are exact and in no order, a histogram less that of one
// child is that of the other, and the model does not depend on Workers. The rounding is 2^-44 of the largest gradient at 250,000 rows.
//
// # Contributions
//
// The value of an inner node is the mean of its children's, weighted by H. Along the path of a row, each split adds the value of the child less that of the
// node to its feature (A. Saabas, 2014); these sum to the score less base and root values. Gains sums the gains of all splits of a feature.
//
// # Defaults
//
//	Trees 100, LearningRate 0.1, MaxDepth 6, MaxBins 256, L2 1, MinChildWeight 1, RowFrac 1, FeatureFrac 1, Quantile 0.5, Pairs 64
//
// # Cost
//
// A tree costs O(rows · features · depth), about half of the rows at each level below the root: the histogram of the larger child is a difference. Prediction walks
// the trees in blocks of rows, level by level, and allocates nothing. On two cores that were shared with other work, 250,000 rows of 30 features and 500 trees
// of depth 8 took 36 s; a score of 100 trees of depth 6 took 1.4 µs of processor time, of 600 steps.
//
// Not modelled: sets of levels as one split (encode nominal features as indicators), monotone constraints, early stopping (Model.Trees can be cut short by
// the caller).
package boost
