package dataflow

import (
	"errors"
	"fmt"
)

// Hardware is an accelerator: processing elements with a buffer each (L1), a shared buffer (L2), and links of one bandwidth at every level.
type Hardware struct {
	PEs          int
	NoCBandwidth int // elements a cycle, of each of the two links of a level: in and out
	HopCycles    int // delay of the head of a transfer at each level, cycles

	OffchipBandwidth int // elements a cycle; 0 = does not limit
	SIMDLanes        int // multiply-accumulates a cycle and PE; 0 means 1

	L1Bytes int64 // of a PE, to be compared with the need; 0 = as the mapping needs
	L2Bytes int64 // shared, to be compared with the need; 0 = as the mapping needs
}

// Check reports the sizes out of range, joined.
func (h Hardware) Check() error {
	var errs []error
	for _, f := range []struct {
		name      string
		size, low int64
	}{
		{"PEs", int64(h.PEs), 1},
		{"NoC bandwidth", int64(h.NoCBandwidth), 1},
		{"hop delay", int64(h.HopCycles), 0},
		{"off-chip bandwidth", int64(h.OffchipBandwidth), 0},
		{"SIMD lanes", int64(h.SIMDLanes), 0},
	} {
		if f.size < f.low || f.size > MaxSize {
			errs = append(errs, fmt.Errorf("dataflow: %s %d out of range [%d, %d]", f.name, f.size, f.low, MaxSize))
		}
	}
	for _, f := range []struct {
		name string
		size int64
	}{{"L1", h.L1Bytes}, {"L2", h.L2Bytes}} {
		if f.size < 0 || f.size > maxCount {
			errs = append(errs, fmt.Errorf("dataflow: %s %d bytes out of range [0, %d]", f.name, f.size, int64(maxCount)))
		}
	}
	return errors.Join(errs...)
}
