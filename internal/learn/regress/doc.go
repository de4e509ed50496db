// Package regress is regression models behind one interface: what a proxy cost model is made of.
//
//	ridge   linear in the features, squares of the weights punished
//	knn     the mean of the nearest rows, by 1 / distance
//	forest  trees on random halves of the rows and features, averaged (L. Breiman, Machine Learning 45, 2001; P. Bühlmann and B. Yu, Ann. Statist. 30, 2002)
//	boost   gradient-boosted trees (package boost)
//	gp      Gaussian process (package gp), on at most 500 rows
//	mlp     the mean of three small nets (package nn)
//	tables  a sum of tables, each of the levels of a few axes
//
// # Equations
//
// Ridge, on features x_j and targets y less their means, the features over their deviations, with the penalty of 13 that has the least error when each
// row is left out in turn:
//
//	w = (X^T X + λ n I)^-1 X^T y        error_i = (y_i - f_i) / (1 - h_i),   h = diag X (X^T X + λ n I)^-1 X^T
//
// Nearest neighbours, over the Euclidean distance d of the features, in which each axis of a design counts alike when all are in [0, 1]:
//
//	f(x) = sum_i w_i y_i / sum_i w_i     over the 8 nearest rows, w_i = 1 / (d_i + 1e-6)
//
// Forest: T trees grown to the end on a random half of the rows without replacement, each on half of the features, averaged. It is kept as a boost.Model
// whose leaves have 1/T of their value, and so is evaluated and exported as one.
//
// Nets: standardised targets, two hidden layers of tanh, Adam on shuffled batches with a rate that falls by a half cosine to 0; the net of each seed differs
// by its first weights and the order of the rows.
//
// Tables: with a cell of each table for every combination of the levels of its axes S,
//
//	f(x) = mean + sum_S t_S(x_S)
//
// Axes are sought on 8,000 rows, a fifth of which are held out: the axis that takes most of their squared error away joins the next table until none takes 0.5 %. Then
// the table is parted into two, each without one of two axes, as long as the held-out error falls, for that is what axes that do not interact look like. The
// values are fitted by backfitting (A. Buja, T. Hastie and R. Tibshirani, Ann. Statist. 17, 1989), each table in turn to what the others leave, as is each
// table of a part of the axes, so that a cell without rows has the value of the fewer axes; a cell counts a tenth of a row of 0. What simulators add up,
// a traffic for each operand, is found as it is; trees need many steps for it.
//
// # Transforms
//
// A target may be learned as its logarithm or by Box and Cox (J. Royal Statist. Soc. B 26, 1964): (y^λ - 1) / λ, with the λ that makes the transformed
// targets most like a normal sample. Both need positive targets. ChooseTransform takes the one whose predictions, transformed back, have
// the least squared error in cross-validation. Kinds are compared by Error.
//
// # Intervals
//
// Split conformal prediction (V. Vovk, A. Gammerman and G. Shafer, Algorithmic Learning in a Random World, 2005): of n rows that the model has not seen, the
// k-th least |y_i - f_i| with k = ⌈(n + 1) (1 - α)⌉ is a half-width that covers a new row of the same kind with a chance of at least 1 - α, and at most
// 1 / (n + 1) more. No assumption about the model is needed, but the rows must be exchangeable.
//
// Everything is a function of its arguments and the generator. Models are plain data in JSON, safe for concurrent use.
package regress
