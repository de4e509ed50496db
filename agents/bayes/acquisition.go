package bayes

import (
	"math"

	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// acquisition is what a design is proposed for: ln of the expected improvement, of one objective or of the hypervolume, times the probability that the
// design is feasible. Designs are looked at from a base, which most of them are near.
type acquisition struct {
	factors []factor
	front   gp.Front
	best    float64
	order   []int     // of the factors, in which they are bounded: those that decided last come first
	rest    []float64 // scratch: bounds of the factors from each on
}

// factor is one of the acquisition's: the gain, of one or two functions, or the probability that a function is at most a bound.
type factor struct {
	functions []sight
	gain      bool
	bound     float64
	most      float64 // ln of the factor is at most this at the design that was looked at last
}

// sight is a modelled function seen from a base: the process' own probe and those of its priors.
type sight struct {
	probes   []*gp.Probe
	slopes   []float64 // parallel to probes
	mean     float64
	variance gp.Range // exact once it was settled
}

// acquisition makes the acquisition of a view, without a base.
func (v *view) acquisition() *acquisition {
	m := v.a.model
	q := &acquisition{front: v.front, best: v.best}
	if v.gains {
		f := factor{gain: true}
		for i := range m.objectives {
			f.functions = append(f.functions, newSight(&m.objectives[i]))
		}
		q.factors = append(q.factors, f)
	}
	for c := range m.constraints {
		if p := &m.constraints[c]; len(p.held) > 0 {
			q.factors = append(q.factors, factor{functions: []sight{newSight(p)}, bound: v.bounds[c]})
		}
	}
	if v.results != nil {
		q.factors = append(q.factors, factor{functions: []sight{newSight(v.results)}, bound: v.bound})
	}
	q.rest = make([]float64, len(q.factors)+1)
	for i := range q.factors {
		q.order = append(q.order, i)
	}
	return q
}

func newSight(p *process) sight {
	s := sight{probes: []*gp.Probe{p.gp.Probe()}, slopes: []float64{1}}
	for i, source := range p.prior.sources {
		s.probes, s.slopes = append(s.probes, source.Probe()), append(s.slopes, p.prior.slopes[i])
	}
	return s
}

// move makes x the base; the columns are those in which it may differ from the one before, nil any.
func (q *acquisition) move(x []float64, columns []int) {
	for i := range q.factors {
		for _, s := range q.factors[i].functions {
			for _, p := range s.probes {
				p.Move(x, columns)
			}
		}
	}
}

// above is the acquisition at x and true where it is more than least; else a bound of it, which is not. The columns are those in which x may differ from the
// base, nil any. First the bounds of all factors are multiplied, then one after the other is replaced by the factor itself, which costs more, and
// there is an end as soon as the product is too little.
func (q *acquisition) above(x []float64, columns []int, least float64) (value float64, ok bool) {
	for at, i := range q.order {
		f := &q.factors[i]
		for k := range f.functions {
			f.functions[k].look(x, columns)
		}
		f.most = q.ln(f)
		if value += f.most; value <= least {
			copy(q.order[1:], q.order[:at])
			q.order[0] = i
			return value, false
		}
	}
	for i := len(q.factors) - 1; i >= 0; i-- {
		q.rest[i] = q.rest[i+1] + q.factors[i].most
	}
	value = 0
	for i := range q.factors {
		f := &q.factors[i]
		for k := range f.functions {
			f.functions[k].settle()
		}
		value += q.ln(f)
		if value+q.rest[i+1] <= least {
			return value + q.rest[i+1], false
		}
	}
	return value, value > least
}

// look predicts the function at x, with bounds of its variance.
func (s *sight) look(x []float64, columns []int) {
	s.mean, s.variance = 0, gp.Range{}
	for i, p := range s.probes {
		mean, variance := p.Look(x, columns)
		square := s.slopes[i] * s.slopes[i]
		s.mean += s.slopes[i] * mean
		s.variance.Least += square * variance.Least
		s.variance.Most += square * variance.Most
	}
}

// settle replaces the bounds by the variance.
func (s *sight) settle() {
	sum := 0.0
	for i, p := range s.probes {
		sum += s.slopes[i] * s.slopes[i] * p.Variance()
	}
	s.variance = gp.Range{Least: sum, Most: sum}
}

// ln is the logarithm of a factor or, where variances are not settled, the most that it can be: a gain grows with the variance, and so does the
// probability to be at most a bound where the mean is above it.
func (q *acquisition) ln(f *factor) float64 {
	const least = 1e-9 // of variances
	s := &f.functions[0]
	switch {
	case len(f.functions) == 2:
		t := &f.functions[1]
		return q.front.LogExpectedImprovement([2]float64{s.mean, t.mean}, [2]float64{math.Sqrt(s.variance.Most), math.Sqrt(t.variance.Most)})
	case f.gain:
		return gp.LogExpectedImprovement(s.mean, math.Sqrt(s.variance.Most), q.best)
	case s.mean > f.bound:
		return gp.LogNormalCDF((f.bound - s.mean) / math.Sqrt(s.variance.Most+least))
	}
	return gp.LogNormalCDF((f.bound - s.mean) / math.Sqrt(s.variance.Least+least))
}
