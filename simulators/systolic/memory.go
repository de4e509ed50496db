package systolic

import (
	"sync"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// ifmapMemory remembers what of the ifmaps is read from DRAM. That is the slow part of an evaluation, and few of the axes change it: the designs
// of a scenario share some five hundred walks. It is safe for concurrent use.
type ifmapMemory struct {
	mu      sync.Mutex
	known   map[ifmapKey][][]int64 // by problem: IfmapPasses or, of several cores, the IfmapWindows of each share
	scratch []*systolic.Scratch    // that nobody uses
}

// ifmapKey is all that they depend on, within a scenario.
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
	passes := m.remember(ifmapKey{narrow.Array, narrow.IfmapSRAMKiB}, len(problems), func(i int) []int64 { return systolic.IfmapPasses(narrow, problems[i], s) })
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

// remember walks what is not known yet.
func (m *ifmapMemory) remember(key ifmapKey, problems int, walk func(i int) []int64) [][]int64 {
	m.mu.Lock()
	elements, known := m.known[key]
	m.mu.Unlock()
	if known {
		return elements
	}
	elements = make([][]int64, problems) // two workers may both do this, with the same result
	for i := range elements {
		elements[i] = walk(i)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[ifmapKey][][]int64{}
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
