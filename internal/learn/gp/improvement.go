package gp

import "math"

// logSqrt2Pi is ln √(2π).
const logSqrt2Pi = 0.91893853320467274178032973640562

// farTail is where the direct formulas begin to lose digits and continued fractions have converged.
const farTail = -5

// LogExpectedImprovement is ln E[max(Y - best, 0)] of a normal Y: ln sd + ln h(z) with h(z) = φ(z) + z Φ(z), z = (mean - best) / sd. It is finite
// however far below best the mean is, as long as the square of z is. With sd = 0 it is the logarithm of the certain gain, -Inf for none.
func LogExpectedImprovement(mean, sd, best float64) float64 {
	if sd == 0 {
		return math.Log(max(mean-best, 0))
	}
	z := (mean - best) / sd
	if z > farTail {
		return math.Log(sd) + math.Log(math.Exp(-z*z/2-logSqrt2Pi)+z*math.Erfc(-z/math.Sqrt2)/2)
	}
	// h(z) = φ(z) (1 - x M(x)) with x = -z and Mills' ratio M(x) = 1/(x + c): the difference is c/(x + c).
	c := millsRest(-z)
	return math.Log(sd) - z*z/2 - logSqrt2Pi + math.Log(c/(c-z))
}

// LogNormalCDF is ln Φ(z), finite as long as the square of z is.
func LogNormalCDF(z float64) float64 {
	if z > farTail {
		return math.Log(math.Erfc(-z/math.Sqrt2) / 2)
	}
	return -z*z/2 - logSqrt2Pi - math.Log(millsRest(-z)-z)
}

// millsRest is the continued fraction 1/(x + 2/(x + 3/(x + …))), the rest of Mills' ratio, for x >= 5.
func millsRest(x float64) float64 {
	const terms = 60
	rest := 0.0
	for k := terms; k >= 1; k-- {
		rest = float64(k) / (x + rest)
	}
	return rest
}
