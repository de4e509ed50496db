package loopnest

import "math"

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
