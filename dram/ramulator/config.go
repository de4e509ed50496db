package ramulator

import (
	"errors"
	"fmt"
)

// Config chooses the sizes and policies of the controller. The zero value is not valid: see Default.
type Config struct {
	ReadBufferSize    int     // reads that wait for their row
	WriteBufferSize   int     // writes that wait for their row
	HighWatermarkFrac float64 // share of the write buffer above which writes are drained
	LowWatermarkFrac  float64 // share of the write buffer below which waiting reads end the drain
	Scheduler         Scheduler
	RowPolicy         RowPolicy
	Cap               int // accesses of an activation, for ClosedCap
	Refresh           RefreshPolicy
	Defects           bool // behave as the peer does, its mistakes included: see the package documentation
}

// Default is the reference's base configuration, without the peer's defects.
func Default() Config {
	return Config{
		ReadBufferSize: 32, WriteBufferSize: 32, HighWatermarkFrac: 0.8, LowWatermarkFrac: 0.2,
		Scheduler: FrFcfs, RowPolicy: Open, Cap: 1, Refresh: AllBank,
	}
}

// Limits of the sizes: far above any real controller.
const (
	MaxBufferSize = 4096
	MaxCap        = 1 << 16
)

// Check reports every value that makes no sense, with its range.
func (c Config) Check() error {
	var errs []error
	within := func(name string, v, low, high int) {
		if v < low || v > high {
			errs = append(errs, fmt.Errorf("%s = %d is not in [%d, %d]", name, v, low, high))
		}
	}
	share := func(name string, v, low float64) {
		if !(low <= v && v <= 1) {
			errs = append(errs, fmt.Errorf("%s = %g is not in [%g, 1]", name, v, low))
		}
	}
	known := func(name string, v fmt.Stringer, n, count int) {
		if n >= count {
			errs = append(errs, fmt.Errorf("%s: %s is not one of the %d policies", name, v, count))
		}
	}
	within("ReadBufferSize", c.ReadBufferSize, 1, MaxBufferSize)
	within("WriteBufferSize", c.WriteBufferSize, 1, MaxBufferSize)
	share("LowWatermarkFrac", c.LowWatermarkFrac, 0)
	if c.LowWatermarkFrac >= 0 && c.LowWatermarkFrac <= 1 {
		share("HighWatermarkFrac", c.HighWatermarkFrac, c.LowWatermarkFrac)
	} else {
		share("HighWatermarkFrac", c.HighWatermarkFrac, 0)
	}
	known("Scheduler", c.Scheduler, int(c.Scheduler), len(Schedulers()))
	known("RowPolicy", c.RowPolicy, int(c.RowPolicy), len(RowPolicies()))
	known("Refresh", c.Refresh, int(c.Refresh), len(RefreshPolicies()))
	if c.RowPolicy == ClosedCap {
		within("Cap", c.Cap, 1, MaxCap)
	}
	return errors.Join(errs...)
}
