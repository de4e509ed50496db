package golden

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/soc"
)

const (
	// RelativeTolerance of every number.
	RelativeTolerance = 1e-9
	// distanceTolerance is absolute: a distance is a difference from the budget.
	distanceTolerance = 1e-15
	// limiterTolerance is how far above the least bound on a task's rate that of the recorded limiter may be.
	limiterTolerance = 1e-12
)

// Outcome is the comparison of one record.
type Outcome struct {
	Equal         bool
	RelativeError float64 // the largest of its numbers
	Difference    string  // the first; empty if Equal
}

// comparison collects the outcome of a record.
type comparison struct {
	record string
	Outcome
}

func compare(record string) *comparison { return &comparison{record, Outcome{Equal: true}} }

func (c *comparison) differ(format string, args ...any) {
	if c.Equal {
		c.Equal, c.Difference = false, c.record+": "+fmt.Sprintf(format, args...)
	}
}

// near compares numbers.
func (c *comparison) near(what string, got, want float64) {
	if got == want {
		return
	}
	apart := math.Abs(got-want) / math.Abs(want)
	c.RelativeError = max(c.RelativeError, apart)
	if !(apart <= RelativeTolerance) {
		c.differ("%s is %.17g, the reference has %.17g", what, got, want)
	}
}

// distance compares normalised distances.
func (c *comparison) distance(what string, got, want float64) {
	if !(math.Abs(got-want) <= distanceTolerance) {
		c.near(what, got, want)
	}
}

// same compares lists of names.
func (c *comparison) same(what string, got, want []string) {
	if !slices.Equal(got, want) {
		c.differ("%s are %v, the reference has %v", what, got, want)
	}
}

// links compares the network that pruning leaves.
func (c *comparison) links(d *soc.Design, got []soc.Link, want [][2]string) {
	pair := func(a, b string) string { return min(a, b) + " " + max(a, b) }
	var have, need []string
	for _, l := range got {
		have = append(have, pair(d.Blocks[l.A].ID, d.Blocks[l.B].ID))
	}
	for _, l := range want {
		need = append(need, pair(l[0], l[1]))
	}
	slices.Sort(have)
	slices.Sort(need)
	c.same("links", have, need)
}

// priority compares the order of tasks.
func (c *comparison) priority(g *soc.Graph, got []int, want []string) {
	var names []string
	for _, t := range got {
		names = append(names, g.Tasks[t].Name)
	}
	c.same("priorities", names, want)
}

// graphOf is the graph of published workloads.
func graphOf(names ...string) (*soc.Graph, error) {
	var workloads []soc.Workload
	for _, name := range names {
		w, err := soc.Lookup(name)
		if err != nil {
			return nil, err
		}
		workloads = append(workloads, w)
	}
	return soc.Together(workloads...)
}

// The reference's units.
const (
	pJPerJ   = 1e12
	mWPerW   = 1e3
	mm2PerM2 = 1e6
)
