package soc

import (
	"cmp"
	"fmt"
	"slices"
)

// Timeline is what a design does over time, and why.
type Timeline struct {
	Phases []Phase // those that take time, ascending
}

// Phase is a time in which the same tasks run.
type Phase struct {
	StartS, DurationS float64
	EnergyPJ          float64
	Running           []Activity // in the order of their starts
}

// Activity is a task in a phase.
type Activity struct {
	Task, PE int
	OpsPerS  float64 // its rate
	WorkFrac float64 // of its work done in this phase
	Bounds   []Bound // every bound on its rate, the tightest first: Bounds[0] is the limiter
}

// Direction is that of data: a task reads from a memory or writes to it. Compute stands for a processor's own rate.
type Direction uint8

// The directions.
const (
	Compute Direction = iota
	Read
	Write
)

// String is the direction in lower case.
func (d Direction) String() string {
	switch d {
	case Compute:
		return "compute"
	case Read:
		return "read"
	case Write:
		return "write"
	}
	return fmt.Sprintf("Direction(%d)", uint8(d))
}

// Bound is what one block allows a task.
type Bound struct {
	Block     int
	Direction Direction
	Next      int     // bus: index of the block to which the data leaves it, on the way to the memory; otherwise -1
	ShareFrac float64 // of the block's rate or bandwidth that the task gets
	OpsPerS   float64 // the task's rate if only this bound held
}

// Explain runs the design as Simulate does, and keeps what happens in each phase.
func (x *Scratch) Explain(s *System, d *Design) (*Result, *Timeline, error) {
	x.timeline = &Timeline{}
	defer func() { x.timeline = nil }()
	result, err := x.simulate(s, d)
	if err != nil {
		return nil, nil, err
	}
	kept := 0
	for _, p := range x.phases {
		if p.durationS > 0 {
			x.timeline.Phases[kept].EnergyPJ = p.energyPJ
			kept++
		}
	}
	return result, x.timeline, nil
}

// explainPhase keeps a phase that takes time, with every bound on the tasks that run in it.
func (x *Scratch) explainPhase(durationS float64, acts []act) {
	if durationS == 0 {
		return
	}
	p := Phase{StartS: x.timeS, DurationS: durationS}
	for _, a := range acts {
		p.Running = append(p.Running, Activity{
			Task: int(a.task), PE: x.design.TaskPE[a.task], OpsPerS: a.opsPerS, WorkFrac: a.ops / x.system.work[a.task], Bounds: x.bounds(a.task),
		})
	}
	x.timeline.Phases = append(x.timeline.Phases, p)
}

// bounds of a running task, the tightest first.
func (x *Scratch) bounds(t int32) []Bound {
	list := []Bound{{Block: x.design.TaskPE[t], Direction: Compute, Next: -1, ShareFrac: 1, OpsPerS: x.computeOpsPerS[t]}}
	uses := x.usesOf(t)
	for i := range uses {
		u := &uses[i]
		share := x.traffic.share(u)
		if i > 0 && uses[i-1].channel == u.channel {
			last := &list[len(list)-1]
			last.ShareFrac += share
			last.OpsPerS = u.opsPerS * last.ShareFrac
			continue
		}
		list = append(list, Bound{int(u.block), Read + Direction(u.direction), int(u.next), share, u.opsPerS * share})
	}
	slices.SortStableFunc(list, func(a, b Bound) int { return cmp.Compare(a.OpsPerS, b.OpsPerS) })
	return list
}
