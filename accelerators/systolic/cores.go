package systolic

import "errors"

// Scheme is how a product is split over several equal cores, each an array of its own. The zero value is Spatial.
type Scheme uint8

// The schemes, with the names that text uses.
const (
	Spatial        Scheme = iota // "spatial": both spans of the array are split
	TimeAndColumns               // "time-columns": the streamed dimension and the columns are split
	TimeAndRows                  // "time-rows": the streamed dimension and the rows are split
)

// MaxCores bounds the cores of a Split.
const MaxCores = 1 << 12

// reluCycles is what SCALE-Sim's vector unit takes for a rectifier; other operations take one cycle.
const reluCycles = 5

func schemeNames() []string { return []string{"spatial", "time-columns", "time-rows"} }

// String returns the name.
func (s Scheme) String() string { return name("Scheme", schemeNames(), int(s)) }

// MarshalText returns the name; a value that is no scheme is an error.
func (s Scheme) MarshalText() ([]byte, error) { return marshal("scheme", schemeNames(), int(s)) }

// UnmarshalText accepts a name.
func (s *Scheme) UnmarshalText(text []byte) error {
	i, err := unmarshal("scheme", schemeNames(), text)
	if err == nil {
		*s = Scheme(i)
	}
	return err
}

// Split is one way to run a product on several cores. FirstParts · SecondParts is the number of cores: rows and columns (Spatial), or time and
// the span that the scheme names.
type Split struct {
	Scheme                  Scheme
	FirstParts, SecondParts int
	Cycles                  int64 // of the core with the most to do
	Elements                int64 // that all cores hold together, copies included
}

// SplitOver is the best way to run one product of a problem on a number of cores: the fewest cycles or, if asked, the fewest elements. All factor pairs
// of all schemes are tried in order; the first of several equal ones is taken. It counts compute alone.
func SplitOver(a Array, p Problem, cores int, fewestElements bool) (Split, error) {
	if err := inRange("cores", cores, 1, MaxCores, "arrays"); err != nil {
		return Split{}, err
	}
	if p.Count == 0 {
		return Split{}, errors.New("systolic: a vector problem is not split over cores")
	}
	var best Split
	found := false
	for scheme := Spatial; scheme <= TimeAndRows; scheme++ {
		for first := 1; first <= cores; first++ {
			if cores%first != 0 {
				continue
			}
			s := a.split(p, Split{Scheme: scheme, FirstParts: first, SecondParts: cores / first})
			better := s.Cycles < best.Cycles
			if fewestElements {
				better = s.Elements < best.Elements
			}
			if !found || better {
				best, found = s, true
			}
		}
	}
	return best, nil
}

// split counts one way.
func (a Array) split(p Problem, s Split) Split {
	f := a.fold(p)
	if p.Profile != Physical {
		f = a.analyticalFold(p)
	}
	rowParts, colParts, timeParts := s.FirstParts, s.SecondParts, 1
	switch s.Scheme {
	case TimeAndColumns:
		rowParts, colParts, timeParts = 1, s.SecondParts, s.FirstParts
	case TimeAndRows:
		rowParts, colParts, timeParts = s.SecondParts, 1, s.FirstParts
	}
	part := ceilDiv(f.streamed, int64(timeParts))
	s.Cycles = (f.foldCycles - f.streamed + part) * ceilDiv(f.rowSpan, int64(rowParts*a.Rows)) * ceilDiv(f.colSpan, int64(colParts*a.Cols))
	// Every element of an operand lies in as many cores as there are parts of what it does not depend on.
	s.Elements = f.rowSpan*f.streamed*int64(colParts) + f.colSpan*f.streamed*int64(rowParts) + f.rowSpan*f.colSpan*int64(timeParts)
	return s
}

// analyticalFold is the fold of SCALE-Sim's script for several cores: it counts a preload in each dataflow, and in ws and is exchanges what lies along the
// columns with what is streamed.
func (a Array) analyticalFold(p Problem) folding {
	if a.Dataflow != OutputStationary {
		p.M, p.N = p.N, p.M
	}
	f := a.fold(p)
	f.foldCycles = 2*int64(a.Rows) + int64(a.Cols) + f.streamed - 2
	return f
}

// VectorUnit is a SIMD unit beside the arrays.
type VectorUnit struct {
	Lanes          int // elements that it works on at a time, 1 to MaxArraySide
	CyclesPerGroup int // cycles for as many elements as there are lanes; 0 means 1
}

// ReLUUnit is SCALE-Sim's vector unit as it applies a rectifier: five cycles a group.
func ReLUUnit(lanes int) VectorUnit { return VectorUnit{lanes, reluCycles} }

// Check reports everything that is out of range.
func (u VectorUnit) Check() error {
	return errors.Join(
		inRange("vector Lanes", u.Lanes, 1, MaxArraySide, "lanes"),
		inRange("vector CyclesPerGroup", u.CyclesPerGroup, 0, 1<<10, "cycles"),
	)
}

// Cycles is how long an operation on so many elements takes. The unit must have passed its Check.
func (u VectorUnit) Cycles(elements int64) int64 {
	return ceilDiv(elements, int64(u.Lanes)) * int64(max(1, u.CyclesPerGroup))
}
