package proxy

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// Floor is a lower bound of a metric: a product, or the least value that each combination of the levels of a few axes had.
type Floor struct {
	Product *Product       `json:"product,omitempty"`
	Least   *regress.Table `json:"least,omitempty"`
}

// What makes a floor worth having.
const (
	nearFloor   = 1.02 // times the floor or less is near it
	leastNear   = 0.05 // share of the rows that are near it
	rowsPerCell = 20   // of a table of least values, in the mean
	floorAxes   = 3    // of such a table
	floorRows   = 8000 // that floors are sought on
)

// value is the floor of a design.
func (f *Floor) value(s space.Space, p space.Point, metric func(target int) float64) float64 {
	if f.Product != nil {
		return f.Product.value(s, p, metric)
	}
	cell := 0
	for _, a := range f.Least.Axes {
		cell = cell*s.Levels(a) + p[a]
	}
	return f.Least.Values[cell]
}

// check reports a floor that cannot be computed.
func (f *Floor) check(s space.Space, targets []Target, own int) error {
	if f.Product != nil {
		if slices.ContainsFunc(f.Product.Metrics, func(m Power) bool {
			return m.Of >= 0 && m.Of < len(targets) && (len(targets[m.Of].Floors) > 0 || targets[m.Of].derived())
		}) {
			return fmt.Errorf("a floor on a target with floors, or made of others")
		}
		return f.Product.check(s, targets, own)
	}
	if f.Least == nil {
		return fmt.Errorf("a floor without a form")
	}
	cells := 1
	for _, a := range f.Least.Axes {
		if a < 0 || a >= s.Len() {
			return fmt.Errorf("a floor on axis %d", a)
		}
		cells *= s.Levels(a)
	}
	if cells != len(f.Least.Values) || slices.ContainsFunc(f.Least.Values, func(v float64) bool { return !(v > 0) }) {
		return fmt.Errorf("a floor of %d values for %d cells", len(f.Least.Values), cells)
	}
	return nil
}

// appendFloors appends, for each design, its features, for each floor the logarithm of the floor over the greatest one, and the logarithms of the targets beside; and
// returns the logarithms of the greatest floors.
func appendFloors(floors []Floor, beside []int, s space.Space, points []space.Point, x []float64, width int, metric func(target, design int) float64) (wide, roofs []float64) {
	wide, roofs = make([]float64, 0, len(points)*(width+len(floors)+len(beside))), make([]float64, len(points))
	logs := make([]float64, len(floors))
	for i, p := range points {
		for k := range floors {
			logs[k] = logOf(floors[k].value(s, p, func(target int) float64 { return metric(target, i) }))
		}
		roofs[i] = slices.Max(logs)
		wide = append(wide, x[i*width:(i+1)*width]...)
		for _, v := range logs {
			wide = append(wide, v-roofs[i])
		}
		for _, target := range beside {
			wide = append(wide, logOf(metric(target, i)))
		}
	}
	return wide, roofs
}

// logOf is the logarithm of what is positive but for errors of a model.
func logOf(v float64) float64 { return math.Log(max(v, math.SmallestNonzeroFloat64)) }

// besides are the targets that floors are products of: how much there is to move tells which of several parts of a design moves it.
func besides(floors []Floor) []int {
	var list []int
	for _, f := range floors {
		if f.Product != nil {
			list = append(list, f.Product.Metrics[0].Of)
		}
	}
	return list
}

// checkBeside reports a target beside another one that is not told by features alone, or beside one without floors.
func checkBeside(targets []Target, own int) error {
	t := &targets[own]
	if len(t.Beside) > 0 && len(t.Floors) == 0 {
		return fmt.Errorf("targets beside it, and no floors")
	}
	for _, of := range t.Beside {
		if of < 0 || of >= len(targets) || of == own || targets[of].derived() || len(targets[of].Floors) > 0 {
			return fmt.Errorf("target %d beside it", of)
		}
	}
	return nil
}

// floors finds the product and the table of least values that most rows are near.
func (l *learner) floors(metric int, bases []int) []Floor {
	rows := l.valued[:min(len(l.valued), floorRows)]
	var list []Floor
	if f, near := l.floorProduct(metric, rows, bases); near >= leastNear {
		list = append(list, Floor{Product: f})
	}
	if t, near := l.floorTable(metric, rows); near >= leastNear {
		list = append(list, Floor{Least: l.leastOf(metric, t)})
	}
	return list
}

// floorProduct is the product of a metric that most rows are near, its factor the least of their ratios, and how many are.
func (l *learner) floorProduct(metric int, rows []int, bases []int) (*Product, float64) {
	var best *Product
	most := 0
	ratios := make([]float64, len(rows))
	for _, f := range l.candidates(bases, 1) {
		if len(f.Metrics) == 0 || f.Metrics[0].Power < 0 {
			continue
		}
		least := math.Inf(1)
		for k, i := range rows {
			r := &l.table.Rows[i]
			ratios[k] = r.Values[metric] / f.value(l.table.Spec.Space, r.Point, func(target int) float64 { return r.Values[l.metrics[target]] })
			least = min(least, ratios[k])
		}
		near := 0
		for _, v := range ratios {
			if v <= least*nearFloor {
				near++
			}
		}
		if near > most && least > 0 && !math.IsInf(least, 1) {
			f.Factor = least
			best, most = &f, near
		}
	}
	return best, float64(most) / float64(len(rows))
}

// floorTable is the axes whose cells' least values most rows are near, less one row a cell, and how many are.
func (l *learner) floorTable(metric int, rows []int) ([]int, float64) {
	s := l.table.Spec.Space
	var best []int
	most := 0
	var try func(axes []int, cells int)
	try = func(axes []int, cells int) {
		from := 0
		if len(axes) > 0 {
			from = axes[len(axes)-1] + 1
			if near := l.nearLeast(metric, rows, axes, cells); near > most {
				best, most = slices.Clone(axes), near
			}
		}
		if len(axes) == floorAxes {
			return
		}
		for a := from; a < s.Len(); a++ {
			if next := cells * s.Levels(a); next*rowsPerCell <= len(rows) && s.Levels(a) > 1 {
				try(append(axes, a), next)
			}
		}
	}
	if s.Len() <= mostFloorAxes {
		try(nil, 1)
	}
	return best, float64(most) / float64(len(rows))
}

// mostFloorAxes bounds the axes of a space whose triples are tried.
const mostFloorAxes = 24

// nearLeast counts the rows near the least value of their cell, less one a cell.
func (l *learner) nearLeast(metric int, rows []int, axes []int, cells int) int {
	least := slices.Repeat([]float64{math.Inf(1)}, cells)
	at := make([]int, len(rows))
	for k, i := range rows {
		r := &l.table.Rows[i]
		for _, a := range axes {
			at[k] = at[k]*l.table.Spec.Space.Levels(a) + r.Point[a]
		}
		least[at[k]] = min(least[at[k]], r.Values[metric])
	}
	near := 0
	for _, v := range least {
		if !math.IsInf(v, 1) {
			near--
		}
	}
	for k, i := range rows {
		if l.table.Rows[i].Values[metric] <= least[at[k]]*nearFloor {
			near++
		}
	}
	return near
}

// leastOf is the table of the least values, of all rows; a cell without rows has the least of all.
func (l *learner) leastOf(metric int, axes []int) *regress.Table {
	s := l.table.Spec.Space
	cells, least := 1, math.Inf(1)
	for _, a := range axes {
		cells *= s.Levels(a)
	}
	t := &regress.Table{Axes: axes, Values: slices.Repeat([]float64{math.Inf(1)}, cells)}
	for _, i := range l.valued {
		r := &l.table.Rows[i]
		cell := 0
		for _, a := range axes {
			cell = cell*s.Levels(a) + r.Point[a]
		}
		t.Values[cell], least = min(t.Values[cell], r.Values[metric]), min(least, r.Values[metric])
	}
	for c, v := range t.Values {
		if math.IsInf(v, 1) {
			t.Values[c] = least
		}
	}
	return t
}
