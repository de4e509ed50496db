// Package gbdt is search guided by gradient-boosted trees with pruning of the search space, after GBDT-NAS (R. Luo, X. Tan, R. Wang, T. Qin, E. Chen and
// T.-Y. Liu, "Accuracy Prediction with Non-neural Model for Neural Architecture Search", 2020). The trees are those of package internal/learn/boost, what they
// learn is in package predictor.
//
// # Algorithm
//
//	the first Startup designs are those of the start; given ones count
//	then, for each design asked for:
//	  1. draw a model of the order of the told trials (predictor.Order, Bootstrap)
//	  2. prune the levels of the worst contributions
//	  3. candidates: Challengers designs drawn from the levels that are left, and the moves (vary.AppendMoves) of the best Leaders told designs among these levels
//	  4. propose the unseen candidate of the greatest score
//
// The contribution of level l of axis a is what the model says of it on average over the best told designs p, less the mean over the levels of the axis:
//
//	c(a, l) = mean_p score(p with a = l) - mean_l mean_p score(p with a = l)
//
// Of all levels of all axes the PruneFrac of least c are pruned, where c < 0; every axis keeps one. The paper sums what each level's feature adds to the score (SHAP); the
// average says the same of features that several axes share. Nothing is lost for good: each model is another draw, and prunes anew. The model is a draw, so that
// the search explores where the trials leave much possible: greedy search on one model stays near the first good designs.
//
// Where some trials have no result, a second model, of class logistic, says how likely one is; candidates whose odds are below those of a quarter of the told share
// come last. When every candidate was seen, an unseen design is drawn (sampling.Seen.Fresh). From 100 designs on the model is drawn anew after every fiftieth part more.
//
// Several objectives count by their place in rank.Order: front, then crowding. Package linas is made for them.
//
// # Defaults
//
//	startup      20, or a quarter of the budget when that is less      start  random
//	trees        30    depth    4    learning_rate  0.2    feature_frac  0.5
//	prune_frac   0.3   challengers  1000   leaders  10   memory  1000 trials: the best half of it and the newest others
//
// # Measured
//
// Evaluations until the best cell of NAS-Bench-201 on CIFAR-10 (94.37 %), of 12,496 cells of the measured table, the others without a result; 20 seeds: median 46,
// quartiles 37 and 81; without pruning 55 (41, 73). On the surrogate of all cells, experiments/predictors.toml, ten seeds: 57, where linas needs 55, tpe 132,
// nsga2 147, regevo 160 and random search does not get there in 300.
//
// A design costs a model, its pruning and the scores of the candidates; go test -bench . ./agents/gbdt measures it.
package gbdt
