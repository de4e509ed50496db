package hetero

import "slices"

// What Exact takes: more networks or sub-accelerators are for the heuristics.
const (
	MaxExactNetworks = 4
	MaxExactSubs     = 4
)

// label is a partial schedule. Times are raised to the last start: no further job starts before it.
type label struct {
	ready     [MaxExactNetworks]int64 // of networks with jobs left; 0 of finished ones
	free      [MaxExactSubs]int64
	done      int64 // the latest end of a finished network
	energy    float64
	parent    int32 // label before the last job; -1 = none
	network   int8  // of the last job
	sub       int8
	dominated bool
}

// labels are all partial schedules, by state (how many jobs of each network have run).
type labels struct {
	all    []label
	states [][]int32
}

// Exact finds the schedule of least energy with a makespan of at most limit cycles, or, with limit <= 0 or where there is none, the one of the shortest
// makespan. It keeps at most so many partial schedules. exact = false says that they did not suffice, or that the problem has more than
// MaxExactNetworks or MaxExactSubs: the schedule is then that of Ratio, or a better one met on the way.
func (s *Scheduler) Exact(p *Problem, limit int64, partial int) (best Schedule, exact bool) {
	best = s.Ratio(p, limit)
	if len(p.Chains) > MaxExactNetworks || p.Subs > MaxExactSubs {
		return best, false
	}
	if limit > 0 {
		found, exact := s.search(p, limit, partial, best)
		if !exact || found.MakespanCycles <= limit {
			return found, exact
		}
	}
	return s.search(p, 0, partial, best)
}

// search enumerates partial schedules, job by job in order of start; those that another one of the same state dominates are dropped.
func (s *Scheduler) search(p *Problem, limit int64, partial int, best Schedule) (Schedule, bool) {
	e := newExpansion(s, p, limit, best)
	if e.stateCount > partial {
		return best, false
	}
	s.labels.reset(e.stateCount)
	s.labels.all = append(s.labels.all, label{parent: -1})
	s.labels.states[0] = append(s.labels.states[0], 0)
	last := -1
	for state := range e.stateCount {
		e.locate(state)
		for _, at := range s.labels.states[state] {
			from := s.labels.all[at]
			if from.dominated {
				continue
			}
			if state == e.stateCount-1 {
				if e.improves(from.done, from.energy) {
					e.bestMakespan, e.bestEnergy, last = from.done, from.energy, int(at)
				}
				continue
			}
			e.expand(at, from)
			if len(s.labels.all) > partial {
				return best, false
			}
		}
	}
	if last < 0 {
		return best, true
	}
	return s.trace(p, last), true
}

func (l *labels) reset(states int) {
	l.all = l.all[:0]
	l.states = grown(l.states, states)
	for i := range l.states {
		l.states[i] = l.states[i][:0]
	}
}

// trace rebuilds the schedule of a label.
func (s *Scheduler) trace(p *Problem, last int) Schedule {
	var order []label
	for at := last; s.labels.all[at].parent >= 0; at = int(s.labels.all[at].parent) {
		order = append(order, s.labels.all[at])
	}
	slices.Reverse(order)
	s.start(p)
	out := Schedule{Slots: make([]Slot, 0, len(order))}
	a := make(Assignment, len(order))
	for _, l := range order {
		c, sub := &s.chains[l.network], int(l.sub)
		start := max(c.ready, s.free[sub])
		end := start + p.Cost(c.next, sub).LatencyCycles
		out.Slots = append(out.Slots, Slot{int(l.network), c.next, sub, start, end})
		a[c.next] = sub
		c.ready, s.free[sub] = end, end
		c.next++
		out.MakespanCycles = max(out.MakespanCycles, end)
	}
	slices.SortStableFunc(out.Slots, func(x, y Slot) int { return int(max(min(x.StartCycle-y.StartCycle, 1), -1)) })
	out.EnergyMACs = a.energy(p)
	return out
}
