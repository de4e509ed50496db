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
		name        string
		value, most int
	}{
		{"Rows", a.Rows, maxSide}, {"Cols", a.Cols, maxSide},
		{"FilterWords", a.FilterWords, maxArray}, {"InputWords", a.InputWords, maxArray}, {"SumWords", a.SumWords, maxArray},
		{"BufferKiB", a.BufferKiB, maxArray}, {"FilterBusWords", a.FilterBusWords, maxArray}, {"SumBusWords", a.SumBusWords, maxArray},
	} {
		if n.value < 1 || n.value > n.most {
			errs = append(errs, fmt.Errorf("chips: row stationary: %s %d out of range [1, %d]", n.name, n.value, n.most))
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

// maxSide bounds the sides of a RowStationary, maxArray its other sizes, minLinkGBps its link from below.
const (
	maxSide     = 1 << 8
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
