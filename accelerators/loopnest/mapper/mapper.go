// Package mapper searches the best mapping of a problem on an architecture.
package mapper

import (
	"errors"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// Algorithm is a way to search. The zero value is Hybrid.
type Algorithm uint8

// The algorithms.
const (
	Hybrid     Algorithm = iota // random factors, then every permutation that can matter
	Exhaustive                  // every mapping of the space
	Random                      // random factors, permutations and bypasses
	Annealing                   // simulated annealing
	Genetic                     // the operators of GAMMA
)

// Objective is what a search minimises.
type Objective uint8

// The objectives.
const (
	EDP Objective = iota
	Energy
	Cycles
	OutermostAccesses // words read from and written to the outermost level
)

// Options say how to search.
type Options struct {
	Algorithm  Algorithm
	Objectives []Objective // the first decides, the next breaks ties; empty = EDP
	Budget     int         // mappings evaluated, unfitting ones included; 0 means 10,000; Exhaustive refuses a larger space
	Victory    int         // stop after so many fitting mappings in a row that were no better; 0 = never
	Timeout    int         // stop after so many unfitting mappings in a row; 0 = never
	Imperfect  bool        // factors need not divide
}

// Constraints narrow the mappings. The zero value allows all.
type Constraints struct {
	Levels             []LevelConstraint
	MinUtilizationFrac float64 // of the compute units
}

// LevelConstraint narrows the loops of one level, by names.
type LevelConstraint struct {
	Level         string
	Keep, Bypass  []string // tensors that must stay, or must pass; the others are searched
	Temporal      []Factor
	Spatial       []Factor
	Innermost     []string // dimensions of the innermost temporal loops, the innermost first
	Outermost     []string // dimensions of the outermost temporal loops, the outermost first
	SpatialX      []string // dimensions that may spread along X; nil = all
	SpatialY      []string
	NoTemporal    bool // no loops in time but those of Temporal
	NoSpatial     bool // no loops in space but those of Spatial
	MinFanoutFrac float64
	MaxFanoutFrac float64 // 0 means 1
}

// Factor fixes or bounds the trips of a dimension.
type Factor struct {
	Dimension string
	Trips     int64 // exactly, or at most with Max; 0 = whatever is left
	Max       bool
}

// Outcome is the best mapping found.
type Outcome struct {
	Mapping     loopnest.Mapping
	Result      loopnest.Result
	Evaluations int  // mappings evaluated
	Valid       int  // of them fitting
	Complete    bool // the whole space was covered: nothing in it is better
}

// Search looks for the best mapping; the generator is its only source of chance. No fitting mapping within the budget is ErrNone.
func Search(m *loopnest.Model, c Constraints, o Options, r *rand.Rand) (Outcome, error) {
	return Outcome{}, errors.New("mapper: under construction")
}

// ErrNone says that no mapping fitted.
var ErrNone = errors.New("mapper: no mapping fits")
