package loopnest

import "math/bits"

// count fills the counts of all levels in.
func (m *Model) count(r *Result) {
	n := &r.nest
	r.Steps = m.steps(n)
	for i := range m.levels {
		r.Levels[i].Instances = m.instances(n, i)
		r.Levels[i].Clusters = min(r.Levels[i].Instances, m.levels[i].clusters)
	}
	for t := range m.tensors {
		outer := 0
		for inner := 1; inner <= len(m.levels); inner++ {
			if inner < len(m.levels) && !n.keep[inner].Has(t) {
				continue
			}
			m.exchange(r, t, outer, inner)
			outer = inner
		}
	}
}

// exchange counts the traffic of a tensor between two levels that keep it, or between the innermost one and the compute units.
func (m *Model) exchange(r *Result, t, outer, inner int) {
	n, tensor := &r.nest, &m.tensors[t]
	parent := &r.Levels[outer].Tensors[t]
	moved := m.words(n, t, &scope{inner: inner, outer: outer, from: inner})
	once := scope{inner: inner, outer: outer, from: outer, once: true, along: tensor.relevant, shares: m.shares(tensor, outer, inner)}
	var served, servedTotal int64
	if n.uneven == 0 {
		served = m.served(n, tensor, &once, moved)
		servedTotal = served * r.Levels[outer].Instances
	} else {
		all := once
		all.from = 0
		served, servedTotal = m.words(n, t, &once), m.words(n, t, &all)
	}
	parent.PartitionWords = m.partition(n, tensor, outer)
	if tensor.output {
		total := m.partitionTotal(n, tensor, outer, parent.PartitionWords*r.Levels[outer].Instances)
		parent.Updates, parent.TotalUpdates = served, servedTotal
		parent.Reads, parent.TotalReads = served-parent.PartitionWords, servedTotal-total
		parent.TemporalReductions, parent.TotalReductions = parent.Reads, parent.TotalReads
	} else {
		parent.Reads, parent.TotalReads = served, servedTotal
	}
	if inner == len(m.levels) {
		return
	}
	child := &r.Levels[inner].Tensors[t]
	child.Fills, child.TotalFills = moved, moved*r.Levels[inner].Instances
	if n.uneven != 0 {
		child.TotalFills = m.words(n, t, &scope{inner: inner, outer: outer})
	}
	if tensor.output {
		partition := m.partition(n, tensor, inner)
		child.TotalFills -= m.partitionTotal(n, tensor, inner, partition*r.Levels[inner].Instances)
		child.Fills -= partition
	}
}

// shares lists the levels between two whose network sends or reduces a word once for several instances.
func (m *Model) shares(t *tensor, outer, inner int) uint32 {
	var set uint32
	for i := outer; i < inner; i++ {
		l := &m.architecture.Levels[i]
		if t.output && !l.NoReduction || !t.output && !l.NoMulticast {
			set |= 1 << i
		}
	}
	return set
}

// steps counts the iterations of the temporal loops for the busiest compute unit: the first of every spatial loop.
func (m *Model) steps(n *nest) int64 {
	steps := int64(1)
	for i := range n.loops {
		if l := &n.loops[i]; !l.spatial && n.even(l.dimension) {
			steps *= l.trips
		}
	}
	s := scope{inner: len(m.levels), from: len(m.levels)}
	for u := n.uneven; u != 0; u &= u - 1 {
		steps *= m.visit(n, lowest(u), &s, -1).n
	}
	return steps
}

// instances counts the instances of a level that have something to do.
func (m *Model) instances(n *nest, level int) int64 {
	used := int64(1)
	for d := range m.problem.Dimensions {
		if n.even(int32(d)) {
			used *= n.spread[level][d]
		} else {
			used *= m.instancesAlong(n, level, int32(d))
		}
	}
	return used
}

// instancesAlong is the factor of an uneven dimension in the number of instances.
func (m *Model) instancesAlong(n *nest, level int, d int32) int64 {
	return m.visit(n, d, &scope{inner: level, window: len(n.loops)}, -1).n
}

// partition is the part of a tensor that the busiest instance of a level works on over the run. Of an operand it is a report: the tensor divided by
// what the spatial loops outside pick of it.
func (m *Model) partition(n *nest, t *tensor, level int) int64 {
	if !t.output || n.uneven&t.relevant == 0 {
		return t.words / t.tileWords(&n.spread[level])
	}
	words, s := int64(1), scope{inner: len(m.levels), from: level}
	for _, axis := range t.axes {
		d := axis[0].Dimension
		part := m.size[d] / n.spread[level][d]
		if !n.even(int32(d)) {
			part = m.visit(n, int32(d), &s, -1).n
		}
		words *= part
	}
	return words
}

// partitionTotal sums the partitions of an output over all instances of a level: every element once for each instance that has sums of it.
func (m *Model) partitionTotal(n *nest, t *tensor, level int, even int64) int64 {
	if n.uneven == 0 {
		return even
	}
	total := t.words
	for d := range m.problem.Dimensions {
		switch {
		case t.relevant>>d&1 != 0:
		case n.even(int32(d)):
			total *= n.spread[level][d]
		default:
			total *= m.instancesAlong(n, level, int32(d))
		}
	}
	return total
}

// lowest is the smallest dimension of a set.
func lowest(set uint32) int32 { return int32(bits.TrailingZeros32(set)) }
