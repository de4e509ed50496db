package regress

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Transform is how a target is learned. The zero value is the target itself.
type Transform struct {
	Name   string  `json:"name"`             // "", "log" or "boxcox"
	Lambda float64 `json:"lambda,omitempty"` // of Box and Cox, not 0
}

// The names of transforms.
const (
	Identity = ""
	Log      = "log"
	BoxCox   = "boxcox"
)

// Check reports a transform that is none.
func (t Transform) Check() error {
	switch {
	case t.Name == Identity, t.Name == Log, t.Name == BoxCox && t.Lambda != 0 && t.Lambda-t.Lambda == 0:
		return nil
	}
	return fmt.Errorf("regress: transform %q with λ = %v", t.Name, t.Lambda)
}

// Forward is the transformed target.
func (t Transform) Forward(y float64) float64 {
	switch t.Name {
	case Log:
		return math.Log(y)
	case BoxCox:
		return (math.Pow(y, t.Lambda) - 1) / t.Lambda
	}
	return y
}

// Inverse is the target of a transformed one; where there is none, the nearest there is.
func (t Transform) Inverse(z float64) float64 {
	switch t.Name {
	case Log:
		return math.Exp(min(z, 700))
	case BoxCox:
		return min(math.Pow(max(t.Lambda*z+1, 1e-300), 1/t.Lambda), math.MaxFloat64)
	}
	return z
}

// apply transforms targets.
func (t Transform) apply(y []float64) []float64 {
	out := make([]float64, len(y))
	for i, v := range y {
		out[i] = t.Forward(v)
	}
	return out
}

// TransformNames lists the names that NamedTransform knows.
func TransformNames() []string { return []string{"none", Log, BoxCox} }

// NamedTransform is the transform of a name for targets y; those but "none" need positive targets.
func NamedTransform(name string, y []float64) (Transform, error) {
	list := candidates(y)
	at := slices.Index(TransformNames(), name)
	switch {
	case at < 0:
		return Transform{}, suggest.Unknown("transform", name, TransformNames())
	case at >= len(list):
		return Transform{}, fmt.Errorf("%w: the transform %s needs positive targets, the least is %v", ErrData, name, slices.Min(y))
	}
	return list[at], nil
}

// candidates are the transforms that a target allows.
func candidates(y []float64) []Transform {
	list := []Transform{{}}
	if slices.Min(y) <= 0 {
		return list
	}
	return append(list, Transform{Name: Log}, Transform{Name: BoxCox, Lambda: likeliestPower(y)})
}

// likeliestPower is the λ in ±0.1 … ±2 with the greatest likelihood of a normal sample, the Jacobian included: that of Box and Cox.
func likeliestPower(y []float64) float64 {
	logs := 0.0
	for _, v := range y {
		logs += math.Log(v)
	}
	n := float64(len(y))
	best, at := math.Inf(-1), 1.0
	for k := -20; k <= 20; k++ {
		if k == 0 {
			continue // the logarithm, a candidate of its own
		}
		t := Transform{Name: BoxCox, Lambda: float64(k) / 10}
		z := t.apply(y)
		center, variance := meanOf(z), 0.0
		for _, v := range z {
			variance += (v - center) * (v - center) / n
		}
		if l := (t.Lambda-1)*logs - n/2*math.Log(variance); l > best {
			best, at = l, t.Lambda
		}
	}
	return at
}

// choosing bounds the rows that a transform is chosen on: it takes no more to tell.
const choosing = 20_000

// ChooseTransform is the transform whose predictions have the least squared error in three-fold cross-validation over groups: rows of one group are
// in one fold.
func ChooseTransform(kind Kind, d Data, groups []uint64, o Options, rng *rand.Rand) (Transform, error) {
	if err := d.check(); err != nil {
		return Transform{}, err
	}
	list := candidates(d.Y)
	if len(list) == 1 {
		return list[0], nil
	}
	rows := rng.Perm(len(d.Y))
	rows = rows[:min(len(rows), choosing)]
	if kind != Neighbours {
		o.Trees = 60
	}
	best, chosen := math.Inf(1), list[0]
	for _, t := range list {
		error, err := crossError(kind, d, t, rows, groups, 3, o, rng)
		if err != nil {
			return Transform{}, err
		}
		if error < best {
			best, chosen = error, t
		}
	}
	return chosen, nil
}

// Error is the squared error of a kind and transform on a third of the groups, learned from the others.
func Error(kind Kind, t Transform, d Data, groups []uint64, o Options, rng *rand.Rand) (float64, error) {
	rows := rng.Perm(len(d.Y))
	return crossError(kind, d, t, rows[:min(len(rows), choosing)], groups, 1, o, rng)
}

// crossError is the squared error of a transform in some of three folds over groups; +Inf where a fold has no rows or nothing to learn.
func crossError(kind Kind, d Data, t Transform, rows []int, groups []uint64, folds uint64, o Options, rng *rand.Rand) (float64, error) {
	sum := 0.0
	o = o.Prepared(kind, d.With(rows, func(i int) float64 { return t.Forward(d.Y[i]) }), rng)
	for fold := range folds {
		var in, out []int
		for _, i := range rows {
			if groups[i]%3 == fold {
				out = append(out, i)
			} else {
				in = append(in, i)
			}
		}
		train, test := d.With(in, func(i int) float64 { return t.Forward(d.Y[i]) }), d.Rows(out)
		if train.check() != nil || len(out) == 0 {
			return math.Inf(1), nil
		}
		m, err := Fit(kind, train, o, rng)
		if err != nil {
			return 0, err
		}
		f := make([]float64, len(out))
		m.Predict(test.X, f)
		for i, y := range test.Y {
			e := t.Inverse(f[i]) - y
			sum += e * e
		}
	}
	return sum, nil
}

// HalfWidth is the least half-width that, by split conformal prediction, covers a new row with the chance cover; +Inf where there are too few residuals.
func HalfWidth(residuals []float64, cover float64) float64 {
	sorted := make([]float64, len(residuals))
	for i, r := range residuals {
		sorted[i] = math.Abs(r)
	}
	slices.Sort(sorted)
	k := int(math.Ceil(float64(len(sorted)+1) * cover))
	if k > len(sorted) {
		return math.Inf(1)
	}
	return sorted[max(k, 1)-1]
}
