package loopnest

// Result is what a mapping costs. It is reusable: Model.Evaluate keeps its slices.
type Result struct {
	Infeasible Infeasible // the zero value: feasible
	Violation  float64    // how far from feasible: the largest need over what there is, less 1

	Computes        int64 // multiply-accumulates
	Steps           int64 // of the busiest unit: cycles where no bandwidth binds
	Cycles          int64
	UtilizationFrac float64 // computes / (steps · units)
	EnergyPJ        float64
	ComputePJ       float64
	Levels          []LevelResult // parallel to Architecture.Levels
}

// LevelResult is one level of a Result.
type LevelResult struct {
	Instances int64 // used
	Clusters  int64 // used, for energy
	Cycles    int64 // of this level's bandwidth alone
	LeakPJ    float64
	EnergyPJ  float64 // of all tensors and leakage
	Tensors   []TensorResult
}

// TensorResult is one tensor in one level. The counts are words of the busiest instance; the totals are over all instances.
type TensorResult struct {
	Kept               bool
	TileWords          int64
	PartitionWords     int64
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

// Infeasible says what a mapping exceeds.
type Infeasible struct {
	Cause  Cause
	Level  int // index in Architecture.Levels
	Tensor int // of a part's capacity; −1 = shared
	Needed int64
	Limit  int64
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
