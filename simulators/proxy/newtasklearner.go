package proxy

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/kriging"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// newTasksLearner learns how features tell one target of new tasks.
type newTasksLearner struct {
	proxy    *Proxy
	o        FitOptions
	target   *Target
	features [][]float64    // of each case
	designs  []regress.Data // of each case: the features of its designs
	said     [][][]float64  // case, other case, row: the score in the other case
	truth    [][]float64    // case, row: the metric

	combined [][]float64 // case, row: the metric as it is combined
}

// What trees are learned with, and how often cases are held out for them.
const (
	newTrees   = 60
	newFolds   = 8
	newOffsets = 2 // features that values may be taken over are tried, at most
)

// learn is the best way; nil where none is surely better than the mean.
func (l *newTasksLearner) learn() (*NewTasks, error) {
	b := l.prepare()
	held := make([]kriging.Held, len(l.features))
	differences := make([]float64, len(l.features))
	for c := range held {
		for i, v := range l.combined[c] {
			for s := range differences {
				differences[s] = 0
				if s != c {
					differences[s] = b.combined(l.target.Transform, l.said[c][s][i]) - v
				}
			}
			held[c].Add(differences)
		}
	}
	best := NewTasks{Log: b.Log, Least: b.Least}
	var before []float64
	best.Rule, before, _ = kriging.Choose(l.features, held, b.Log)
	byRule := l.byRule(b, best.Rule)
	over := []kriging.Rule{{}}
	if b.Log {
		over = append(over, kriging.Offsets(l.features, held, newOffsets)...)
	}
	var byTrees [][]float64
	least := math.Inf(1)
	for _, rule := range over {
		held, err := l.byTrees(rule)
		if err != nil {
			return nil, err
		}
		if e := average(l.errors(held)); e < least {
			byTrees, best.TreesOver, least = held, rule, e
		}
	}
	says, after := byRule, l.errors(byRule)
	for _, share := range []float64{0.5, 1} {
		mixed := mixture(byRule, byTrees, share)
		if e := l.errors(mixed); average(e) < average(after) {
			says, after, best.TreesFrac = mixed, e, share
		}
	}
	if !kriging.Surely(before, after) {
		return nil, nil
	}
	if best.TreesFrac > 0 {
		trees, err := l.fitTrees(best.TreesOver, func(int) bool { return true }, "all")
		if err != nil {
			return nil, err
		}
		encoded := regress.Encode(trees)
		best.Trees, best.trees = &encoded, trees
	} else {
		best.TreesOver = kriging.Rule{}
	}
	best.HalfWidth, best.MeanError, best.Error = l.halfWidth(b, says), average(before), average(after)
	return &best, nil
}

// prepare computes what is combined.
func (l *newTasksLearner) prepare() Blend {
	b := Blend{Least: math.Inf(1)}
	for _, list := range l.truth {
		b.Least = min(b.Least, slices.Min(list))
	}
	if b.Log = b.Least > 0; !b.Log {
		b.Least = 0
	}
	l.combined = make([][]float64, len(l.truth))
	for c, list := range l.truth {
		for _, y := range list {
			l.combined[c] = append(l.combined[c], b.combined(l.target.Transform, l.target.Transform.Forward(y)))
		}
	}
	return b
}

// byRule is what the other cases tell of each row of each case, combined.
func (l *newTasksLearner) byRule(b Blend, rule kriging.Rule) [][]float64 {
	says := make([][]float64, len(l.truth))
	weights, shifts := rule.LeftOut(l.features)
	z := make([]float64, len(l.features))
	for c, truth := range l.truth {
		b.Weights, b.Shift = weights[c], shifts[c]
		for i := range truth {
			for s := range z {
				z[s] = l.said[c][s][i]
			}
			says[c] = append(says[c], b.told(l.target.Transform, z))
		}
	}
	return says
}

// byTrees is what trees that have not learned from a case say of each of its rows, combined.
func (l *newTasksLearner) byTrees(over kriging.Rule) ([][]float64, error) {
	says := make([][]float64, len(l.truth))
	folds := min(newFolds, len(l.truth))
	for fold := range folds {
		trees, err := l.fitTrees(over, func(c int) bool { return c%folds != fold }, fmt.Sprint(fold))
		if err != nil {
			return nil, err
		}
		for c := fold; c < len(l.truth); c += folds {
			says[c] = make([]float64, len(l.truth[c]))
			trees.Predict(withTask(nil, l.designs[c].X, len(l.truth[c]), l.features[c]), says[c])
			for i := range says[c] {
				says[c][i] += over.Offset(l.features[c])
			}
		}
	}
	return says, nil
}

// fitTrees learns from the rows of some cases.
func (l *newTasksLearner) fitTrees(over kriging.Rule, learns func(c int) bool, part string) (regress.Model, error) {
	d := regress.Data{Axes: l.proxy.newTaskAxes()}
	for c, list := range l.combined {
		if !learns(c) {
			continue
		}
		d.X = withTask(d.X, l.designs[c].X, len(list), l.features[c])
		for _, v := range list {
			d.Y = append(d.Y, v-over.Offset(l.features[c]))
		}
	}
	return regress.Fit(regress.Boost, d, regress.Options{Trees: newTrees, Workers: l.o.Workers}, seed.New(l.o.Seed, "proxy", "new tasks", l.target.key(), part))
}

// newTaskAxes are the features that trees of new tasks learn from: those of the axes, then one for each feature of tasks.
func (p *Proxy) newTaskAxes() []int {
	return append(slices.Clone(p.encode.axes[:p.space.Len()]), slices.Repeat([]int{1}, len(p.file.Features))...)
}

// withTask appends n designs, each followed by the features of their task.
func withTask(dst, designs []float64, n int, task []float64) []float64 {
	width := len(designs) / max(n, 1)
	for i := range n {
		dst = append(append(dst, designs[i*width:(i+1)*width]...), task...)
	}
	return dst
}

// errors are the roots of the mean squared errors of each case.
func (l *newTasksLearner) errors(says [][]float64) []float64 {
	errors := make([]float64, len(says))
	for c, list := range says {
		for i, v := range list {
			errors[c] += (v - l.combined[c][i]) * (v - l.combined[c][i]) / float64(len(list))
		}
		errors[c] = math.Sqrt(errors[c])
	}
	return errors
}

// halfWidth is the conformal quantile of the errors of held-out cases, each of which weighs one in their number and one more; the whole spread where they are too few for it.
func (l *newTasksLearner) halfWidth(b Blend, says [][]float64) float64 {
	type miss struct{ error, weight float64 }
	var list []miss
	for c, truth := range l.truth {
		for i, y := range truth {
			error := b.transformed(l.target.Transform, says[c][i]) - l.target.Transform.Forward(y)
			list = append(list, miss{math.Abs(error), 1 / float64(len(truth)*(len(l.truth)+1))})
		}
	}
	slices.SortFunc(list, func(a, b miss) int { return cmp.Compare(a.error, b.error) })
	sum := 0.0
	for _, m := range list {
		if sum += m.weight; sum >= Cover {
			return min(max(m.error, rounding*l.target.Spread), l.target.Spread)
		}
	}
	return l.target.Spread
}

// mixture is a share of the second and the rest of the first.
func mixture(a, b [][]float64, share float64) [][]float64 {
	out := make([][]float64, len(a))
	for c := range a {
		for i, v := range a[c] {
			out[c] = append(out[c], (1-share)*v+share*b[c][i])
		}
	}
	return out
}

func average(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
