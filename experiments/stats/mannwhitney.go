package stats

import (
	"cmp"
	"math"
	"slices"
)

// exactLimit is the sample size from which on the normal approximation is used even without ties, as in R's wilcox.test.
const exactLimit = 50

// MannWhitney tests whether the values of x tend to be larger than those of y [MW47]: u counts the pairs with x > y, pairs of equal values
// a half each, and p is the one-sided probability of so large a u when both come from one distribution. It is exact without ties and below
// 50 values each, else from the normal approximation with continuity correction and corrected for ties. Infinite values are ordered like
// others. Without values on either side p is 1.
func MannWhitney(x, y []float64) (u, p float64) {
	n, m := len(x), len(y)
	if n == 0 || m == 0 {
		return 0, 1
	}
	ranks := AverageRanks(slices.Concat(x, y))
	u = -float64(n*(n+1)) / 2
	for _, r := range ranks[:n] {
		u += r
	}
	ties := tieSum(ranks)
	if ties == 0 && n < exactLimit && m < exactLimit {
		return u, exactTail(n, m, int(u))
	}
	all := float64(n + m)
	variance := float64(n*m) / 12 * (all + 1 - ties/(all*(all-1)))
	if variance == 0 {
		return u, 1 // all values are equal
	}
	z := (u - float64(n*m)/2 - 0.5) / math.Sqrt(variance)
	return u, math.Erfc(z/math.Sqrt2) / 2
}

// AverageRanks numbers the values from 1, the least first; equal values share the mean of their numbers.
func AverageRanks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	ranks := make([]float64, len(values))
	for first := 0; first < len(order); {
		beyond := first + 1
		for beyond < len(order) && values[order[beyond]] == values[order[first]] {
			beyond++
		}
		for _, i := range order[first:beyond] {
			ranks[i] = float64(first+1+beyond) / 2
		}
		first = beyond
	}
	return ranks
}

// tieSum is the sum of t³ - t over the groups of t equal ranks.
func tieSum(ranks []float64) float64 {
	sorted := slices.Sorted(slices.Values(ranks))
	sum := 0.0
	for first := 0; first < len(sorted); {
		beyond := first + 1
		for beyond < len(sorted) && sorted[beyond] == sorted[first] {
			beyond++
		}
		t := float64(beyond - first)
		sum += t*t*t - t
		first = beyond
	}
	return sum
}

// exactTail is the probability that at least u of the n m pairs are in order, when each of the (n+m choose n) arrangements is equally likely.
// With N(i, j, u) the arrangements of i and j values with u such pairs, the largest value is one of the i, and larger than all j others, or
// not: N(i, j, u) = N(i-1, j, u-j) + N(i, j-1, u).
func exactTail(n, m, u int) float64 {
	counts := make([][]float64, m+1) // of the current i, by j and u
	for j := range counts {
		counts[j] = make([]float64, n*m+1)
		counts[j][0] = 1
	}
	for range n {
		for j := 1; j <= m; j++ { // j = 0 stays: one arrangement, no pair
			next := slices.Clone(counts[j-1])
			for k := j; k < len(next); k++ {
				next[k] += counts[j][k-j]
			}
			counts[j] = next
		}
	}
	tail, all := 0.0, 0.0
	for k, c := range counts[m] {
		all += c
		if k >= u {
			tail += c
		}
	}
	return tail / all
}
