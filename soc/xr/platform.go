package xr

import (
	"errors"
	"fmt"
)

// Cost is what a frame of a stream takes on an accelerator. The zero value says that the accelerator cannot run it.
type Cost struct {
	LatencyMS float64
	EnergyMJ  float64
}

// Runs tells whether the accelerator can run the stream.
func (c Cost) Runs() bool { return c.LatencyMS > 0 }

// Platform is the costs of all streams on all accelerators.
type Platform struct {
	Accelerators int
	Costs        []Cost // accelerator after accelerator, each with a cost for every stream of the scenario
}

// MaxAccelerators bounds a platform.
const MaxAccelerators = 64

// Check reports a platform that does not fit a workload: its size, costs out of range.
func (p Platform) Check(w *Workload) error {
	streams := len(w.streams)
	if p.Accelerators < 1 || p.Accelerators > MaxAccelerators {
		return fmt.Errorf("xr: %d accelerators out of range [1, %d]", p.Accelerators, MaxAccelerators)
	}
	if want := p.Accelerators * streams; len(p.Costs) != want {
		return fmt.Errorf("xr: %d costs: want %d, %d streams on %d accelerators", len(p.Costs), want, streams, p.Accelerators)
	}
	var errs []error
	for i, c := range p.Costs {
		if !(c.LatencyMS >= 0 && c.LatencyMS <= MaxRunMS && c.EnergyMJ >= 0 && c.EnergyMJ <= 1e12) {
			errs = append(errs, fmt.Errorf("xr: %q on accelerator %d: latency %g ms, energy %g mJ: want at least 0, at most %g ms and 1e12 mJ",
				w.Scenario.Streams[i%streams].Model, i/streams, c.LatencyMS, c.EnergyMJ, float64(MaxRunMS)))
		}
	}
	return errors.Join(errs...)
}
