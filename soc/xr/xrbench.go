package xr

import "math"

// xrbench runs the profile of that name, see the package comment.
func (r *run) xrbench() {
	for r.remaining() {
		r.arriveOne()
		for i := range r.queues {
			r.queues[i].known = r.queues[i].completed
		}
		r.complete(endMarginMS)
		for i := range r.w.streams {
			for frame, ok := r.waiting(i); ok && r.w.Frames[frame].DeadlineMS < r.nowMS; frame, ok = r.waiting(i) {
				r.drop(i, r.late(i, frame))
			}
		}
		for r.startRound() {
		}
		tickMS := float64(r.tick+1) * r.w.periodMS
		r.nowMS = min(tickMS, r.nextCompletion())
		if r.nowMS == tickMS {
			r.tick++
		}
	}
}

// remaining tells whether some frame has not entered.
func (r *run) remaining() bool {
	for i, s := range r.w.streams {
		if r.queues[i].entered < s.end {
			return true
		}
	}
	return false
}

// arriveOne lets at most one frame of each stream enter.
func (r *run) arriveOne() {
	for i, s := range r.w.streams {
		if q := &r.queues[i]; q.entered < s.end && r.w.Frames[q.entered].ArrivalMS <= r.nowMS {
			q.entered++
		}
	}
}

// ready tells whether the stream that a frame follows has completed more frames than its number, whichever they were.
func (r *run) ready(stream, frame int) bool {
	after := r.w.streams[stream].after
	return after < 0 || r.queues[after].completed > r.w.Frames[frame].Number
}

// late is why a frame whose deadline has passed did not start: an input that came with this event came too late.
func (r *run) late(stream, frame int) Outcome {
	if after := r.w.streams[stream].after; after >= 0 && r.queues[after].known <= r.w.Frames[frame].Number {
		return Starved
	}
	return Crowded
}

// startRound looks at the head of each stream once, in the order of the scenario, and tells whether one started.
func (r *run) startRound() (started bool) {
	for i := range r.w.streams {
		frame, ok := r.waiting(i)
		if !ok || !r.ready(i, frame) {
			continue
		}
		best, bestMS := -1, math.Inf(1)
		for a, acc := range r.accelerators {
			if c := r.cost(i, a); acc.frame < 0 && c.Runs() && c.LatencyMS < bestMS {
				best, bestMS = a, c.LatencyMS
			}
		}
		if best >= 0 {
			r.start(i, best)
			started = true
		}
	}
	return started
}
