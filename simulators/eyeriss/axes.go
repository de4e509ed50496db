package eyeriss

import (
	"strings"

	"github.com/codesign-gym/codesign/simulators"
)

// The levels of the axes: those of ArchGym.
func pes() (list []int) {
	for n := 14; n <= 336; n += 14 {
		list = append(list, n)
	}
	return list
}

func depths() []int     { return powers(1, 16) }
func blocks() []int     { return []int{1, 2, 4} }
func bandwidths() []int { return []int{2, 4, 8, 16} }

// powers are the powers of two with exponents in a range.
func powers(from, to int) (list []int) {
	for e := from; e <= to; e++ {
		list = append(list, 1<<e)
	}
	return list
}

func model(sc *scenario, version string) simulators.Model[design] {
	type field = simulators.Field[design]
	m := simulators.Model[design]{
		Name: Name, Version: version, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0], Metrics: metrics(), Base: design{scenario: sc}, Eval: evaluate,
		Fields: []field{
			simulators.Int("pes", "PE", "processing elements", pes(), func(d *design) *int { return &d.pes }).In("array"),
			simulators.Int("mesh_x", "columns", "of the mesh; the dataflow spreads along them alone", []int{2, 7, 14}, func(d *design) *int { return &d.meshX }).In("array"),
		},
	}
	// add makes the axes of a memory: class, depth and block, and where it has them banks and bandwidths.
	add := func(name, what string, depths []int, banks, bandwidth bool, at func(*design) *memory) {
		list := []field{
			simulators.Choice(name+"_class", "how "+what+" is built", classes(), func(d *design) *class { return &at(d).class }),
			simulators.Int(name+"_depth", "lines", "of "+what, depths, func(d *design) *int { return &at(d).depth }).Log(),
		}
		if banks {
			list = append(list, simulators.Int(name+"_banks", "banks", "of "+what, []int{16, 32, 64, 128}, func(d *design) *int { return &at(d).banks }).Log())
		}
		list = append(list, simulators.Int(name+"_block", "words", "of a line of "+what+", 16 bits each", blocks(), func(d *design) *int { return &at(d).block }).Log())
		if bandwidth {
			list = append(list,
				simulators.Int(name+"_read_bandwidth", "words/cycle", "of "+what, bandwidths(), func(d *design) *int { return &at(d).read }).Log(),
				simulators.Int(name+"_write_bandwidth", "words/cycle", "of "+what, bandwidths(), func(d *design) *int { return &at(d).write }).Log())
		}
		for _, f := range list {
			m.Fields = append(m.Fields, f.In(name))
		}
	}
	add("ifmap", "the input scratchpad", depths(), false, true, func(d *design) *memory { return &d.ifmap })
	add("psum", "the scratchpad of partial sums", depths(), false, true, func(d *design) *memory { return &d.psum })
	add("weights", "the weight scratchpad", depths(), false, true, func(d *design) *memory { return &d.weights })
	add("dummy", "the dummy buffer of a column, which nothing passes through", depths(), false, false, func(d *design) *memory { return &d.dummy })
	add("glb", "the shared global buffer", powers(10, 16), true, true, func(d *design) *memory { return &d.glb })
	return m
}
