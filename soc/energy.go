package soc

// build finds the capacity of each memory from the most bytes that it held.
func (x *Scratch) build() {
	d, s := x.design, x.system
	x.memories = resize(x.memories, len(d.Blocks), MemoryRow{})
	for i := range d.Blocks {
		use, b := &x.result.Blocks[i], &d.Blocks[i]
		if use.Used = x.reached[i] && len(x.tasks[i]) > 0; !use.Used || !b.Kind.IsMemory() {
			continue
		}
		use.CapacityBytes = s.library.Memory.CapacityBytes(use.PeakBytes)
		row, ok := s.library.Memory.of(b.Kind).At(use.CapacityBytes)
		if !ok {
			x.bad(TooLarge, "memory %s holds up to %d bytes: the library has no %v of %d bytes", b.ID, use.PeakBytes, b.Kind, use.CapacityBytes)
		}
		x.memories[i] = row
	}
}

// charge gives each task its energy for the work that it did, each block its part of it, and each phase the sum, leakage included.
func (x *Scratch) charge() {
	s, r := x.system, &x.result
	x.taskPJ = resize(x.taskPJ, len(s.work), 0)
	for t := range s.work {
		if s.work[t] > 0 {
			x.taskPJ[t] = x.computePJ(t)
			uses := x.usesOf(int32(t))
			for i := range uses {
				x.taskPJ[t] += x.carryPJ(uses, i)
			}
		}
	}
	x.busyIn = resize(x.busyIn, len(x.design.Blocks), none)
	always := x.memoryLeakageMW()
	for i := range x.phases {
		p := &x.phases[i]
		leakage := always
		for _, a := range x.acts[p.at : p.at+p.n] {
			if s.work[a.task] == 0 {
				continue
			}
			energy := a.ops / s.work[a.task] * x.taskPJ[a.task]
			p.energyPJ += energy
			r.Tasks[a.task].EnergyPJ += energy
			leakage += x.processorLeakageMW(a.task)
			x.attribute(a, int32(i), p.durationS)
		}
		leaked := leakage * p.durationS * pjPerMWS
		p.energyPJ += leaked
		r.LeakagePJ += leaked
		r.EnergyPJ += p.energyPJ
	}
	for i := range r.Blocks {
		use := &r.Blocks[i]
		if kind := x.design.Blocks[i].Kind; !kind.IsPE() {
			use.LeakagePJ = x.leakageMW(i) * x.timeS * pjPerMWS
		} else {
			use.LeakagePJ = x.leakageMW(i) * use.BusyS * pjPerMWS
		}
		use.EnergyPJ += use.LeakagePJ
	}
}

// pjPerMWS is a milliwatt for a second.
const pjPerMWS = 1e9

// carryPJ is the energy of one use for a whole task. The reference charges a bus for all its bytes in a direction on each channel that the task has there.
func (x *Scratch) carryPJ(uses []use, i int) float64 {
	u := &uses[i]
	if i > 0 && uses[i-1].channel == u.channel && x.system.profile == Reference {
		return 0
	}
	bytes := u.bytes
	if x.system.profile == Reference {
		bytes = u.blockBytes
	}
	l, b := &x.system.library, &x.design.Blocks[u.block]
	perByte := l.Bus.EnergyPJPerByte
	switch {
	case b.Kind == Bus:
	case u.direction == read:
		perByte = x.memories[u.block].ReadPJPerByte
	default:
		perByte = x.memories[u.block].WritePJPerByte
	}
	return l.EnergyFactor * perByte * float64(bytes) * x.dynamicFactor(b)
}

// attribute gives the blocks that a task uses in a phase their part of its energy, and the time of the phase once.
func (x *Scratch) attribute(a act, phase int32, durationS float64) {
	part := a.ops / x.system.work[a.task]
	give := func(block int, energyPJ float64) {
		use := &x.result.Blocks[block]
		use.EnergyPJ += energyPJ
		if x.busyIn[block] != phase {
			x.busyIn[block] = phase
			use.BusyS += durationS
		}
	}
	give(x.design.TaskPE[a.task], part*x.computePJ(int(a.task)))
	uses := x.usesOf(a.task)
	for i := range uses {
		give(int(uses[i].block), part*x.carryPJ(uses, i))
	}
}

// leakageMW of a block while it is on: processors and accelerators are on while they run a task, memories and buses all the time.
func (x *Scratch) leakageMW(i int) float64 {
	d, l := x.design, &x.system.library
	b := &d.Blocks[i]
	if !x.result.Blocks[i].Used {
		return 0
	}
	switch b.Kind {
	case GPP:
		return l.Processor.LeakageMW * x.relativeV(b)
	case IP:
		area := float64(b.Unroll) * x.system.graph.Tasks[b.Task].Accelerator.AreaUM2 / um2PerMM2
		return l.EnergyFactor * l.LogicLeakageMWPerMM2 * area * x.relativeV(b)
	case Bus:
		return l.EnergyFactor * l.Bus.LeakageMW * float64(b.WidthBytes) * x.relativeV(b)
	}
	return l.EnergyFactor * x.memories[i].LeakageMW * x.relativeV(b)
}

func (x *Scratch) processorLeakageMW(t int32) float64 { return x.leakageMW(x.design.TaskPE[t]) }

// memoryLeakageMW is that of all memories and buses.
func (x *Scratch) memoryLeakageMW() float64 {
	sum := 0.0
	for i, b := range x.design.Blocks {
		if !b.Kind.IsPE() {
			sum += x.leakageMW(i)
		}
	}
	return sum
}
