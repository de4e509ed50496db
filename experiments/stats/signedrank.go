package stats

import (
	"math"
	"slices"
)

// SignedRank tests whether paired values (of one seed, of one task) tend to be larger in x than in y [W45]: v sums the ranks of |x-y| over the pairs with
// x > y, pairs without a difference left out, and p is the one-sided probability of so large a v when the sign of each difference is a toss of a
// coin. It is exact without ties and below 50 differences, else from the normal approximation with continuity correction and corrected for ties.
// Two values that are infinite alike do not differ. Without a difference p is 1. x and y have the same length.
func SignedRank(x, y []float64) (v, p float64) {
	var sizes []float64
	var larger []bool
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		sizes, larger = append(sizes, math.Abs(x[i]-y[i])), append(larger, x[i] > y[i])
	}
	n := len(sizes)
	if n == 0 {
		return 0, 1
	}
	ranks := AverageRanks(sizes)
	for i, r := range ranks {
		if larger[i] {
			v += r
		}
	}
	ties := tieSum(ranks)
	if ties == 0 && n < exactLimit {
		return v, signedTail(n, int(v))
	}
	all := float64(n)
	variance := all*(all+1)*(2*all+1)/24 - ties/48
	z := (v - all*(all+1)/4 - 0.5) / math.Sqrt(variance)
	return v, math.Erfc(z/math.Sqrt2) / 2
}

// signedTail is the probability that the ranks 1 … n, each taken or not with equal probability, sum to at least v: with N(k, s) the subsets of 1 … k of
// sum s, N(k, s) = N(k-1, s) + N(k-1, s-k).
func signedTail(n, v int) float64 {
	counts := make([]float64, n*(n+1)/2+1)
	counts[0] = 1
	for k := 1; k <= n; k++ {
		before := slices.Clone(counts)
		for s := k; s < len(counts); s++ {
			counts[s] += before[s-k]
		}
	}
	tail := 0.0
	for _, c := range counts[v:] {
		tail += c
	}
	return tail / math.Pow(2, float64(n))
}
