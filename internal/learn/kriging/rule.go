package kriging

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// Rule is how a case follows from known ones. The zero value is their mean.
type Rule struct {
	Over   []Power `json:"over,omitempty"`   // features whose product the values are taken over
	Near   []int   `json:"near,omitempty"`   // features that tell how alike two cases are; none = all are alike
	Length float64 `json:"length,omitempty"` // distance over which cases are alike, in deviations of the features
	Noise  float64 `json:"noise,omitempty"`  // λ
}

// Power is a feature with the power 1 or -1.
type Power struct {
	Of    int `json:"of"`
	Power int `json:"power"`
}

// leastNoise keeps A positive definite in floating point, however alike the cases are.
const leastNoise = 1e-6

// Used lists the features that the rule looks at.
func (r Rule) Used() []int {
	var list []int
	for _, p := range r.Over {
		list = append(list, p.Of)
	}
	return append(list, r.Near...)
}

// Check reports a rule that is none of so many features.
func (r Rule) Check(features int) error {
	for _, i := range r.Used() {
		if i < 0 || i >= features {
			return fmt.Errorf("kriging: feature %d of %d", i, features)
		}
	}
	for _, p := range r.Over {
		if p.Power != 1 && p.Power != -1 {
			return fmt.Errorf("kriging: power %d of feature %d", p.Power, p.Of)
		}
	}
	if len(r.Near) > 0 && !(r.Length > 0 && r.Noise >= leastNoise && r.Length-r.Length == 0 && r.Noise-r.Noise == 0) {
		return fmt.Errorf("kriging: length %v and noise %v: want them above 0 and at least %v", r.Length, r.Noise, leastNoise)
	}
	return nil
}

// Applies tells whether a case with these features can be told: those that values are taken over must be positive.
func (r Rule) Applies(x []float64) bool {
	for _, p := range r.Over {
		if !(x[p.Of] > 0) {
			return false
		}
	}
	return true
}

// Offset is o(x).
func (r Rule) Offset(x []float64) float64 {
	sum := 0.0
	for _, p := range r.Over {
		sum += float64(p.Power) * math.Log(x[p.Of])
	}
	return sum
}

// Weights are what a case with the features x, to which the rule applies, has of known ones: its value is shift + Σ weights · values.
func (r Rule) Weights(known [][]float64, x []float64) (weights []float64, shift float64) {
	n := len(known)
	weights = make([]float64, n)
	shift = r.Offset(x)
	if len(r.Near) == 0 {
		for s := range weights {
			weights[s] = 1 / float64(n)
		}
	} else {
		places, scales := r.places(known)
		at := make([]float64, len(r.Near))
		for i, f := range r.Near {
			at[i] = scales[i].of(x[f])
		}
		alike := mat.NewVecDense(n, nil)
		for s := range n {
			alike.SetVec(s, r.alike(at, places[s]))
		}
		inverse := r.inverse(places)
		var told mat.VecDense
		told.MulVec(inverse, alike)
		sums, all := make([]float64, n), 0.0
		for s := range n {
			for t := range n {
				sums[s] += inverse.At(s, t)
			}
			all += sums[s]
		}
		rest := (1 - mat.Sum(&told)) / all
		for s := range weights {
			weights[s] = told.AtVec(s) + sums[s]*rest
		}
	}
	for s, w := range weights {
		shift -= w * r.Offset(known[s])
	}
	return weights, shift
}

// LeftOut are the weights of each known case told by the others: those of row t, and the shift t, tell case t.
func (r Rule) LeftOut(known [][]float64) (weights [][]float64, shifts []float64) {
	shifts = make([]float64, len(known))
	weights = r.leftOut(known)
	for t, row := range weights {
		shifts[t] = r.Offset(known[t])
		for s, w := range row {
			shifts[t] -= w * r.Offset(known[s])
		}
	}
	return weights, shifts
}

func (r Rule) leftOut(known [][]float64) [][]float64 {
	n := len(known)
	rows := make([][]float64, n)
	for t := range rows {
		rows[t] = make([]float64, n)
	}
	if len(r.Near) == 0 {
		for t, row := range rows {
			for s := range row {
				if s != t {
					row[s] = 1 / float64(n-1)
				}
			}
		}
		return rows
	}
	places, _ := r.places(known)
	inverse := r.inverse(places)
	sums, all := make([]float64, n), 0.0
	for s := range n {
		for t := range n {
			sums[s] += inverse.At(s, t)
		}
		all += sums[s]
	}
	b := func(s, t int) float64 { return inverse.At(s, t) - sums[s]*sums[t]/all }
	for t, row := range rows {
		for s := range row {
			if s != t {
				row[s] = -b(t, s) / b(t, t)
			}
		}
	}
	return rows
}

// places are the scaled features of each case by which cases are alike.
func (r Rule) places(known [][]float64) ([][]float64, []scale) {
	places, scales := make([][]float64, len(known)), make([]scale, len(r.Near))
	column := make([]float64, len(known))
	for i, f := range r.Near {
		for s, x := range known {
			column[s] = x[f]
		}
		scales[i] = newScale(column)
		for s, v := range column {
			places[s] = append(places[s], scales[i].of(v))
		}
	}
	return places, scales
}

// alike is how alike two places are, 0 to 1.
func (r Rule) alike(a, b []float64) float64 {
	d := 0.0
	for i, v := range a {
		d += (v - b[i]) * (v - b[i])
	}
	return math.Exp(-d / (2 * r.Length * r.Length))
}

// inverse is A⁻¹. A is positive definite, as the noise is positive.
func (r Rule) inverse(places [][]float64) *mat.SymDense {
	n := len(places)
	a := mat.NewSymDense(n, nil)
	for s := range n {
		a.SetSym(s, s, 1+r.Noise)
		for t := range s {
			a.SetSym(s, t, r.alike(places[s], places[t]))
		}
	}
	var c mat.Cholesky
	if !c.Factorize(a) {
		panic("kriging: A is not positive definite") // the noise makes it so: Check
	}
	var inverse mat.SymDense
	if err := c.InverseTo(&inverse); err != nil {
		panic("kriging: " + err.Error())
	}
	return &inverse
}
