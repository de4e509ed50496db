package soc

// LimitedAxis is one entry of the reference's "limited" action vector.
type LimitedAxis struct {
	Name  string   // "pe0_kind"
	Group string   // "pe", "memory", "bus", "mapping"
	First int      // the number of the first level: -1 or 0
	Names []string // of the levels
}

// LimitedAxes lists the entries for a graph: 3 processors, 3 memories and 3 buses of the smallest width, 18 + 2 entries a task.
func LimitedAxes(s *System) []LimitedAxis { return nil }

// DecodeLimited is the design of an action vector. The error is an *Invalid, of the first rule broken in the reference's order.
func DecodeLimited(s *System, action []int) (*Design, error) { return nil, nil }
