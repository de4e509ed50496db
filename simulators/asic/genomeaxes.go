package asic

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// maxSizes bounds the levels of an axis of sizes.
const maxSizes = 1 << 16

// geneAxis is an axis of a genome: what a level sets, and the level of a genome that has what the axis has.
type geneAxis struct {
	param space.Param
	set   func(g *genome, level int)
	get   func(g *genome) int
}

// genomeAxes makes axes of the genes.
type genomeAxes struct {
	loops    *loops
	sizes    string // which sizes a tile or a cluster may have, see sizes
	least    int    // levels
	most     int
	parallel []dataflow.Dim // what units may share
	pes      int            // the most units
	topUnits bool           // the outermost level's are a gene
	axes     []geneAxis
	err      error
}

// build lists the axes, each level's after those of the level above. Axes of levels that a genome may lack are conditional.
func (a *genomeAxes) build() ([]geneAxis, error) {
	if a.least < a.most {
		var counts []int
		for n := a.least; n <= a.most; n++ {
			counts = append(counts, n)
		}
		a.ordinal(space.Param{Name: "levels", Doc: "levels of units; those of the innermost are the PEs", Group: "nest"}, counts,
			func(g *genome) *int { return &g.levels })
	}
	for i := range a.most {
		a.level(i)
	}
	return a.axes, a.err
}

// level lists the axes of one level.
func (a *genomeAxes) level(i int) {
	group := fmt.Sprintf("level%d", i+1)
	param := func(role, unit, doc string) space.Param {
		p := space.Param{Name: group + "_" + role, Unit: unit, Doc: doc, Group: group}
		if i >= a.least {
			var in []string
			for n := i + 1; n <= a.most; n++ {
				in = append(in, strconv.Itoa(n))
			}
			p.When = []space.Cond{{Param: "levels", In: in}}
		}
		return p
	}
	over := param("parallel", "", "loop that the units of the level share")
	over.Kind, over.Labels = space.Nominal, dimLabels(a.parallel)
	a.axes = append(a.axes, geneAxis{over,
		func(g *genome, level int) { g.level[i].over = a.parallel[level] },
		func(g *genome) int { return slices.Index(a.parallel, g.level[i].over) },
	})
	if i > 0 || a.topUnits {
		doc := "units in one unit of the level above"
		if i == 0 {
			doc = "units of the outermost level: PEs = the product of the units of all levels"
		}
		values, err := sizes(a.sizes, a.pes, false)
		a.fail("clusters", err)
		a.ordinal(param("units", "units", doc), values, func(g *genome) *int { return &g.level[i].units })
	}
	if n := len(a.loops.dims); n > 1 && (i == 0 || a.loops.inner) {
		a.order(param("order", "", "loops of the level, the fastest last"), i)
	}
	for _, d := range a.loops.dims {
		p := param("tile_"+dimLabel(d), "elements", tileDoc(d))
		if !a.loops.cuts(i, dataflow.N, d) { // unless it is what the units share
			if !slices.Contains(a.parallel, d) {
				continue
			}
			p.When = append(p.When, space.Cond{Param: over.Name, In: []string{dimLabel(d)}})
		}
		values, err := sizes(a.sizes, a.loops.extent[d], true)
		a.fail("tiles of "+dimLabel(d), err)
		a.ordinal(p, values, func(g *genome) *int { return &g.level[i].tile[d] })
	}
}

func (a *genomeAxes) fail(of string, err error) {
	if err != nil && a.err == nil {
		a.err = fmt.Errorf("%s: %w", of, err)
	}
}

// order is the axis of the nest order of a level.
func (a *genomeAxes) order(p space.Param, i int) {
	dims := a.loops.dims
	p.Kind, p.Labels = space.Permutation, dimLabels(dims)
	a.axes = append(a.axes, geneAxis{p,
		func(g *genome, level int) {
			var buf [space.MaxPermuted]int
			for place, at := range space.Unrank(buf[:0], level, len(dims)) {
				g.level[i].order[place] = dims[at]
			}
		},
		func(g *genome) int {
			var buf [space.MaxPermuted]int
			order := buf[:len(dims)]
			for place := range order {
				order[place] = slices.Index(dims, g.level[i].order[place])
			}
			return space.Rank(order)
		},
	})
}

// ordinal is an axis of sizes; the level of a size that is none of its values is the next below.
func (a *genomeAxes) ordinal(p space.Param, values []int, at func(*genome) *int) {
	p.Kind, p.Values, p.Log = space.Ordinal, make([]float64, len(values)), true
	for i, v := range values {
		p.Values[i] = float64(v)
	}
	a.axes = append(a.axes, geneAxis{p,
		func(g *genome, level int) { *at(g) = values[level] },
		func(g *genome) int {
			level, exact := slices.BinarySearch(values, *at(g))
			if !exact {
				level--
			}
			return max(level, 0)
		},
	})
}

// sizes lists the sizes that a part of n may have: every one; the divisors of n; or those that cover n in different numbers of parts, the least of each
// number for a tile (up = rounding up), the greatest for a cluster.
func sizes(kind string, n int, up bool) (list []int, err error) {
	switch kind {
	case "all":
		if n > maxSizes {
			return nil, fmt.Errorf("sizes = all would list %d sizes, %d at most: set sizes = covering or divisors", n, maxSizes)
		}
		for size := 1; size <= n; size++ {
			list = append(list, size)
		}
	case "divisors":
		for size := 1; size*size <= n; size++ {
			if n%size == 0 {
				list = append(list, size, n/size)
			}
		}
	default:
		for size := 1; size*size <= n; size++ {
			list = append(list, covering(n, size, up), covering(n, covering(n, size, up), up))
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// covering is the size with which so many parts cover n, or with which n holds so many.
func covering(n, parts int, up bool) int {
	if up {
		return (n + parts - 1) / parts
	}
	return n / parts
}

func dimLabel(d dataflow.Dim) string { return strings.ToLower(d.String()) }

func dimLabels(dims []dataflow.Dim) (labels []string) {
	for _, d := range dims {
		labels = append(labels, dimLabel(d))
	}
	return labels
}

// tileDoc says what a tile is.
func tileDoc(d dataflow.Dim) string {
	what := map[dataflow.Dim]string{
		dataflow.K: "output channels", dataflow.C: "input channels", dataflow.Y: "output rows", dataflow.X: "output columns",
		dataflow.R: "kernel rows", dataflow.S: "kernel columns",
	}[d]
	return what + " that a unit of the level holds"
}

// fields binds the axes to a configuration that holds a genome.
func fields[C any](axes []geneAxis, of func(*C) *genome) (list []simulators.Field[C]) {
	for _, a := range axes {
		list = append(list, simulators.Field[C]{Param: a.param, Set: func(c *C, level int) { a.set(of(c), level) }})
	}
	return list
}
