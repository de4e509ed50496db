package rank

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/agents"
)

// MaxFront is the most designs that a front holds.
const MaxFront = 100

// Front is designs of which none is better than another, each with what its search knows of it.
type Front[T any] []Held[T]

// Held is a design of a front.
type Held[T any] struct {
	Trial agents.Trial
	Known T
}

// Admit takes a trial unless a held one is better, or as good in every objective, and drops those that it betters; it tells whether the trial is held now.
// As long as none is feasible only the newest of the best is held. Of more than MaxFront the last one of Order is forgotten.
func (f *Front[T]) Admit(t agents.Trial) bool {
	for _, held := range *f {
		if c := Compare(t, held.Trial); c > 0 || t.Feasible() && slices.Equal(t.Objectives, held.Trial.Objectives) {
			return false
		}
	}
	*f = slices.DeleteFunc(*f, func(held Held[T]) bool { return !t.Feasible() || Compare(t, held.Trial) < 0 })
	*f = append(*f, Held[T]{Trial: t})
	if len(*f) <= MaxFront {
		return true
	}
	trials := make([]agents.Trial, len(*f))
	for i, held := range *f {
		trials[i] = held.Trial
	}
	worst := Order(trials)[MaxFront]
	*f = slices.Delete(*f, worst, worst+1)
	return worst < MaxFront
}

// Nearest is the index of the held design that is best by weights of the objectives, among those that are wanted (nil = all): of the least augmented weighted
// Chebyshev distance from the best of each objective. It is -1 where none is wanted.
func (f Front[T]) Nearest(weights []float64, wanted func(Held[T]) bool) int {
	low, high := f.ranges()
	best, least := -1, math.Inf(1)
	for i, held := range f {
		if wanted != nil && !wanted(held) {
			continue
		}
		if d := chebyshev(held.Trial.Objectives, low, high, weights); best < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// ranges are the least and the greatest value of each objective.
func (f Front[T]) ranges() (low, high []float64) {
	for i, held := range f {
		if i == 0 {
			low, high = slices.Clone(held.Trial.Objectives), slices.Clone(held.Trial.Objectives)
		}
		for k, v := range held.Trial.Objectives {
			low[k], high[k] = min(low[k], v), max(high[k], v)
		}
	}
	return low, high
}

// chebyshev is the augmented weighted Chebyshev distance of maximised objectives from the best of each, in units of their ranges; 0 where nothing
// was evaluated.
func chebyshev(objectives, low, high, weights []float64) float64 {
	const share = 0.05 // of the weighted sum, as in ParEGO
	most, sum := 0.0, 0.0
	for k, v := range objectives {
		if high[k] > low[k] {
			d := weights[k] * (high[k] - v) / (high[k] - low[k])
			most, sum = max(most, d), sum+d
		}
	}
	return most + share*sum
}
