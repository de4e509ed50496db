package chips

import (
	"errors"
	"fmt"
)

// MaxParts bounds the processing elements and the banks of a Chip.
const MaxParts = 1 << 24

// Chip is an accelerator in the parts that area and power are made of.
type Chip struct {
	Name     string
	NodeNM   int
	SupplyV  float64
	ClockMHz float64

	PEs      int // multiply-accumulate units
	WordBits int // of an operand; sums have 32 bits

	Banks         int     // of the shared buffer, all alike
	BankKiB       float64 // capacity of one of them
	ScratchpadKiB float64 // memory of one PE beside its operand and sum registers; 0 means none
}

// BufferKiB is the capacity of the shared buffer.
func (c Chip) BufferKiB() float64 { return float64(c.Banks) * c.BankKiB }

// Check reports everything that is out of range here; node, supply, word and capacities have the ranges of the technology table that NewCosts is given.
func (c Chip) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("chips: chip %q: "+format, append([]any{c.Name}, args...)...))
	}
	for _, n := range []struct {
		name  string
		value int
	}{{"PEs", c.PEs}, {"Banks", c.Banks}} {
		if n.value < 1 || n.value > MaxParts {
			bad("%s %d out of range [1, %d]", n.name, n.value, MaxParts)
		}
	}
	if !(c.ClockMHz >= minClockMHz && c.ClockMHz <= maxClockMHz) {
		bad("ClockMHz %g out of range [%d, %d] MHz", c.ClockMHz, minClockMHz, maxClockMHz)
	}
	if c.ScratchpadKiB < 0 {
		bad("ScratchpadKiB %g: want 0 (none) or a capacity", c.ScratchpadKiB)
	}
	return errors.Join(errs...)
}

// The range of a clock.
const minClockMHz, maxClockMHz = 1, 10_000
