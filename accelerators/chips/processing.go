package chips

const (
	wordBytes = 2
	// Run-length code: 64 bits hold three pairs of a run of zeros and a value.
	coderBitsPerValue = 64.0 / 3
)

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
