package soc

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// breaches counts the entries that break a rule.
func (l *limited) breaches(p space.Point) (n int) {
	for bus := range each {
		if p[busBus+bus] == bus+1 {
			n++
		}
		memory := p[busMemory+bus]
		if memory != none && slices.Contains(p[busMemory:busMemory+bus], memory) {
			n++
		}
	}
	for t := range l.graph.Tasks {
		if !l.runs(p, t, p[taskPEs+t]) {
			n++
		}
	}
	for f := range l.graph.Flows {
		if !l.reached(p, f, p[l.taskMemories()+l.graph.Flows[f].From]) {
			n++
		}
	}
	return n
}

// repair changes the entries that break a rule, and as few others as it can: links of a bus to itself and second buses of a memory go, tasks move to the first
// general processor (the first processor becomes one where there is none), buses are linked up, and data without a way moves to a memory that has one.
func (l *limited) repair(p space.Point) (space.Point, bool) {
	if l.breaches(p) == 0 {
		return p, false
	}
	q := slices.Clone(p)
	for bus := range each {
		if q[busBus+bus] == bus+1 {
			q[busBus+bus] = none
		}
		if memory := q[busMemory+bus]; memory != none && slices.Contains(q[busMemory:busMemory+bus], memory) {
			q[busMemory+bus] = none
		}
	}
	l.repairTasks(q)
	l.repairLinks(q)
	l.repairData(q)
	return q, true
}

func (l *limited) repairTasks(q space.Point) {
	for t := range l.graph.Tasks {
		if l.runs(q, t, q[taskPEs+t]) {
			continue
		}
		general := slices.Index(q[peKinds:peKinds+each], 0)
		if general < 0 {
			general = 0
			q[peKinds] = 0
		}
		q[taskPEs+t] = general
	}
}

// repairLinks links all buses that have tasks, where the data of some flow has no way.
func (l *limited) repairLinks(q space.Point) {
	broken := false
	for f := range l.graph.Flows {
		broken = broken || !l.reached(q, f, q[l.taskMemories()+l.graph.Flows[f].From])
	}
	if !broken {
		return
	}
	home := q[peBus+q[taskPEs+l.graph.Source]]
	for bus := range each {
		island := l.island(q, bus)
		if island[home] {
			continue
		}
		// Of an island of n buses at most n-1 links are needed: one bus has a link to spare, or none yet.
		for from := range each {
			if !island[from] {
				continue
			}
			old := q[busBus+from]
			q[busBus+from] = home + 1
			if l.island(q, home) == union(island, l.island(q, home)) {
				break
			}
			q[busBus+from] = old
		}
	}
}

func union(a, b [each]bool) (u [each]bool) {
	for i := range u {
		u[i] = a[i] || b[i]
	}
	return u
}

// repairData moves data without a way to the first memory that has one; where no memory hangs on a bus, the first one does then.
func (l *limited) repairData(q space.Point) {
	if slices.Equal(q[busMemory:busMemory+each], []int{none, none, none}) {
		q[busMemory+q[peBus+q[taskPEs+l.graph.Source]]] = 1
	}
	for t := range l.graph.Tasks {
		fits := func(memory int) bool {
			return !slices.ContainsFunc(l.graph.Out[t], func(f int) bool { return !l.reached(q, f, memory) })
		}
		at := l.taskMemories() + t
		for memory := 0; memory < each && !fits(q[at]); memory++ {
			if fits(memory) {
				q[at] = memory
			}
		}
	}
}
