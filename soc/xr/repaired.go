package xr

import "math"

// repaired runs the default profile: from event to event until nothing is left.
func (r *run) repaired() {
	for {
		r.complete(0)
		r.arrive()
		r.dropLate()
		r.startAll()
		next := r.nextEvent()
		if math.IsInf(next, 1) {
			return
		}
		r.nowMS = next
	}
}

// arrive lets the frames enter that have arrived by now.
func (r *run) arrive() {
	for i, s := range r.w.streams {
		q := &r.queues[i]
		for q.entered < s.end && r.w.Frames[q.entered].ArrivalMS <= r.nowMS {
			q.entered++
		}
	}
}

// dropLate drops heads whose deadline is reached or whose input will never come. A frame has the deadline of the one that it follows: where that one has not
// started either it is dropped first, maybe in a later round.
func (r *run) dropLate() {
	for changed := true; changed; {
		changed = false
		for i := range r.w.streams {
			for r.dropHead(i) {
				changed = true
			}
		}
	}
}

// dropHead drops the head of a stream where it must be, and tells whether it did.
func (r *run) dropHead(stream int) bool {
	frame, ok := r.waiting(stream)
	if !ok {
		return false
	}
	input := r.input(stream, frame)
	switch {
	case input.Outcome.Dropped():
		r.drop(stream, Orphaned)
	case r.w.Frames[frame].DeadlineMS > r.nowMS:
		return false
	case input.Outcome == Finished:
		r.drop(stream, Crowded)
	case input.Accelerator < 0:
		return false
	default:
		r.drop(stream, Starved)
	}
	return true
}

// input is the record of the frame that a frame follows; a finished one when it follows none.
func (r *run) input(stream, frame int) Record {
	s := &r.w.streams[stream]
	if s.after < 0 {
		return Record{Outcome: Finished}
	}
	return r.records[r.w.streams[s.after].first+frame-s.first]
}

// startAll starts frames in the order of the options until none can.
func (r *run) startAll() {
	var refused uint64 // streams whose head cannot start now: MaxStreams bits
	for {
		best, bestKey := -1, math.Inf(1)
		for i := range r.w.streams {
			if refused&(1<<i) != 0 {
				continue
			}
			frame, ok := r.waiting(i)
			if !ok || r.input(i, frame).Outcome != Finished {
				continue
			}
			if key := r.key(i, frame); key < bestKey {
				best, bestKey = i, key
			}
		}
		if best < 0 {
			return
		}
		if a := r.place(best); a >= 0 {
			r.start(best, a)
		} else {
			refused |= 1 << best
		}
	}
}

// key is small for the frames that go first; equal ones go as listed.
func (r *run) key(stream, frame int) float64 {
	switch r.o.Order {
	case ShortestPeriod:
		return r.w.streams[stream].periodMS
	case AsListed:
		return float64(stream)
	}
	return r.w.Frames[frame].DeadlineMS
}

// place is the idle accelerator that the head of a stream starts on now; -1 = it waits. The first of equals is taken.
func (r *run) place(stream int) int {
	best, bestValue := -1, math.Inf(1)
	deadlineMS := r.w.Frames[r.queues[stream].head].DeadlineMS
	for a := range r.accelerators {
		c, acc := r.cost(stream, a), r.accelerators[a]
		startMS := r.nowMS
		if acc.frame >= 0 {
			startMS = acc.freeMS
		}
		idle := acc.frame < 0
		late := r.o.Admission == InTime && startMS+c.LatencyMS > deadlineMS
		if !c.Runs() || late || !idle && r.o.Placement != EarliestFinish {
			continue
		}
		value := startMS + c.LatencyMS
		switch r.o.Placement {
		case LeastEnergy:
			value = c.EnergyMJ
		case LeastEDP:
			value = c.EnergyMJ * c.LatencyMS
		}
		if value < bestValue {
			best, bestValue = a, value
		}
	}
	if best >= 0 && r.accelerators[best].frame >= 0 {
		return -1
	}
	return best
}

// nextEvent is the next arrival, completion, or deadline of a waiting head; +Inf when there is none.
func (r *run) nextEvent() float64 {
	next := r.nextCompletion()
	for i, s := range r.w.streams {
		if q := r.queues[i]; q.entered < s.end {
			next = min(next, r.w.Frames[q.entered].ArrivalMS)
		}
		if frame, ok := r.waiting(i); ok {
			next = min(next, r.w.Frames[frame].DeadlineMS)
		}
	}
	return next
}
