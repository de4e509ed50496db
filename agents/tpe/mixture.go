package tpe

import (
	"math"
	"math/rand/v2"
	"sort"

	"github.com/codesign-gym/codesign/env/space"
)

// design is a told or pending point as kernels see it.
type design struct {
	id     int // of the trial
	point  space.Point
	places []int32 // of every axis, absent where it is inactive
}

func newDesign(s space.Space, id int, p space.Point) design {
	d := design{id: id, point: p, places: make([]int32, len(p))}
	for axis := range p {
		d.locate(s, axis)
	}
	return d
}

// locate sets the place of an axis from the point.
func (d *design) locate(s space.Space, axis int) {
	d.places[axis] = absent
	if s.Active(d.point, axis) {
		d.places[axis] = place(s.Param(axis), d.point[axis])
	}
}

// mixture is a Parzen estimator over some axes: a product of kernels around each design of a set, and the prior, weighted.
type mixture struct {
	space   space.Space
	axes    []int
	kernels []kernel  // parallel to axes
	designs []design  // those with any of the axes active
	log     []float64 // log weights, of the designs and of the prior last
	sums    []float64 // of the weights, cumulative
}

// newMixture estimates the density of designs, the oldest first.
func newMixture(s space.Space, axes []int, designs []design, o Options) *mixture {
	m := &mixture{space: s, axes: axes}
	for _, d := range designs {
		for _, axis := range axes {
			if d.places[axis] != absent {
				m.designs = append(m.designs, d)
				break
			}
		}
	}
	n, free := len(m.designs), 0
	for _, axis := range axes {
		if s.Levels(axis) > 1 {
			free++
		}
	}
	for _, axis := range axes {
		deviation := 0.0
		if s.Param(axis).Kind == space.Ordinal {
			deviation = m.deviation(axis, free, o)
		}
		m.kernels = append(m.kernels, newKernel(s.Param(axis), n, deviation, o.PriorWeight))
	}
	m.log, m.sums = make([]float64, n+1), make([]float64, n+1)
	total := 0.0
	for i := range m.sums {
		weight := o.PriorWeight
		if i < n {
			weight = ageWeight(i, n)
		}
		total += weight
		m.sums[i], m.log[i] = total, math.Log(weight)
	}
	for i := range m.log {
		m.log[i] -= math.Log(total)
	}
	return m
}

// ageWeight is the weight of the i-th oldest of n designs: 1 for the newest 25, less the older the others are, down to 1/n.
func ageWeight(i, n int) float64 {
	const newest = 25
	ramp := n - newest
	if i >= ramp {
		return 1
	}
	if ramp == 1 {
		return 1 / float64(n)
	}
	least := 1 / float64(n)
	return least + (1-least)*float64(i)/float64(ramp-1)
}

// draw sets the levels of the active ones of the axes in p, which must be canonical up to each of them, to a draw of the mixture.
func (m *mixture) draw(p space.Point, rng *rand.Rand) {
	last := len(m.sums) - 1
	chosen := min(sort.SearchFloat64s(m.sums, rng.Float64()*m.sums[last]), last)
	for k, axis := range m.axes {
		p[axis] = 0
		if !m.space.Active(p, axis) {
			continue
		}
		centre := -1
		if chosen < last && m.designs[chosen].places[axis] != absent {
			centre = m.designs[chosen].point[axis]
		}
		p[axis] = m.kernels[k].draw(centre, rng)
	}
}

// scratch are the tables of one candidate.
type scratch struct {
	logs   []float64 // log masses on the active tabled axes: of the prior and of the kernels around each level
	starts []int     // where each tabled axis' logs begin
	tabled []int     // the axes
	orders []int     // indices in mixture.axes of the active permutation axes
	terms  []float64
}

// logDensity is the log of the mixture's mass at a candidate, on the axes that are active in it.
func (m *mixture) logDensity(c *design, s *scratch) float64 {
	s.logs, s.starts, s.tabled, s.orders, s.terms = s.logs[:0], s.starts[:0], s.tabled[:0], s.orders[:0], s.terms[:0]
	for k, axis := range m.axes {
		switch {
		case c.places[axis] == absent || m.kernels[k].levels == 1:
		case m.kernels[k].param.Kind == space.Permutation:
			s.orders = append(s.orders, k)
		default:
			s.tabled, s.starts = append(s.tabled, axis), append(s.starts, len(s.logs)+1)
			s.logs = m.kernels[k].appendLog(s.logs, c.point[axis])
		}
	}
	greatest := math.Inf(-1)
	for i, log := range m.log {
		if i == len(m.designs) {
			for _, start := range s.starts {
				log += s.logs[start-1]
			}
			for _, k := range s.orders {
				log += m.kernels[k].logSwaps(c.places[m.axes[k]], absent)
			}
		} else {
			places := m.designs[i].places
			for k, axis := range s.tabled {
				log += s.logs[s.starts[k]+int(places[axis])]
			}
			for _, k := range s.orders {
				log += m.kernels[k].logSwaps(c.places[m.axes[k]], places[m.axes[k]])
			}
		}
		s.terms = append(s.terms, log)
		greatest = max(greatest, log)
	}
	sum := 0.0
	for _, log := range s.terms {
		sum += math.Exp(log - greatest)
	}
	return greatest + math.Log(sum)
}
