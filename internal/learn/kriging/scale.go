package kriging

import (
	"math"
	"slices"
)

// wide is how many times the least value of a feature the greatest is when the feature counts by its logarithm.
const wide = 10

// scale turns a feature into one of mean 0 and deviation 1.
type scale struct {
	form            func(float64) float64
	mean, deviation float64 // of the form
}

// newScale is the scale of the values of a feature in the known cases.
func newScale(values []float64) scale {
	least, greatest := slices.Min(values), slices.Max(values)
	positive := math.Inf(1)
	for _, v := range values {
		if v > 0 {
			positive = min(positive, v)
		}
	}
	s := scale{form: func(v float64) float64 { return v }}
	switch {
	case least > 0 && greatest >= wide*least:
		s.form = func(v float64) float64 { return math.Log(max(v, least/wide)) }
	case least == 0 && greatest >= wide*positive:
		s.form = func(v float64) float64 { return math.Log1p(max(v, 0) / positive) }
	}
	n := float64(len(values))
	for _, v := range values {
		s.mean += s.form(v) / n
	}
	for _, v := range values {
		s.deviation += (s.form(v) - s.mean) * (s.form(v) - s.mean) / n
	}
	if s.deviation = math.Sqrt(s.deviation); s.deviation < 1e-12 {
		s.deviation = 1
	}
	return s
}

func (s scale) of(v float64) float64 { return (s.form(v) - s.mean) / s.deviation }
