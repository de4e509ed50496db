package gp

import (
	"errors"
	"fmt"
	"math"
)

// Axis is one independent part of an input, with a length-scale of its own.
type Axis struct {
	Columns int  // numbers of the input that belong to the axis: >= 1, and 1 when Overlap
	Overlap bool // the number is a whole one, a code: two inputs are alike on the axis or not; else the distance is Euclidean over the columns
}

// Mix is how the Matern part and the overlap part of the kernel combine where inputs have axes of both sorts. The zero value means Mixed.
type Mix string

// The mixes.
const (
	Mixed   Mix = "mixed"   // a fitted mixture of Sum and Product
	Product Mix = "product" // inputs are alike when both parts are
	Sum     Mix = "sum"     // each part has an effect of its own
)

// Mixes lists the names of the mixes.
func Mixes() []string { return []string{string(Mixed), string(Product), string(Sum)} }

// layout says where the numbers of an input lie.
type layout struct {
	width   int   // numbers of an input
	numeric []int // columns of the Matern part
	axis    []int // parallel to numeric: the axis of each
	codes   []int // columns of the overlap part
	of      []int // parallel to codes: the axis of each
	axes    int
}

func newLayout(axes []Axis) (layout, error) {
	l := layout{axes: len(axes)}
	var errs []error
	for i, a := range axes {
		switch {
		case a.Columns < 1:
			errs = append(errs, fmt.Errorf("gp: axis %d has %d columns: must be at least 1", i, a.Columns))
		case a.Overlap && a.Columns > 1:
			errs = append(errs, fmt.Errorf("gp: axis %d has %d columns: an overlap axis has 1", i, a.Columns))
		case a.Overlap:
			l.codes, l.of = append(l.codes, l.width), append(l.of, i)
		default:
			for c := range a.Columns {
				l.numeric, l.axis = append(l.numeric, l.width+c), append(l.axis, i)
			}
		}
		l.width += max(a.Columns, 0)
	}
	return l, errors.Join(errs...)
}

// kernel is a covariance function with its parameters.
type kernel struct {
	layout
	scale  []float64 // parallel to numeric: 1/l
	rho    []float64 // parallel to codes: exp(-1/(2 l²)), the overlap part of inputs that differ on that axis alone
	signal float64   // s², the variance
	mix    float64   // share of the product
}

// input is a point prepared for a kernel: its numbers over their length-scales, and its codes.
type input struct {
	scaled []float64
	codes  []int64
}

// prepare writes the input of raw numbers into dst.
func (k *kernel) prepare(dst *input, x []float64) {
	dst.scaled, dst.codes = grown(dst.scaled, len(k.numeric)), grown(dst.codes, len(k.codes))
	for i, column := range k.numeric {
		dst.scaled[i] = x[column] * k.scale[i]
	}
	for i, column := range k.codes {
		dst.codes[i] = int64(x[column])
	}
}

// sqrt5 is √5 of the Matern function.
const sqrt5 = 2.2360679774997896964091736687747

// parts is the Matern function and the overlap function of two inputs, each 1 where they are equal.
func (k *kernel) parts(a, b *input) (matern, overlap float64) {
	matern, overlap = 1, 1
	if len(a.scaled) > 0 {
		square, other := 0.0, b.scaled[:len(a.scaled)]
		for i, v := range a.scaled {
			d := v - other[i]
			square += d * d
		}
		r := sqrt5 * math.Sqrt(square)
		matern = (1 + r + r*r/3) * math.Exp(-r)
	}
	if len(a.codes) > 0 {
		other, rho := b.codes[:len(a.codes)], k.rho[:len(a.codes)]
		for i, v := range a.codes {
			overlap *= unlessEqual(rho[i], v, other[i])
		}
	}
	return matern, overlap
}

// unlessEqual is rho where the codes differ and 1 where they are equal, without a branch: processors guess it wrong half of the time.
func unlessEqual(rho float64, a, b int64) float64 {
	difference := a ^ b
	differ := uint64((difference | -difference) >> 63) // all ones or all zeros
	return math.Float64frombits(math.Float64bits(rho)&differ | math.Float64bits(1)&^differ)
}

// at is the covariance of two inputs.
func (k *kernel) at(a, b *input) float64 {
	matern, overlap := k.parts(a, b)
	return k.signal * k.combine(matern, overlap)
}

// both tells whether there are axes of both sorts, so that their parts have to be mixed.
func (l *layout) both() bool { return len(l.numeric) > 0 && len(l.codes) > 0 }

// combine mixes the two parts; a part without axes is 1, which leaves the other.
func (k *kernel) combine(matern, overlap float64) float64 {
	product := matern * overlap
	if !k.both() {
		return product
	}
	return (1-k.mix)*(matern+overlap)/2 + k.mix*product
}
