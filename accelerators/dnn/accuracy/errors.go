package accuracy

import (
	"cmp"
	"math"
	"slices"
)

// Errors say how far predictions are from what was measured.
type Errors struct {
	Rows        int
	Kendall     float64 // tau-b: agreement of the orders of all pairs, pairs that tie on one side excluded from its norm
	Spearman    float64 // correlation of the ranks
	RMSEPercent float64 // in points
}

// Compare measures predictions against what was measured, row by row. It needs two rows that differ on both sides; otherwise the
// correlations are 0.
func Compare(predicted, measured []float64) Errors {
	squares := 0.0
	for i, p := range predicted {
		squares += (p - measured[i]) * (p - measured[i])
	}
	n := len(predicted)
	return Errors{
		Rows: n, Kendall: kendall(predicted, measured), Spearman: pearson(ranks(predicted), ranks(measured)),
		RMSEPercent: math.Sqrt(squares / float64(max(n, 1))),
	}
}

// kendall is tau-b by W. R. Knight's method (J. Amer. Statist. Assoc. 61, 1966): sorted by a, discordant pairs are the exchanges that sorting by b takes.
func kendall(a, b []float64) float64 {
	n := len(a)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(a[i], a[j]), cmp.Compare(b[i], b[j])) })
	sorted := make([]float64, n)
	tiesA, tiesBoth := 0.0, 0.0
	runA, runBoth := 0.0, 0.0 // pairs that the present row makes with equal ones before it
	for k, i := range order {
		sorted[k] = b[i]
		sameA := k > 0 && a[i] == a[order[k-1]]
		runA, runBoth = extend(runA, sameA), extend(runBoth, sameA && b[i] == b[order[k-1]])
		tiesA, tiesBoth = tiesA+runA, tiesBoth+runBoth
	}
	exchanges := mergeSort(sorted, make([]float64, n))
	tiesB, runB := 0.0, 0.0
	for k := range sorted {
		runB = extend(runB, k > 0 && sorted[k] == sorted[k-1])
		tiesB += runB
	}
	pairs := float64(n) * float64(n-1) / 2
	norm := math.Sqrt((pairs - tiesA) * (pairs - tiesB))
	if norm == 0 {
		return 0
	}
	return (pairs - tiesA - tiesB + tiesBoth - 2*exchanges) / norm
}

func extend(run float64, same bool) float64 {
	if same {
		return run + 1
	}
	return 0
}

// mergeSort sorts x, stably, and counts the exchanges of neighbours that it stands for.
func mergeSort(x, scratch []float64) (exchanges float64) {
	n := len(x)
	if n < 2 {
		return 0
	}
	half := n / 2
	exchanges = mergeSort(x[:half], scratch[:half]) + mergeSort(x[half:], scratch[half:])
	copy(scratch, x)
	left, right := scratch[:half], scratch[half:]
	for k := range x {
		if len(right) == 0 || len(left) > 0 && left[0] <= right[0] {
			x[k], left = left[0], left[1:]
			continue
		}
		x[k], right = right[0], right[1:]
		exchanges += float64(len(left))
	}
	return exchanges
}

// ranks replaces each number by its rank, equal ones sharing their mean.
func ranks(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(x[i], x[j]) })
	ranked := make([]float64, len(x))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && x[order[to]] == x[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranked[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return ranked
}

// pearson is the correlation of two samples; 0 when one of them does not vary.
func pearson(a, b []float64) float64 {
	meanA, meanB := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - meanA) * (b[i] - meanB)
		aa += (a[i] - meanA) * (a[i] - meanA)
		bb += (b[i] - meanB) * (b[i] - meanB)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

func mean(x []float64) (m float64) {
	for _, v := range x {
		m += v
	}
	return m / float64(max(len(x), 1))
}
