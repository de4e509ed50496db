package nn

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
)

// orthogonal fills a rows x columns matrix such that its rows, or its columns when these are fewer, are orthogonal vectors of length gain,
// uniformly distributed: Gram-Schmidt on normal numbers, each vector cleared twice of the earlier ones for the sake of rounding.
func orthogonal(matrix []float64, rows, columns int, gain float64, rng *rand.Rand) {
	count, length := min(rows, columns), max(rows, columns)
	vectors := make([]float64, count*length)
	for i := range count {
		v := vectors[i*length : (i+1)*length]
		for k := range v {
			v[k] = rng.NormFloat64()
		}
		for range 2 {
			for j := range i {
				earlier := vectors[j*length : (j+1)*length]
				floats.AddScaled(v, -floats.Dot(v, earlier), earlier)
			}
			floats.Scale(1/math.Sqrt(floats.Dot(v, v)), v)
		}
	}
	for i := range rows {
		for o := range columns {
			at := i*length + o
			if rows > columns {
				at = o*length + i
			}
			matrix[i*columns+o] = gain * vectors[at]
		}
	}
}
