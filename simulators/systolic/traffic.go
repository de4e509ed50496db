package systolic

import (
	"sync"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// Names of the traffic setting.
const (
	trafficWindows = "windows"
	trafficBound   = "bound"
)

// stats runs the network of a scenario on a design.
func (sc *scenario) stats(c systolic.Config) systolic.Stats {
	if sc.bound {
		return sc.work.Sum(func(_ int, p systolic.Problem) systolic.Stats {
			return systolic.Simulate(c, p, systolic.LowerBoundTraffic(c, p))
		})
	}
	scratch := sc.ifmaps.borrow()
	defer sc.ifmaps.giveBack(scratch)
	if sc.port.Ifmap > 0 {
		return sc.work.Sum(func(_ int, p systolic.Problem) systolic.Stats {
			return systolic.SimulateUser(c, p, sc.port, scratch)
		})
	}
	ifmaps := sc.ifmaps.elements(c, sc.problems, scratch)
	return sc.work.Sum(func(i int, p systolic.Problem) systolic.Stats {
		return systolic.Simulate(c, p, systolic.WindowTraffic(c, p, ifmaps[i], scratch))
	})
}

// layer runs one layer on a design.
func (sc *scenario) layer(c systolic.Config, p systolic.Problem, s *systolic.Scratch) systolic.Stats {
	switch {
	case sc.bound:
		return systolic.Simulate(c, p, systolic.LowerBoundTraffic(c, p))
	case sc.port.Ifmap > 0:
		return systolic.SimulateUser(c, p, sc.port, s)
	}
	return systolic.Simulate(c, p, systolic.WindowTraffic(c, p, systolic.IfmapWindows(c, p, s), s))
}

// ifmapMemory remembers what of the ifmaps is read from DRAM. That is the slow part of an evaluation, and few of the axes change it: the designs
// of a scenario share some thousand results. It is safe for concurrent use.
type ifmapMemory struct {
	mu      sync.Mutex
	known   map[ifmapKey][]int64 // by problem
	scratch []*systolic.Scratch  // that nobody uses
}

// ifmapKey is all that IfmapWindows depends on, within a scenario.
type ifmapKey struct {
	array   systolic.Array
	sramKiB int
}

func (m *ifmapMemory) elements(c systolic.Config, problems []systolic.Problem, s *systolic.Scratch) []int64 {
	key := ifmapKey{c.Array, c.IfmapSRAMKiB}
	m.mu.Lock()
	elements, known := m.known[key]
	m.mu.Unlock()
	if known {
		return elements
	}
	elements = make([]int64, len(problems)) // two workers may both do this, with the same result
	for i, p := range problems {
		elements[i] = systolic.IfmapWindows(c, p, s)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[ifmapKey][]int64{}
	}
	m.known[key] = elements
	return elements
}

func (m *ifmapMemory) borrow() *systolic.Scratch {
	m.mu.Lock()
	defer m.mu.Unlock()
	if last := len(m.scratch) - 1; last >= 0 {
		s := m.scratch[last]
		m.scratch = m.scratch[:last]
		return s
	}
	return new(systolic.Scratch)
}

func (m *ifmapMemory) giveBack(s *systolic.Scratch) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.scratch = append(m.scratch, s)
}
