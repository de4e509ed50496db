package gp

import (
	"cmp"
	"math"
	"slices"
)

// Front is the best known pairs of two maximised values, none of which is better than another in both, above a reference pair.
type Front struct {
	strips []strip
}

// strip is a stretch [from, to) of the first value in which what is dominated ends at the same second value, base; the last one has no end.
type strip struct{ from, to, base float64 }

// Undominated is the pairs of which no other one is at least as good in both values, the least first value first; of equal ones one.
func Undominated(pairs [][2]float64) [][2]float64 {
	sorted := slices.Clone(pairs)
	slices.SortFunc(sorted, func(a, b [2]float64) int { return cmp.Or(cmp.Compare(b[0], a[0]), cmp.Compare(b[1], a[1])) })
	var best [][2]float64
	for _, p := range sorted {
		if len(best) == 0 || p[1] > best[len(best)-1][1] {
			best = append(best, p)
		}
	}
	slices.Reverse(best)
	return best
}

// NewFront is the front of pairs above a reference; pairs that are not better than it in both values, or that another one dominates, are left out.
func NewFront(pairs [][2]float64, reference [2]float64) Front {
	best := Undominated(slices.DeleteFunc(slices.Clone(pairs), func(p [2]float64) bool { return p[0] <= reference[0] || p[1] <= reference[1] }))
	f := Front{strips: make([]strip, 0, len(best)+1)}
	from := reference[0]
	for _, p := range best {
		f.strips = append(f.strips, strip{from, p[0], p[1]})
		from = p[0]
	}
	f.strips = append(f.strips, strip{from, math.Inf(1), reference[1]})
	return f
}

// LogExpectedImprovement is ln of the area that a pair of independent normal values is expected to add to what the front dominates above its reference:
//
//	EHVI = sum over strips of (E(Y1 - from)⁺ - E(Y1 - to)⁺) E(Y2 - base)⁺
//
// exact (M. Emmerich, K. Yang, A. Deutz, H. Wang and C. Fonseca, "A Multicriteria Generalization of Bayesian Global Optimization", 2016), summed in
// logarithms, so that it is finite far below the front as LogExpectedImprovement is. It allocates nothing and costs O(pairs).
func (f Front) LogExpectedImprovement(mean, sd [2]float64) float64 {
	sum := math.Inf(-1)
	above := LogExpectedImprovement(mean[0], sd[0], f.strips[0].from)
	for _, s := range f.strips {
		beyond := math.Inf(-1)
		if !math.IsInf(s.to, 1) {
			beyond = LogExpectedImprovement(mean[0], sd[0], s.to)
		}
		if above > math.Inf(-1) {
			width := above + math.Log1p(-math.Exp(min(beyond-above, 0)))
			sum = logSum(sum, width+LogExpectedImprovement(mean[1], sd[1], s.base))
		}
		above = beyond
	}
	return sum
}

// logSum is ln(exp(a) + exp(b)).
func logSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}
