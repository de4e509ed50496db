package systolic

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Stats is one layer, or a whole network, on one accelerator.
type Stats struct {
	Compute
	Traffic
	DRAMBytes     int64
	LatencyCycles int64 // Cycles or the time of the DRAM traffic, whichever is longer; summed over the layers of a network
}

// Simulate runs one copy of a problem with a given DRAM traffic, that of LowerBoundTraffic or of WindowTraffic. Configuration and problem must
// have passed their Check.
func Simulate(c Config, p Problem, t Traffic) Stats {
	s := Stats{Compute: ComputeLayer(c.Array, p)}
	if p.Fused {
		return s
	}
	s.Traffic = t
	s.DRAMBytes = t.Bytes(c.wordBits())
	s.LatencyCycles = max(s.Cycles, c.dramCycles(s.DRAMBytes))
	return s
}

// SimulateUser runs one copy of a problem in SCALE-Sim's interface mode USER, its products one after another: the latency is that of the array with its stalls.
// The vector unit, which SCALE-Sim does not have, runs as in Simulate.
func SimulateUser(c Config, p Problem, w PortWords, s *Scratch) Stats {
	if p.Count == 0 {
		return Simulate(c, p, LowerBoundTraffic(c, p))
	}
	r := User(c, p, w, s)
	t := Traffic{IfmapElements: r.Ifmap.Elements, FilterElements: r.Filter.Elements, OfmapElements: r.Ofmap.Elements}.times(p.Count)
	return Stats{
		Compute: ComputeLayer(c.Array, p), Traffic: t, DRAMBytes: t.Bytes(c.wordBits()),
		LatencyCycles: p.Count * r.TotalCycles(),
	}
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

// Problems lists the different layers; Repeats says how often each runs.
func (w Workload) Problems() []Problem { return slices.Clone(w.problems) }

// Sum runs the layers of a network one after another and sums their stats, repeats included; run gives those of one copy of problem i of Problems.
func (w Workload) Sum(run func(i int, p Problem) Stats) Stats {
	var total Stats
	for i := range w.problems {
		s := run(i, w.problems[i])
		total.add(&s, w.problems[i].Repeats)
	}
	return total
}

// SimulateNetwork runs the layers of a network one after another, with the DRAM traffic of double-buffered SRAMs.
func SimulateNetwork(c Config, w Workload, s *Scratch) Stats {
	return w.Sum(func(_ int, p Problem) Stats {
		return Simulate(c, p, WindowTraffic(c, p, IfmapWindows(c, p, s), s))
	})
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
