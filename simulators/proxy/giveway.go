package proxy

import (
	"math"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// giveWay learns a target that is a product of others by trees of its own, and keeps them where they are much better: the errors of two metrics may
// make a large one of what hardly varies.
func (l *learner) giveWay(k int) error {
	law := l.of[k]
	if !(law.off > offTarget) {
		return nil
	}
	d, o := l.values(k), regress.Options{Trees: l.o.Trees, Workers: l.o.Workers}
	transform, err := l.transform(regress.Boost, d, o)
	if err != nil {
		return err
	}
	promising, err := l.promising(k, d, o, transform)
	if err != nil || !promising {
		return err
	}
	t := l.target(l.metrics[k])
	if err := l.learn(&t, k, d, regress.Boost, transform, o); err != nil {
		return err
	}
	if l.of[k].off >= worth*law.off {
		l.of[k] = law
		return nil
	}
	l.list[k] = t
	return nil
}

// promising tells whether trees that have not learned from one fold are so much better on it than the law.
func (l *learner) promising(k int, d regress.Data, o regress.Options, by regress.Transform) (bool, error) {
	var in, out []int
	for i, fold := range l.folds {
		if fold == 0 {
			out = append(out, i)
		} else {
			in = append(in, i)
		}
	}
	if len(in) == 0 || len(out) == 0 {
		return false, nil
	}
	m, err := regress.Fit(regress.Boost, d.With(in, func(i int) float64 { return by.Forward(d.Y[i]) }), o, seed.New(l.o.Seed, "proxy", "gives way", l.list[k].key()))
	if err != nil {
		return false, err
	}
	f := make([]float64, len(out))
	m.Predict(d.Rows(out).X, f)
	truth, law := make([]float64, len(out)), make([]float64, len(out))
	for j, i := range out {
		truth[j], law[j], f[j] = d.Y[i], l.of[k].honest[i], by.Inverse(f[j])
		if math.IsNaN(law[j]) {
			f[j] = law[j] // both are judged by the same rows
		}
	}
	return off(truth, f) < worth*off(truth, law), nil
}
