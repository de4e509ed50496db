package chips

import (
	"errors"
	"fmt"
)

// Tiling is how a convolution is cut into processing passes, in the letters of the paper's table III.
type Tiling struct {
	M int // filters whose sums stay in the buffer
	N int // samples of a pass
	E int // output rows of a pass
	P int // filters in an element, one after another
	Q int // channels in an element, one after another
	R int // sets of elements that work on different channels
	T int // sets of elements that work on different filters
}

// filters is the filters of a pass.
func (t Tiling) filters() int { return t.P * t.T }

// channels is the channels of a pass.
func (t Tiling) channels() int { return t.Q * t.R }

// CheckTiling reports an array, a convolution or a tiling that is none by itself, else a tiling that the array cannot hold.
func (a RowStationary) CheckTiling(c ConvShape, t Tiling) error {
	if err := errors.Join(a.Check(), c.Check()); err != nil {
		return err
	}
	var errs []error
	limit := func(what string, value, most int) {
		if value < 1 || value > most {
			errs = append(errs, fmt.Errorf("chips: row stationary: %s %d out of range [1, %d]", what, value, most))
		}
	}
	limit("samples N", t.N, c.Samples)
	limit("output rows E", t.E, c.outHeight())
	limit("filters M", t.M, c.Filters)
	limit("filters P", t.P, a.SumWords)
	limit("channels Q", t.Q, c.Channels)
	limit("sets R", t.R, c.Channels)
	limit("sets T", t.T, c.Filters)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	limit("input words Q·S", t.Q*c.Kernel, a.InputWords)
	limit("filter words P·Q·S", t.P*t.Q*c.Kernel, a.FilterWords)
	limit("sets R·T", t.R*t.T, a.sets(c.Kernel, t.E))
	limit("filters P·T of a pass", min(t.filters(), c.Filters), t.M)
	limit("buffer bytes", a.bufferBytes(c, t), a.BufferKiB*1024)
	return errors.Join(errs...)
}

// sets is how many sets of kernel × rows elements fit the array. A set wider than the array is cut into strips.
func (a RowStationary) sets(kernel, rows int) int {
	strips := a.Rows / kernel
	if rows <= a.Cols {
		return strips * (a.Cols / rows)
	}
	return strips / ceilDiv(rows, a.Cols)
}

// bufferBytes is what a pass keeps in the buffer: its inputs, and the sums of all M filters.
func (a RowStationary) bufferBytes(c ConvShape, t Tiling) int {
	rows := (t.E-1)*c.Stride + c.Kernel
	inputs := t.N * min(t.channels(), c.Channels) * rows * c.Width
	sums := t.N * t.M * t.E * c.outWidth()
	return wordBytes * (inputs + sums)
}
