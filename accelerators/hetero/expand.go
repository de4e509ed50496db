package hetero

// expansion is what a search knows of its problem.
type expansion struct {
	s          *Scheduler
	p          *Problem
	limit      int64 // of the makespan; 0: the makespan itself is minimised
	stateCount int
	radix      [MaxExactNetworks]int // state = Σ jobs run · radix
	first      [MaxExactNetworks]int // job of each network
	run        [MaxExactNetworks]int // jobs of each network that have run, of the state at hand

	leastEnergy  []float64 // of jobs from here to the end of their network
	leastLoad    []int64   // likewise latencies; also the critical path
	bestMakespan int64
	bestEnergy   float64
}

func newExpansion(s *Scheduler, p *Problem, limit int64, best Schedule) *expansion {
	e := &expansion{s: s, p: p, limit: limit, stateCount: 1, bestMakespan: best.MakespanCycles, bestEnergy: best.EnergyMACs}
	jobs := p.Jobs()
	e.leastEnergy, e.leastLoad = make([]float64, jobs), make([]int64, jobs)
	first := 0
	for i, n := range p.Chains {
		e.radix[i], e.first[i] = e.stateCount, first
		e.stateCount *= n + 1
		energy, load := 0.0, int64(0)
		for job := first + n - 1; job >= first; job-- {
			energy += p.Cost(job, p.cheapest(job)).EnergyMACs
			load += p.leastLatency(job)
			e.leastEnergy[job], e.leastLoad[job] = energy, load
		}
		first += n
	}
	if limit > 0 && best.MakespanCycles > limit { // nothing within the limit is known
		e.bestMakespan = limit + 1
	}
	return e
}

// locate sets how many jobs of each network have run in a state.
func (e *expansion) locate(state int) {
	for i, n := range e.p.Chains {
		e.run[i] = state / e.radix[i] % (n + 1)
	}
}

// improves tells whether a makespan and energy, or bounds of them, are better than the best known.
func (e *expansion) improves(makespan int64, energy float64) bool {
	if e.limit <= 0 {
		return makespan < e.bestMakespan
	}
	return makespan <= e.limit && (e.bestMakespan > e.limit || energy < e.bestEnergy)
}

// expand appends all schedules with one more job.
func (e *expansion) expand(at int32, from label) {
	state := 0
	for i := range e.p.Chains {
		state += e.run[i] * e.radix[i]
	}
	for network, n := range e.p.Chains {
		if e.run[network] == n {
			continue
		}
		job := e.first[network] + e.run[network]
		for sub := range e.p.Subs {
			cost := e.p.Cost(job, sub)
			if !cost.works() {
				continue
			}
			next := from
			next.parent, next.network, next.sub = at, int8(network), int8(sub)
			next.energy += cost.EnergyMACs
			start := max(from.ready[network], from.free[sub])
			end := start + cost.LatencyCycles
			next.free[sub] = end
			next.ready[network] = end
			if e.run[network]+1 == n {
				next.ready[network] = 0
				next.done = max(next.done, end)
			}
			e.run[network]++
			e.raise(&next, start)
			if e.promising(&next) {
				e.keep(state+e.radix[network], next)
			}
			e.run[network]--
		}
	}
}

// raise lifts all times to the last start, and the sub-accelerators' to the first time at which a network has a job.
func (e *expansion) raise(l *label, start int64) {
	first := int64(-1)
	for i, n := range e.p.Chains {
		if e.run[i] < n {
			l.ready[i] = max(l.ready[i], start)
			if first < 0 || l.ready[i] < first {
				first = l.ready[i]
			}
		}
	}
	for a := range e.p.Subs {
		l.free[a] = max(l.free[a], first)
	}
}

// promising tells whether bounds of what follows leave room for an improvement.
func (e *expansion) promising(l *label) bool {
	makespan, energy, load := l.done, l.energy, int64(0)
	for i, n := range e.p.Chains {
		if e.run[i] == n {
			continue
		}
		job := e.first[i] + e.run[i]
		makespan = max(makespan, l.ready[i]+e.leastLoad[job])
		energy += e.leastEnergy[job]
		load += e.leastLoad[job]
	}
	if load > 0 {
		for a := range e.p.Subs {
			load += l.free[a]
		}
		makespan = max(makespan, (load+int64(e.p.Subs)-1)/int64(e.p.Subs))
	}
	return e.improves(makespan, energy*(1-1e-12))
}

// keep appends a label to a state unless one there dominates it, and drops those that it dominates.
func (e *expansion) keep(state int, l label) {
	all, kept := e.s.labels.all, e.s.labels.states[state][:0]
	for _, at := range e.s.labels.states[state] {
		if e.dominates(&all[at], &l) {
			return // nothing was dropped yet: what l dominates the other dominates too
		}
	}
	for _, at := range e.s.labels.states[state] {
		if e.dominates(&l, &all[at]) {
			all[at].dominated = true
			continue
		}
		kept = append(kept, at)
	}
	e.s.labels.states[state] = append(kept, int32(len(all)))
	e.s.labels.all = append(all, l)
}

// dominates tells whether whatever can follow b can follow a, no later and with no more energy.
func (e *expansion) dominates(a, b *label) bool {
	if a.done > b.done || e.limit > 0 && a.energy > b.energy {
		return false
	}
	for i := range e.p.Chains {
		if a.ready[i] > b.ready[i] {
			return false
		}
	}
	for i := range e.p.Subs {
		if a.free[i] > b.free[i] {
			return false
		}
	}
	return true
}
