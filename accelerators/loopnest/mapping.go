package loopnest

import "math/bits"

// Mapping is a tiling of the loops of a problem over the levels of an architecture. See the package documentation for what trips that do not divide
// a dimension mean.
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
	Y         bool // along the columns of the mesh; otherwise along its rows, X
}

// TensorSet is a set of indices in Problem.Tensors.
type TensorSet uint32

// Tensors returns the set of some indices.
func Tensors(indices ...int) TensorSet {
	var s TensorSet
	for _, i := range indices {
		s |= 1 << i
	}
	return s
}

// Has tells whether a tensor is in the set.
func (s TensorSet) Has(tensor int) bool { return s>>tensor&1 != 0 }

// Len returns the number of tensors in the set.
func (s TensorSet) Len() int { return bits.OnesCount32(uint32(s)) }

// Clone returns a mapping that shares nothing.
func (m *Mapping) Clone() Mapping {
	var c Mapping
	c.CopyFrom(m)
	return c
}

// CopyFrom overwrites the mapping with another, reusing its slices.
func (m *Mapping) CopyFrom(from *Mapping) {
	for len(m.Levels) < len(from.Levels) {
		m.Levels = append(m.Levels, LevelMapping{})
	}
	m.Levels = m.Levels[:len(from.Levels)]
	for i := range from.Levels {
		l, f := &m.Levels[i], &from.Levels[i]
		l.Keep = f.Keep
		l.Temporal = append(l.Temporal[:0], f.Temporal...)
		l.Spatial = append(l.Spatial[:0], f.Spatial...)
	}
}
