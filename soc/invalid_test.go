package soc_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

func TestInvalidDesigns(t *testing.T) {
	w := chain()
	w.Tasks[1].Accelerator = soc.Accelerator{Cycles: 1e6, EnergyPJ: 1, AreaUM2: 1}
	s := system(t, plain(), soc.Repaired, w)
	accelerator := soc.Block{ID: "A0", Kind: soc.IP, Task: 1, Unroll: 1, ClockFactor: 1}
	blocks := func(more ...soc.Block) []soc.Block {
		return append([]soc.Block{processor("P0"), bus("B0", 8), dram("M0", 4)}, more...)
	}
	with := func(d *soc.Design, change func(*soc.Design)) *soc.Design {
		change(d)
		return d
	}
	links := []string{"P0-B0", "B0-M0"}
	for _, c := range []struct {
		name   string
		design *soc.Design
		want   string // all faults, in order
	}{
		{"memory on two buses", build(t, s, blocks(bus("B1", 4)), append(links, "B0-B1", "M0-B1"), nil, nil), `memory_on_two_buses: memory M0 is on the buses B0 and B1`},
		{"bus linked to itself", build(t, s, blocks(), append(links, "B0-B0"), nil, nil), `self_link: block B0 is linked to itself`},
		{"processor linked to memory", build(t, s, blocks(), append(links, "P0-M0"), nil, nil), `bad_link: P0 and M0 are linked: one of two linked blocks is a bus`},
		{"task on another's accelerator", build(t, s, blocks(accelerator), append(links, "A0-B0"), map[string]string{"b": "A0", "sink": "A0"}, nil),
			"task_not_runnable_on_pe: task \"b\" is on A0, an accelerator of \"a\"\ntask_not_runnable_on_pe: task \"sink\" is on A0, an accelerator of \"a\""},
		{"no route", build(t, s, blocks(processor("P1")), links, map[string]string{"b": "P1"}, nil),
			`no_route: task "b" is on P1, its data of edge "a" to "b" in M0: no buses lead there` + "\n" + `no_route: task "b" is on P1, its data of edge "b" to "sink" in M0: no buses lead there`},
		{"no route through a processor", build(t, s, blocks(bus("B1", 4), processor("P1")), append(links, "P0-B1", "P1-B1"), map[string]string{"b": "P1"}, nil),
			`no_route: task "b" is on P1, its data of edge "a" to "b" in M0: no buses lead there` + "\n" + `no_route: task "b" is on P1, its data of edge "b" to "sink" in M0: no buses lead there`},
		{"several at once, in the order of the rules", build(t, s, blocks(bus("B1", 4)), append(links, "B1-B1", "B1-M0"), nil, nil),
			"memory_on_two_buses: memory M0 is on the buses B0 and B1\nself_link: block B1 is linked to itself"},
		{"too few processors of tasks", with(single(t, s), func(d *soc.Design) { d.TaskPE = d.TaskPE[1:] }), `malformed: processors of 3 tasks: the graph has 4`},
		{"too few memories of edges", with(single(t, s), func(d *soc.Design) { d.FlowMemory = nil }), `malformed: memories of 0 edges: the graph has 3`},
		{"task on a bus", with(single(t, s), func(d *soc.Design) { d.TaskPE[1] = 1 }), `malformed: task 1 is on block 1: want the index of a processor or accelerator`},
		{"task on no block", with(single(t, s), func(d *soc.Design) { d.TaskPE[1] = -1 }), `malformed: task 1 is on block -1: want the index of a processor or accelerator`},
		{"data in a processor", with(single(t, s), func(d *soc.Design) { d.FlowMemory[2] = 0 }), `malformed: data of edge 2 is in block 0: want the index of a memory`},
		{"link to no block", with(single(t, s), func(d *soc.Design) { d.Links[0].B = 3 }), `malformed: link of the blocks 0 and 3: there are 3`},
		{"ID twice", with(single(t, s), func(d *soc.Design) { d.Blocks[1].ID = "P0" }), `malformed: two blocks have the ID "P0"`},
		{"level", with(single(t, s), func(d *soc.Design) { d.Blocks[1].Level = 1 }), `malformed: block B0 has the voltage level 1: want 0 to 0`},
		{"kind", with(single(t, s), func(d *soc.Design) { d.Blocks[1].Kind = 9 }), `malformed: block B0 is of unknown kind 9`},
		{"clock", with(single(t, s), func(d *soc.Design) { d.Blocks[1].ClockFactor = 2 }), `malformed: block B0 has the clock factor 2: known are [1 4 6 8]`},
		{"width", with(single(t, s), func(d *soc.Design) { d.Blocks[2].WidthBytes = 5 }), `malformed: block M0 is 5 bytes wide: known are [4 8 16 32 64 128]`},
		{"accelerator of no task", build(t, s, blocks(soc.Block{ID: "A0", Kind: soc.IP, Task: 4, ClockFactor: 1}), links, nil, nil),
			`malformed: block A0 is an accelerator of task 4: the graph has 4`},
		{"accelerator that does not exist", build(t, s, blocks(soc.Block{ID: "A0", Kind: soc.IP, Task: 2, ClockFactor: 1}), links, nil, nil),
			`malformed: block A0: there is no accelerator of task "b"`},
		{"unroll", build(t, s, blocks(soc.Block{ID: "A0", Kind: soc.IP, Task: 1, Unroll: 2, ClockFactor: 1}), links, nil, nil), `malformed: block A0 is unrolled 2 times: want 1 to 1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.EqualError(t, s.Check(c.design), c.want)
			first, _, _ := strings.Cut(c.want, "\n")
			x := new(soc.Scratch)
			_, err := x.Simulate(s, c.design)
			require.EqualError(t, err, first)
			var invalid *soc.Invalid
			require.True(t, errors.As(err, &invalid))
			require.True(t, strings.HasPrefix(first, invalid.Reason.String()+": "))
			_, _, err = x.Explain(s, c.design)
			require.EqualError(t, err, first)
			_, err = x.Simulate(s, single(t, s)) // the scratch is as good as new
			require.NoError(t, err)
		})
	}
	require.NoError(t, s.Check(single(t, s)))
}

func TestMemoryLargerThanTheTable(t *testing.T) {
	w := chain()
	w.Edges[0].Bytes = 50e6
	s := system(t, soc.PublishedLibrary(), soc.Repaired, w)
	d := single(t, s)
	require.NoError(t, s.Check(d))
	simulate(t, s, d) // a DRAM of up to 102.4 MB
	d.Blocks[2] = sram("M0", 4)
	_, err := soc.Simulate(s, d)
	require.EqualError(t, err, "too_large: memory M0 holds up to 50200000 bytes: the library has no sram of 50432000 bytes")
}
