package loopnest

import (
	"math"
	"math/bits"
)

// Evaluate costs a mapping and keeps the result, which it overwrites. An error is a mapping that does not belong to the model: wrong levels, unknown
// dimensions or tensors, loops that do not cover a dimension or run past it. A mapping that does not fit is a result without counts, see
// Result.Infeasible. Nothing is allocated when the result was used with the model before.
func (m *Model) Evaluate(mapping *Mapping, r *Result) error {
	if err := m.lay(&r.nest, mapping); err != nil {
		return err
	}
	m.reset(r)
	m.fit(r)
	if r.Infeasible.Cause != Feasible {
		return nil
	}
	m.count(r)
	m.time(r)
	m.energy(r)
	return nil
}

// reset clears a result, keeping its memory.
func (m *Model) reset(r *Result) {
	for len(r.Levels) < len(m.levels) {
		r.Levels = append(r.Levels, LevelResult{})
	}
	r.Levels = r.Levels[:len(m.levels)]
	for i := range r.Levels {
		l := &r.Levels[i]
		for len(l.Tensors) < len(m.tensors) {
			l.Tensors = append(l.Tensors, TensorResult{})
		}
		tensors := l.Tensors[:len(m.tensors)]
		clear(tensors)
		*l = LevelResult{Tensors: tensors}
	}
	r.Infeasible, r.Computes, r.Steps, r.Cycles, r.UtilizationFrac, r.EnergyPJ, r.ComputePJ = Infeasible{}, m.computes, 0, 0, 0, 0, 0
}

// fit checks fan-outs and capacities. The tile of a kept tensor is what the loops of its level and those inside work on.
func (m *Model) fit(r *Result) {
	n := &r.nest
	for i := range m.levels {
		l, limits := &m.levels[i], &m.architecture.Levels[i]
		x, y := int64(1), int64(1)
		for j := n.start[i+1]; j < n.start[i] && n.loops[j].spatial; j++ {
			if n.loops[j].alongY {
				y *= n.loops[j].trips
			} else {
				x *= n.loops[j].trips
			}
		}
		r.exceeds(OverFanoutX, i, -1, x, l.fanoutX)
		r.exceeds(OverFanoutY, i, -1, y, l.fanoutY)
		shared := int64(0)
		for t := range m.tensors {
			if !n.keep[i].Has(t) {
				continue
			}
			result := &r.Levels[i].Tensors[t]
			result.Kept, result.TileWords = true, m.tensors[t].tileWords(&n.tile[i])
			n.words[i][t] = result.TileWords
			need := result.TileWords * int64(limits.Buffers)
			if l.parts.Has(t) {
				r.exceeds(OverCapacity, i, t, need, l.part[t])
			} else {
				shared += need
			}
		}
		if limits.CapacityWords > 0 {
			r.exceeds(OverCapacity, i, -1, shared, limits.CapacityWords)
		}
	}
}

// exceeds records a need above its limit, the one that exceeds it by the largest factor.
func (r *Result) exceeds(cause Cause, level, tensor int, need, limit int64) {
	if need <= limit {
		return
	}
	found := Infeasible{Cause: cause, Level: level, Tensor: tensor, Needed: need, Limit: limit}
	if r.Infeasible.Cause == Feasible || found.Violation() > r.Infeasible.Violation() {
		r.Infeasible = found
	}
}

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

// time sets the cycles: the steps, or what the slowest bandwidth needs.
func (m *Model) time(r *Result) {
	r.Cycles = r.Steps
	for i := range r.Levels {
		l, limits := &r.Levels[i], &m.architecture.Levels[i]
		var reads, writes int64
		for t := range l.Tensors {
			reads += l.Tensors[t].Reads
			writes += l.Tensors[t].Fills + l.Tensors[t].Updates
		}
		l.Cycles = max(cycles(reads, limits.ReadWordsPerCycle), cycles(writes, limits.WriteWordsPerCycle), cycles(reads+writes, limits.WordsPerCycle))
		r.Cycles = max(r.Cycles, l.Cycles)
	}
	r.UtilizationFrac = float64(r.Computes) / float64(r.Steps) / float64(m.architecture.Compute.Instances)
}

// cycles is how long a bandwidth takes, 0 = unbounded.
func cycles(words int64, wordsPerCycle float64) int64 {
	if wordsPerCycle == 0 || words == 0 {
		return 0
	}
	return int64(min(math.Ceil(float64(words)/wordsPerCycle), MaxCount))
}

// energy charges every cluster used with the mean accesses of an instance, in whole blocks.
func (m *Model) energy(r *Result) {
	r.ComputePJ = float64(r.Computes) * m.architecture.Compute.EnergyPJ
	r.EnergyPJ = r.ComputePJ
	for i := range r.Levels {
		l, costs := &r.Levels[i], &m.architecture.Levels[i]
		if costs.NoStorage {
			continue
		}
		l.LeakPJ = costs.LeakPJPerCycle * float64(r.Cycles) * float64(l.Instances)
		l.EnergyPJ = l.LeakPJ
		for t := range l.Tensors {
			c := &l.Tensors[t]
			if !c.Kept {
				continue
			}
			accesses := func(total int64) float64 {
				if l.Instances > 1 {
					total = (total + l.Instances - 1) / l.Instances
				}
				return float64((total + int64(costs.BlockWords) - 1) / int64(costs.BlockWords))
			}
			c.EnergyPJ = float64(l.Clusters) * (accesses(c.TotalReads)*costs.ReadPJ + accesses(c.TotalFills)*costs.WritePJ + accesses(c.TotalUpdates)*costs.UpdatePJ)
			l.EnergyPJ += c.EnergyPJ
		}
		r.EnergyPJ += l.EnergyPJ
	}
}

// lowest is the smallest dimension of a set.
func lowest(set uint32) int32 { return int32(bits.TrailingZeros32(set)) }

// TilesFit tells whether a level has room for the tiles of some tensors, given how far they reach along every dimension. Tiles that do not fit do not
// do so in any mapping in which they reach as far.
func (m *Model) TilesFit(level int, keep TensorSet, reach *[MaxDimensions]int64) bool {
	l, limits := &m.levels[level], &m.architecture.Levels[level]
	shared := int64(0)
	for t := range m.tensors {
		if !keep.Has(t) {
			continue
		}
		need := m.tensors[t].tileWords(reach) * int64(limits.Buffers)
		if !l.parts.Has(t) {
			shared += need
		} else if need > l.part[t] {
			return false
		}
	}
	return limits.CapacityWords == 0 || shared <= limits.CapacityWords
}
