package soc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

// plain is a library of round figures: processors of 2e9 op/s and 1 pJ an operation, memories and buses of 400 MB/s for 4 bytes of width, 1 pJ a byte read or written
// in a memory, buses for free.
func plain() soc.Library {
	l := soc.PublishedLibrary()
	l.Processor = soc.Processor{Name: "CPU", ClockMHz: 1000, OpsPerCycle: 2, OpsPerJoule: 1e12, AreaMM2: 0.5}
	l.EnergyFactor, l.LogicAreaFactor, l.MemoryAreaFactor = 1, 1, 1
	kind := soc.Memory{EnergyPJPerByte: 1, AreaMM2PerKiB: 0.001}
	l.Memory = soc.MemoryModel{QuantumBytes: 1024, SRAM: kind, DRAM: kind}
	return l
}

// workload has tasks by name and cycles between a source and a sink, and a budget of 10 ms, 10 mW and 10 mm2.
func workload(tasks []soc.Task, edges []soc.Edge, last string) soc.Workload {
	all := append([]soc.Task{{Name: "source"}}, tasks...)
	return soc.Workload{
		Name: "test", Tasks: append(all, soc.Task{Name: "sink"}), Edges: edges, Last: last, LatencyBudgetS: 0.01, Budget: soc.Budget{PowerMW: 10, AreaMM2: 10},
	}
}

// chain is a of 2e6 operations, which reads 800 kB and writes 200 kB, and b behind it with as many operations, which reads them and writes 4 bytes.
func chain() soc.Workload {
	return workload([]soc.Task{{Name: "a", Cycles: 1e6}, {Name: "b", Cycles: 1e6}},
		[]soc.Edge{{"source", "a", 800e3}, {"a", "b", 200e3}, {"b", "sink", 4}}, "b")
}

// parallel is a and b side by side without noticeable work: they read 400 kB and 800 kB.
func parallel() soc.Workload {
	return workload([]soc.Task{{Name: "a", Cycles: 1000}, {Name: "b", Cycles: 1000}},
		[]soc.Edge{{"source", "a", 400e3}, {"source", "b", 800e3}, {"a", "sink", 4e3}, {"b", "sink", 4e3}}, "b")
}

func system(tb testing.TB, l soc.Library, p soc.Profile, workloads ...soc.Workload) *soc.System {
	tb.Helper()
	g, err := soc.Together(workloads...)
	require.NoError(tb, err)
	s, err := soc.NewSystem(g, l, g.Budget, p)
	require.NoError(tb, err)
	return s
}

// build makes a design from blocks and links by ID. Tasks and data that are not named are on the first processor and in the first memory.
func build(tb testing.TB, s *soc.System, blocks []soc.Block, links []string, tasks, edges map[string]string) *soc.Design {
	tb.Helper()
	d := &soc.Design{Blocks: blocks}
	index := map[string]int{}
	firstPE, firstMemory := -1, -1
	for i, b := range blocks {
		index[b.ID] = i
		if b.Kind.IsPE() && firstPE < 0 {
			firstPE = i
		}
		if b.Kind.IsMemory() && firstMemory < 0 {
			firstMemory = i
		}
	}
	at := func(id string) int {
		i, known := index[id]
		require.True(tb, known, id)
		return i
	}
	for _, l := range links {
		d.Links = append(d.Links, soc.Link{A: at(l[:2]), B: at(l[3:])})
	}
	g := s.Graph()
	for _, t := range g.Tasks {
		pe := firstPE
		if id, named := tasks[t.Name]; named {
			pe = at(id)
		}
		d.TaskPE = append(d.TaskPE, pe)
	}
	for _, f := range g.Flows {
		memory := firstMemory
		if id, named := edges[g.Tasks[f.From].Name+">"+g.Tasks[f.To].Name]; named {
			memory = at(id)
		}
		d.FlowMemory = append(d.FlowMemory, memory)
	}
	return d
}

func processor(id string) soc.Block { return soc.Block{ID: id, Kind: soc.GPP} }
func bus(id string, width int) soc.Block {
	return soc.Block{ID: id, Kind: soc.Bus, WidthBytes: width, ClockFactor: 1}
}
func dram(id string, width int) soc.Block {
	return soc.Block{ID: id, Kind: soc.DRAM, WidthBytes: width, ClockFactor: 1}
}
func sram(id string, width int) soc.Block {
	return soc.Block{ID: id, Kind: soc.SRAM, WidthBytes: width, ClockFactor: 1}
}

// single is one processor, a bus of 8 bytes and a memory of 4.
func single(tb testing.TB, s *soc.System) *soc.Design {
	return build(tb, s, []soc.Block{processor("P0"), bus("B0", 8), dram("M0", 4)}, []string{"P0-B0", "B0-M0"}, nil, nil)
}

func simulate(tb testing.TB, s *soc.System, d *soc.Design) *soc.Result {
	tb.Helper()
	r, err := soc.Simulate(s, d)
	require.NoError(tb, err)
	return r
}

// index is that of a task.
func index(s *soc.System, task string) int { return s.Graph().Index(task) }
