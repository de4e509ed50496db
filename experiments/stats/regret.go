package stats

import "math"

// Regret is how much worse than the optimum a value is, in parts of the optimum's size, or in its unit where the optimum is 0: negative where the
// value is better. It is infinite for an infinite value.
func Regret(optimum, value float64, minimise bool) float64 {
	size := math.Abs(optimum)
	if size == 0 {
		size = 1
	}
	if minimise {
		return (value - optimum) / size
	}
	return (optimum - value) / size
}

// RelativeImprovement is how much better than the average random design a value is, in parts of that average's size [YEH20]: it tells what a search
// gains over the space itself.
func RelativeImprovement(random, value float64, minimise bool) float64 {
	return -Regret(random, value, minimise)
}

// Normalised is 0 at the value zero and 1 at the value one, whichever of them is larger, and linear between and beyond. Where the two are equal it is 1 for
// values at least as good as they are, in the given direction, and 0 for others.
func Normalised(value, zero, one float64, minimise bool) float64 {
	if zero == one {
		if value == one || (value < one) == minimise {
			return 1
		}
		return 0
	}
	return (value - zero) / (one - zero)
}
