package chips

import (
	"errors"
	"fmt"
)

// RowStationary is an array of processing elements of which each convolves one row of a filter with one row of the input, and passes its sums on to the
// element above. Words have 16 bits.
type RowStationary struct {
	Rows, Cols int
	ClockMHz   float64

	// Scratchpads of an element, words.
	FilterWords, InputWords, SumWords int

	BufferKiB          int     // for inputs and sums together
	FilterBusWords     int     // words of filters that the elements take a cycle
	SumBusWords        int     // sums that the buffer gives, and at the same time takes, a cycle
	LinkBandwidthGBps  float64 // to DRAM, both directions together; nothing works while it does. Infinite: the link takes no time
	CompressedZeroRuns bool    // inputs and outputs cross the link run-length coded
}

// Check reports an array that cannot work.
func (a RowStationary) Check() error {
	var errs []error
	for _, n := range []struct {
		name  string
		value int
	}{
		{"Rows", a.Rows}, {"Cols", a.Cols}, {"FilterWords", a.FilterWords}, {"InputWords", a.InputWords}, {"SumWords", a.SumWords},
		{"BufferKiB", a.BufferKiB}, {"FilterBusWords", a.FilterBusWords}, {"SumBusWords", a.SumBusWords},
	} {
		if n.value < 1 || n.value > maxArray {
			errs = append(errs, fmt.Errorf("chips: row stationary: %s %d out of range [1, %d]", n.name, n.value, maxArray))
		}
	}
	if !(a.ClockMHz >= minClockMHz && a.ClockMHz <= maxClockMHz) {
		errs = append(errs, fmt.Errorf("chips: row stationary: ClockMHz %g out of range [%d, %d] MHz", a.ClockMHz, minClockMHz, maxClockMHz))
	}
	if !(a.LinkBandwidthGBps >= minLinkGBps) {
		errs = append(errs, fmt.Errorf("chips: row stationary: LinkBandwidthGBps %g: want at least %g GB/s", a.LinkBandwidthGBps, minLinkGBps))
	}
	return errors.Join(errs...)
}

// maxArray bounds each size of a RowStationary, minLinkGBps its link from below.
const (
	maxArray    = 1 << 20
	minLinkGBps = 1e-3
)

// Eyeriss is the chip of Chen, Krishna, Emer and Sze (JSSC 2017) at the clock of its measurements.
func Eyeriss() RowStationary {
	return RowStationary{
		Rows: 12, Cols: 14, ClockMHz: 200, FilterWords: 224, InputWords: 12, SumWords: 24, BufferKiB: 100,
		FilterBusWords: 4, SumBusWords: 4, LinkBandwidthGBps: 0.72, CompressedZeroRuns: true,
	}
}

// EyerissChip is its parts: 448 bytes of filters, 24 of inputs and 48 of sums in an element are half a KiB, as in the ISCA 2016 paper.
func EyerissChip() Chip {
	return Chip{
		Name: "eyeriss", NodeNM: 65, SupplyV: 1, ClockMHz: 200, PEs: 168, WordBits: 16, Banks: 1, BankKiB: 108, ScratchpadKiB: 0.5,
	}
}

const (
	wordBytes = 2
	// Run-length code: 64 bits hold three pairs of a run of zeros and a value.
	coderBitsPerValue = 64.0 / 3
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

// set is the filters and channels of a pass.
func (t Tiling) filters() int  { return t.P * t.T }
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

// RowStationaryRun is what a convolution takes.
type RowStationaryRun struct {
	ActivePEs        int
	ComputeCycles    int64 // multiply-accumulates of the busiest element
	SumCycles        int64 // sums from and to the buffer, at the same time
	FillCycles       int64 // filters into the scratchpads
	ProcessingCycles int64 // with filters at hand
	LinkCycles       int64
	Cycles           int64 // with the link, over which filters arrive slower than they fill
	BufferWords      int64
	HopWords         int64 // sums to the element above
	DRAMBytes        int64
}

// Run is a convolution under a tiling; both must have passed their checks.
func (a RowStationary) Run(c ConvShape, t Tiling) RowStationaryRun {
	strips := ceilDiv(c.outHeight(), t.E) // of output rows
	batches := ceilDiv(c.Samples, t.N)
	filterPasses, inElement := split(c.Filters, t.filters(), t.T)
	channelPasses, channels := split(c.Channels, t.channels(), t.R)
	outputs := product(c.Samples, c.Groups, c.Filters, c.outHeight(), c.outWidth())
	inputs := product(c.Samples, c.Groups, c.Channels, a.inputRows(c, t), c.Width) // once for all strips

	r := RowStationaryRun{
		ActivePEs:     c.Kernel * t.E * t.R * t.T,
		ComputeCycles: product(strips, c.Samples, c.Groups, c.outWidth(), c.Kernel, inElement, channels),
		BufferWords:   inputs*int64(filterPasses) + 2*outputs*int64(channelPasses),
		HopWords:      c.MACs() / int64(c.Kernel*t.Q),
	}
	r.SumCycles = ceilDiv64(outputs*int64(channelPasses), int64(a.SumBusWords))
	filterWords := product(strips, batches, c.Groups, c.Filters, c.Channels, c.Kernel, c.Kernel)
	r.FillCycles = ceilDiv64(filterWords, int64(a.FilterBusWords))
	working := max(r.ComputeCycles, r.SumCycles)
	r.ProcessingCycles = working + r.FillCycles

	rows := a.inputRows(c, t)
	stored := float64(product(c.Samples, c.Groups, c.Channels, rows, c.Width-2*c.Pad)) * float64(c.Height-2*c.Pad) / float64(c.Height)
	bytes := stored*float64(ceilDiv(c.Filters, t.M))*a.coded(c.ZeroFrac) + float64(outputs)*a.coded(c.OutputZeroFrac) + wordBytes*float64(filterWords)
	r.DRAMBytes = int64(bytes)
	r.LinkCycles = int64(bytes * a.ClockMHz / (1e3 * a.LinkBandwidthGBps))
	r.Cycles = working + r.LinkCycles
	return r
}

// inputRows is the input rows that the strips of output rows read, common ones again.
func (a RowStationary) inputRows(c ConvShape, t Tiling) int {
	strips := ceilDiv(c.outHeight(), t.E)
	return c.outHeight()*c.Stride + strips*(c.Kernel-c.Stride)
}

// coded is the bytes of an element on the link.
func (a RowStationary) coded(zeroFrac float64) float64 {
	if !a.CompressedZeroRuns {
		return wordBytes
	}
	return min(wordBytes, coderBitsPerValue/8*(1-zeroFrac))
}

// Activity is what the chip does in a run.
func (r RowStationaryRun) Activity(c ConvShape) Activity {
	macs := c.MACs()
	zero := int64(c.ZeroFrac * float64(macs))
	return Activity{
		Cycles: r.Cycles, BusyCycles: min(r.ProcessingCycles, r.Cycles), MACs: macs, ZeroFrac: c.ZeroFrac,
		ScratchpadWords: 4*(macs-zero) + zero, // input, filter, sum read and written; of a zero input nothing but itself
		BufferWords:     r.BufferWords,
		HopWords:        r.BufferWords + r.HopWords,
	}
}

// split is how many passes whole takes at most per pass, and the sum over the passes of what each of the sets works on in turn.
func split(whole, most, sets int) (passes, inTurn int) {
	passes = ceilDiv(whole, most)
	last := whole - (passes-1)*most
	return passes, (passes-1)*(most/sets) + ceilDiv(last, sets)
}

func product(factors ...int) int64 {
	n := int64(1)
	for _, f := range factors {
		n *= int64(f)
	}
	return n
}

func ceilDiv64(x, y int64) int64 { return (x + y - 1) / y }
