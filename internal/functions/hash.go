package functions

import (
	"cmp"
	"math"
	"slices"
)

// Hash01 maps (seed, a, b) to [0, 1): splitmix64's finaliser over an affine index, so that every language rebuilds the same tables.
func Hash01(seed, a, b uint64) float64 {
	z := seed + 0x9E3779B97F4A7C15*(1+a*1000003+b)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	z ^= z >> 31
	return float64(z>>11) / (1 << 53)
}

// hashInt is Hash01 scaled to 0 … n-1.
func hashInt(seed, a, b uint64, n int) int { return int(math.Floor(Hash01(seed, a, b) * float64(n))) }

// shuffled is the order of 0 … n-1 by their hashes.
func shuffled(seed, a uint64, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(Hash01(seed, a, uint64(i)), Hash01(seed, a, uint64(j))) })
	return order
}
