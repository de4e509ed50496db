package mapper

// Constraints narrow the mappings. The zero value allows all.
type Constraints struct {
	Levels             []LevelConstraint
	MinUtilizationFrac float64 // of the compute units
}

// LevelConstraint narrows the loops of one level, by names. Several of one level hold together.
type LevelConstraint struct {
	Level         string
	Keep, Bypass  []string // tensors that must stay, or must pass; the others are searched
	Temporal      []Factor
	Spatial       []Factor // an exact one lies along X where X allows it and has room, else along Y; a bound holds along each
	Innermost     []string // dimensions of the innermost temporal loops, the innermost first
	Outermost     []string // dimensions of the outermost temporal loops, the outermost first
	SpatialX      []string // dimensions that may spread along X; nil = all
	SpatialY      []string
	NoTemporal    bool    // no loops in time but those of Temporal
	NoSpatial     bool    // no loops in space but those of Spatial
	MinFanoutFrac float64 // of the instances below that the spatial loops use
	MaxFanoutFrac float64 // 0 means 1
}

// Factor fixes or bounds the trips of a dimension.
type Factor struct {
	Dimension string
	Trips     int64 // exactly, or at most with Max; 0 = all that no other exact factor takes
	Max       bool
}
