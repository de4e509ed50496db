package systolic

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Stats is one layer, or a whole network, on one accelerator.
type Stats struct {
	Compute
	Traffic
	DRAMBytes     int64
	LatencyCycles int64 // Cycles or the time of the DRAM traffic, whichever is longer; summed over the layers of a network
}

// Simulate runs one copy of a problem. Both arguments must have passed their Check.
func Simulate(c Config, p Problem) Stats {
	s := Stats{Compute: ComputeLayer(c.Array, p)}
	if p.Fused {
		return s
	}
	s.Traffic = LowerBoundTraffic(c, p)
	s.DRAMBytes = s.Traffic.Bytes(c.wordBits())
	s.LatencyCycles = max(s.Cycles, c.dramCycles(s.DRAMBytes))
	return s
}

// Workload is a network lowered once, with equal layers merged. It is immutable and safe for concurrent use.
type Workload struct{ problems []Problem }

// Prepare lowers the layers of a network. All that is wrong with them is reported at once.
func Prepare(layers []dnn.Layer, profile Profile) (Workload, error) {
	if len(layers) == 0 {
		return Workload{}, errors.New("systolic: a workload needs at least one layer")
	}
	var w Workload
	var errs []error
	index := make(map[Problem]int, len(layers))
	for i, layer := range layers {
		p, err := Lower(layer, profile)
		if err != nil {
			errs = append(errs, fmt.Errorf("layer %d: %w", i, err))
			continue
		}
		key := p
		key.Repeats = 0
		at, seen := index[key]
		if !seen {
			index[key] = len(w.problems)
			w.problems = append(w.problems, p)
			continue
		}
		w.problems[at].Repeats += p.Repeats
	}
	if err := errors.Join(append(errs, w.checkTotal())...); err != nil {
		return Workload{}, err
	}
	return w, nil
}

// checkTotal keeps the sums over the network inside int64.
func (w Workload) checkTotal() error {
	total := 0.0
	for _, p := range w.problems {
		total += p.work()
	}
	if total > maxWork {
		return fmt.Errorf("systolic: network too large: a bound of %.3g on its counts, the limit is %.3g", total, float64(maxWork))
	}
	return nil
}

// DistinctProblems is the number of different layers.
func (w Workload) DistinctProblems() int { return len(w.problems) }

// SimulateNetwork runs the layers of a network one after another and sums their stats, repeats included.
func SimulateNetwork(c Config, w Workload) Stats {
	var total Stats
	for i := range w.problems {
		s := Simulate(c, w.problems[i])
		total.add(&s, w.problems[i].Repeats)
	}
	return total
}

func (s *Stats) add(other *Stats, times int64) {
	s.Folds += times * other.Folds
	s.Cycles += times * other.Cycles
	s.MACs += times * other.MACs
	s.VectorOps += times * other.VectorOps
	s.IfmapReads += times * other.IfmapReads
	s.FilterReads += times * other.FilterReads
	s.OfmapWrites += times * other.OfmapWrites
	s.OfmapReads += times * other.OfmapReads
	s.PartialSums += times * other.PartialSums
	s.PreloadShifts += times * other.PreloadShifts
	s.IfmapElements += times * other.IfmapElements
	s.FilterElements += times * other.FilterElements
	s.OfmapElements += times * other.OfmapElements
	s.PartialElements += times * other.PartialElements
	s.DRAMBytes += times * other.DRAMBytes
	s.LatencyCycles += times * other.LatencyCycles
}
