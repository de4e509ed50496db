package systolic

import (
	"errors"
	"fmt"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/offchip"
)

// Names of the traffic setting.
const (
	trafficWindows = "windows"
	trafficBound   = "bound"
)

// check reports layers that are too large for the way in which the traffic is counted.
func (sc *scenario) check() error {
	var errs []error
	for _, p := range sc.problems {
		switch {
		case sc.port.Ifmap > 0:
			errs = append(errs, p.CheckUser())
		case !sc.bound:
			errs = append(errs, p.CheckWindows())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%w\nset traffic = %q for networks of this size", err, trafficBound)
	}
	return nil
}

// stats runs the network of a scenario on a design.
func (sc *scenario) stats(c systolic.Config) (total systolic.Stats, err error) {
	scratch := sc.ifmaps.borrow()
	defer sc.ifmaps.giveBack(scratch)
	var ifmaps []int64
	if !sc.bound && sc.port.Ifmap == 0 {
		ifmaps = sc.ifmaps.elements(c, sc.problems, scratch)
	}
	total = sc.work.Sum(func(i int, p systolic.Problem) (s systolic.Stats) {
		var elements int64
		if ifmaps != nil {
			elements = ifmaps[i]
		}
		if err == nil {
			s, err = sc.run(c, p, elements, scratch)
		}
		return s
	})
	return total, err
}

// layer runs one layer on a design.
func (sc *scenario) layer(c systolic.Config, p systolic.Problem, s *systolic.Scratch) (systolic.Stats, error) {
	var elements int64
	if !sc.bound && sc.port.Ifmap == 0 {
		elements = systolic.IfmapWindows(c, p, s)
	}
	return sc.run(c, p, elements, s)
}

// run runs one problem, given the ifmap elements that it reads through windows.
func (sc *scenario) run(c systolic.Config, p systolic.Problem, ifmapElements int64, s *systolic.Scratch) (systolic.Stats, error) {
	if sc.port.Ifmap > 0 {
		return systolic.SimulateUser(c, p, sc.port, s), nil
	}
	var traffic systolic.Traffic
	if sc.bound {
		traffic = systolic.LowerBoundTraffic(c, p)
	} else {
		traffic = systolic.WindowTraffic(c, p, ifmapElements, s)
	}
	if sc.channel == nil {
		return systolic.Simulate(c, p, traffic), nil
	}
	served, err := offchip.Serve(c, p, traffic, *sc.channel)
	return served.Stats, err
}

// ifmapMemory remembers what of the ifmaps is read from DRAM. That is the slow part of an evaluation, and few of the axes change it: the designs
// of a scenario share some five hundred walks. It is safe for concurrent use.
type ifmapMemory struct {
	mu      sync.Mutex
	known   map[ifmapKey][][]int64 // by problem, IfmapPasses
	scratch []*systolic.Scratch    // that nobody uses
}

// ifmapKey is all that IfmapPasses depends on, within a scenario.
type ifmapKey struct {
	array   systolic.Array
	sramKiB int
}

// elements is IfmapWindows of every problem. Unless the ifmap rests, the narrowest array tells what wider ones read.
func (m *ifmapMemory) elements(c systolic.Config, problems []systolic.Problem, s *systolic.Scratch) []int64 {
	narrow := c
	if c.Dataflow != systolic.InputStationary {
		narrow.Cols = minSide
	}
	passes := m.passes(narrow, problems, s)
	elements := make([]int64, len(problems))
	for i, p := range problems {
		at := 0
		if p.Count > 0 && c.Dataflow != systolic.InputStationary {
			at = int(c.ColumnFolds(p)) - 1
		}
		elements[i] = passes[i][at]
	}
	return elements
}

func (m *ifmapMemory) passes(c systolic.Config, problems []systolic.Problem, s *systolic.Scratch) [][]int64 {
	key := ifmapKey{c.Array, c.IfmapSRAMKiB}
	m.mu.Lock()
	passes, known := m.known[key]
	m.mu.Unlock()
	if known {
		return passes
	}
	passes = make([][]int64, len(problems)) // two workers may both do this, with the same result
	for i, p := range problems {
		passes[i] = systolic.IfmapPasses(c, p, s)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[ifmapKey][][]int64{}
	}
	m.known[key] = passes
	return passes
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
