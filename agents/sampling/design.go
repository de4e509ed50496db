package sampling

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/samplemv"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Design is a way to spread points over a space. The zero value means Uniform.
type Design string

// The designs.
const (
	Uniform Design = "random" // independent draws, space.Sample
	Latin   Design = "lhs"    // Latin hypercube: every axis stratified
	Sobol   Design = "sobol"  // scrambled Sobol sequence: every pair of axes stratified as well
)

// Designs lists the names of the designs.
func Designs() []string { return []string{string(Uniform), string(Latin), string(Sobol)} }

// MaxLatin is the most points that one Latin hypercube stratifies together: it bounds the memory, 8 bytes an axis and point.
const MaxLatin = 10_000

// Source is an endless sequence of canonical points of one space, repeats included.
type Source func() space.Point

// NewSource starts a sequence. Size is the number of points that a Latin hypercube stratifies together; the next ones start another,
// independent hypercube. A size above MaxLatin is cut into the fewest equal hypercubes that hold as many. The other designs ignore it. A
// Sobol sequence of more than MaxSobolAxes axes is an error.
func NewSource(s space.Space, d Design, size int, rng *rand.Rand) (Source, error) {
	switch d {
	case Uniform, "":
		return func() space.Point { return s.Sample(rng) }, nil
	case Latin:
		if size < 1 {
			return nil, fmt.Errorf("sampling: a Latin hypercube of %d points: need at least 1", size)
		}
		blocks := (size-1)/MaxLatin + 1
		return latin(s, (size-1)/blocks+1, rng), nil
	case Sobol:
		sequence, err := newSobol(s.Len(), rng)
		if err != nil {
			return nil, err
		}
		unit := make([]float64, s.Len())
		return func() space.Point {
			sequence.next(unit)
			return place(s, unit)
		}, nil
	}
	return nil, suggest.Unknown("design", string(d), Designs())
}

// Affordable is how many designs a start has by default: so many, or a quarter of a known budget when that is less.
func Affordable(designs, budget int) int {
	if budget > 0 {
		return min(designs, max(budget/4, 1))
	}
	return designs
}

// latin draws Latin hypercubes of the given size one after the other.
func latin(s space.Space, size int, rng *rand.Rand) Source {
	if s.Len() == 0 {
		return func() space.Point { return space.Point{} }
	}
	hypercube := samplemv.LatinHypercube{Q: distmv.NewUnitUniform(s.Len(), nil), Src: rng}
	batch := mat.NewDense(size, s.Len(), nil)
	served := size
	return func() space.Point {
		if served == size {
			hypercube.Sample(batch)
			served = 0
		}
		served++
		return place(s, batch.RawRowView(served-1))
	}
}

// place is the design at a place of the unit cube: each axis is cut into as many equal parts as it has levels.
func place(s space.Space, unit []float64) space.Point {
	p := make(space.Point, len(unit))
	for axis, u := range unit {
		levels := s.Levels(axis)
		p[axis] = min(int(u*float64(levels)), levels-1)
	}
	return s.Canonical(p)
}
