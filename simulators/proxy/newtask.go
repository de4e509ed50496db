package proxy

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/kriging"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// NewTasks is how features tell a metric of a task that the fit had no rows of.
type NewTasks struct {
	Log       bool             `json:"log,omitempty"`   // logarithms of the metric are combined, else transformed ones
	Least     float64          `json:"least,omitempty"` // of the metric in the rows; logarithms are of this at least
	Of        []int            `json:"of"`              // the known tasks that tell: those with rows and features
	Rule      kriging.Rule     `json:"rule"`
	Trees     *regress.Encoded `json:"trees,omitempty"` // of the features of designs and those of tasks; they learn the metric over TreesOver
	TreesOver kriging.Rule     `json:"trees_over"`
	TreesFrac float64          `json:"trees_frac"` // their share of what is said; the rule has the rest
	HalfWidth float64          `json:"half_width"` // of the interval, in transformed units
	MeanError float64          `json:"mean_error"` // of a task that is told by the mean of the others: root mean squared, in what is combined; the mean over the tasks
	Error     float64          `json:"error"`      // likewise by this

	trees regress.Model
}

// Blend makes the scores of a task from those of all known ones: in logarithms of the metric, or in transformed units, shift + Σ weights · values; and from trees that know its features.
type Blend struct {
	Log       bool      `json:"log,omitempty"`
	Least     float64   `json:"least,omitempty"`
	Shift     float64   `json:"shift"`
	Weights   []float64 `json:"weights"`
	TreesFrac float64   `json:"trees_frac,omitempty"`
}

// combined is a transformed metric as blends combine it.
func (b *Blend) combined(t regress.Transform, z float64) float64 {
	if !b.Log {
		return z
	}
	return math.Log(max(t.Inverse(z), b.Least))
}

// told is what the known tasks tell of the task, given their transformed metrics, as blends combine it.
func (b *Blend) told(t regress.Transform, z []float64) float64 {
	sum := b.Shift
	for s, w := range b.Weights {
		if w != 0 {
			sum += w * b.combined(t, z[s])
		}
	}
	return sum
}

// transformed turns what is combined into a transformed metric.
func (b *Blend) transformed(t regress.Transform, v float64) float64 {
	if b.Log {
		return t.Forward(math.Exp(min(v, 700)))
	}
	return v
}

// What is learned of new tasks is learned from so many rows of each task at most, so many of all, and fewer where tasks and targets are many: so many scores are kept.
const (
	mostOfTask  = 1000
	mostOfTasks = 20_000
	mostScores  = 10_000_000
)

// learnNewTasks chooses how features tell each metric of new tasks, by holding out each task of the fit.
func (p *Proxy) learnNewTasks(t *Table, o FitOptions) error {
	of := make([][]Row, len(t.Tasks))
	for _, r := range t.Rows {
		if !r.Infeasible {
			of[r.Task] = append(of[r.Task], r)
		}
	}
	var cases []int
	var features [][]float64
	for task, k := range t.Tasks {
		if k.Features != nil && len(of[task]) > 0 {
			cases, features = append(cases, task), append(features, k.Features)
		}
	}
	if len(cases) < kriging.Least {
		return nil
	}
	most := max(min(mostScores/(len(cases)*len(cases)*len(p.targets)), mostOfTasks/len(cases), mostOfTask), 1)
	designs := make([]regress.Data, len(cases))                                // their features
	rows, said := make([][]Row, len(cases)), make([][][][]float64, len(cases)) // said: case, of its rows: what is said in each case of each target
	for c, task := range cases {
		n := len(of[task])
		points := make([]space.Point, min(n, most))
		for i := range points {
			r := of[task][i*n/len(points)]
			rows[c], points[i] = append(rows[c], r), r.Point
			designs[c].X = p.space.AppendFeatures(designs[c].X, r.Point)
		}
		for _, other := range cases {
			said[c] = append(said[c], p.scores(points, other))
		}
	}
	keys := t.Spec.Keys()
	for k, m := range p.Metrics() {
		column := slices.Index(keys, m.Key())
		l := newTasksLearner{proxy: p, o: o, target: &p.file.Targets[k], features: features, designs: designs, said: make([][][]float64, len(cases)), truth: make([][]float64, len(cases))}
		for c := range cases {
			for _, of := range said[c] {
				l.said[c] = append(l.said[c], of[k])
			}
			for _, r := range rows[c] {
				l.truth[c] = append(l.truth[c], r.Values[column])
			}
		}
		learned, err := l.learn()
		if err != nil {
			return fmt.Errorf("proxy: metric %s: %w", m.Key(), err)
		}
		if l.target.New = learned; learned != nil {
			learned.Of = cases
		}
	}
	return nil
}

// blend is that of a task with these features; nil where they tell nothing of the target.
func (p *Proxy) blend(target int, features []float64) *Blend {
	n := p.file.Targets[target].New
	if n == nil || features == nil || !n.Rule.Applies(features) || !n.TreesOver.Applies(features) {
		return nil
	}
	known := make([][]float64, len(n.Of))
	for i, task := range n.Of {
		known[i] = p.file.Tasks[task].Features
	}
	weights, shift := n.Rule.Weights(known, features)
	b := &Blend{Log: n.Log, Least: n.Least, Shift: shift, TreesFrac: n.TreesFrac, Weights: make([]float64, len(p.file.Tasks))}
	for i, task := range n.Of {
		b.Weights[task] = weights[i]
	}
	return b
}

// blended is the score of a blend of each design, in a task with these features; nil of none.
func (p *Proxy) blended(of [][][]float64, target int, b *Blend, designs regress.Data, features []float64) []float64 {
	if b == nil {
		return nil
	}
	t := &p.file.Targets[target]
	n := len(designs.Y)
	out := make([]float64, n)
	if b.TreesFrac > 0 {
		t.New.trees.Predict(withTask(nil, designs.X, n, features), out)
		for i := range out {
			out[i] += t.New.TreesOver.Offset(features)
		}
	}
	z := make([]float64, len(of))
	for i, v := range out {
		for task := range of {
			z[task] = of[task][target][i]
		}
		out[i] = b.transformed(t.Transform, (1-b.TreesFrac)*b.told(t.Transform, z)+b.TreesFrac*v)
	}
	return out
}

// open makes the trees ready to predict, and reports what tells nothing.
func (n *NewTasks) open(p *Proxy) error {
	if n == nil {
		return nil
	}
	if err := n.check(len(p.file.Features), p.file.Tasks); err != nil {
		return err
	}
	if n.Trees == nil || n.trees != nil {
		return nil
	}
	width := 0
	for _, f := range p.newTaskAxes() {
		width += f
	}
	var err error
	n.trees, err = n.Trees.Model(width)
	return err
}

// check reports what tells nothing.
func (n *NewTasks) check(features int, tasks []Task) error {
	if !(n.HalfWidth >= 0) || n.Log && !(n.Least > 0) || len(n.Of) == 0 {
		return fmt.Errorf("new tasks: half-width %v, least value %v, told by %d tasks", n.HalfWidth, n.Least, len(n.Of))
	}
	if err := errors.Join(n.Rule.Check(features), n.TreesOver.Check(features)); err != nil {
		return err
	}
	if !(n.TreesFrac >= 0 && n.TreesFrac <= 1) || (n.Trees != nil) != (n.TreesFrac > 0) {
		return fmt.Errorf("new tasks: trees %v with the share %v", n.Trees != nil, n.TreesFrac)
	}
	for _, task := range n.Of {
		if task < 0 || task >= len(tasks) || tasks[task].Features == nil {
			return fmt.Errorf("new tasks: told by task %d, which has no features", task)
		}
		if !n.Rule.Applies(tasks[task].Features) || !n.TreesOver.Applies(tasks[task].Features) {
			return fmt.Errorf("new tasks: the rule does not hold for task %s", tasks[task].Name)
		}
	}
	return nil
}

// tellsNewTasks reports whether features tell anything of new tasks.
func (p *Proxy) tellsNewTasks() bool {
	return slices.ContainsFunc(p.file.Targets, func(t Target) bool { return t.New != nil })
}

// By says in words what tells a metric of new tasks.
func (n *NewTasks) By(features []Feature) string {
	if n == nil {
		return "the mean of the known tasks"
	}
	var words []string
	names := func(of []int) string {
		var list []string
		for _, f := range of {
			list = append(list, features[f].Name)
		}
		return strings.Join(list, ", ")
	}
	over := func(r kriging.Rule) string {
		text := ""
		for _, p := range r.Over {
			text += map[int]string{1: " over ", -1: " times "}[p.Power] + features[p.Of].Name
		}
		return text
	}
	if n.TreesFrac < 1 {
		text := "the mean of the known tasks"
		if len(n.Rule.Near) > 0 {
			text = "tasks alike in " + names(n.Rule.Near)
		}
		words = append(words, text+over(n.Rule))
	}
	if n.TreesFrac > 0 {
		words = append(words, "trees on all features"+over(n.TreesOver))
	}
	return strings.Join(words, "; ")
}

// String names the correction, for people: what it is made on, and the sort.
func (c Correction) String() string {
	switch {
	case c.Blend == nil:
		return c.Kind
	case c.Kind == Corrections()[0]:
		return "features"
	}
	return "features+" + c.Kind
}
