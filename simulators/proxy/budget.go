package proxy

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// Budget is a bound with what tells, of feasible designs, which meet it.
type Budget struct {
	Bound
	Share      float64     `json:"share"` // of the feasible training rows, drawn in by one row that meets it and one that does not: the chance where there is no classifier
	Classifier *Classifier `json:"classifier,omitempty"`
}

// chances are those of n rows of features to meet the budget.
func (b *Budget) chances(x []float64, n int) []float64 {
	if b.Classifier == nil {
		return slices.Repeat([]float64{b.Share}, n)
	}
	return b.Classifier.probabilities(x, n)
}

// check reports a budget that cannot be told.
func (b *Budget) check(p *Proxy) error {
	if targetOf(p.file.Targets, b.Key) < 0 {
		return notPredicted(b.Key)
	}
	if !(b.Share > 0 && b.Share < 1) {
		return fmt.Errorf("a share of %v", b.Share)
	}
	return b.Classifier.check(p.encode.relatedWidth())
}

// budgets learns which feasible designs meet each bound, from the features of all rows. It leaves out a bound that the metric's intervals tell as well, by the Brier
// score in cross-validation.
func (l *learner) budgets(targets []Target, related regress.Data) ([]Budget, error) {
	var list []Budget
	for _, b := range l.o.Budgets {
		k := targetOf(targets, b.Key)
		if k < 0 {
			return nil, notPredicted(b.Key)
		}
		if math.IsNaN(b.Limit) {
			return nil, fmt.Errorf("proxy: the bound on %s is no number", b.Key)
		}
		d := related.With(l.valued, func(i int) float64 {
			if b.met(l.table.Rows[i].Values[l.metrics[k]]) {
				return 1
			}
			return 0
		})
		c, honest, err := fitClassifier(d, l.groups, l.o.Workers, seed.New(l.o.Seed, "proxy", "budget", b.Key))
		if err != nil {
			return nil, err
		}
		yes := 0.0
		for _, y := range d.Y {
			yes += y
		}
		share := (yes + 1) / (float64(len(d.Y)) + 2)
		if c == nil {
			honest = slices.Repeat([]float64{share}, len(d.Y))
		}
		if l.tellsBetter(&targets[k], k, b, d.Y, honest) {
			list = append(list, Budget{b, share, c})
		}
	}
	return list, nil
}

// tellsBetter compares the chances of a classifier with those of a target's intervals, where there are both.
func (l *learner) tellsBetter(t *Target, k int, b Bound, truth, chances []float64) bool {
	direct, derived := 0.0, 0.0
	for i, chance := range chances {
		mean := l.of[k].honest[i]
		if mean != mean || chance != chance {
			continue
		}
		z, half := t.Transform.Forward(mean), t.HalfWidth[l.table.Rows[l.valued[i]].Task]
		by := b.chance(t.Transform, t.Transform.Inverse(z-half), mean, t.Transform.Inverse(z+half))
		direct, derived = direct+(chance-truth[i])*(chance-truth[i]), derived+(by-truth[i])*(by-truth[i])
	}
	return direct < derived
}
