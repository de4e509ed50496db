package hetero

// Greedy schedules for a short makespan: again and again the network with the longest rest, its next job where it ends first. Among equal ends the
// sub-accelerator of the least energy, then the first, is taken.
func (s *Scheduler) Greedy(p *Problem) Schedule {
	s.assign = grown(s.assign, p.Jobs())
	s.greedy(p, s.assign)
	return s.List(p, s.assign)
}

func (s *Scheduler) greedy(p *Problem, a Assignment) {
	s.start(p)
	s.leastTails(p)
	for range a {
		best := -1
		for i, c := range s.chains {
			if c.next < c.end && (best < 0 || s.tail[c.next] > s.tail[s.chains[best].next]) {
				best = i
			}
		}
		c := &s.chains[best]
		at, end, energy := -1, int64(0), 0.0
		for sub := range p.Subs {
			cost := p.Cost(c.next, sub)
			if !cost.works() {
				continue
			}
			ends := max(c.ready, s.free[sub]) + cost.LatencyCycles
			if at < 0 || ends < end || ends == end && cost.EnergyMACs < energy {
				at, end, energy = sub, ends, cost.EnergyMACs
			}
		}
		a[c.next], s.free[at], c.ready = at, end, end
		c.next++
	}
}

// leastTails sets each job's rest of its chain, every job where it is fastest.
func (s *Scheduler) leastTails(p *Problem) {
	s.tail = grown(s.tail, p.Jobs())
	for _, c := range s.chains {
		rest := int64(0)
		for job := c.end - 1; job >= c.next; job-- {
			rest += p.leastLatency(job)
			s.tail[job] = rest
		}
	}
}

func (p *Problem) leastLatency(job int) (least int64) {
	for sub := range p.Subs {
		if c := p.Cost(job, sub); c.works() && (least == 0 || c.LatencyCycles < least) {
			least = c.LatencyCycles
		}
	}
	return least
}

// cheapest is the sub-accelerator of the least energy for a job, among equals the fastest, then the first.
func (p *Problem) cheapest(job int) int {
	best := -1
	for sub := range p.Subs {
		c := p.Cost(job, sub)
		if !c.works() {
			continue
		}
		if best < 0 || c.EnergyMACs < p.Cost(job, best).EnergyMACs || c.EnergyMACs == p.Cost(job, best).EnergyMACs && c.LatencyCycles < p.Cost(job, best).LatencyCycles {
			best = sub
		}
	}
	return best
}

// Ratio minimises the energy under a makespan of at most limit cycles, by the heuristic of doc.go. If it finds no schedule within the limit it returns a
// short one; limit <= 0 asks for the shortest that it finds.
func (s *Scheduler) Ratio(p *Problem, limit int64) Schedule {
	jobs := p.Jobs()
	s.assign, s.trial = grown(s.assign, jobs), grown(s.trial, jobs)
	for job := range jobs {
		s.assign[job] = p.cheapest(job)
	}
	makespan := s.shorten(p, s.list(p, s.assign, nil), limit)
	if makespan > limit {
		s.greedy(p, s.trial)
		if short := s.list(p, s.trial, nil); short < makespan {
			copy(s.assign, s.trial)
			makespan = s.shorten(p, short, limit)
		}
	}
	if makespan <= limit {
		s.save(p, limit)
	}
	return s.List(p, s.assign)
}

// shorten moves jobs until the makespan is within the limit or no move shortens it.
func (s *Scheduler) shorten(p *Problem, makespan, limit int64) int64 {
	for makespan > limit {
		job, sub, better := s.bestMove(p, makespan)
		if job < 0 {
			break
		}
		s.assign[job], makespan = sub, better
	}
	return makespan
}

// bestMove is the move of one job that shortens the makespan by most cycles per energy that it adds; moves that add none come first, among them the one
// that shortens most. job < 0: none shortens it.
func (s *Scheduler) bestMove(p *Problem, makespan int64) (job, sub int, better int64) {
	const free = 1e-12 // of an energy: keeps the ratio finite
	job, ratio := -1, 0.0
	for j, now := range s.assign {
		for a := range p.Subs {
			if a == now || !p.Cost(j, a).works() {
				continue
			}
			s.assign[j] = a
			m := s.list(p, s.assign, nil)
			s.assign[j] = now
			if m >= makespan {
				continue
			}
			added := max(p.Cost(j, a).EnergyMACs-p.Cost(j, now).EnergyMACs, free*(1+p.Cost(j, now).EnergyMACs))
			if r := float64(makespan-m) / added; r > ratio {
				job, sub, better, ratio = j, a, m, r
			}
		}
	}
	return job, sub, better
}

// save moves jobs to where they take less energy as long as the makespan stays within the limit, the largest saving first.
func (s *Scheduler) save(p *Problem, limit int64) {
	for {
		job, sub, saving := -1, 0, 0.0
		for j, now := range s.assign {
			for a := range p.Subs {
				less := p.Cost(j, now).EnergyMACs - p.Cost(j, a).EnergyMACs
				if a == now || !p.Cost(j, a).works() || less <= saving {
					continue
				}
				s.assign[j] = a
				if s.list(p, s.assign, nil) <= limit {
					job, sub, saving = j, a, less
				}
				s.assign[j] = now
			}
		}
		if job < 0 {
			return
		}
		s.assign[job] = sub
	}
}
