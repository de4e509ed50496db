package mapper

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// Objective is what a search minimises.
type Objective uint8

// The objectives.
const (
	EDP               Objective = iota // energy · cycles
	Energy                             // pJ
	Cycles                             // of the whole layer
	OutermostAccesses                  // words read from and written to the outermost level

	objectives = OutermostAccesses + 1
)

// objectiveNames are the names of the objectives, in the order of the constants.
const objectiveNames = "edp, energy, cycles, outermost_accesses"

// String returns the lower-case name of the objective.
func (o Objective) String() string {
	switch o {
	case EDP:
		return "edp"
	case Energy:
		return "energy"
	case Cycles:
		return "cycles"
	case OutermostAccesses:
		return "outermost_accesses"
	}
	return fmt.Sprintf("Objective(%d)", uint8(o))
}

// MarshalText writes the name of the objective; an unknown one is an error.
func (o Objective) MarshalText() ([]byte, error) {
	if o >= objectives {
		return nil, fmt.Errorf("mapper: unknown objective %s: known are %s", o, objectiveNames)
	}
	return []byte(o.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (o *Objective) UnmarshalText(text []byte) error {
	for known := range objectives {
		if known.String() == string(text) {
			*o = known
			return nil
		}
	}
	return fmt.Errorf("mapper: unknown objective %q: known are %s", text, objectiveNames)
}

// of is the value of the objective.
func (o Objective) of(r *loopnest.Result) float64 {
	switch o {
	case Energy:
		return r.EnergyPJ
	case Cycles:
		return float64(r.Cycles)
	case OutermostAccesses:
		return float64(r.OutermostWords())
	}
	return r.EDPPJCycles()
}

// cost is how good a mapping is: unfitting ones by their violation, fitting ones by the objectives in turn.
type cost struct {
	violation float64
	values    [objectives]float64
}

// less tells whether a is better than b.
func (a *cost) less(b *cost) bool {
	if a.violation != b.violation {
		return a.violation < b.violation
	}
	for i := range a.values {
		if a.values[i] != b.values[i] {
			return a.values[i] < b.values[i]
		}
	}
	return false
}
