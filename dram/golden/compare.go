package golden

import (
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/dram"
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

// Compare runs the model with the policies of a row and compares. The order is read for DRAMSys only. An error is a row that cannot be run, or one
// where the model gets stuck: the outcome for a row that is not Usable.
func Compare(r Row, order dramsys.EventOrder) (Outcome, error) {
	c, work, err := r.setup(order, true)
	if err != nil {
		return Outcome{}, err
	}
	stats, err := dram.Simulate(c, dram.Traffic{Source: work.Open(), MaxOutstanding: work.MaxOutstanding})
	if err != nil {
		return Outcome{}, fmt.Errorf("golden: %s: %w", r, err)
	}
	return r.against(&stats), nil
}

// Stuck tells whether an error of Compare says that the model makes no progress, as the peer did not in a row that is not usable.
func Stuck(err error) bool {
	var stuck *memory.Stuck
	return errors.As(err, &stuck)
}

// against compares the row with statistics.
func (r Row) against(s *dram.Stats) Outcome {
	o := Outcome{Equal: true, Within: true}
	for _, c := range columns(r.Peer) {
		want, measured := r.measured[c.name]
		if !measured {
			continue
		}
		got := c.of(s)
		apart := relative(got, want.value)
		if bar, ok := c.barFrac(); ok && apart > bar {
			o.Within = false
		}
		if c.agrees(got, want) {
			continue
		}
		o.RelativeError = max(o.RelativeError, apart)
		if o.Equal {
			o.Equal = false
			o.Difference = fmt.Sprintf("%s: %s is %v, measured %v", r, c.name, got, want.value)
		}
	}
	return o
}

// agrees tells whether a column counts as equal. Its last digit was rounded, and half of it is not a float.
func (c column) agrees(got float64, want measurement) bool {
	apart := relative(got, want.value)
	switch {
	case apart == 0:
		return true
	case c.class == exact:
		return false
	case math.Abs(got-want.value) <= 0.5000001*want.lastDigit:
		return true
	case c.class == energy:
		return apart <= RelativeTolerance
	}
	return c.class == rounded && apart <= RoundedTolerance
}

// relative is |got − want| / |want|, 0 if they are equal, and +Inf where only want is 0 or the model gives no number.
func relative(got, want float64) float64 {
	if got == want {
		return 0
	}
	if apart := math.Abs(got-want) / math.Abs(want); !math.IsNaN(apart) {
		return apart
	}
	return math.Inf(1)
}
