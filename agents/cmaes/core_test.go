package cmaes

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
)

func sphere(x []float64) (total float64) {
	for _, v := range x {
		total += v * v
	}
	return total
}

func ellipsoid(x []float64) (total float64) {
	for i, v := range x {
		total += math.Pow(10, 6*float64(i)/float64(len(x)-1)) * v * v
	}
	return total
}

func rosenbrock(x []float64) (total float64) {
	for i := range len(x) - 1 {
		total += 100*math.Pow(x[i+1]-x[i]*x[i], 2) + math.Pow(1-x[i], 2)
	}
	return total
}

// evaluations is how many a search takes to 1e-8; at most 20,000.
func evaluations(f func([]float64) float64, start, sigma float64, root uint64) int {
	const limit = 20_000
	rng := seed.New(root, "cmaes")
	mean := make([]float64, 10)
	for i := range mean {
		mean[i] = start
	}
	c := newCore(mean, sigma, 10)
	type place struct {
		x     []float64
		value float64
	}
	for count := 0; count < limit; {
		generation := make([]place, c.lambda)
		for k := range generation {
			x := c.sample(rng)
			generation[k] = place{x, f(x)}
			if count++; generation[k].value <= 1e-8 {
				return count
			}
		}
		slices.SortFunc(generation, func(a, b place) int {
			if a.value < b.value {
				return -1
			}
			return 1
		})
		var ranked [][]float64
		for _, p := range generation {
			ranked = append(ranked, p.x)
		}
		c.update(ranked)
	}
	return limit
}

// To 1e-8 in ten coordinates, population 10: the bounds are a tenth above the medians of the plain implementation cmaes 0.9.1 on the same starts, 1,500,
// 4,320 and 5,080 evaluations. A search of Rosenbrock's function may end in its local optimum, here as there: medians are over those that do not.
func TestContinuousCoreReachesTheReference(t *testing.T) {
	const seeds = 7
	for _, c := range []struct {
		name         string
		f            func([]float64) float64
		start, sigma float64
		bound        int
	}{
		{"sphere", sphere, 3, 2, 1650},
		{"ellipsoid", ellipsoid, 3, 2, 4752},
		{"rosenbrock", rosenbrock, 0, 0.5, 5588},
	} {
		t.Run(c.name, func(t *testing.T) {
			var counts []int
			for s := range seeds {
				if n := evaluations(c.f, c.start, c.sigma, uint64(s)); n < 20_000 {
					counts = append(counts, n)
				}
			}
			slices.Sort(counts)
			require.GreaterOrEqual(t, len(counts), seeds-2)
			median := counts[len(counts)/2]
			t.Logf("%d evaluations, median of %d of %d searches", median, len(counts), seeds)
			require.LessOrEqual(t, median, c.bound)
		})
	}
}
