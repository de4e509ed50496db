package kriging

import (
	"cmp"
	"math"
	"slices"
)

// Held is how far the values of one case are from those of each case: what is needed of them to judge any rule.
type Held struct {
	rows   float64
	mean   []float64   // of the differences, by case
	square [][]float64 // of their products, by two cases
}

// Add adds a value of the case: differences[s] is the value that case s has there less the case's own, 0 for the case itself.
func (h *Held) Add(differences []float64) {
	if h.mean == nil {
		h.mean, h.square = make([]float64, len(differences)), make([][]float64, len(differences))
		for s := range h.square {
			h.square[s] = make([]float64, len(differences))
		}
	}
	h.rows++
	for s, a := range differences {
		h.mean[s] += (a - h.mean[s]) / h.rows
		for t, b := range differences[:s+1] {
			h.square[s][t] += (a*b - h.square[s][t]) / h.rows
			h.square[t][s] = h.square[s][t]
		}
	}
}

// Errors are the roots of the mean squared error of each case when the others tell it.
func (r Rule) Errors(known [][]float64, held []Held) []float64 {
	errors := make([]float64, len(known))
	weights, shifts := r.LeftOut(known)
	for t, w := range weights {
		h, shift := &held[t], shifts[t]
		mean, square := 0.0, 0.0
		for s, ws := range w {
			mean += ws * h.mean[s]
			for u, wu := range w {
				square += ws * wu * h.square[s][u]
			}
		}
		errors[t] = math.Sqrt(max(square+2*shift*mean+shift*shift, 0))
	}
	return errors
}

// What a rule is made of at most, and what an improvement must be.
const (
	mostOver = 2
	mostNear = 3
	certain  = 1    // standard errors of an improvement over the cases
	worth    = 0.01 // of the error: the least improvement
)

// Least is how many cases must be known for a choice.
const Least = 4

// Offsets are the rules that take values over one feature and tell known cases from the others best, so many at most, the best first; those alone that are better than the mean.
func Offsets(known [][]float64, held []Held, most int) []Rule {
	var list []Rule
	errors := map[int]float64{}
	least := mean(Rule{}.Errors(known, held))
	for _, r := range (Rule{}).grown(known, true) {
		if len(r.Over) == 0 {
			continue
		}
		if e := mean(r.Errors(known, held)); e < least {
			errors[r.Over[0].Of] = e
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b Rule) int { return cmp.Compare(errors[a.Over[0].Of], errors[b.Over[0].Of]) })
	return list[:min(len(list), most)]
}

// Choose is the rule that tells known cases from the others best, the mean unless another one is surely better; and the errors of each case by the mean and by the rule. Features that
// are not positive in every case are never in Over; there are none where values may not be taken over any, over = false.
func Choose(known [][]float64, held []Held, over bool) (best Rule, before, after []float64) {
	before = Rule{}.Errors(known, held)
	after = before
	if len(known) < Least {
		return best, before, after
	}
	for {
		candidate, errors := best, after
		for _, r := range best.grown(known, over) {
			if e := r.Errors(known, held); mean(e) < mean(errors) {
				candidate, errors = r, e
			}
		}
		if !Surely(after, errors) {
			return best, before, after
		}
		best, after = candidate, errors
	}
}

// grown are the rules with one feature more.
func (r Rule) grown(known [][]float64, over bool) (list []Rule) {
	used := r.Used()
	for f := range known[0] {
		first := known[0][f]
		if slices.Contains(used, f) || !slices.ContainsFunc(known, func(x []float64) bool { return x[f] != first }) {
			continue
		}
		positive := !slices.ContainsFunc(known, func(x []float64) bool { return !(x[f] > 0) })
		if over && positive && len(r.Over) < mostOver {
			for _, power := range []int{1, -1} {
				with := r
				with.Over = append(slices.Clone(r.Over), Power{f, power})
				list = append(list, with)
			}
		}
		if len(r.Near) == mostNear {
			continue
		}
		near := append(slices.Clone(r.Near), f)
		for _, length := range []float64{1, 2, 4} {
			for _, noise := range []float64{0.01, 0.1, 1} {
				list = append(list, Rule{Over: r.Over, Near: near, Length: length * math.Sqrt(float64(len(near))), Noise: noise})
			}
		}
	}
	return list
}

// Surely tells whether the errors of cases are less than before, by more than chance makes them.
func Surely(before, errors []float64) bool {
	n := float64(len(errors))
	better, spread := mean(before)-mean(errors), 0.0
	for t, e := range errors {
		spread += (before[t] - e - better) * (before[t] - e - better)
	}
	return better > worth*mean(before) && better > certain*math.Sqrt(spread/(n-1)/n)
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
