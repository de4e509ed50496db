package soc

// Result is what a design does. Its slices belong to the Scratch that made it, until its next call.
type Result struct {
	LatencyS        []float64 // per goal of the graph
	SerialLatencyS  float64   // the sum of the tasks' times, each running alone
	EnergyPJ        float64   // dynamic and leakage
	LeakagePJ       float64   // of it
	PowerMW         float64   // of the worst window
	AreaMM2         float64
	DRAMAreaMM2     float64 // of it: stacked, budgeted apart
	DevelopmentCost float64 // in the reference's unit: that of a processor with the smallest task
	Distance        Distance
	Phases          int // that take time
	Tasks           []TaskUse
	Blocks          []BlockUse
	Priority        []int  // task indices, in the order in which ties are broken
	Links           []Link // left after pruning, A < B, ascending
}

// TaskUse is one task's part.
type TaskUse struct {
	ReadyS, EndS, ActiveS float64
	EnergyPJ              float64 // dynamic: compute and traffic
	Limiter               int     // index of the block that limits it longest; its own processor for a task without work
	LimitedS              float64 // for how long
}

// BlockUse is one block's part.
type BlockUse struct {
	Used          bool // false: pruned, or without task and data
	AreaMM2       float64
	EnergyPJ      float64 // dynamic and leakage
	LeakagePJ     float64 // of it
	BusyS         float64 // while some running task uses it
	PeakBytes     int64   // memory: the most data at a time
	CapacityBytes int64   // memory: what is built
}
