// Package measure says how good predictions are.
//
// With truths y_i, predictions f_i, i = 1 … n, errors e_i = f_i - y_i and the mean m of the truths:
//
//	RMSE        sqrt(1/n sum e_i²)              RelativeToMean: RMSE / |m|      RelativeToRange: RMSE / (max y - min y)
//	MAPE        1/n sum |e_i / y_i|             over the truths that are not 0
//	R2          1 - sum e_i² / sum (y_i - m)²
//	Spearman    the correlation of the ranks, equal numbers sharing the mean of their ranks
//	Kendall     τ_b = (C - D) / sqrt((P - T_y) (P - T_f)) over the P = n (n-1) / 2 pairs: C ordered alike, D the other way, T_y and T_f
//	            tied in one (M. G. Kendall, Biometrika 33, 1945), counted by merge sort (W. R. Knight, J. Amer. Statist. Assoc. 61, 1966)
//	TopRegret   how much the best of the k rows with the least predictions is above the least truth, over the range of the truths from the least
//	            to the median: 0 = the optimum, 1 = as good as the median row
//	Coverage    the share of truths inside their intervals
//	F1          2 TP / (2 TP + FP + FN) of a yes-or-no prediction
//	Brier       1/n sum (p_i - [y_i])² of probabilities
//
// A measure that the data do not define (a constant truth, no rows) is NaN.
package measure
