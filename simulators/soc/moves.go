package soc

import "fmt"

// stay is the move that changes nothing; every agent has it.
const stay = "stay"

// move is a change of a design by name, which some designs do not allow.
type move struct {
	name, group string
	edits       func(b *board) []edit // nil = not legal now
}

// moves lists every move of a layout, by group and slot: the actions of soc/moves.
func (l *layout) moves() []move {
	var m mover
	m.layout = l
	g := l.system.Graph()
	for t := range g.Tasks {
		m.accelerator(t, g.Tasks[t].Name)
	}
	for i, a := range l.processor {
		name := fmt.Sprintf("gpp%d", i)
		m.steps(name, processing, blockAxes{absent, absent, absent, a.level, absent}, func(b *board) bool { return b.tasksOn[i] > 0 })
		m.add(processing, name+" fork", func(b *board) []edit { return b.forkProcessor(i) })
		for other := range l.processor {
			if other != i {
				m.add(processing, fmt.Sprintf("%s join gpp%d", name, other), func(b *board) []edit { return b.joinProcessor(i, other) })
			}
		}
		m.onBuses(name, func(b *board) int { return usedAxis(b.tasksOn[i] > 0, a.bus) })
	}
	for i, a := range l.memory {
		name := fmt.Sprintf("mem%d", i)
		m.steps(name, memory, a, func(b *board) bool { return b.flowsIn[i] > 0 })
		m.add(memory, name+" fork", func(b *board) []edit { return b.forkMemory(i) })
		for other := range l.memory {
			if other != i {
				m.add(memory, fmt.Sprintf("%s join mem%d", name, other), func(b *board) []edit { return b.joinMemory(i, other) })
			}
		}
		m.onBuses(name, func(b *board) int { return usedAxis(b.flowsIn[i] > 0, a.bus) })
	}
	for i, a := range l.bus {
		name := fmt.Sprintf("bus%d", i)
		axes := a
		axes.bus = absent
		m.steps(name, buses, axes, func(b *board) bool { return b.joins[i] })
		m.add(buses, name+" fork", func(b *board) []edit { return b.forkBus(i) })
		for other := range l.bus {
			if other != i {
				m.add(buses, fmt.Sprintf("%s join bus%d", name, other), func(b *board) []edit { return b.joinBus(i, other) })
			}
			if other < i {
				m.add(buses, fmt.Sprintf("%s link bus%d", name, other), func(b *board) []edit { return b.relink(i, other) })
			}
		}
	}
	for t, task := range g.Tasks {
		for i := range l.processor {
			m.add(mapping, fmt.Sprintf("%s to gpp%d", task.Name, i), func(b *board) []edit { return b.migrate(t, i) })
		}
	}
	for f, flow := range g.Flows {
		for i := range l.memory {
			name := fmt.Sprintf("%s->%s to mem%d", g.Tasks[flow.From].Name, g.Tasks[flow.To].Name, i)
			m.add(mapping, name, func(b *board) []edit { return b.moveFlow(f, i) })
		}
	}
	return m.list
}

// mover gathers moves.
type mover struct {
	*layout
	list []move
}

func (m *mover) add(group, name string, edits func(b *board) []edit) {
	m.list = append(m.list, move{name, group, edits})
}

// accelerator adds the moves of a task's accelerator.
func (m *mover) accelerator(t int, task string) {
	a := m.task[t]
	if a.own == absent {
		return
	}
	m.add(processing, task+" allocate", func(b *board) []edit { return b.allocate(t) })
	on := func(b *board) bool { return b.accelerated(t) }
	m.swap(processing, task+" unroll", a.unroll, on)
	m.steps(task, processing, blockAxes{absent, absent, a.clock, a.level, absent}, on)
	m.onBuses(task, func(b *board) int { return usedAxis(b.accelerated(t), a.bus) })
}

// usedAxis is the axis of a block that is in use.
func usedAxis(used bool, axis int) int {
	if !used {
		return absent
	}
	return axis
}

// steps adds the swaps of a block for the next one in the library, along each of its axes.
func (m *mover) steps(name, group string, a blockAxes, used func(b *board) bool) {
	m.swap(group, name+" kind", a.kind, used)
	m.swap(group, name+" width", a.width, used)
	m.swap(group, name+" clock", a.clock, used)
	m.swap(group, name+" level", a.level, used)
}

func (m *mover) swap(group, name string, axis int, used func(b *board) bool) {
	if axis == absent || m.space.Levels(axis) < 2 {
		return
	}
	for _, way := range []struct {
		word string
		by   int
	}{{" down", -1}, {" up", 1}} {
		m.add(group, name+way.word, func(b *board) []edit {
			if !used(b) {
				return nil
			}
			return b.step(axis, way.by)
		})
	}
}

// onBuses adds the moves of a block to each bus; axis is the one of its bus, absent while the block is not used.
func (m *mover) onBuses(name string, axis func(b *board) int) {
	for bus := range m.bus {
		m.add(mapping, fmt.Sprintf("%s to bus%d", name, bus), func(b *board) []edit { return b.hang(axis(b), bus) })
	}
}
