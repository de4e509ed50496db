package measure

import (
	"cmp"
	"math"
	"slices"
)

// Spearman is the correlation of the ranks.
func Spearman(a, b []float64) float64 {
	checkLengths(len(a), len(b))
	ra, rb := ranks(a), ranks(b)
	middle := float64(len(a)-1) / 2
	ab, aa, bb := 0.0, 0.0, 0.0
	for i := range ra {
		x, y := ra[i]-middle, rb[i]-middle
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return math.NaN()
	}
	return ab / math.Sqrt(aa) / math.Sqrt(bb)
}

// ranks are the places in ascending order from 0; equal numbers share the mean of theirs.
func ranks(values []float64) []float64 {
	order := ascending(values)
	out := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return out
}

// ascending lists the indices of the values in their order, equal ones by index.
func ascending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	return order
}

// Kendall is τ_b, in O(n log n).
func Kendall(a, b []float64) float64 {
	checkLengths(len(a), len(b))
	order := make([]int, len(a))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(a[i], a[j]), cmp.Compare(b[i], b[j])) })
	second := make([]float64, len(b))
	for place, i := range order {
		second[place] = b[i]
	}
	pairs := pairsOf(len(a))
	tiedA := ties(len(a), func(i, j int) bool { return a[order[i]] == a[order[j]] })
	tiedBoth := ties(len(a), func(i, j int) bool { return a[order[i]] == a[order[j]] && second[i] == second[j] })
	swaps := sortCounting(second, make([]float64, len(second)))
	tiedB := ties(len(a), func(i, j int) bool { return second[i] == second[j] })
	scale := math.Sqrt(pairs-tiedA) * math.Sqrt(pairs-tiedB)
	if !(scale > 0) {
		return math.NaN()
	}
	return (pairs - tiedA - tiedB + tiedBoth - 2*swaps) / scale
}

func pairsOf(n int) float64 { return float64(n) * float64(n-1) / 2 }

// ties counts the pairs within the runs of neighbours that are equal.
func ties(n int, equal func(i, j int) bool) float64 {
	total := 0.0
	for from := 0; from < n; {
		to := from + 1
		for to < n && equal(to-1, to) {
			to++
		}
		total += pairsOf(to - from)
		from = to
	}
	return total
}

// sortCounting sorts the values by merging and counts the pairs that were in the wrong order.
func sortCounting(values, scratch []float64) float64 {
	if len(values) < 2 {
		return 0
	}
	half := len(values) / 2
	swaps := sortCounting(values[:half], scratch[:half]) + sortCounting(values[half:], scratch[half:])
	i, j := 0, half
	for k := range scratch {
		if j == len(values) || i < half && values[i] <= values[j] {
			scratch[k] = values[i]
			i++
		} else {
			scratch[k] = values[j]
			swaps += float64(half - i)
			j++
		}
	}
	copy(values, scratch)
	return swaps
}

// TopRegret is the regret of who measures the k rows with the least predictions and takes the best of them.
func TopRegret(truth, predicted []float64, k int) float64 {
	checkLengths(len(truth), len(predicted))
	if len(truth) == 0 {
		return math.NaN()
	}
	best := math.Inf(1)
	for _, i := range ascending(predicted)[:min(k, len(truth))] {
		best = min(best, truth[i])
	}
	sorted := slices.Sorted(slices.Values(truth))
	least, median := sorted[0], (sorted[(len(sorted)-1)/2]+sorted[len(sorted)/2])/2
	return quotient(best-least, median-least)
}
