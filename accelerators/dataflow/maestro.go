package dataflow

import (
	"errors"
	"fmt"
)

// ErrCounts is the error of a mapping in profile maestro that MAESTRO would count beyond what the engine does: tiles so small, and so many of them, that no count
// is certain to be exact.
var ErrCounts = errors.New("the counts of this mapping exceed 288230376151711744")

// maestro is the state of an evaluation in the profile of that name.
type maestro struct {
	hardware   Hardware
	tensors    tensorDims
	dims       set
	layer      [NumDims]int64
	levels     [MaxLevels]level
	n          int
	evaluation uint32 // tells the memos of this evaluation from older ones
	held       int64  // tiles that the first level to be done counts as held: one, and one for each case before the first that works
	heldIn     int    // that level: the innermost, unless no case above it works
}

// evaluate costs a checked layer under a checked mapping.
func (s *maestro) evaluate(h Hardware, l *Layer, m Mapping) (st Stats, err error) {
	s.hardware = h
	s.hardware.SIMDLanes = max(h.SIMDLanes, 1)
	s.prepare(h, l, m)
	if s.bound() > maxCount {
		return Stats{}, fmt.Errorf("dataflow: layer %q: %w", l.Name, ErrCounts)
	}
	s.evaluation++
	if s.evaluation == 0 {
		s.forget()
	}
	s.held = 0
	st.RuntimeCycles, st.activeUnits = s.level(0, 0, &st)
	st.finish(s, h)
	return st, nil
}

// memo is the result of a level on some extents.
type memo struct {
	evaluation  uint32
	cycles      int64
	activeUnits float64
}

// forget drops all memos, when the numbers that tell evaluations apart start again.
func (s *maestro) forget() {
	for i := range s.levels {
		clear(s.levels[i].memo[:])
	}
	s.evaluation = 1
}

// bound is an upper bound of every count, as a float so that it cannot overflow.
func (s *maestro) bound() float64 {
	steps, largest := 1.0, 1.0
	for i := range s.levels[:s.n] {
		lv := &s.levels[i]
		volume := float64(lv.units)
		for j := range lv.loops[:lv.n] {
			p := &lv.loops[j]
			stride := float64(p.step)
			if p.spatial {
				stride *= float64(lv.units)
			}
			if p.extent > p.tile {
				steps *= float64(p.extent-p.tile)/stride + 2
			}
			window := max(p.tile, p.step)
			if kernel, slides := p.dim.kernel(); slides {
				window = max(window, lv.tile(kernel))
			}
			volume *= float64(window)
		}
		largest = max(largest, volume)
	}
	return 4 * steps * (largest + float64(s.hardware.HopCycles))
}

// level evaluates level i on the extents that the level above hands down: its full tiles, and its edge tiles for the dimensions in shrunk. Only the
// outermost level has statistics to fill.
func (s *maestro) level(i int, shrunk set, st *Stats) (cycles int64, activeUnits float64) {
	lv := &s.levels[i]
	var above *level
	if i > 0 {
		above = &s.levels[i-1]
		if known := &lv.memo[shrunk]; known.evaluation == s.evaluation {
			return known.cycles, known.activeUnits
		}
	}
	var steps, idle int64
	lv.cases.start(lv, above, shrunk, &s.layer)
	for more := true; more; more = lv.cases.next() {
		r := s.cost(i, st)
		if r.works {
			cycles += lv.cases.times * r.cycles
			steps += lv.cases.times
			activeUnits += float64(lv.cases.times) * r.activeUnits
		} else if steps == 0 {
			idle++
		}
	}
	if s.held == 0 {
		s.held, s.heldIn = idle+min(steps, 1), i
	}
	if steps > 0 {
		activeUnits /= float64(steps)
	}
	if i > 0 {
		lv.memo[shrunk] = memo{s.evaluation, cycles, activeUnits}
	}
	return cycles, activeUnits
}

// caseCost is what one step of a case costs. A case in which no whole kernel window fits does not work.
type caseCost struct {
	works       bool
	cycles      int64
	activeUnits float64
}

// cost evaluates the present case of level i.
func (s *maestro) cost(i int, st *Stats) caseCost {
	lv := &s.levels[i]
	c := &lv.cases
	sums, edge, outputEdge := c.partialSums()
	critical := sums[first]
	if lv.edgeUnits == 1 && outputEdge && c.loops[c.tensorOf[Output]].state().partial {
		critical = sums[firstPartial]
	}
	if critical <= 0 && i > 0 {
		return caseCost{}
	}
	in := [2]int64{c.traffic(lv, Input), c.traffic(lv, Weight)}
	out := c.written(lv)
	if i == 0 {
		st.count(c, in, out, c.macs(lv, &sums, edge), critical > 0)
		if critical <= 0 {
			return caseCost{}
		}
	}
	r := caseCost{works: true}
	var compute int64
	compute, r.activeUnits = s.compute(i, critical)
	ingress, egress := s.link(in[0]+in[1]), s.link(out)
	r.cycles = max(ingress, compute, egress)
	if c.innerAt < 0 {
		r.cycles = compute + ingress
	}
	if i == 0 {
		if b := int64(s.hardware.OffchipBandwidth); b > 0 {
			r.cycles = max(r.cycles, 2*st.firstL2[0]/b/2, 2*st.firstL2[1]/b/2)
		}
		st.step(c.times, in[0]+in[1], out, ingress, egress, compute)
	}
	return r
}

// link is the time of a transfer.
func (s *maestro) link(elements int64) int64 {
	b := int64(s.hardware.NoCBandwidth)
	sends := elements / b
	if elements%b != 0 {
		sends++
	}
	return sends - 1 + int64(s.hardware.HopCycles)
}

// compute is the time of the level below, or of the partial sums of a PE, and the mean number of PEs in use under all units.
func (s *maestro) compute(i int, sums int64) (cycles int64, activeUnits float64) {
	lv := &s.levels[i]
	c := &lv.cases
	state := c.loops[c.firstOf].state()
	units := lv.units
	if state.edge {
		units = lv.edgeUnits
	}
	if i == s.n-1 {
		lanes := int64(s.hardware.SIMDLanes)
		return (sums + lanes - 1) / lanes, float64(units)
	}
	full, part := c.handsDown()
	inUse := units
	if state.partial {
		cycles, activeUnits = s.level(i+1, part, nil)
		units--
	}
	if units > 0 {
		more, active := s.level(i+1, full, nil)
		cycles, activeUnits = max(cycles, more), activeUnits+float64(units)*active
	}
	if activeUnits == 0 {
		activeUnits = float64(inUse)
	}
	return cycles, activeUnits
}
