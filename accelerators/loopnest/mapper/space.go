package mapper

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// Space is a set of mappings: how the trips of every dimension are cut over the loops of the levels, which tensors every level keeps, and the orders
// of the loops in time.
type Space struct {
	model  *loopnest.Model
	slots  []slot   // the innermost first
	cuts   []*cuts  // by dimension
	levels []choice // by level

	minUtilizationFrac float64
}

// slot is a place for a loop of each dimension.
type slot struct {
	level   int
	spatial bool
	alongY  bool
	fanout  int64 // spatial: the most trips of all dimensions together
}

// choice is what can be chosen for a level.
type choice struct {
	keep                 loopnest.TensorSet // must stay
	free                 loopnest.TensorSet // may stay
	bypass               loopnest.TensorSet // must pass
	innermost, outermost []int              // dimensions
	minFanout, maxFanout int64              // instances in use below
}

// limit bounds the trips of a dimension in a slot.
type limit struct {
	low, high int64
	rest      bool // takes what no other slot takes
	exact     bool
}

// NewSpace returns the mappings of a model that the constraints allow. With imperfect, trips need not divide: a dimension of which n tiles are left is
// cut into k loops of ⌈n/k⌉ trips. Mistakes in the constraints and contradictions between them are errors, all of them joined.
func NewSpace(m *loopnest.Model, c Constraints, imperfect bool) (*Space, error) {
	s := &Space{model: m, minUtilizationFrac: c.MinUtilizationFrac}
	a, p := m.Architecture(), m.Problem()
	for level := len(a.Levels) - 1; level >= 0; level-- {
		x, y := a.Fanout(level)
		if y > 1 {
			s.slots = append(s.slots, slot{level: level, spatial: true, alongY: true, fanout: int64(y)})
		}
		if x > 1 {
			s.slots = append(s.slots, slot{level: level, spatial: true, fanout: int64(x)})
		}
		s.slots = append(s.slots, slot{level: level})
	}
	limits, err := s.constrain(c)
	if err != nil {
		return nil, err
	}
	var errs []error
	for d := range p.Dimensions {
		cut, err := newCuts(p.Dimensions[d].Size, limits[d], imperfect)
		if err != nil {
			err = fmt.Errorf("mapper: dimension %q of size %d: %w", p.Dimensions[d].Name, p.Dimensions[d].Size, err)
		}
		errs = append(errs, err)
		s.cuts = append(s.cuts, cut)
	}
	return s, errors.Join(errs...)
}

// Model returns the model that the mappings are of.
func (s *Space) Model() *loopnest.Model { return s.model }

// Size counts the mappings: ways to cut every dimension, sets of tensors to keep, and orders of all loops in time that no constraint fixes. Mappings
// that do not fit are counted too.
func (s *Space) Size() *big.Int {
	size := big.NewInt(1)
	for _, c := range s.cuts {
		size.Mul(size, new(big.Int).SetUint64(c.count()))
	}
	for _, l := range s.levels {
		size.Lsh(size, uint(l.free.Len()))
		for n := len(s.cuts) - len(l.innermost) - len(l.outermost); n > 1; n-- {
			size.Mul(size, big.NewInt(int64(n)))
		}
	}
	return size
}

// names resolves the names of dimensions and tensors and collects the mistakes.
type names struct {
	model *loopnest.Model
	errs  []error
}

func (n *names) bad(format string, args ...any) {
	n.errs = append(n.errs, fmt.Errorf("mapper: "+format, args...))
}

func (n *names) dimension(level, name string) (int, bool) {
	d, ok := n.model.Problem().Dimension(name)
	if !ok {
		var known []string
		for _, d := range n.model.Problem().Dimensions {
			known = append(known, d.Name)
		}
		n.bad("constraint of level %q: unknown dimension %q: known are %s", level, name, strings.Join(known, ", "))
	}
	return d, ok
}

func (n *names) dimensions(level string, list []string) []int {
	var ds []int
	for _, name := range list {
		d, ok := n.dimension(level, name)
		if !ok {
			continue
		}
		if slices.Contains(ds, d) {
			n.bad("constraint of level %q: dimension %q twice", level, name)
		}
		ds = append(ds, d)
	}
	return ds
}

func (n *names) tensors(level int, list []string) loopnest.TensorSet {
	var set loopnest.TensorSet
	name := n.model.Architecture().Levels[level].Name
	for _, tensor := range list {
		t, ok := n.model.Problem().Tensor(tensor)
		switch {
		case !ok:
			n.bad("constraint of level %q: unknown tensor %q", name, tensor)
		case !n.model.Holds(level).Has(t):
			n.bad("constraint of level %q: it does not hold %q", name, tensor)
		default:
			set |= loopnest.Tensors(t)
		}
	}
	return set
}
