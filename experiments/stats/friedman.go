package stats

import (
	"gonum.org/v1/gonum/stat/distuv"
)

// Friedman tests whether several treatments (agents) differ over blocks (tasks, or seeds of tasks) that each hold one value of every treatment [F37]. ranks
// is the mean rank of each treatment, 1 the smallest value, equal values of a block sharing theirs; p is the probability of ranks so far apart when all
// treatments are alike, by the chi-squared approximation with correction for ties. Fewer than two treatments or no block give p = 1.
func Friedman(blocks [][]float64) (ranks []float64, chiSquared, p float64) {
	if len(blocks) == 0 || len(blocks[0]) < 2 {
		return nil, 0, 1
	}
	n, k := float64(len(blocks)), float64(len(blocks[0]))
	ranks = make([]float64, len(blocks[0]))
	ties := 0.0
	for _, values := range blocks {
		of := AverageRanks(values)
		ties += tieSum(of)
		for i, r := range of {
			ranks[i] += r / n
		}
	}
	spread := 0.0
	for _, r := range ranks {
		spread += (r - (k+1)/2) * (r - (k+1)/2)
	}
	scale := n*k*(k+1) - ties/(k-1)
	if scale == 0 {
		return ranks, 0, 1 // every block is one tie
	}
	chiSquared = 12 * n * n * spread / scale
	return ranks, chiSquared, distuv.ChiSquared{K: k - 1}.Survival(chiSquared)
}
