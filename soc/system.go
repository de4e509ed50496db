package soc

import (
	"errors"
	"fmt"
	"math"
)

// Profile says whose rules the model follows. Figures, such as leakage, are the library's.
type Profile uint8

// The profiles: see the package documentation for each difference.
const (
	Repaired  Profile = iota // the default
	Reference                // the published simulator with every quirk, exact
)

// String is the profile's name in settings.
func (p Profile) String() string {
	switch p {
	case Repaired:
		return "repaired"
	case Reference:
		return "reference"
	}
	return fmt.Sprintf("Profile(%d)", uint8(p))
}

// MarshalText implements encoding.TextMarshaler.
func (p Profile) MarshalText() ([]byte, error) {
	if p > Reference {
		return nil, fmt.Errorf("soc: unknown profile %d", uint8(p))
	}
	return []byte(p.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Profile) UnmarshalText(text []byte) error {
	for _, known := range []Profile{Repaired, Reference} {
		if known.String() == string(text) {
			*p = known
			return nil
		}
	}
	return fmt.Errorf("soc: unknown profile %q: known are repaired, reference", text)
}

// Budget is what a design may use. The goals of the graph have the latencies.
type Budget struct {
	PowerMW float64
	AreaMM2 float64
}

// System is what a search holds fixed: the graph, the library, the budget and the profile, checked and compiled. It is immutable and may be shared.
type System struct {
	graph   *Graph
	library Library
	budget  Budget
	profile Profile

	work         []float64  // per task: operations
	smallestWork float64    // of the tasks with work
	units        [2][]int64 // per direction and flow: what the flow counts when tasks share a link
}

// Indices into what is kept per direction.
const (
	read = iota
	write
)

// NewSystem checks and compiles.
func NewSystem(g *Graph, l Library, b Budget, p Profile) (*System, error) {
	errs := []error{l.Check()}
	for _, budget := range []struct {
		what  string
		value float64
	}{{"power budget [mW]", b.PowerMW}, {"area budget [mm2]", b.AreaMM2}} {
		if !usable(budget.value, false) {
			errs = append(errs, fmt.Errorf("soc: %s %g: want 1e-18 to 1e18", budget.what, budget.value))
		}
	}
	if p > Reference {
		errs = append(errs, fmt.Errorf("soc: unknown profile %d", p))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	s := &System{graph: g, library: l, budget: b, profile: p}
	s.compile()
	return s, nil
}

func (s *System) compile() {
	g := s.graph
	s.work = make([]float64, len(g.Tasks))
	divisors := make([]int64, len(g.Tasks))
	for t, task := range g.Tasks {
		s.work[t] = float64(task.Cycles) * float64(s.library.Processor.OpsPerCycle)
		if w := s.work[t]; w > 0 && (s.smallestWork == 0 || w < s.smallestWork) {
			s.smallestWork = w
		}
		divisors[t] = s.divisor(t)
	}
	s.units[read], s.units[write] = make([]int64, len(g.Flows)), make([]int64, len(g.Flows))
	for i, f := range g.Flows {
		s.units[write][i] = f.Bytes / divisors[f.From]
		s.units[read][i] = f.Bytes / divisors[f.To]
	}
}

// divisor is the number of bursts into which a task's data is cut: that of its smallest input, but so that no output and not the work falls below 1 a burst.
func (s *System) divisor(t int) int64 {
	g := s.graph
	if s.work[t] == 0 || len(g.In[t]) == 0 {
		return 1
	}
	in, out := int64(math.MaxInt64), int64(math.MaxInt64)
	for _, f := range g.In[t] {
		in = min(in, g.Flows[f].Bytes)
	}
	for _, f := range g.Out[t] {
		out = min(out, g.Flows[f].Bytes)
	}
	d := in / s.library.BurstBytes
	if d < 1 || out < d || s.work[t] < float64(d) {
		return 1
	}
	return d
}

// Graph is what the system runs.
func (s *System) Graph() *Graph { return s.graph }

// Library is the hardware.
func (s *System) Library() Library { return s.library }

// Budget is what designs may use.
func (s *System) Budget() Budget { return s.budget }

// Profile says whose rules hold.
func (s *System) Profile() Profile { return s.profile }

// Check is nil for a valid design; otherwise it joins an *Invalid for each broken rule, in the order of the constants of Reason. NoRoute is looked for only when the
// other rules hold, and TooLarge shows only in a simulation.
func (s *System) Check(d *Design) error {
	var x Scratch
	x.begin(s, d)
	if x.validate(); len(x.faults) == 0 {
		x.layout()
	}
	errs := make([]error, len(x.faults))
	for i, fault := range x.faults {
		errs[i] = fault
	}
	return errors.Join(errs...)
}
