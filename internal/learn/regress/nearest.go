package regress

import "math"

// neighbours is how many rows a prediction is the mean of.
const neighbours = 8

// Nearest is the nearest neighbours among its rows.
type Nearest struct {
	Features int       `json:"features"`
	X        []float64 `json:"x"`
	Y        []float64 `json:"y"`
}

func fitNearest(d Data) *Nearest {
	return &Nearest{d.Features(), append([]float64(nil), d.X...), append([]float64(nil), d.Y...)}
}

// Predict implements Model, in O(rows · features) a prediction.
func (m *Nearest) Predict(x, into []float64) {
	for i := range into {
		into[i] = m.one(x[i*m.Features : (i+1)*m.Features])
	}
}

func (m *Nearest) one(row []float64) float64 {
	var near [neighbours]struct{ distance2, y float64 }
	found := 0
	for i, y := range m.Y {
		d := 0.0
		for j, v := range m.X[i*m.Features : (i+1)*m.Features] {
			d += (v - row[j]) * (v - row[j])
		}
		if found == neighbours && d >= near[neighbours-1].distance2 {
			continue
		}
		found = min(found+1, neighbours)
		at := found - 1
		for ; at > 0 && near[at-1].distance2 > d; at-- {
			near[at] = near[at-1]
		}
		near[at].distance2, near[at].y = d, y
	}
	sum, weights := 0.0, 0.0
	for _, n := range near[:found] {
		w := 1 / (math.Sqrt(n.distance2) + 1e-6)
		sum, weights = sum+w*n.y, weights+w
	}
	return sum / weights
}
