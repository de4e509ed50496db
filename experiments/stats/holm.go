package stats

import (
	"cmp"
	"slices"
)

// Holm adjusts the p-values of one table for their number by Holm's step-down rule [H79]: with p(1) <= … <= p(k), the adjusted
// p(i) is max over j <= i of min(1, (k-j+1) p(j)). The results are in the order of the arguments.
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	adjusted := make([]float64, len(p))
	largest := 0.0
	for place, i := range order {
		largest = max(largest, min(1, float64(len(p)-place)*p[i]))
		adjusted[i] = largest
	}
	return adjusted
}
