package boost

import (
	"errors"
	"fmt"
	"math"
)

// Float is the type of feature values.
type Float interface{ float32 | float64 }

// Data is a table to learn from. Fit keeps none of it.
type Data[T Float] struct {
	Features int       // columns of X, at least 1
	X        []T       // row-major: the features of row i are X[i*Features : (i+1)*Features]; NaN = missing, no infinities
	Y        []float64 // the target of each row
	Weights  []float64 // of each row, above 0; nil = 1 each
	Groups   []int     // of the loss Pairwise: how many rows each group has, one group after the other; nil = all rows are one group
}

// rows is the number of rows.
func (d Data[T]) rows() int { return len(d.Y) }

// check reports what is wrong with the table, of each list the first entry.
func (d Data[T]) check(loss Loss) error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	switch {
	case d.Features < 1:
		bad("%d features: need at least 1", d.Features)
	case len(d.Y) == 0 || len(d.X) != len(d.Y)*d.Features:
		bad("%d targets and %d values of %d features: need at least 1 target, and %d values", len(d.Y), len(d.X), d.Features, len(d.Y)*d.Features)
	}
	if d.Weights != nil && len(d.Weights) != len(d.Y) {
		bad("%d weights of %d rows: need as many, or none", len(d.Weights), len(d.Y))
	}
	grouped := 0
	for i, n := range d.Groups {
		if grouped += n; n < 1 {
			bad("group %d has %d rows: need at least 1", i, n)
			break
		}
	}
	if d.Groups != nil && grouped != len(d.Y) {
		bad("the groups have %d rows, there are %d", grouped, len(d.Y))
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for i, v := range d.X {
		if math.IsInf(float64(v), 0) {
			bad("row %d: feature %d is %v: it must be finite, or NaN where it is missing", i/d.Features, i%d.Features, v)
			break
		}
	}
	for i, y := range d.Y {
		if !finite(y) || loss == Logistic && !(y >= 0 && y <= 1) {
			bad("target %d is %v: it must be finite and, of the logistic loss, in [0, 1]", i, y)
			break
		}
	}
	for i, w := range d.Weights {
		if !(w > 0) || !finite(w) {
			bad("weight %d is %v: it must be above 0 and finite", i, w)
			break
		}
	}
	return errors.Join(errs...)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
