package soc

import (
	"math"
	"slices"
)

// phase is a time in which the same tasks run. Its activities are acts[at : at+n].
type phase struct {
	durationS float64
	energyPJ  float64
	at, n     int32
}

// act is what a running task does in a phase.
type act struct {
	task    int32
	limiter int32 // index of a use; none: the processor
	ops     float64
	opsPerS float64
}

const (
	// referenceDoneFrac of a task's work is enough for the reference to call it complete.
	referenceDoneFrac = 0.99
	// tieFrac is the part of its work up to which a task ends together with another; less is rounding.
	tieFrac = 1e-12
)

// run goes from phase to phase until every task is done.
func (x *Scratch) run() {
	g := x.system.graph
	tasks := len(g.Tasks)
	x.left = resize(x.left, tasks, 0)
	copy(x.left, x.system.work)
	x.tokens = resize(x.tokens, tasks, 0)
	x.occupied = resize(x.occupied, len(x.design.Blocks), false)
	x.running, x.waiting, x.phases, x.acts = x.running[:0], x.waiting[:0], x.phases[:0], x.acts[:0]
	x.timeS = 0
	x.startBytes()
	x.phases = append(x.phases, phase{}) // before anything runs
	x.ready = append(x.ready[:0], int32(g.Source))
	x.begun(int32(g.Source))
	for x.schedule(); len(x.running) > 0; x.schedule() {
		x.phase()
	}
}

// phase lets the running tasks run until the first is complete, then takes out those that are, and makes ready those that waited for them.
func (x *Scratch) phase() {
	at := len(x.acts)
	duration := math.Inf(1)
	for _, t := range x.running {
		a := act{task: t, limiter: none}
		if x.system.work[t] > 0 {
			a.opsPerS, a.limiter = x.rate(t)
			duration = min(duration, x.left[t]/a.opsPerS)
		} else {
			duration = 0
		}
		x.acts = append(x.acts, a)
	}
	for i := at; i < len(x.acts); i++ {
		a := &x.acts[i]
		if a.ops = a.opsPerS * duration; a.ops > x.left[a.task] {
			a.ops = x.left[a.task]
		}
		x.left[a.task] -= a.ops
		x.result.Tasks[a.task].ActiveS += duration
	}
	if x.timeline != nil {
		x.explainPhase(duration, x.acts[at:])
	}
	x.timeS += duration
	x.phases = append(x.phases, phase{durationS: duration, at: int32(at), n: int32(len(x.acts) - at)})
	x.finish()
}

// rate is the least that the task's processor and its channels allow, and which of them it is.
func (x *Scratch) rate(t int32) (opsPerS float64, limiter int32) {
	opsPerS, limiter = x.computeOpsPerS[t], none
	tr, p := &x.traffic, x.traffic.of[t]
	for i := p.at; i < p.at+p.n; {
		u := &tr.uses[i]
		share := tr.share(u)
		first := i
		for i++; i < p.at+p.n && tr.uses[i].channel == u.channel; i++ {
			share += tr.share(&tr.uses[i])
		}
		if bound := u.opsPerS * share; bound < opsPerS {
			opsPerS, limiter = bound, first
		}
	}
	return opsPerS, limiter
}

// complete tells whether a task is done. In the reference 99 % is enough, and what is left is never charged.
func (x *Scratch) done(t int32) bool {
	if x.system.profile == Reference {
		return x.system.work[t]-x.left[t] >= referenceDoneFrac*x.system.work[t]
	}
	return x.left[t] <= tieFrac*x.system.work[t]
}

// finish ends the tasks that are complete, and collects those that become ready in the order of priority.
func (x *Scratch) finish() {
	g := x.system.graph
	still := x.running[:0]
	x.ready = x.ready[:0]
	ended := false
	for _, t := range x.running {
		if !x.done(t) {
			still = append(still, t)
			continue
		}
		ended = true
		x.load(t, -1)
		x.occupied[x.design.TaskPE[t]] = false
		x.result.Tasks[t].EndS = x.timeS
		x.release(t)
		for _, f := range g.Out[t] {
			to := g.Flows[f].To
			if x.tokens[to]++; int(x.tokens[to]) == len(g.In[to]) {
				x.ready = append(x.ready, int32(to))
			}
		}
	}
	if x.running = still; !ended {
		panic("soc: a phase ended without a task that is complete")
	}
	slices.SortFunc(x.ready, func(a, b int32) int { return int(x.rank[a] - x.rank[b]) })
	for _, t := range x.ready {
		x.begun(t)
	}
}

// begun notes that a task is ready.
func (x *Scratch) begun(t int32) {
	x.result.Tasks[t].ReadyS = x.timeS
	if x.system.profile == Reference {
		x.reserve(t)
	}
}

// schedule starts ready tasks on free processors. Those that already waited come first; in the reference they come last.
func (x *Scratch) schedule() {
	queue := x.candidates[:0]
	if x.system.profile == Reference {
		queue = append(append(queue, x.ready...), x.waiting...)
	} else {
		queue = append(append(queue, x.waiting...), x.ready...)
	}
	x.candidates, x.ready, x.waiting = queue, x.ready[:0], x.waiting[:0]
	for _, t := range queue {
		pe := x.design.TaskPE[t]
		if x.occupied[pe] {
			x.waiting = append(x.waiting, t)
			continue
		}
		x.occupied[pe] = true
		x.running = append(x.running, t)
		x.load(t, 1)
		if x.system.profile != Reference {
			x.reserve(t)
		}
	}
}
