package soc

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
)

// How much advice is given.
const (
	tasksInFocus  = 4 // of a budget that is not met, the tasks that contribute most
	blocksInFocus = 3
)

// advise proposes changes against what keeps a design from its budgets: the budget that is exceeded most first, then in each of them the tasks or blocks that
// contribute most. When all are met the order is that of the distances from the budgets, the nearest first.
func (c *comprehensive) advise(p space.Point) []simulators.Advice {
	if p == nil {
		return []simulators.Advice{{Point: slices.Clone(c.start), About: "start", Why: "where the search begins"}}
	}
	bench := c.pool.Get().(*bench)
	defer c.pool.Put(bench)
	r, refused := c.simulate(p, bench)
	if refused != nil {
		return nil
	}
	a := adviser{board: c.layout.at(p), graph: c.system.Graph(), design: &bench.design, result: r}
	type concern struct {
		frac float64
		give func()
	}
	concerns := []concern{
		{r.Distance.PowerFrac, a.power}, {r.Distance.AreaFrac, a.area}, {r.Distance.DRAMFrac, a.dram},
	}
	for i, frac := range r.Distance.LatencyFrac {
		concerns = append(concerns, concern{frac, func() { a.latency(i) }})
	}
	slices.SortStableFunc(concerns, func(x, y concern) int { return cmp.Compare(y.frac, x.frac) })
	for _, concern := range concerns {
		concern.give()
	}
	return a.list
}

// adviser gathers advice on one design.
type adviser struct {
	*board
	graph  *soc.Graph
	design *soc.Design
	result *soc.Result
	list   []simulators.Advice
}

// say proposes a change, unless it cannot be made or leads nowhere.
func (a *adviser) say(about string, edits []edit, format string, args ...any) {
	if edits == nil {
		return
	}
	q := a.after(edits)
	if !slices.Equal(q, a.p) {
		a.list = append(a.list, simulators.Advice{Point: q, About: about, Why: fmt.Sprintf(format, args...)})
	}
}

// latency speeds up the tasks that a goal waits for longest.
func (a *adviser) latency(goal int) {
	path := a.path(a.graph.Goals[goal].Last)
	slices.SortStableFunc(path, func(t, u int) int { return cmp.Compare(a.result.Tasks[u].ActiveS, a.result.Tasks[t].ActiveS) })
	for _, t := range path[:min(len(path), tasksInFocus)] {
		a.speedUp(t, a.graph.Tasks[t].Name)
	}
}

// path lists the tasks with work that end one after the other until the last one: each the one that its successor waited for, by data or by processor.
func (a *adviser) path(last int) []int {
	var path []int
	seen := make([]bool, len(a.graph.Tasks))
	for at := last; at >= 0 && !seen[at]; {
		seen[at] = true
		if a.graph.Tasks[at].Cycles > 0 {
			path = append(path, at)
		}
		start := a.result.Tasks[at].EndS - a.result.Tasks[at].ActiveS
		next, latest := -1, -1.0
		for t, u := range a.result.Tasks {
			shares := a.design.TaskPE[t] == a.design.TaskPE[at] && u.EndS <= start*(1+1e-9)
			feeds := slices.ContainsFunc(a.graph.In[at], func(f int) bool { return a.graph.Flows[f].From == t })
			if t != at && !seen[t] && (shares || feeds) && u.EndS > latest {
				next, latest = t, u.EndS
			}
		}
		at = next
	}
	return path
}

// largest lists the used blocks by a figure, the largest first.
func (a *adviser) largest(of func(soc.BlockUse) float64) []int {
	var list []int
	for i, b := range a.result.Blocks {
		if b.Used && of(b) > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(i, k int) int { return cmp.Compare(of(a.result.Blocks[k]), of(a.result.Blocks[i])) })
	return list[:min(len(list), blocksInFocus)]
}

// power saves energy where most is spent: in the largest blocks, the tasks that spend it.
func (a *adviser) power() {
	for _, i := range a.largest(func(b soc.BlockUse) float64 { return b.EnergyPJ }) {
		block := a.design.Blocks[i]
		about := "power of " + block.ID
		spent := fmt.Sprintf("it takes %.4g uJ: ", a.result.Blocks[i].EnergyPJ*1e-6)
		switch {
		case block.Kind == soc.GPP:
			tasks := a.tasksOf(i)
			slices.SortStableFunc(tasks, func(t, u int) int { return cmp.Compare(a.result.Tasks[u].EnergyPJ, a.result.Tasks[t].EnergyPJ) })
			for _, t := range tasks[:min(len(tasks), tasksInFocus)] {
				a.say(about, a.allocate(t), "%san accelerator for %s", spent, a.graph.Tasks[t].Name)
			}
			slot := a.p[a.task[tasks[0]].pe]
			a.say(about, a.lower(a.processor[slot].level), "%sa lower voltage", spent)
		case block.Kind == soc.IP:
			axes := a.task[block.Task]
			a.say(about, a.lower(axes.level), "%sa lower voltage", spent)
			a.say(about, a.step(axes.unroll, -1), "%sless unrolling", spent)
			a.say(about, a.step(axes.clock, -1), "%sa lower clock", spent)
		case block.Kind.IsMemory():
			m := slotNumber(block.ID)
			kind := 1
			if !a.isDRAM(m) {
				kind = -1
			}
			a.say(about, a.step(a.memory[m].kind, kind), "%sthe other kind of memory", spent)
			a.say(about, a.lower(a.memory[m].level), "%sa lower voltage", spent)
			a.say(about, a.forkMemory(m), "%stwo smaller memories", spent)
			a.split(about, spent, m)
			for other := range a.memory {
				a.say(about, a.joinMemory(m, other), "%sits data in memory %d", spent, other)
			}
		default:
			bus := slotNumber(block.ID)
			a.say(about, a.lower(a.bus[bus].level), "%sa lower voltage", spent)
			a.say(about, a.step(a.bus[bus].width, -1), "%shalf the width", spent)
		}
	}
}

// split moves the largest data of a memory to one of its own.
func (a *adviser) split(about, spent string, m int) {
	largest := -1
	for f, axis := range a.flow {
		if a.p[axis] == m && (largest < 0 || a.graph.Flows[f].Bytes > a.graph.Flows[largest].Bytes) {
			largest = f
		}
	}
	a.say(about, a.splitMemory(m, func(f int) bool { return f == largest }), "%sits largest data in a memory of its own", spent)
}

// lower goes to the next voltage.
func (a *adviser) lower(axis int) []edit { return a.step(axis, 1) }

// tasksOf lists the tasks on a processor.
func (a *adviser) tasksOf(block int) (list []int) {
	for t, at := range a.design.TaskPE {
		if at == block {
			list = append(list, t)
		}
	}
	return list
}

// area shrinks the largest blocks.
func (a *adviser) area() {
	for _, i := range a.largest(func(b soc.BlockUse) float64 { return b.AreaMM2 }) {
		block := a.design.Blocks[i]
		about := "area of " + block.ID
		size := fmt.Sprintf("it takes %.4g mm2: ", a.result.Blocks[i].AreaMM2)
		switch {
		case block.Kind == soc.GPP:
			slot := a.p[a.task[a.tasksOf(i)[0]].pe]
			for other := range a.processor {
				a.say(about, a.joinProcessor(slot, other), "%sits tasks on processor %d", size, other)
			}
		case block.Kind == soc.IP:
			for _, by := range [...]int{-1, -3} {
				a.say(about, a.step(a.task[block.Task].unroll, by), "%sless unrolling", size)
			}
			for other := range a.processor {
				a.say(about, a.migrate(block.Task, other), "%sits task on processor %d", size, other)
			}
		case block.Kind == soc.SRAM:
			a.shrink(about, size, slotNumber(block.ID))
		}
	}
}

// dram shrinks the stacked memories.
func (a *adviser) dram() {
	for m, n := range a.flowsIn {
		if n > 0 && a.isDRAM(m) {
			a.shrink("area of "+a.memoryID(m), "stacked area: ", m)
		}
	}
}

// shrink proposes the other kind of memory, or less data at a time.
func (a *adviser) shrink(about, size string, m int) {
	kind := 1
	if !a.isDRAM(m) {
		kind = -1
	}
	a.say(about, a.step(a.memory[m].kind, kind), "%sthe other kind of memory", size)
	a.split(about, size, m)
	for other := range a.memory {
		a.say(about, a.joinMemory(m, other), "%sits data in memory %d", size, other)
	}
}
