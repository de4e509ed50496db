package policygrad

import "math"

// Surrogate is the clipped loss of one action and its derivative by the action's log-probability: max(-A r, -A clip(r, 1-c, 1+c)) with the ratio
// r of its new and old probability. A clip of 0 means none.
func Surrogate(ratio, advantage, clip float64) (loss, byLogProb float64) {
	free := -advantage * ratio
	if clip == 0 {
		return free, free
	}
	clipped := -advantage * min(max(ratio, 1-clip), 1+clip)
	if clipped > free {
		return clipped, 0 // the ratio is outside the clip, or both are equal
	}
	return free, free
}

// ValueLoss is half the squared error of a value, at least that of the value held within clip of the old one, and its derivative by the
// value. A clip of 0 means none.
func ValueLoss(value, old, target, clip float64) (loss, byValue float64) {
	free := value - target
	if clip == 0 {
		return free * free / 2, free
	}
	held := old + min(max(value-old, -clip), clip) - target
	if held*held > free*free {
		return held * held / 2, 0 // held elsewhere than at the value: a constant
	}
	return free * free / 2, free
}

// Standardise shifts and scales numbers to mean 0 and sample standard deviation 1, up to 1e-8.
func Standardise(x []float64) {
	mean, square := 0.0, 0.0
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		square += (v - mean) * (v - mean)
	}
	spread := math.Sqrt(square/float64(max(len(x)-1, 1))) + 1e-8
	for i, v := range x {
		x[i] = (v - mean) / spread
	}
}
