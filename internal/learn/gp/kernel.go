package gp

import (
	"errors"
	"fmt"
	"math"
)

// Axis is one independent part of an input, with a length-scale of its own.
type Axis struct {
	Columns int  // numbers of the input that belong to the axis: >= 1, and 1 when Overlap
	Overlap bool // the number is a code, a whole one up to MostCode: two inputs are alike on the axis or not; else the distance is Euclidean over the columns
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
	place   []int // parallel to the numbers of an input: the index in numeric, or ^ that in codes
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
			l.place = append(l.place, ^len(l.codes))
			l.codes, l.of = append(l.codes, l.width), append(l.of, i)
		default:
			for c := range a.Columns {
				l.place = append(l.place, len(l.numeric))
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
	scale  []float64       // parallel to numeric: 1/l
	rho    []float64       // parallel to codes: exp(-1/(2 l²)), the overlap part of inputs that differ on that axis alone
	groups [][many]float64 // parallel to the words of codes: the overlap part of inputs that differ in the lanes of the index' bits
	signal float64         // s², the variance
	mix    float64         // share of the product
}

// input is a point prepared for a kernel: its numbers over their length-scales, and its codes.
type input struct {
	scaled []float64
	codes  []uint64 // packed
}

// prepare writes the input of raw numbers into dst.
func (k *kernel) prepare(dst *input, x []float64) {
	dst.scaled, dst.codes = grown(dst.scaled, len(k.numeric)), grown(dst.codes, words(len(k.codes)))
	for i, column := range k.numeric {
		dst.scaled[i] = x[column] * k.scale[i]
	}
	clear(dst.codes)
	for i, column := range k.codes {
		dst.codes[i/lanes] |= uint64(x[column]) << (i % lanes * laneBits)
	}
}

// sqrt5 is √5 of the Matern function.
const sqrt5 = 2.2360679774997896964091736687747

// matern is the Matern function of a squared distance r², and -2 its derivative by r²: 5/3 (1 + √5 r) exp(-√5 r).
func matern(square float64) (value, steep float64) {
	r := sqrt5 * math.Sqrt(square)
	e := math.Exp(-r)
	return (1 + r + r*r/3) * e, 5.0 / 3 * (1 + r) * e
}

// square is r² of two inputs. Four sums run side by side: one alone would wait for each addition to end.
func (k *kernel) square(a, b *input) float64 {
	x, y := a.scaled, b.scaled[:len(a.scaled)]
	var s0, s1, s2, s3 float64
	for len(x) >= 4 && len(y) >= 4 {
		d0, d1, d2, d3 := x[0]-y[0], x[1]-y[1], x[2]-y[2], x[3]-y[3]
		s0, s1, s2, s3 = s0+d0*d0, s1+d1*d1, s2+d2*d2, s3+d3*d3
		x, y = x[4:], y[4:]
	}
	for i, v := range x {
		d := v - y[i]
		s0 += d * d
	}
	return (s0 + s1) + (s2 + s3)
}

// parts is the Matern function and the overlap function of two inputs, each 1 where they are equal.
func (k *kernel) parts(a, b *input) (numbers, overlap float64) {
	numbers = 1
	if len(a.scaled) > 0 {
		numbers, _ = matern(k.square(a, b))
	}
	return numbers, k.overlap(a, b)
}

// at is the covariance of two inputs.
func (k *kernel) at(a, b *input) float64 {
	numbers, overlap := k.parts(a, b)
	return k.signal * k.combine(numbers, overlap)
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
