package tpe

import "math"

// Bandwidth is how wide the kernels of ordinal axes are. The zero value means Spread.
type Bandwidth string

// The bandwidths; the package comment has their laws.
const (
	Spread Bandwidth = "spread" // by the spread of the designs
	Range  Bandwidth = "range"  // by the range of the axis
)

// Bandwidths lists the names of the bandwidths.
func Bandwidths() []string { return []string{string(Spread), string(Range)} }

// deviation is the standard deviation, in levels, of the kernels of an ordinal axis; free is the number of axes of the estimator that can vary.
func (m *mixture) deviation(axis, free int, o Options) float64 {
	n, width := len(m.designs), float64(m.space.Levels(axis))
	shrink := math.Pow(float64(max(n, 1)), -1/float64(free+4))
	if o.Bandwidth == Range {
		const share = 0.2
		return min(max(share*shrink*width, width/min(100, float64(n+2))), width)
	}
	count, sum, squares := 0.0, 0.0, 0.0
	for i, d := range m.designs {
		if d.places[axis] != absent {
			weight, level := ageWeight(i, n), float64(d.places[axis])
			count += weight
			sum += weight * level
			squares += weight * level * level
		}
	}
	if count > 0 {
		squares = max(squares-sum*sum/count, 0)
	}
	variance := (squares + o.PriorWeight*width*width/12) / (count + o.PriorWeight)
	const least = 0.5 // of a level: the neighbours stay in reach
	return min(max(shrink*math.Sqrt(variance), least), width)
}
