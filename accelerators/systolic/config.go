package systolic

import (
	"errors"
	"fmt"
	"math"
)

// Limits of a Config. Together with the limit on the size of a Problem they keep every count inside int64.
const (
	MaxArraySide = 1 << 14 // processing elements a side
	MaxSRAMKiB   = 1 << 20
	MinWordBits  = 8
	MaxWordBits  = 16

	AccumulatorBits = 32 // width of a sum and of a partial sum
)

// The ranges of the real-valued fields of a Config, both ends included. Their quotient bounds LatencyCycles to 100 a DRAM byte.
const (
	MinDRAMBandwidthGBps, MaxDRAMBandwidthGBps = 0.1, 1e5
	MinClockMHz, MaxClockMHz                   = 1, 1e4
)

// Array is the grid of processing elements and what stays in it.
type Array struct {
	Rows, Cols int // processing elements, 1 to MaxArraySide
	Dataflow   Dataflow
}

// Config is one accelerator: an array, one double-buffered SRAM for each operand, and a DRAM channel shared by the three.
type Config struct {
	Array
	IfmapSRAMKiB, FilterSRAMKiB, OfmapSRAMKiB int     // 1 to MaxSRAMKiB
	DRAMBandwidthGBps                         float64 // 10⁹ bytes a second, all traffic together
	ClockMHz                                  float64
	WordBits                                  int // width of an operand and of a final output; 0 means 8
}

// Check reports everything that is out of range.
func (c Config) Check() error {
	return errors.Join(
		c.Array.Check(),
		inRange("IfmapSRAMKiB", c.IfmapSRAMKiB, 1, MaxSRAMKiB, "KiB"),
		inRange("FilterSRAMKiB", c.FilterSRAMKiB, 1, MaxSRAMKiB, "KiB"),
		inRange("OfmapSRAMKiB", c.OfmapSRAMKiB, 1, MaxSRAMKiB, "KiB"),
		inRange("DRAMBandwidthGBps", c.DRAMBandwidthGBps, MinDRAMBandwidthGBps, MaxDRAMBandwidthGBps, "GB/s"),
		inRange("ClockMHz", c.ClockMHz, MinClockMHz, MaxClockMHz, "MHz"),
		inRange("WordBits", c.wordBits(), MinWordBits, MaxWordBits, "bits"),
	)
}

// Check reports everything that is out of range.
func (a Array) Check() error {
	_, err := a.Dataflow.MarshalText()
	return errors.Join(
		inRange("Rows", a.Rows, 1, MaxArraySide, "processing elements"),
		inRange("Cols", a.Cols, 1, MaxArraySide, "processing elements"),
		err,
	)
}

// Nanoseconds converts clock cycles to time.
func (c Config) Nanoseconds(cycles int64) float64 { return float64(cycles) * 1e3 / c.ClockMHz }

// dramCycles is the number of whole clock cycles that the DRAM channel needs for some bytes.
func (c Config) dramCycles(bytes int64) int64 {
	return int64(math.Ceil(float64(bytes) * c.ClockMHz / (1e3 * c.DRAMBandwidthGBps)))
}

func (c Config) wordBits() int {
	if c.WordBits == 0 {
		return 8
	}
	return c.WordBits
}

// halfElements is how many elements of a width the working half of a double-buffered SRAM holds.
func halfElements(capacityKiB, elementBits int) int64 {
	return int64(capacityKiB) * (1024 * 8 / 2) / int64(elementBits)
}

func inRange[T int | float64](field string, value, low, high T, unit string) error {
	if value >= low && value <= high { // false for NaN
		return nil
	}
	return fmt.Errorf("systolic: %s %v out of range [%v, %v] %s", field, value, low, high, unit)
}
