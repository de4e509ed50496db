package soc

import (
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/soc"
)

// slots are how many blocks of a kind a design of soc/comprehensive may have, beside an accelerator for each task that has one.
type slots struct{ processors, memories, buses int }

// own is the level of a task's processor that means its accelerator.
const own = "own"

// The groups of axes, for multi-agent environments.
const (
	processing = "pe"
	memory     = "memory"
	buses      = "bus"
	mapping    = "mapping"
)

// absent is the axis of a property that a slot does not have.
const absent = -1

// layout is the design space of soc/comprehensive: which axis says what of which slot. It never changes.
type layout struct {
	system    *soc.System
	slots     slots
	space     space.Space
	unrolls   [][]int64 // per task
	task      []taskAxes
	processor []blockAxes
	memory    []blockAxes
	bus       []blockAxes
	flow      []int // per flow: the axis of its memory
	params    []space.Param
}

// taskAxes are those of a task: where it runs, and its accelerator, which is there while the task runs on it.
type taskAxes struct {
	pe     int // gpp0 …, and own where the task has an accelerator
	own    int // the level of pe that means the accelerator; absent without one
	unroll int
	blockAxes
}

// blockAxes are those that blocks have; each kind has some of them.
type blockAxes struct{ kind, width, clock, level, bus int }

// newLayout lays out the axes. The level 0 of all of them is the cheapest design: one processor, one bus, one memory.
func newLayout(s *soc.System, n slots) (*layout, error) {
	l := &layout{system: s, slots: n}
	g := s.Graph()
	places := make([]string, n.processors)
	for i := range places {
		places[i] = "gpp" + strconv.Itoa(i)
	}
	for _, t := range g.Tasks {
		l.addTask(t, places)
	}
	for i := range n.processors {
		name := places[i]
		l.processor = append(l.processor, blockAxes{kind: absent, width: absent, clock: absent, level: l.addLevel(name, processing), bus: l.addBus(name)})
	}
	memories := make([]string, n.memories)
	for i := range memories {
		memories[i] = "mem" + strconv.Itoa(i)
		kind := space.Param{Name: memories[i] + "_kind", Doc: "stacked DRAM or SRAM on the chip", Kind: space.Nominal, Labels: memoryKinds(), Group: memory}
		a := blockAxes{kind: l.add(kind)}
		l.addChannel(&a, memories[i], memory)
		a.bus = l.addBus(memories[i])
		l.memory = append(l.memory, a)
	}
	for i := range n.buses {
		name := "bus" + strconv.Itoa(i)
		a := blockAxes{kind: absent, bus: absent}
		l.addChannel(&a, name, buses)
		if i > 0 {
			up := space.Param{Name: name + "_up", Doc: "the bus that it is linked to", Kind: space.Nominal, Labels: busNames(i), Group: buses}
			a.bus = l.add(up)
		}
		l.bus = append(l.bus, a)
	}
	for _, f := range g.Flows {
		name := fmt.Sprintf("%s_to_%s_mem", g.Tasks[f.From].Name, g.Tasks[f.To].Name)
		doc := fmt.Sprintf("where the %d bytes lie", f.Bytes)
		l.flow = append(l.flow, l.add(space.Param{Name: name, Doc: doc, Kind: space.Nominal, Labels: memories, Group: mapping}))
	}
	var err error
	l.space, err = space.New(l.params...)
	l.params = nil
	return l, err
}

func memoryKinds() []string { return []string{soc.DRAM.String(), soc.SRAM.String()} }

func busNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = "bus" + strconv.Itoa(i)
	}
	return names
}

// add takes in an axis.
func (l *layout) add(p space.Param) int {
	l.params = append(l.params, p)
	return len(l.params) - 1
}

func (l *layout) addTask(t soc.Task, places []string) {
	a := taskAxes{own: absent, unroll: absent, blockAxes: blockAxes{absent, absent, absent, absent, absent}}
	pe := space.Param{Name: t.Name + "_pe", Doc: "where it runs", Kind: space.Nominal, Labels: places, Group: mapping}
	if t.Accelerator.Cycles == 0 {
		a.pe = l.add(pe)
		l.task, l.unrolls = append(l.task, a), append(l.unrolls, nil)
		return
	}
	a.own = len(places)
	pe.Labels, pe.Doc = append(places[:len(places):len(places)], own), "where it runs; own is an accelerator of its own"
	a.pe = l.add(pe)
	only := []space.Cond{{Param: pe.Name, In: []string{own}}}
	first := len(l.params)
	lib := l.system.Library()
	unrolls := lib.Unrolls(t)
	values := make([]float64, len(unrolls))
	for i, u := range unrolls {
		values[i] = float64(u)
	}
	a.unroll = l.add(space.Param{Name: t.Name + "_unroll", Doc: "copies of the datapath", Kind: space.Ordinal, Values: values, Log: true, Group: processing})
	a.clock = l.addClock(t.Name, processing)
	a.level = l.addLevel(t.Name, processing)
	a.bus = l.addBus(t.Name)
	for i := range l.params[first:] {
		l.params[first+i].When = only
	}
	l.task, l.unrolls = append(l.task, a), append(l.unrolls, unrolls)
}

// addChannel adds what memories and buses have.
func (l *layout) addChannel(a *blockAxes, name, group string) {
	widths := l.system.Library().WidthsBytes
	values := make([]float64, len(widths))
	for i, w := range widths {
		values[i] = float64(w)
	}
	a.width = l.add(space.Param{Name: name + "_width", Unit: "bytes", Doc: "a clock, each way", Kind: space.Ordinal, Values: values, Log: true, Group: group})
	a.clock = l.addClock(name, group)
	a.level = l.addLevel(name, group)
}

func (l *layout) addClock(name, group string) int {
	lib := l.system.Library()
	values := make([]float64, len(lib.ClockFactors))
	for i, f := range lib.ClockFactors {
		values[i] = float64(f) * lib.BaseClockMHz
	}
	return l.add(space.Param{Name: name + "_clock", Unit: "MHz", Doc: "at the nominal level", Kind: space.Ordinal, Values: values, Log: true, Group: group})
}

// addLevel adds the step of voltage and frequency, where the library has several.
func (l *layout) addLevel(name, group string) int {
	levels := l.system.Library().Levels
	if len(levels) < 2 {
		return absent
	}
	labels := make([]string, len(levels))
	for i, v := range levels {
		labels[i] = fmt.Sprintf("%gV", v.SupplyV)
	}
	return l.add(space.Param{Name: name + "_level", Doc: "supply voltage, with its clock", Kind: space.Nominal, Labels: labels, Group: group})
}

func (l *layout) addBus(name string) int {
	return l.add(space.Param{Name: name + "_bus", Doc: "the bus that it hangs on", Kind: space.Nominal, Labels: busNames(l.slots.buses), Group: mapping})
}
