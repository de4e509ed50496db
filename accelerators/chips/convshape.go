package chips

import (
	"errors"
	"fmt"
)

// ConvShape is a convolution with a batch of samples. Height and width are those of the padded input.
type ConvShape struct {
	Height, Width     int
	Channels, Filters int // of a group
	Kernel, Stride    int
	Groups, Samples   int
	Pad               int     // rows and columns of border in Height and Width, on each side: they do not cross the link
	ZeroFrac          float64 // of the input elements, 0 to 1
	OutputZeroFrac    float64 // of the output elements as they leave, 0 to 1
}

func (c ConvShape) outHeight() int { return (c.Height-c.Kernel)/c.Stride + 1 }
func (c ConvShape) outWidth() int  { return (c.Width-c.Kernel)/c.Stride + 1 }

// MACs is the number of multiply-accumulates, those with zeros included.
func (c ConvShape) MACs() int64 {
	return product(c.Samples, c.Groups, c.outHeight(), c.outWidth(), c.Channels, c.Filters, c.Kernel, c.Kernel)
}

// Check reports a shape that is no convolution.
func (c ConvShape) Check() error {
	var errs []error
	for _, n := range []struct {
		name  string
		value int
	}{
		{"Height", c.Height}, {"Width", c.Width}, {"Channels", c.Channels}, {"Filters", c.Filters}, {"Kernel", c.Kernel}, {"Stride", c.Stride},
		{"Groups", c.Groups}, {"Samples", c.Samples},
	} {
		if n.value < 1 || n.value > maxExtent {
			errs = append(errs, fmt.Errorf("chips: convolution: %s %d out of range [1, %d]", n.name, n.value, maxExtent))
		}
	}
	if c.Kernel > c.Height || c.Kernel > c.Width || c.Pad < 0 || 2*c.Pad >= min(c.Height, c.Width) {
		errs = append(errs, fmt.Errorf("chips: convolution: a kernel of %d with a border of %d does not fit an input of %d×%d", c.Kernel, c.Pad, c.Height, c.Width))
	}
	for _, f := range []float64{c.ZeroFrac, c.OutputZeroFrac} {
		if !(f >= 0 && f <= 1) {
			errs = append(errs, fmt.Errorf("chips: convolution: share of zeros %g out of range [0, 1]", f))
		}
	}
	work := 1.0
	for _, n := range []int{c.Samples, c.Groups, c.Channels, c.Filters, c.Height, c.Width, c.Kernel, c.Kernel} {
		work *= float64(n)
	}
	if work > maxWork {
		errs = append(errs, fmt.Errorf("chips: convolution: the product of its sizes is %.3g, the limit is %.3g", work, float64(maxWork)))
	}
	return errors.Join(errs...)
}

// maxExtent bounds each size of a ConvShape. maxWork bounds the product of its sizes, and with it every count of a run: cycles on an array of one
// element, words of the buffer with every row read again for each of a kernel's.
const (
	maxExtent = 1 << 12
	maxWork   = 1 << 56
)

func product(factors ...int) int64 {
	n := int64(1)
	for _, f := range factors {
		n *= int64(f)
	}
	return n
}

func ceilDiv64(x, y int64) int64 { return (x + y - 1) / y }
