package soc

import "fmt"

// The reference's "limited" action vector has three processors, three memories and three buses.
const limitedBlocks = 3

// LimitedAxis is one entry of the vector.
type LimitedAxis struct {
	Name  string   // "pe0_kind"
	Group string   // whose it is: "pe", "memory", "bus" or "mapping"
	First int      // the number of the first level: 0, or -1 where there may be no link
	Names []string // of the levels
}

// LimitedAxes lists the entries of the vector: 18, and two for each task.
func LimitedAxes(s *System) []LimitedAxis {
	kinds := limitedKinds(s)
	names := func(list []Block) []string {
		var out []string
		for _, b := range list {
			out = append(out, s.library.Name(s.graph, b))
		}
		return out
	}
	numbered := func(prefix string) (out []string) {
		for i := range limitedBlocks {
			out = append(out, fmt.Sprintf("%s%d", prefix, i))
		}
		return out
	}
	var axes []LimitedAxis
	add := func(format, group string, first int, levels []string) {
		for i := range limitedBlocks {
			axes = append(axes, LimitedAxis{fmt.Sprintf(format, i), group, first, levels})
		}
	}
	add("pe%d_kind", "pe", 0, names(kinds[0]))
	add("memory%d_kind", "memory", 0, names(kinds[1]))
	add("bus%d_kind", "bus", 0, names(kinds[2]))
	add("pe%d_bus", "pe", 0, numbered("bus"))
	add("bus%d_bus", "bus", -1, append([]string{"none"}, numbered("bus")...))
	add("bus%d_memory", "memory", -1, append([]string{"none"}, numbered("memory")...))
	for _, place := range []string{"pe", "memory"} {
		for _, t := range s.graph.Tasks {
			axes = append(axes, LimitedAxis{t.Name + "_" + place, "mapping", 0, numbered(place)})
		}
	}
	return axes
}

// limitedKinds are the processors, memories and buses of the vector: the processor and the slowest accelerator of one task, and the narrowest DRAM and
// bus at every clock.
func limitedKinds(s *System) (kinds [3][]Block) {
	kinds[0] = []Block{{Kind: GPP}}
	if t := s.firstAccelerated(); t >= 0 {
		kinds[0] = append(kinds[0], Block{Kind: IP, Task: t, Unroll: 1, ClockFactor: s.library.ClockFactors[0]})
	}
	for _, f := range s.library.ClockFactors {
		kinds[1] = append(kinds[1], Block{Kind: DRAM, WidthBytes: s.library.WidthsBytes[0], ClockFactor: f})
		kinds[2] = append(kinds[2], Block{Kind: Bus, WidthBytes: s.library.WidthsBytes[0], ClockFactor: f})
	}
	return kinds
}

// firstAccelerated is the task with an accelerator that becomes ready first, -1 if there is none: tasks become ready in the order in which their last producer
// does, those of one producer in flow order.
func (s *System) firstAccelerated() int {
	g := s.graph
	waits := make([]int, len(g.Tasks))
	for t := range waits {
		waits[t] = len(g.In[t])
	}
	queue := []int{g.Source}
	for head := 0; head < len(queue); head++ {
		t := queue[head]
		if g.Tasks[t].Accelerator.Cycles > 0 {
			return t
		}
		for _, f := range g.Out[t] {
			to := g.Flows[f].To
			if waits[to]--; waits[to] == 0 {
				queue = append(queue, to)
			}
		}
	}
	return -1
}

// Where parts of the vector begin.
const (
	busBusAt    = 4 * limitedBlocks
	busMemoryAt = 5 * limitedBlocks
	tasksAt     = 6 * limitedBlocks
)

// checkLimited is nil if every entry of the vector is one of its levels.
func checkLimited(s *System, kinds [3][]Block, action []int) error {
	if want := tasksAt + 2*len(s.graph.Tasks); len(action) != want {
		return &Invalid{Malformed, fmt.Sprintf("a vector of %d entries: want %d", len(action), want)}
	}
	for i, level := range action {
		least, most := 0, limitedBlocks-1
		switch {
		case i < len(kinds)*limitedBlocks:
			most = len(kinds[i/limitedBlocks]) - 1
		case i >= busBusAt && i < tasksAt:
			least = -1
		}
		if level < least || level > most {
			return &Invalid{Malformed, fmt.Sprintf("entry %d (%s) is %d: want %d to %d", i, LimitedAxes(s)[i].Name, level, least, most)}
		}
	}
	return nil
}

// DecodeLimited is the design of a vector. The entries are, three each: kinds of the processors, memories and buses, the bus of each processor, the bus and the memory linked to
// each bus; then the processor and the memory of each task, which holds all its outgoing data. The error is an *Invalid, of the first rule
// that the reference finds broken: a memory on two buses, a bus linked to itself, a task on another task's accelerator. A design without a route is decoded,
// and refused by the simulation.
func DecodeLimited(s *System, action []int) (*Design, error) {
	kinds := limitedKinds(s)
	if err := checkLimited(s, kinds, action); err != nil {
		return nil, err
	}
	d := &Design{FromFirst: true}
	for class, prefix := range []string{"P", "M", "B"} {
		for i := range limitedBlocks {
			b := kinds[class][action[class*limitedBlocks+i]]
			b.ID = fmt.Sprintf("%s%d", prefix, i)
			d.Blocks = append(d.Blocks, b)
		}
	}
	const memory, bus = limitedBlocks, 2 * limitedBlocks // the first of each
	peBus, busBus, busMemory := action[9:12], action[busBusAt:busMemoryAt], action[busMemoryAt:tasksAt]
	for i := range limitedBlocks {
		d.Links = append(d.Links, Link{i, bus + peBus[i]})
	}
	for i, to := range busBus {
		if to >= 0 {
			d.Links = append(d.Links, Link{bus + i, bus + to})
		}
	}
	for i, to := range busMemory {
		if to >= 0 {
			d.Links = append(d.Links, Link{bus + i, memory + to})
		}
	}
	tasks := action[tasksAt:]
	d.TaskPE = append(d.TaskPE, tasks[:len(s.graph.Tasks)]...)
	for _, f := range s.graph.Flows {
		d.FlowMemory = append(d.FlowMemory, memory+tasks[len(s.graph.Tasks)+f.From])
	}
	var x Scratch
	x.begin(s, d)
	if x.validate(); len(x.faults) > 0 {
		return nil, x.faults[0]
	}
	return d, nil
}
