package soc

import (
	"errors"
	"fmt"
	"slices"
)

// Task is a node of a task graph. Its work is counted in operations of the general processor: Cycles times its operations per cycle.
type Task struct {
	Name           string
	Cycles         int64       // on the general processor; 0 for sources, sinks and joints, which take no time and no energy
	LoopIterations int64       // how far an accelerator can be unrolled; 0 counts as 1
	Accelerator    Accelerator // the zero value: no accelerator computes it
}

// Accelerator is the base accelerator of one task: base clock, unroll 1, nominal voltage, before technology scaling.
type Accelerator struct {
	Cycles   int64 // for the whole task at the base clock; 0: there is none
	EnergyPJ float64
	AreaUM2  float64
}

// Edge is data that one task writes and another reads.
type Edge struct {
	From, To string // names of tasks
	Bytes    int64
}

// Workload is a task graph by name, as it is written in files: exactly one task without incoming edges (the source) and one without outgoing ones (the
// sink), both without work. Its latency is the end of its last task.
type Workload struct {
	Name           string
	Tasks          []Task
	Edges          []Edge
	Last           string // the task whose end is the latency
	LatencyBudgetS float64
	Budget         Budget // that of the system when the workload runs alone; together the budgets are added
}

// normal has the loop count that 0 stands for.
func (t Task) normal() Task {
	t.LoopIterations = max(t.LoopIterations, 1)
	return t
}

// Bounds of what a workload or a library may state, so that sums of counts are exact and no product of figures overflows.
const (
	maxCount  = 1 << 50 // cycles and loop iterations
	maxBytes  = 1 << 40
	minFigure = 1e-18
	maxFigure = 1e18
)

// usable tells whether a figure is within the bounds, or zero where that is a figure too.
func usable(value float64, zero bool) bool {
	return value >= minFigure && value <= maxFigure || zero && value == 0
}

// Check reports every mistake in a workload and names the offender.
func (w Workload) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("soc: workload %q: "+format, append([]any{w.Name}, args...)...))
	}
	if w.Name == "" {
		bad("no name")
	}
	if len(w.Tasks) == 0 {
		bad("no tasks")
		return errors.Join(errs...)
	}
	for _, budget := range []struct {
		what  string
		value float64
	}{{"latency budget [s]", w.LatencyBudgetS}, {"power budget [mW]", w.Budget.PowerMW}, {"area budget [mm2]", w.Budget.AreaMM2}} {
		if !usable(budget.value, false) {
			bad("%s %g: want 1e-18 to 1e18", budget.what, budget.value)
		}
	}
	index := map[string]int{}
	for i, t := range w.Tasks {
		if _, twice := index[t.Name]; twice {
			bad("task %q is there twice", t.Name)
		}
		index[t.Name] = i
		t.check(bad)
	}
	if _, known := index[w.Last]; !known {
		bad("unknown last task %q", w.Last)
	}
	var flows []Flow
	for _, e := range w.Edges {
		from, knownFrom := index[e.From]
		to, knownTo := index[e.To]
		switch {
		case !knownFrom:
			bad("edge from unknown task %q to %q", e.From, e.To)
		case !knownTo:
			bad("edge from %q to unknown task %q", e.From, e.To)
		case from == to:
			bad("edge from task %q to itself", e.From)
		case slices.ContainsFunc(flows, func(f Flow) bool { return f.From == from && f.To == to }):
			bad("edge from %q to %q is there twice", e.From, e.To)
		default:
			flows = append(flows, Flow{from, to, e.Bytes})
		}
		if e.Bytes < 0 || e.Bytes > maxBytes {
			bad("edge from %q to %q: %d bytes: want 0 to 2^40", e.From, e.To, e.Bytes)
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if _, _, err := ends(w.Tasks, flows); err != nil {
		bad("%w", err)
	} else if at := cycle(len(w.Tasks), flows); at >= 0 {
		bad("task %q is on a cycle", w.Tasks[at].Name)
	}
	return errors.Join(errs...)
}

func (t Task) check(bad func(string, ...any)) {
	if t.Name == "" {
		bad("a task has no name")
	}
	count := func(what string, n int64) {
		if n < 0 || n > maxCount {
			bad("task %q: %s %d: want 0 to 2^50", t.Name, what, n)
		}
	}
	count("cycles", t.Cycles)
	count("loop iterations", t.LoopIterations)
	count("accelerator cycles", t.Accelerator.Cycles)
	figure := func(what string, value float64) {
		if !usable(value, true) {
			bad("task %q: accelerator %s %g: want 0 or 1e-18 to 1e18", t.Name, what, value)
		}
	}
	figure("energy [pJ]", t.Accelerator.EnergyPJ)
	figure("area [um2]", t.Accelerator.AreaUM2)
	switch {
	case t.Cycles == 0 && t.Accelerator.Cycles > 0:
		bad("task %q has an accelerator but no work", t.Name)
	case t.Accelerator.Cycles == 0 && t.Accelerator != Accelerator{}:
		bad("task %q: the accelerator has energy or area but no cycles", t.Name)
	}
}
