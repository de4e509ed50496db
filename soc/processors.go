package soc

// opsPerS is the rate of a task on its processor.
func (x *Scratch) processorOpsPerS(t int) float64 {
	l, b := &x.system.library, &x.design.Blocks[x.design.TaskPE[t]]
	level := l.Levels[b.Level].ClockFactor
	if b.Kind == GPP {
		return l.Processor.ClockMHz * 1e6 * float64(l.Processor.OpsPerCycle) * level
	}
	base := x.system.work[t] * l.BaseClockMHz * 1e6 / float64(x.system.graph.Tasks[t].Accelerator.Cycles)
	return float64(b.ClockFactor) * float64(b.Unroll) * base * level
}

// computePJ is the energy of a whole task on its processor. In the reference an unrolled accelerator costs more energy in proportion.
func (x *Scratch) computePJ(t int) float64 {
	l, b := &x.system.library, &x.design.Blocks[x.design.TaskPE[t]]
	energy := 0.0
	if b.Kind == GPP {
		energy = x.system.work[t] / float64(l.Processor.OpsPerJoule) * 1e12
	} else {
		energy = l.EnergyFactor * x.system.graph.Tasks[t].Accelerator.EnergyPJ
		if x.system.profile == Reference {
			energy *= float64(b.Unroll)
		}
	}
	return energy * x.dynamicFactor(b)
}

// dynamicFactor scales dynamic energy to the block's voltage: its square.
func (x *Scratch) dynamicFactor(b *Block) float64 {
	v := x.relativeV(b)
	return v * v
}

// relativeV is the block's voltage over the nominal one; leakage power goes with it.
func (x *Scratch) relativeV(b *Block) float64 {
	levels := x.system.library.Levels
	return levels[b.Level].SupplyV / levels[0].SupplyV
}
