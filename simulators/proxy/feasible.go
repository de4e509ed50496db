package proxy

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/internal/learn/boost"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// Classifier is the chance of a yes: boosted trees under the logistic loss, calibrated by Platt's sigmoid.
type Classifier struct {
	Trees *regress.Trees `json:"trees"`
	Slope float64        `json:"slope"` // the chance is 1 / (1 + exp(-(Slope score + Offset)))
	Shift float64        `json:"shift"`
}

func (c *Classifier) check(features int) error {
	if c == nil {
		return nil
	}
	if c.Trees == nil {
		return errors.New("a classifier without trees")
	}
	_, err := regress.Encoded{Trees: c.Trees}.Model(features)
	return err
}

// probabilities are the chances of n rows of features.
func (c *Classifier) probabilities(x []float64, n int) []float64 {
	out := make([]float64, n)
	c.Trees.Predict(x, out)
	for i, s := range out {
		out[i] = boost.Probability(c.Slope*s + c.Shift)
	}
	return out
}

// leastOfClass is the least number of rows of each class to learn from.
const leastOfClass = 5

// fitClassifier learns a yes-or-no target. The sigmoid is fitted to scores of rows that their trees have not seen, in five folds over groups; the
// trees that stay are fitted to all rows. The chances are those of the scores; NaN where there is none. The classifier is nil where a class has too few rows.
func fitClassifier(d regress.Data, groups []uint64, workers int, rng *rand.Rand) (c *Classifier, honest []float64, err error) {
	yes := 0
	for _, y := range d.Y {
		if y > 0 {
			yes++
		}
	}
	if yes < leastOfClass || len(d.Y)-yes < leastOfClass {
		return nil, nil, nil
	}
	options := boost.Options{
		Loss: boost.Logistic, Trees: 200, LearningRate: 0.1, MaxDepth: 5, MaxLeaves: 16, L2: 1, MinChildWeight: 0.5, RowFrac: 0.8, FeatureFrac: 0.5, Workers: workers,
	}
	fit := func(d regress.Data) (*regress.Trees, error) {
		m, err := boost.Fit(boost.Data[float64]{Features: d.Features(), X: d.X, Y: d.Y}, options, rng)
		if err != nil {
			return nil, fmt.Errorf("proxy: classifier: %w", err)
		}
		return &regress.Trees{Model: *m}, nil
	}
	scores, known := make([]float64, len(d.Y)), make([]bool, len(d.Y))
	const folds = 5
	for fold := range uint64(folds) {
		var in, out []int
		for i, g := range groups {
			if g%folds == fold {
				out = append(out, i)
			} else {
				in = append(in, i)
			}
		}
		if len(in) == 0 || len(out) == 0 {
			continue
		}
		m, err := fit(d.Rows(in))
		if err != nil {
			return nil, nil, err
		}
		f := make([]float64, len(out))
		m.Predict(d.Rows(out).X, f)
		for k, i := range out {
			scores[i], known[i] = f[k], true
		}
	}
	m, err := fit(d)
	if err != nil {
		return nil, nil, err
	}
	c = &Classifier{Trees: m}
	c.Slope, c.Shift = platt(scores, d.Y, known)
	for i, s := range scores {
		if scores[i] = math.NaN(); known[i] {
			scores[i] = boost.Probability(c.Slope*s + c.Shift)
		}
	}
	return c, scores, nil
}

// platt fits a sigmoid to scores by Newton's method (J. Platt, 1999, with the numerics of H.-T. Lin, C.-J. Lin and R. C. Weng, Machine Learning 68, 2007):
// targets are drawn in from 0 and 1 by one row of each class.
func platt(scores, y []float64, known []bool) (slope, shift float64) {
	yes, no := 0.0, 0.0
	for i, v := range y {
		if known[i] {
			yes, no = yes+v, no+1-v
		}
	}
	high, low := (yes+1)/(yes+2), 1/(no+2)
	loss := func(a, b float64) float64 {
		sum := 0.0
		for i, s := range scores {
			if known[i] {
				t := low + y[i]*(high-low)
				z := a*s + b
				sum += math.Log1p(math.Exp(-math.Abs(z))) + math.Max(z, 0) - t*z
			}
		}
		return sum
	}
	slope, shift = 1, 0
	at := loss(slope, shift)
	for range 50 {
		ga, gb, aa, ab, bb := 0.0, 0.0, 1e-9, 0.0, 1e-9
		for i, s := range scores {
			if !known[i] {
				continue
			}
			p := boost.Probability(slope*s + shift)
			d, h := p-(low+y[i]*(high-low)), p*(1-p)
			ga, gb, aa, ab, bb = ga+d*s, gb+d, aa+h*s*s, ab+h*s, bb+h
		}
		det := aa*bb - ab*ab
		da, db := -(bb*ga-ab*gb)/det, -(aa*gb-ab*ga)/det
		step := 1.0
		for step > 1e-6 && !(loss(slope+step*da, shift+step*db) < at) {
			step /= 2
		}
		if step <= 1e-6 {
			break
		}
		slope, shift = slope+step*da, shift+step*db
		at = loss(slope, shift)
	}
	return slope, shift
}
