package loopnest

// Architecture is a memory hierarchy above an array of multiply-accumulate units.
type Architecture struct {
	Name    string
	Levels  []Level // outermost first: the first one holds every tensor
	Compute Compute
}

// Level is one kind of memory, with all its instances. Fan-out lies between a level and the next one (or the compute units): their ratios of
// meshes. Bandwidths, energies per access and areas are of one instance.
type Level struct {
	Name          string
	NoStorage     bool     // holds nothing: a place for loops to fan out
	Holds         []string // the tensors that it can keep; empty = every one
	CapacityWords int64    // shared by the tensors without a part of their own; 0 = unbounded
	Parts         []Part   // tensors with a part of their own
	Buffers       int      // copies of every tile: 2 = double buffering; 0 means 1
	WordBits      int      // a report only: capacities and bandwidths are in words
	BlockWords    int      // words of one access; 0 means 1
	ClusterSize   int      // instances that share one wide word; 0 means 1
	Instances     int      // in the whole chip; 0 means 1
	MeshX         int      // of them in a row; 0 means all

	// 0 = unbounded
	ReadWordsPerCycle, WriteWordsPerCycle float64

	NoMulticast bool // every instance below is sent its own copy
	NoReduction bool // partial sums of several instances below arrive one by one

	ReadPJ, WritePJ, UpdatePJ float64 // one access of a whole block; a fill is a write
	LeakPJPerCycle            float64
	AreaUM2                   float64
}

// Part is the capacity that one tensor has for itself.
type Part struct {
	Tensor        string
	CapacityWords int64
}

// Compute are the multiply-accumulate units.
type Compute struct {
	Name      string
	WordBits  int
	Instances int // 0 means 1
	MeshX     int // 0 means all
	EnergyPJ  float64
	AreaUM2   float64
}
