package soc

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

// Bound is what one block allows a task.
type Bound struct {
	Block     int
	Direction Direction
	Next      int     // bus: index of the block to which the data leaves it, on the way to the memory; otherwise -1
	ShareFrac float64 // of the block's rate or bandwidth that the task gets
	OpsPerS   float64 // the task's rate if only this bound held
}
