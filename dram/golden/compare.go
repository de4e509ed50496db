package golden

import (
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/memory"
)

// How far an energy may be from the printed one where that is more than half of its last digit. DRAMsim3 knows the clock period of DDR4 as
// 0.833333 ns, which is 4e-7 too short.
const (
	RelativeTolerance = 1e-9
	RoundedTolerance  = 1e-6
)

// The bar of the simple event order.
const (
	SimpleCyclesFrac, SimpleLatencyFrac, SimpleEnergyFrac = 0.001, 0.01, 0.005
	SimpleRowsFrac                                        = 0.98
)

// Outcome is the comparison of a run with its row.
type Outcome struct {
	Equal         bool    // every column agrees: counts equal, the rest to the printed digits
	Within        bool    // cycles, mean read latency and total energy keep the bar of the simple event order
	RelativeError float64 // the largest of all columns; what is within the printed digits counts 0
	Difference    string  // the first column that differs; empty if Equal
}

// Compare runs the model with the policies of a row and compares. The order is read for DRAMSys only. The log sees every command; nil = none.
// An error is a row that cannot be run, or one where the model gets stuck: the outcome for a row that is not Usable.
func Compare(r Row, order dramsys.EventOrder, log func(device.Issued)) (Outcome, error) {
	c, work, err := r.setup(order)
	if err != nil {
		return Outcome{}, err
	}
	stats, err := dram.Simulate(c, dram.Traffic{Source: work.Open(), MaxOutstanding: work.MaxOutstanding, Log: log})
	if err != nil {
		return Outcome{}, fmt.Errorf("golden: %s: %w", r, err)
	}
	return r.against(&stats)
}

// Stuck tells whether an error of Compare says that the model makes no progress, as the peer did not in a row that is not usable.
func Stuck(err error) bool {
	var stuck *memory.Stuck
	return errors.As(err, &stuck)
}

// against compares the row with statistics.
func (r Row) against(s *dram.Stats) (Outcome, error) {
	o := Outcome{Equal: true, Within: true}
	for _, c := range columns(r.Peer) {
		want, digit, measured, err := r.number(c.name)
		if err != nil {
			return Outcome{}, err
		}
		if !measured {
			continue
		}
		got := c.of(s)
		apart := relative(got, want)
		if bar, ok := c.barFrac(); ok && apart > bar {
			o.Within = false
		}
		if got == want || c.class != exact && math.Abs(got-want) <= 0.5000001*digit ||
			c.class == energy && apart <= RelativeTolerance || c.class == rounded && apart <= RoundedTolerance {
			continue
		}
		o.RelativeError = max(o.RelativeError, apart)
		if o.Equal {
			o.Equal = false
			o.Difference = fmt.Sprintf("%s: %s is %g, measured %g", r, c.name, got, want)
		}
	}
	return o, nil
}

// relative is |got − want| / |want|; of 0 only 0 is not infinitely far.
func relative(got, want float64) float64 {
	if got == want {
		return 0
	}
	return math.Abs(got-want) / math.Abs(want)
}
