package dataflow

// count adds a case to the accesses. The first case sets the needs; a case that does not work adds to the outputs alone.
func (st *Stats) count(c *cases, in [2]int64, out, macs int64, works bool) {
	if st.Steps == 0 {
		st.firstL2[0] += in[0] + in[1]
		st.firstL2[1] = out
	}
	o := &st.Operands[Output]
	o.L2Writes += c.times * out
	o.L1Reads += c.times * macs
	o.L1Writes += c.times * macs
	if !works {
		return
	}
	st.MACs += c.times * macs
	for t, elements := range in {
		a := &st.Operands[t]
		a.L2Reads += c.times * elements
		a.L1Writes += c.times * elements
		a.L1Reads += c.times * macs
	}
}

// step adds the delays and bandwidth needs of a case of the outermost level.
func (st *Stats) step(times, in, out, ingress, egress, compute int64) {
	isFirst := st.Steps == 0
	perCycle := max(compute, 1)
	st.OffchipNeed = max(st.OffchipNeed, 2*st.firstL2[1]/perCycle, 2*st.firstL2[0]/perCycle) / 2
	st.Ingress.add(ingress, times, isFirst)
	st.Egress.add(egress, times, isFirst)
	st.Compute.add(perCycle, times, isFirst)
	st.NoCNeed = max(st.NoCNeed, max(in, out)/perCycle)
	st.noCNeedSum += times * max(in, out) / perCycle
	st.Steps += times
}

// finish fills in what does not depend on the cases, and the verdict.
func (st *Stats) finish(s *maestro, h Hardware) {
	inner := &s.levels[s.heldIn]
	for t, dims := range s.tensors {
		elements, need := int64(1), int64(1)
		for d := range Dim(NumDims) {
			if !dims.has(d) {
				continue
			}
			need *= inner.tile(d)
			size := s.layer[d]
			if kernel, slides := d.kernel(); slides && Tensor(t) == Output {
				size -= s.layer[kernel] - 1
			}
			elements *= size
		}
		if Tensor(t) != Output {
			need *= s.held
		}
		st.L1Bytes += 2 * need
		if Tensor(t) == Output {
			st.Operands[t].L2Reads = elements
		} else {
			st.Operands[t].L2Writes = elements
		}
	}
	st.L2Bytes = 2 * (st.firstL2[0] + st.firstL2[1])
	if st.Steps == 0 || st.RuntimeCycles <= 0 {
		st.Infeasible = ComputesNothing
		return
	}
	st.buffers(h)
}
