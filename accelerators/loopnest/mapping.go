package loopnest

// Mapping is a tiling of the loops of a problem over the levels of an architecture.
type Mapping struct {
	Levels []LevelMapping // parallel to Architecture.Levels
}

// LevelMapping are the loops of one level. Temporal loops stand inside the level; the spatial ones spread their iterations over the instances of
// the next level.
type LevelMapping struct {
	Keep     TensorSet // the tensors that stay in this level; the others pass it by
	Temporal []Loop    // outermost first
	Spatial  []Spread
}

// Loop is one temporal loop.
type Loop struct {
	Dimension int // index in Problem.Dimensions
	Trips     int64
}

// Spread is one spatial loop.
type Spread struct {
	Dimension int
	Trips     int64
	Y         bool // along the rows' direction of the mesh; otherwise X
}

// TensorSet is a set of indices in Problem.Tensors.
type TensorSet uint32
