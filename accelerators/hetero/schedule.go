package hetero

import "fmt"

// Slot is when and where a job runs.
type Slot struct {
	Network, Job, Sub    int // Job counts over all networks
	StartCycle, EndCycle int64
}

// Schedule is a valid order: jobs of a chain one after another, one job at a time on a sub-accelerator.
type Schedule struct {
	Slots          []Slot // in order of start
	MakespanCycles int64
	EnergyMACs     float64
}

// Assignment is the sub-accelerator of each job.
type Assignment []int

// energy sums in the order of the jobs, so that equal assignments have equal sums.
func (a Assignment) energy(p *Problem) (sum float64) {
	for job, sub := range a {
		sum += p.Cost(job, sub).EnergyMACs
	}
	return sum
}

// Scheduler keeps the memory between problems. The zero value is ready; it is for one goroutine.
type Scheduler struct {
	chains []chain
	free   []int64 // of each sub-accelerator: when it is free
	tail   []int64 // of each job: cycles from its start to the end of its chain, waiting left out
	assign Assignment
	trial  Assignment
	labels labels
}

// chain is how far a network is.
type chain struct {
	next, end int // jobs
	ready     int64
}

// start puts all chains at their first job.
func (s *Scheduler) start(p *Problem) {
	s.chains, s.free = s.chains[:0], grown(s.free, p.Subs)
	clear(s.free)
	first := 0
	for _, n := range p.Chains {
		s.chains = append(s.chains, chain{next: first, end: first + n})
		first += n
	}
}

// grown is a slice of a length, with the memory of an older one where that is enough.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// List schedules an assignment: again and again the job that can start first, among equals that of the longest rest of its chain, then of the first network.
func (s *Scheduler) List(p *Problem, a Assignment) Schedule {
	out := Schedule{Slots: make([]Slot, 0, len(a)), EnergyMACs: a.energy(p)}
	out.MakespanCycles = s.list(p, a, &out.Slots)
	return out
}

// list is List with the slots wanted or not.
func (s *Scheduler) list(p *Problem, a Assignment, slots *[]Slot) (makespan int64) {
	s.start(p)
	s.tail = grown(s.tail, len(a))
	for _, c := range s.chains {
		rest := int64(0)
		for job := c.end - 1; job >= c.next; job-- {
			rest += p.Cost(job, a[job]).LatencyCycles
			s.tail[job] = rest
		}
	}
	for range a {
		best, bestStart := -1, int64(0)
		for i, c := range s.chains {
			if c.next == c.end {
				continue
			}
			start := max(c.ready, s.free[a[c.next]])
			if best < 0 || start < bestStart || start == bestStart && s.tail[c.next] > s.tail[s.chains[best].next] {
				best, bestStart = i, start
			}
		}
		c := &s.chains[best]
		sub := a[c.next]
		c.ready = bestStart + p.Cost(c.next, sub).LatencyCycles
		s.free[sub] = c.ready
		makespan = max(makespan, c.ready)
		if slots != nil {
			*slots = append(*slots, Slot{best, c.next, sub, bestStart, c.ready})
		}
		c.next++
	}
	return makespan
}

// Check reports the first way in which a schedule is not one of the problem.
func (s Schedule) Check(p *Problem) error {
	if len(s.Slots) != p.Jobs() {
		return fmt.Errorf("hetero: %d slots for %d jobs", len(s.Slots), p.Jobs())
	}
	var walk Scheduler
	walk.start(p)
	energy, makespan := make(Assignment, p.Jobs()), int64(0)
	for i, slot := range s.Slots {
		if slot.Network < 0 || slot.Network >= len(walk.chains) || slot.Sub < 0 || slot.Sub >= p.Subs {
			return fmt.Errorf("hetero: slot %d: network %d or sub-accelerator %d is not there", i, slot.Network, slot.Sub)
		}
		c := &walk.chains[slot.Network]
		cost := p.Cost(slot.Job, slot.Sub)
		switch {
		case slot.Job != c.next || c.next == c.end:
			return fmt.Errorf("hetero: slot %d runs job %d of network %d out of order", i, slot.Job, slot.Network)
		case !cost.works() || slot.EndCycle-slot.StartCycle != cost.LatencyCycles:
			return fmt.Errorf("hetero: slot %d takes %d cycles, job %d on sub-accelerator %d takes %d", i, slot.EndCycle-slot.StartCycle, slot.Job, slot.Sub, cost.LatencyCycles)
		case slot.StartCycle < c.ready || slot.StartCycle < walk.free[slot.Sub]:
			return fmt.Errorf("hetero: slot %d starts at %d, before network %d (%d) and sub-accelerator %d (%d) are free",
				i, slot.StartCycle, slot.Network, c.ready, slot.Sub, walk.free[slot.Sub])
		}
		c.next++
		c.ready, walk.free[slot.Sub] = slot.EndCycle, slot.EndCycle
		makespan = max(makespan, slot.EndCycle)
		energy[slot.Job] = slot.Sub
	}
	if makespan != s.MakespanCycles || energy.energy(p) != s.EnergyMACs {
		return fmt.Errorf("hetero: makespan %d and energy %g, the slots say %d and %g", s.MakespanCycles, s.EnergyMACs, makespan, energy.energy(p))
	}
	return nil
}
