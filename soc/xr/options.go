package xr

import (
	"fmt"
	"slices"
	"strings"
)

// Profile is whose rules hold. The zero value is Repaired.
type Profile uint8

// The profiles, see the package comment.
const (
	Repaired Profile = iota // the rules of the paper, without the quirks of its program
	XRBench                 // the program of the MLSys 2023 paper, quirk for quirk; it has an order, a placement and an admission of its own
)

// Order is which waiting frame may start first. The zero value is EarliestDeadline.
type Order uint8

// The orders.
const (
	EarliestDeadline Order = iota
	ShortestPeriod
	AsListed
)

// Placement is where a frame runs. The zero value is LeastLatency.
type Placement uint8

// The placements.
const (
	LeastLatency   Placement = iota // of the idle accelerators
	EarliestFinish                  // of all accelerators; the frame waits for one that is busy
	LeastEnergy                     // of the idle accelerators
	LeastEDP                        // of the idle accelerators: latency times energy
)

// Admission is whether a frame that will be late may start. The zero value is AnyTime.
type Admission uint8

// The admissions.
const (
	AnyTime Admission = iota // it may start until its deadline
	InTime                   // it may start only where it finishes by its deadline
)

// Options are the choices of the run-time and the constants of the scores. The zero value is the default.
type Options struct {
	Order     Order
	Placement Placement
	Admission Admission

	SteepnessPerMS  float64 // k of the real-time score; 0 means 15
	EnergyCeilingMJ float64 // energy of a frame that scores nothing; 0 means 1500
}

// Constants of XRBench's scores.
const (
	DefaultSteepnessPerMS  = 15
	DefaultEnergyCeilingMJ = 1500
	DefaultRunMS           = 700
)

// Check reports an option that is out of range.
func (o Options) Check() error {
	switch {
	case o.Order > AsListed || o.Placement > LeastEDP || o.Admission > InTime:
		return fmt.Errorf("xr: unknown option among %s, %s, %s", o.Order, o.Placement, o.Admission)
	case !(o.SteepnessPerMS >= 0 && o.SteepnessPerMS <= 1e6):
		return fmt.Errorf("xr: steepness %g out of range [0, 1e6] per ms", o.SteepnessPerMS)
	case !(o.EnergyCeilingMJ >= 0 && o.EnergyCeilingMJ <= 1e12):
		return fmt.Errorf("xr: energy ceiling %g out of range [0, 1e12] mJ", o.EnergyCeilingMJ)
	}
	return nil
}

// filled returns the options with their defaults.
func (o Options) filled() Options {
	if o.SteepnessPerMS == 0 {
		o.SteepnessPerMS = DefaultSteepnessPerMS
	}
	if o.EnergyCeilingMJ == 0 {
		o.EnergyCeilingMJ = DefaultEnergyCeilingMJ
	}
	return o
}

// Names of the options, in the order of their constants.
const (
	profileNames   = "repaired xrbench"
	orderNames     = "deadline rate listing"
	placementNames = "latency finish energy edp"
	admissionNames = "any in-time"
)

// String returns the lower-case name.
func (p Profile) String() string { return nameOf("Profile", profileNames, uint8(p)) }

// UnmarshalText reads a name that String wrote.
func (p *Profile) UnmarshalText(text []byte) error {
	return parse("profile", profileNames, text, (*uint8)(p))
}

// String returns the lower-case name.
func (o Order) String() string { return nameOf("Order", orderNames, uint8(o)) }

// UnmarshalText reads a name that String wrote.
func (o *Order) UnmarshalText(text []byte) error {
	return parse("order", orderNames, text, (*uint8)(o))
}

// String returns the lower-case name.
func (p Placement) String() string { return nameOf("Placement", placementNames, uint8(p)) }

// UnmarshalText reads a name that String wrote.
func (p *Placement) UnmarshalText(text []byte) error {
	return parse("placement", placementNames, text, (*uint8)(p))
}

// String returns the lower-case name.
func (a Admission) String() string { return nameOf("Admission", admissionNames, uint8(a)) }

// UnmarshalText reads a name that String wrote.
func (a *Admission) UnmarshalText(text []byte) error {
	return parse("admission", admissionNames, text, (*uint8)(a))
}

// nameOf is a name of a list.
func nameOf(kind, names string, value uint8) string {
	if list := strings.Fields(names); int(value) < len(list) {
		return list[value]
	}
	return fmt.Sprintf("%s(%d)", kind, value)
}

// parse finds a name in a list.
func parse(kind, names string, text []byte, value *uint8) error {
	at := slices.Index(strings.Fields(names), string(text))
	if at < 0 {
		return fmt.Errorf("xr: unknown %s %q: known are %s", kind, text, strings.ReplaceAll(names, " ", ", "))
	}
	*value = uint8(at)
	return nil
}
