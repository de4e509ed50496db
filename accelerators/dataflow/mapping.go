package dataflow

import (
	"errors"
	"fmt"
)

// Map says how the units of a level share a dimension. Each unit holds a window of Size elements. A temporal map moves it by Step elements a time
// step. A spatial map gives consecutive units consecutive windows, Step apart, and moves them all by Step times the units.
type Map struct {
	Spatial    bool
	Dim        Dim
	Size, Step int
}

// Temporal is a temporal map.
func Temporal(d Dim, size, step int) Map { return Map{Dim: d, Size: size, Step: step} }

// Spatial is a spatial map.
func Spatial(d Dim, size, step int) Map { return Map{Spatial: true, Dim: d, Size: size, Step: step} }

// String writes the map as a MAESTRO file does.
func (m Map) String() string {
	kind := "TemporalMap"
	if m.Spatial {
		kind = "SpatialMap"
	}
	return fmt.Sprintf("%s(%d,%d) %s", kind, m.Size, m.Step, m.Dim)
}

// Level is one cluster level of a mapping: its loops, the fastest last.
type Level struct {
	Units int // units of this level in one unit of the level above; 0 in the outermost level, which has all that the PEs allow
	Maps  []Map
}

// Mapping is a loop nest over the processing elements: cluster levels from the outermost to the innermost, whose units are the PEs.
type Mapping []Level

// MaxLevels bounds the levels of a mapping.
const MaxLevels = 8

// ClusterPEs is the number of PEs in one unit of the outermost level; it saturates above MaxSize.
func (m Mapping) ClusterPEs() int {
	product := 1
	for _, level := range m[min(1, len(m)):] {
		product *= level.Units
		if product > MaxSize {
			return MaxSize + 1
		}
	}
	return product
}

// Check reports the mistakes of a mapping for a layer, joined: levels, units, tiles and steps out of range, a level that has no spatial map or maps a
// dimension twice, a dimension that the layer does not have. A temporal map on K of a depthwise layer is allowed and ignored, so that one mapping can
// serve convolutions of both kinds.
func (m Mapping) Check(l Layer) error {
	if len(m) == 0 || len(m) > MaxLevels {
		return fmt.Errorf("dataflow: %d levels out of range [1, %d]", len(m), MaxLevels)
	}
	var errs []error
	dims := l.Op.tensors(Physical).dims()
	for i, level := range m {
		for _, err := range level.check(i, dims, l.Op) {
			errs = append(errs, fmt.Errorf("dataflow: level %d: %w", i, err))
		}
	}
	return errors.Join(errs...)
}

// check reports the mistakes of level i.
func (l Level) check(i int, dims set, op Op) (errs []error) {
	switch {
	case i == 0 && l.Units != 0:
		errs = append(errs, fmt.Errorf("%d units: want 0, the outermost level has all that the PEs allow", l.Units))
	case i > 0 && (l.Units < 1 || l.Units > MaxSize):
		errs = append(errs, fmt.Errorf("%d units out of range [1, %d]", l.Units, MaxSize))
	}
	var seen set
	spatial := false
	for _, m := range l.Maps {
		spatial = spatial || m.Spatial
		input := m.Dim.input()
		switch {
		case op == Depthwise && m.Dim == K && !m.Spatial:
		case m.Dim > OutY || !dims.has(input):
			errs = append(errs, fmt.Errorf("%s: the layer has no dimension %s", m, m.Dim))
		case seen.has(input):
			errs = append(errs, fmt.Errorf("%s: %s is mapped twice", m, input))
		}
		seen |= 1 << input
		if m.Size < 1 || m.Size > MaxSize {
			errs = append(errs, fmt.Errorf("%s: tile %d out of range [1, %d]", m, m.Size, MaxSize))
		}
		if m.Step < 1 || m.Step > MaxSize {
			errs = append(errs, fmt.Errorf("%s: step %d out of range [1, %d]", m, m.Step, MaxSize))
		}
	}
	if !spatial {
		errs = append(errs, errors.New("no spatial map: each level spreads at least one dimension over its units"))
	}
	return errs
}

// input is the input coordinate of an output coordinate, any other dimension itself.
func (d Dim) input() Dim {
	switch d {
	case OutX:
		return X
	case OutY:
		return Y
	}
	return d
}

// kernel is the kernel dimension that slides along an input coordinate; other dimensions have none.
func (d Dim) kernel() (kernel Dim, slides bool) {
	switch d {
	case X:
		return S, true
	case Y:
		return R, true
	}
	return 0, false
}
