package soc

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/soc"
)

// speedUp proposes what relieves the block that limits a task.
func (a *adviser) speedUp(t int, name string) {
	about := "latency of task " + name
	limiter := a.result.Tasks[t].Limiter
	block := a.design.Blocks[limiter]
	ms := a.result.Tasks[t].LimitedS * 1e3
	limited := fmt.Sprintf("%s limits it for %.4g ms: ", block.ID, ms)
	switch {
	case block.Kind == soc.GPP:
		a.say(about, a.allocate(t), "%san accelerator of its own", limited)
		if bigger := a.allocate(t); bigger != nil {
			middle := len(a.unrolls[t]) / 2
			bigger[1].level, bigger[2].level = middle, a.space.Levels(a.task[t].clock)-1
			a.say(about, bigger, "%san accelerator of its own, unroll %d at the highest clock", limited, a.unrolls[t][middle])
		}
		for i := range a.processor {
			a.say(about, a.migrate(t, i), "%sprocessor %d beside it", limited, i)
		}
		a.say(about, a.nominal(a.processor[a.p[a.task[t].pe]].level), "%snominal voltage", limited)
	case block.Kind == soc.IP:
		axes := a.task[t]
		for _, by := range [...]int{1, 3} {
			a.say(about, a.step(axes.unroll, by), "%sunroll further", limited)
		}
		a.say(about, a.step(axes.clock, 1), "%sa higher clock", limited)
		a.say(about, a.nominal(axes.level), "%snominal voltage", limited)
	case block.Kind.IsMemory():
		m := slotNumber(block.ID)
		a.widen(about, limited, a.memory[m])
		if a.isDRAM(m) {
			a.say(about, a.step(a.memory[m].kind, 1), "%sSRAM", limited)
		}
		a.say(about, a.splitMemory(m, func(f int) bool { return a.graph.Flows[f].From == t || a.graph.Flows[f].To == t }), "%sa memory of its own for its data", limited)
		for _, f := range slices.Concat(a.graph.In[t], a.graph.Out[t]) {
			for other := range a.memory {
				if a.p[a.flow[f]] == m {
					a.say(about, a.moveFlow(f, other), "%sdata in memory %d", limited, other)
				}
			}
		}
	default:
		bus := slotNumber(block.ID)
		a.widen(about, limited, a.bus[bus])
		a.say(about, a.forkBus(bus), "%sa second bus", limited)
		for m, n := range a.flowsIn {
			if n > 0 && a.p[a.memory[m].bus] == bus {
				a.say(about, a.isolate(m), "%sa bus of its own for memory %d and its accelerators", limited, m)
			}
		}
	}
}

// widen proposes more bandwidth.
func (a *adviser) widen(about, limited string, axes blockAxes) {
	a.say(about, a.step(axes.width, 1), "%stwice the width", limited)
	a.say(about, a.step(axes.width, 3), "%seight times the width", limited)
	a.say(about, a.step(axes.clock, 1), "%sa higher clock", limited)
	a.say(about, a.nominal(axes.level), "%snominal voltage", limited)
}

// nominal sets a level back to the nominal voltage, which is the fastest.
func (a *adviser) nominal(axis int) []edit {
	if axis == absent || a.p[axis] == 0 {
		return nil
	}
	return []edit{{axis, 0}}
}
