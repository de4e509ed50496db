// Package fit fits accuracy surrogates (accelerators/dnn/accuracy.Model) to measured accuracies of the networks of a search space.
//
// # Recipe
//
// Rows of one class (networks that compute the same functions) are one example: their mean on the scale of accuracy.Link, weighted by their number.
// Networks that cannot learn are left out, because the surrogate knows them exactly. Inputs are the numbers of accuracy.Encode, standardised.
//
// An ensemble of Nets nets of two hidden layers of rectified units learns by Adam on batches of 64 classes, with
//
//	loss  = 1/64 sum over the batch of w (s - y)² / 2  +  RankingLoss · mean over the batch's pairs with y_i > y_j of log(1 + exp(s_j - s_i))
//	rate  = 0.003 · (1 + cos(π step/steps)) / 2
//	decay   every coefficient shrinks by 0.1 · rate each step
//
// with s the net's output and y the standardised target. The ensemble's prediction is the mean of the nets' accuracies.
//
// With few labels a net is pretrained: its hidden layers first learn the free statistics of accuracy.Encoding (weights, depth, MACs), of every
// class of the space where it has at most 20,000 networks, otherwise of the fitted ones. With thousands of labels it does not help.
// FewLabels measures it: from 100 labels of NAS-Bench-201 on CIFAR-10 (five draws; four nets of 32 units, 600 passes, 40 of pretraining, RankingLoss 1) the mean
// Kendall tau is 0.78 over the held-out classes, each counted once (codesign validate nas promises 0.76), and 0.67 over their rows, where the order
// of the few largest classes decides.
//
// # Error
//
// accuracy.Split holds out every fifth class, by size. Surrogate fits the recipe to the others, measures it on the held-out rows, states that
// as the model's error, and then fits to all rows. HeldOut is the first half alone.
//
// A fit is a function of its rows, options and seed: whatever the order of the rows, the file is the same on one architecture.
package fit
