package soc

// area sums up what is built.
func (x *Scratch) area() {
	r := &x.result
	for i := range x.design.Blocks {
		use := &r.Blocks[i]
		if use.Used {
			use.AreaMM2 = x.blockAreaMM2(i)
		}
		r.AreaMM2 += use.AreaMM2
		if x.design.Blocks[i].Kind == DRAM {
			r.DRAMAreaMM2 += use.AreaMM2
		}
	}
}

func (x *Scratch) blockAreaMM2(i int) float64 {
	b, g, l := &x.design.Blocks[i], x.system.graph, &x.system.library
	switch b.Kind {
	case GPP:
		for _, t := range x.tasks[i] {
			if int(t) != g.Source && int(t) != g.Sink {
				return l.Processor.AreaMM2
			}
		}
		return 0 // a source and a sink need no processor
	case IP:
		return float64(b.Unroll) * l.LogicAreaFactor * g.Tasks[b.Task].Accelerator.AreaUM2 / um2PerMM2
	case Bus:
		return l.LogicAreaFactor * l.Bus.AreaUM2 * float64(b.WidthBytes) / um2PerMM2
	}
	return l.MemoryAreaFactor * x.memories[i].AreaMM2
}
