package dataflow

import "fmt"

// Scratch is the memory of an evaluation, to be reused: with it Evaluate allocates nothing. The zero value is ready; it belongs to one goroutine.
type Scratch struct {
	physical physical
	maestro  maestro
	mapping  Mapping // of a template
}

// Evaluate costs a layer on hardware under a mapping. An error is a mistake in the input; a design that is well formed but does not work is
// marked in Stats.Infeasible.
func Evaluate(h Hardware, l Layer, m Mapping, p Profile, s *Scratch) (Stats, error) {
	if err := check(h, l, m, p); err != nil {
		return Stats{}, err
	}
	if m.ClusterPEs() > h.PEs {
		return Stats{Infeasible: ClustersExceedPEs}, nil
	}
	l = l.filled()
	if p == Maestro {
		return s.maestro.evaluate(h, &l, m)
	}
	return s.physical.evaluate(h, &l, m), nil
}

// check is Check of all parts.
func check(h Hardware, l Layer, m Mapping, p Profile) error {
	if p > Maestro {
		return fmt.Errorf("dataflow: unknown profile %s: known are %s", p, profileNames)
	}
	if err := h.Check(); err != nil {
		return err
	}
	if err := l.Check(); err != nil {
		return err
	}
	return m.Check(l)
}
