package xr

import "math"

// Scratch is the memory of a run, to be reused: with it Run allocates nothing. The zero value is ready; it belongs to one goroutine.
type Scratch struct {
	queues       []queue
	accelerators []accelerator
	records      []Record
	models       []ModelResult
	busyMS       []float64
}

// queue is the frames of a stream that wait: those from head up to, not including, entered.
type queue struct {
	head, entered int // indices of Workload.Frames
	completed     int // frames of the stream
	known         int // XRBench: of completed, before this event
}

// accelerator is what runs on one.
type accelerator struct {
	frame  int // -1 = idle
	freeMS float64
}

// run is one run under way.
type run struct {
	*Scratch
	w     *Workload
	p     Platform
	o     Options
	nowMS float64
	tick  int // XRBench: multiples of the shortest period that have passed
}

// endMarginMS is by how much the XRBench profile counts a completion too early.
const endMarginMS = 0.01

// Run schedules the frames of a workload on a platform by the rules of its profile, and scores them.
func Run(w *Workload, p Platform, o Options, s *Scratch) (Result, error) {
	if err := o.Check(); err != nil {
		return Result{}, err
	}
	if err := p.Check(w); err != nil {
		return Result{}, err
	}
	r := run{Scratch: s, w: w, p: p, o: o.filled()}
	r.reset()
	if w.Profile == XRBench {
		r.xrbench()
	} else {
		r.repaired()
	}
	return r.result(), nil
}

// reset empties the scratch and gives it the sizes of the run.
func (r *run) reset() {
	r.queues = resized(r.queues, len(r.w.streams))
	r.models = resized(r.models, len(r.w.streams))
	r.accelerators = resized(r.accelerators, r.p.Accelerators)
	r.busyMS = resized(r.busyMS, r.p.Accelerators)
	r.records = resized(r.records, len(r.w.Frames))
	for i, s := range r.w.streams {
		r.queues[i] = queue{head: s.first, entered: s.first}
	}
	for i := range r.accelerators {
		r.accelerators[i] = accelerator{frame: -1}
		r.busyMS[i] = 0
	}
	for i := range r.records {
		r.records[i] = Record{Accelerator: -1}
		if !r.w.Frames[i].Launched {
			r.records[i].Outcome = Skipped
		}
	}
}

// resized returns a slice of n elements, of whatever content.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// complete counts what has finished by now, give or take the margin.
func (r *run) complete(marginMS float64) {
	for a := range r.accelerators {
		acc := &r.accelerators[a]
		if acc.frame < 0 || acc.freeMS > r.nowMS+marginMS {
			continue
		}
		rec := &r.records[acc.frame]
		rec.Outcome, rec.EndMS = Finished, acc.freeMS
		r.busyMS[a] += rec.EndMS - rec.StartMS
		r.queues[r.w.Frames[acc.frame].Stream].completed++
		acc.frame = -1
	}
}

// start runs the head of a queue on an accelerator.
func (r *run) start(stream, a int) {
	q := &r.queues[stream]
	cost := r.cost(stream, a)
	rec := &r.records[q.head]
	rec.Accelerator, rec.StartMS, rec.EnergyMJ = a, r.nowMS, cost.EnergyMJ
	r.accelerators[a] = accelerator{frame: q.head, freeMS: r.nowMS + cost.LatencyMS}
	q.head++
}

// drop takes the head off a queue.
func (r *run) drop(stream int, why Outcome) {
	q := &r.queues[stream]
	rec := &r.records[q.head]
	rec.Outcome, rec.EndMS = why, r.nowMS
	q.head++
}

// waiting is the head of a queue, past frames that were not launched; ok is false for an empty one.
func (r *run) waiting(stream int) (frame int, ok bool) {
	q := &r.queues[stream]
	for q.head < q.entered && !r.w.Frames[q.head].Launched {
		q.head++
	}
	return q.head, q.head < q.entered
}

func (r *run) cost(stream, a int) Cost { return r.p.Costs[a*len(r.w.streams)+stream] }

// nextCompletion is the earliest end of what runs; +Inf when nothing does.
func (r *run) nextCompletion() float64 {
	next := math.Inf(1)
	for _, acc := range r.accelerators {
		if acc.frame >= 0 {
			next = min(next, acc.freeMS)
		}
	}
	return next
}

// result scores the records.
func (r *run) result() Result {
	res := Result{Models: r.models, Records: r.records, BusyMS: r.busyMS, EndMS: r.nowMS}
	counted := 0
	for i := range r.w.streams {
		part, ok := r.w.score(i, r.o, r.Scratch)
		if ok {
			res.ScoreFrac += part
			counted++
		}
		m := &r.models[i]
		res.Finished, res.Dropped, res.EnergyMJ = res.Finished+m.Finished, res.Dropped+m.Dropped, res.EnergyMJ+m.EnergyMJ
	}
	if counted > 0 {
		res.ScoreFrac /= float64(counted)
	}
	return res
}
