package stats

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
)

// exactLimit is the largest n + m whose p-value is exact: C(50, 25) < 2^53, so every count is exact in a float64.
const exactLimit = 50

// Comparison is how one sample compares with another one.
type Comparison struct {
	U           float64 // pairs in which x is larger, ties count one half
	Improvement float64 // U over the number of pairs: the probability that a draw of x is larger than one of y
	PValue      float64 // two-sided, of the hypothesis that both have the same distribution
}

// MannWhitney compares two samples, larger is better; for a minimised value swap them.
func MannWhitney(x, y []float64) Comparison {
	n, m := len(x), len(y)
	if n == 0 || m == 0 || hasNaN(x) || hasNaN(y) {
		return Comparison{U: math.NaN(), Improvement: math.NaN(), PValue: math.NaN()}
	}
	ranks, ties := doubledRanks(x, y)
	sum := 0
	for _, rank := range ranks[:n] {
		sum += rank
	}
	u := float64(sum-n*(n+1)) / 2
	c := Comparison{U: u, Improvement: u / float64(n*m)}
	if n+m <= exactLimit {
		c.PValue = exactP(ranks, n, sum)
	} else {
		c.PValue = normalP(u, n, m, ties)
	}
	return c
}

// doubledRanks is twice the mid-rank of every value of x, then of y, in the joint sample (whole numbers), and the sizes of the groups of ties.
func doubledRanks(x, y []float64) (ranks, ties []int) {
	joint := slices.Concat(x, y)
	ascending := sorted(joint)
	ranks = make([]int, len(joint))
	for i, v := range joint {
		first, _ := slices.BinarySearch(ascending, v)
		size := 1
		for first+size < len(ascending) && ascending[first+size] == v {
			size++
		}
		ranks[i] = 2*first + size + 1 // first+1 … first+size have the mean first + (size+1)/2
		if slices.Index(joint, v) == i {
			ties = append(ties, size)
		}
	}
	return ranks, ties
}

// exactP is twice the smaller tail of the distribution of the sum of n of the ranks, every choice equally likely.
func exactP(ranks []int, n, observed int) float64 {
	total := 0
	for _, rank := range ranks {
		total += rank
	}
	ways := make([][]float64, n+1) // ways[k][s]: choices of k of the ranks so far with the sum s
	for k := range ways {
		ways[k] = make([]float64, total+1)
	}
	ways[0][0] = 1
	for _, rank := range ranks {
		for k := n; k > 0; k-- {
			for s := total; s >= rank; s-- {
				ways[k][s] += ways[k-1][s-rank]
			}
		}
	}
	below, beyond := 0.0, 0.0
	for s, count := range ways[n] {
		if s <= observed {
			below += count
		}
		if s >= observed {
			beyond += count
		}
	}
	return min(1, 2*min(below, beyond)/float64(combin.Binomial(len(ranks), n)))
}

// normalP is the two-sided p-value by the normal approximation with continuity and tie correction.
func normalP(u float64, n, m int, ties []int) float64 {
	pairs, size := float64(n)*float64(m), float64(n+m)
	tied := 0.0
	for _, t := range ties {
		tied += math.Pow(float64(t), 3) - float64(t)
	}
	variance := pairs / 12 * (size + 1 - tied/(size*(size-1)))
	if variance <= 0 { // all values are equal
		return 1
	}
	z := (math.Abs(u-pairs/2) - 0.5) / math.Sqrt(variance)
	return min(1, math.Erfc(z/math.Sqrt2))
}
