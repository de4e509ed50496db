package loopnest

import (
	"fmt"
	"math/bits"
)

// nest is a mapping as one list of loops, the innermost first, without those of one trip.
type nest struct {
	loops  []loop
	start  [MaxLevels + 1]int                  // of the loops outside a level in the list; the last one: outside the compute units
	tile   [MaxLevels + 1][MaxDimensions]int64 // what one instance works on while the loops outside stand still
	spread [MaxLevels + 1][MaxDimensions]int64 // trips of the spatial loops outside a level
	words  [MaxLevels + 1][MaxTensors]int64    // of the tiles of the tensors that a level keeps
	keep   [MaxLevels]TensorSet
	uneven uint32 // the dimensions that the trips do not divide

	anyOrder bool // count under the best order for each tensor, see Bound
}

// loop is one loop of a nest. An iteration moves its dimension by stride.
type loop struct {
	dimension int32
	level     int32
	spatial   bool
	alongY    bool
	trips     int64
	stride    int64
}

func (n *nest) even(dimension int32) bool { return n.uneven>>dimension&1 == 0 }

// lay flattens a mapping and checks that it belongs to the model.
func (m *Model) lay(n *nest, mapping *Mapping) error {
	if len(mapping.Levels) != len(m.levels) {
		return fmt.Errorf("loopnest: mapping of %d levels on %d of architecture %q", len(mapping.Levels), len(m.levels), m.architecture.Name)
	}
	var trips [MaxDimensions]int64
	for d := range trips {
		trips[d] = 1
	}
	n.loops = n.loops[:0]
	last := len(m.levels)
	n.start[last], n.tile[last] = 0, trips
	for i := last - 1; i >= 0; i-- {
		source := &mapping.Levels[i]
		n.keep[i] = source.Keep
		if i == 0 {
			n.keep[i] = m.levels[0].holds
		}
		if n.keep[i]&^m.levels[i].holds != 0 {
			return m.strange(i, n.keep[i])
		}
		for j := len(source.Spatial) - 1; j >= 0; j-- {
			if s := &source.Spatial[j]; s.Trips != 1 || uint(s.Dimension) >= uint(len(m.problem.Dimensions)) {
				if err := m.push(n, &trips, loop{dimension: int32(s.Dimension), level: int32(i), spatial: true, alongY: s.Y, trips: s.Trips}); err != nil {
					return err
				}
			}
		}
		for j := len(source.Temporal) - 1; j >= 0; j-- {
			if t := &source.Temporal[j]; t.Trips != 1 || uint(t.Dimension) >= uint(len(m.problem.Dimensions)) {
				if err := m.push(n, &trips, loop{dimension: int32(t.Dimension), level: int32(i), trips: t.Trips}); err != nil {
					return err
				}
			}
		}
		n.start[i] = len(n.loops)
		for d := range m.problem.Dimensions {
			n.tile[i][d] = min(trips[d], m.size[d])
		}
	}
	n.uneven, n.anyOrder = 0, false
	m.spread(n)
	for d := range m.problem.Dimensions {
		if trips[d] < m.size[d] {
			return fmt.Errorf("loopnest: the loops of %q make %d trips and do not cover its size %d", m.problem.Dimensions[d].Name, trips[d], m.size[d])
		}
		if trips[d] > m.size[d] {
			n.uneven |= 1 << d
		}
	}
	return nil
}

// spread multiplies the spatial loops outside every level.
func (m *Model) spread(n *nest) {
	at := &n.spread[0]
	for d := range at {
		at[d] = 1
	}
	for i := range m.levels {
		n.spread[i+1] = n.spread[i]
		for j := n.start[i+1]; j < n.start[i] && n.loops[j].spatial; j++ {
			n.spread[i+1][n.loops[j].dimension] *= n.loops[j].trips
		}
	}
}

// push puts a loop outside those of a nest.
func (m *Model) push(n *nest, trips *[MaxDimensions]int64, l loop) error {
	if uint(l.dimension) >= uint(len(m.problem.Dimensions)) {
		return fmt.Errorf("loopnest: level %q: dimension %d out of range [0, %d)", m.architecture.Levels[l.level].Name, l.dimension, len(m.problem.Dimensions))
	}
	l.stride = trips[l.dimension]
	size := m.size[l.dimension]
	high, last := bits.Mul64(uint64(l.trips-1), uint64(l.stride))
	if l.trips < 1 || l.trips > size || high > 0 || last >= uint64(size) {
		return fmt.Errorf("loopnest: level %q: %d trips of %d along %q of size %d: the last one must start inside", m.architecture.Levels[l.level].Name,
			l.trips, l.stride, m.problem.Dimensions[l.dimension].Name, size)
	}
	trips[l.dimension] *= l.trips
	n.loops = append(n.loops, l)
	return nil
}

// strange is the error of a level that keeps what it does not hold.
func (m *Model) strange(level int, keep TensorSet) error {
	for t := range 32 {
		if !keep.Has(t) || m.levels[level].holds.Has(t) {
			continue
		}
		if t >= len(m.tensors) {
			return fmt.Errorf("loopnest: level %q keeps tensor %d, out of range [0, %d)", m.architecture.Levels[level].Name, t, len(m.tensors))
		}
		return fmt.Errorf("loopnest: level %q does not hold %q", m.architecture.Levels[level].Name, m.problem.Tensors[t].Name)
	}
	return nil
}

// extent is the number of elements along an axis under tiles of its dimensions.
func extent(axis Axis, tile *[MaxDimensions]int64) int64 {
	e := int64(1)
	for i := range axis {
		e += axis[i].Coefficient * (tile[axis[i].Dimension] - 1)
	}
	return e
}

// tileWords is the number of elements of a tensor under tiles of its dimensions.
func (t *tensor) tileWords(tile *[MaxDimensions]int64) int64 {
	w := int64(1)
	for _, axis := range t.axes {
		w *= extent(axis, tile)
	}
	return w
}
