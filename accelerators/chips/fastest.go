package chips

import (
	"errors"
	"fmt"
)

// Fastest is the tiling of the fewest cycles, of equals the one with the fewest buffer words, then the first found. With exact, only tilings that divide
// every size without a rest are considered, as predictors do that cut sizes into factors. A convolution that no tiling fits is an error.
func (a RowStationary) Fastest(c ConvShape, exact bool) (Tiling, RowStationaryRun, error) {
	if err := errors.Join(a.Check(), c.Check()); err != nil {
		return Tiling{}, RowStationaryRun{}, err
	}
	s := tilingSearch{array: a, shape: c, exact: exact}
	s.visitRows()
	if !s.found {
		return Tiling{}, RowStationaryRun{}, fmt.Errorf("chips: row stationary: no tiling fits: a kernel of %d on %d×%d elements with %d input words, a buffer of %d KiB",
			c.Kernel, a.Rows, a.Cols, a.InputWords, a.BufferKiB)
	}
	return s.best, s.run, nil
}

// tilingSearch walks the tilings from the outermost choice to the innermost and keeps the best.
type tilingSearch struct {
	array RowStationary
	shape ConvShape
	exact bool

	found bool
	best  Tiling
	run   RowStationaryRun
}

// fits tells whether a tile may cut a size.
func (s *tilingSearch) fits(size, tile int) bool { return !s.exact || size%tile == 0 }

// visitRows tries output rows and samples. Of the rows that give the same number of strips the fewest are enough: they leave most room for sets.
func (s *tilingSearch) visitRows() {
	height := s.shape.outHeight()
	last := 0
	for strips := 1; strips <= height; strips++ {
		rows := ceilDiv(height, strips)
		if rows == last || !s.fits(height, rows) {
			continue
		}
		last = rows
		for samples := 1; samples <= s.shape.Samples; samples++ {
			if s.fits(s.shape.Samples, samples) {
				s.visitSets(Tiling{E: rows, N: samples})
			}
		}
	}
}

// visitSets tries how the sets of elements are shared between channels and filters, many sets first: what is left by then is mostly too slow at best.
func (s *tilingSearch) visitSets(t Tiling) {
	sets := s.array.sets(s.shape.Kernel, t.E)
	for t.R = 1; t.R <= min(sets, s.shape.Channels); t.R++ {
		if !s.fits(s.shape.Channels, t.R) {
			continue
		}
		for t.T = min(sets/t.R, s.shape.Filters); t.T >= 1; t.T-- {
			if s.found && s.bound(t) > s.run.Cycles {
				break // fewer sets are slower still
			}
			if s.fits(s.shape.Filters, t.T) {
				s.visitElement(t)
			}
		}
	}
}

// bound is the cycles that no tiling with these rows, samples and sets is below: those of one pass over all channels and filters in memories without limit.
func (s *tilingSearch) bound(t Tiling) int64 {
	t.M, t.P, t.Q = s.shape.Filters, ceilDiv(s.shape.Filters, t.T), ceilDiv(s.shape.Channels, t.R)
	return s.array.Run(s.shape, t).Cycles
}

// visitElement tries what an element does one after another.
func (s *tilingSearch) visitElement(t Tiling) {
	a, c := s.array, s.shape
	for t.Q = 1; t.Q <= min(a.InputWords/c.Kernel, ceilDiv(c.Channels, t.R)); t.Q++ {
		if !s.fits(c.Channels, t.channels()) {
			continue
		}
		for t.P = 1; t.P <= min(a.SumWords, a.FilterWords/(t.Q*c.Kernel), ceilDiv(c.Filters, t.T)); t.P++ {
			if s.fits(c.Filters, t.filters()) && s.fill(&t) {
				s.offer(t)
			}
		}
	}
}

// fill gives the sums as much of the buffer as is left; false if that is too little for a pass.
func (s *tilingSearch) fill(t *Tiling) bool {
	c := s.shape
	t.M = 0 // no sums yet
	room := s.array.BufferKiB*1024 - s.array.bufferBytes(c, *t)
	t.M = min(c.Filters, room/(wordBytes*t.N*t.E*c.outWidth()))
	if t.M < c.Filters {
		t.M -= t.M % t.filters()
	}
	return t.M >= 1 && t.M >= min(t.filters(), c.Filters)
}

// offer keeps a tiling if it is better than the best so far.
func (s *tilingSearch) offer(t Tiling) {
	r := s.array.Run(s.shape, t)
	if !s.found || r.before(s.run) {
		s.found, s.best, s.run = true, t, r
	}
}

// before tells whether a run is better than another.
func (r RowStationaryRun) before(other RowStationaryRun) bool {
	if r.Cycles != other.Cycles {
		return r.Cycles < other.Cycles
	}
	return r.BufferWords < other.BufferWords
}
