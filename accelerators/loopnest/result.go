package loopnest

import "fmt"

// Result is what a mapping costs. It is reusable: Model.Evaluate keeps its memory.
type Result struct {
	Infeasible Infeasible // the zero value = the mapping fits; otherwise there are no counts, times or energies

	Computes        int64 // multiply-accumulates
	Steps           int64 // of the busiest unit: the cycles where no bandwidth binds
	Cycles          int64
	UtilizationFrac float64 // computes / (steps · units)
	EnergyPJ        float64
	ComputePJ       float64
	Levels          []LevelResult // parallel to Architecture.Levels

	nest nest
}

// LevelResult is one level of a Result.
type LevelResult struct {
	Instances int64 // that have something to do
	Clusters  int64 // of them, for energy
	Cycles    int64 // that the bandwidths of the level need; 0 = they are unbounded
	LeakPJ    float64
	EnergyPJ  float64 // of all tensors and leakage
	Tensors   []TensorResult
}

// TensorResult is one tensor in one level. Reads, Fills, Updates and TemporalReductions are words of the busiest instance, the totals those of all
// instances.
type TensorResult struct {
	Kept               bool
	TileWords          int64
	PartitionWords     int64 // the part of the tensor that an instance works on over the run
	Reads              int64
	Fills              int64
	Updates            int64
	TemporalReductions int64
	TotalReads         int64
	TotalFills         int64
	TotalUpdates       int64
	TotalReductions    int64
	EnergyPJ           float64
}

// EDPPJCycles returns the product of energy and time.
func (r *Result) EDPPJCycles() float64 { return r.EnergyPJ * float64(r.Cycles) }

// OutermostWords returns the words read from and written to the outermost level.
func (r *Result) OutermostWords() int64 {
	var n int64
	for i := range r.Levels[0].Tensors {
		t := &r.Levels[0].Tensors[i]
		n += t.TotalReads + t.TotalFills + t.TotalUpdates
	}
	return n
}

// Cause is a kind of infeasibility.
type Cause uint8

// The causes.
const (
	Feasible     Cause = iota
	OverCapacity       // tiles larger than the level
	OverFanoutX        // more iterations in space than there are instances below, along X
	OverFanoutY
)

// String names the cause.
func (c Cause) String() string {
	switch c {
	case Feasible:
		return "feasible"
	case OverCapacity:
		return "capacity"
	case OverFanoutX:
		return "fan-out along X"
	case OverFanoutY:
		return "fan-out along Y"
	}
	return fmt.Sprintf("Cause(%d)", uint8(c))
}

// Infeasible says what a mapping exceeds: of several limits the one exceeded by the largest factor.
type Infeasible struct {
	Cause  Cause
	Level  int // index in Architecture.Levels
	Tensor int // of a part's capacity; −1 = none
	Needed int64
	Limit  int64
}

// Violation returns how far the need is above the limit, as a fraction of the limit; 0 = feasible.
func (i Infeasible) Violation() float64 {
	if i.Cause == Feasible {
		return 0
	}
	return float64(i.Needed)/float64(i.Limit) - 1
}

// Reason says in words what a mapping exceeds; empty = nothing.
func (m *Model) Reason(i Infeasible) string {
	name := ""
	if i.Level < len(m.levels) {
		name = m.architecture.Levels[i.Level].Name
	}
	switch i.Cause {
	case Feasible:
		return ""
	case OverCapacity:
		if i.Tensor >= 0 {
			return fmt.Sprintf("the tile of %s needs %d words of %s, which has %d for it", m.problem.Tensors[i.Tensor].Name, i.Needed, name, i.Limit)
		}
		return fmt.Sprintf("the tiles need %d words of %s, which has %d", i.Needed, name, i.Limit)
	}
	return fmt.Sprintf("%d iterations in space below %s: its %s is %d", i.Needed, name, i.Cause, i.Limit)
}
