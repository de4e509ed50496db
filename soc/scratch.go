package soc

import "slices"

// Scratch is memory that simulations reuse; the zero value is ready. Not for concurrent use.
type Scratch struct {
	system *System
	design *Design
	faults []*Invalid

	// The network and what lies on it.
	net            network
	busOf          []int32 // per memory
	order, walked  []int32 // the blocks of a walk
	reached        []bool
	hops           []int32
	pathAt         []span
	known          []int32   // per processor and memory: index into pathAt
	paths          [2][]span // per direction and flow
	from, queue    []int32
	tasks          [][]int32 // per block, in order of appearance
	on             []bool    // per block and task
	laid           []bool
	around         []int32
	traffic        traffic
	linkUnits      []int64
	computeOpsPerS []float64 // per task
	rank           []int32   // per task: its place in the priority

	// The run.
	timeS                               float64
	left                                []float64 // per task: operations
	tokens                              []int32
	occupied                            []bool
	running, waiting, ready, candidates []int32
	phases                              []phase
	acts                                []act
	bytes                               []int64 // per memory, now
	finished                            []int32 // per task: finishes that no producer has used up

	// After it.
	memories []MemoryRow // per block: what is built
	taskPJ   []float64   // per task: for all of its work
	limited  []float64   // per task and block: for how long
	busyIn   []int32     // per block: the last phase that counted as busy
	result   Result
	timeline *Timeline // only when asked for
}

// Simulate runs the design. The error is an *Invalid for a design that breaks a rule. The result is overwritten by the next call: see Result.Clone.
func (x *Scratch) Simulate(s *System, d *Design) (*Result, error) {
	x.timeline = nil
	return x.simulate(s, d)
}

// Simulate runs the design once: see Scratch.Simulate, which saves memory.
func Simulate(s *System, d *Design) (*Result, error) { return new(Scratch).Simulate(s, d) }

func (x *Scratch) simulate(s *System, d *Design) (*Result, error) {
	x.begin(s, d)
	for _, step := range [...]func(*Scratch){(*Scratch).validate, (*Scratch).layout, (*Scratch).simulateValid} {
		if step(x); len(x.faults) > 0 {
			return nil, x.faults[0]
		}
	}
	return &x.result, nil
}

// begin forgets the last design.
func (x *Scratch) begin(s *System, d *Design) {
	x.system, x.design, x.faults = s, d, x.faults[:0]
	r := &x.result
	*r = Result{
		LatencyS: r.LatencyS[:0], Priority: r.Priority[:0], Links: r.Links[:0], Distance: Distance{LatencyFrac: r.Distance.LatencyFrac},
		Tasks: resize(r.Tasks, len(s.graph.Tasks), TaskUse{}), Blocks: resize(r.Blocks, len(d.Blocks), BlockUse{}),
	}
}

// simulateValid fills the result of a design that keeps the rules.
func (x *Scratch) simulateValid() {
	s, r := x.system, &x.result
	x.connect()
	x.prepare()
	x.run()
	if x.build(); len(x.faults) > 0 {
		return
	}
	x.charge()
	x.area()
	x.limits()
	for _, goal := range s.graph.Goals {
		r.LatencyS = append(r.LatencyS, r.Tasks[goal.Last].EndS)
	}
	r.PowerMW = x.power()
	r.DevelopmentCost = x.developmentCost()
	x.distance()
	x.links()
}

// prepare finds each task's rate on its processor, and its time alone.
func (x *Scratch) prepare() {
	s := x.system
	x.computeOpsPerS = resize(x.computeOpsPerS, len(s.work), 0)
	x.rank = resize(x.rank, len(s.work), 0)
	for place, t := range x.result.Priority {
		x.rank[t] = int32(place)
	}
	for t := range s.work {
		if s.work[t] == 0 {
			continue
		}
		x.computeOpsPerS[t] = x.processorOpsPerS(t)
		alone := x.computeOpsPerS[t]
		for _, u := range x.usesOf(int32(t)) {
			alone = min(alone, u.opsPerS)
		}
		x.result.SerialLatencyS += s.work[t] / alone
	}
}

// limits finds which block limits each task longest, and counts the phases that take time.
func (x *Scratch) limits() {
	r := &x.result
	blocks := len(x.design.Blocks)
	x.limited = resize(x.limited, len(r.Tasks)*blocks, 0)
	for t := range r.Tasks {
		r.Tasks[t].Limiter = x.design.TaskPE[t]
	}
	for i := range x.phases {
		p := &x.phases[i]
		if p.durationS == 0 {
			continue
		}
		r.Phases++
		for _, a := range x.acts[p.at : p.at+p.n] {
			block := x.design.TaskPE[a.task]
			if a.limiter != none {
				block = int(x.traffic.uses[a.limiter].block)
			}
			use, sum := &r.Tasks[a.task], &x.limited[int(a.task)*blocks+block]
			if *sum += p.durationS; *sum > use.LimitedS {
				use.Limiter, use.LimitedS = block, *sum
			}
		}
	}
}

// links lists those of the pruned network.
func (x *Scratch) links() {
	for a := range x.design.Blocks {
		if !x.reached[a] {
			continue
		}
		for _, b := range x.net.neighbours[a] {
			if int(b) > a {
				x.result.Links = append(x.result.Links, Link{a, int(b)})
			}
		}
	}
	slices.SortFunc(x.result.Links, func(p, q Link) int {
		if p.A != q.A {
			return p.A - q.A
		}
		return p.B - q.B
	})
}

// Clone is a copy that no scratch owns.
func (r *Result) Clone() *Result {
	c := *r
	c.LatencyS, c.Tasks, c.Blocks = slices.Clone(r.LatencyS), slices.Clone(r.Tasks), slices.Clone(r.Blocks)
	c.Priority, c.Links = slices.Clone(r.Priority), slices.Clone(r.Links)
	c.Distance.LatencyFrac = slices.Clone(r.Distance.LatencyFrac)
	return &c
}
