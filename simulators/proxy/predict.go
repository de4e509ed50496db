package proxy

import (
	"math"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/lookup"
)

// Prediction is what a proxy says of designs: lists parallel to the designs.
type Prediction struct {
	Metrics  []Interval // parallel to Proxy.Metrics
	Feasible []float64  // the chance that a design is feasible; nil when all training rows were
	Unseen   []int      // how many axes of the design have a level that no training row had
	Outside  int        // how many features of the task are outside what those of the fit have: see CorrectedTask
}

// Interval is a metric with the interval that holds the true value with the chance Cover.
type Interval struct{ Mean, Low, High []float64 }

// Cover is the chance that an interval is made for.
const Cover = 0.9

// Predict predicts designs, canonical points of the space, in one of the tasks.
func (p *Proxy) Predict(points []space.Point, task int) Prediction {
	n := len(points)
	out := Prediction{Metrics: make([]Interval, len(p.targets)), Unseen: make([]int, n), Outside: len(p.outsideOf(task))}
	for i, q := range points {
		for axis, level := range q {
			if !p.seen[axis][level] && p.space.Active(q, axis) {
				out.Unseen[i]++
			}
		}
	}
	scores := p.scores(points, task)
	for k := range p.targets {
		out.Metrics[k] = p.interval(k, task, scores[k], out.Unseen)
	}
	if f := p.file.Feasibility; f != nil {
		like := p.like(task)
		out.Feasible = make([]float64, n)
		for _, k := range like { // of a new task: the mean of the known ones
			for i, chance := range f.probabilities(p.relatedFeatures(points, k), n) {
				out.Feasible[i] += chance / float64(len(like))
			}
		}
	}
	return out
}

// like lists the tasks of the fit that say whether a design of a task is feasible.
func (p *Proxy) like(task int) []int {
	n := len(p.file.Tasks)
	if task < n {
		return []int{task}
	}
	if c := p.file.Corrected[task-n]; c.Like >= 0 {
		return []int{c.Like}
	}
	return all(n)
}

// Means predicts the metrics alone: lists parallel to Metrics, of values parallel to the points.
func (p *Proxy) Means(points []space.Point, task int) [][]float64 {
	scores := p.scores(points, task)
	for k, z := range scores {
		for i, v := range z {
			z[i] = p.file.Targets[k].Transform.Inverse(v)
		}
	}
	return scores
}

// scores are the transformed targets: first of models of the features, then over floors, then of others.
func (p *Proxy) scores(points []space.Point, task int) [][]float64 {
	if known := len(p.file.Tasks); task >= known {
		return p.correctedScores(points, &p.file.Corrected[task-known])
	}
	n := len(points)
	var x []float64
	var at []uint8
	var scratch lookup.Scratch
	out := make([][]float64, len(p.targets))
	features := func() []float64 {
		if x == nil {
			x = p.features(points, task)
		}
		return x
	}
	metric := func(target, design int) float64 { return p.file.Targets[target].Transform.Inverse(out[target][design]) }
	for k, t := range p.targets {
		out[k] = make([]float64, n)
		switch {
		case p.file.Targets[k].derived() || len(p.file.Targets[k].Floors) > 0:
		case t.tables != nil:
			if at == nil {
				at = p.levels.append(make([]uint8, 0, n*len(p.levels.axes)), points, task)
			}
			t.tables.Scores(at, out[k], &scratch)
		default:
			t.model.Predict(features(), out[k])
		}
	}
	for k, t := range p.targets {
		if of := &p.file.Targets[k]; len(of.Floors) > 0 {
			wide, roofs := appendFloors(of.Floors, of.Beside, p.space, points, features(), p.encode.width, metric)
			t.model.Predict(wide, out[k])
			for i, roof := range roofs {
				out[k][i] += roof
			}
		}
	}
	for k := range p.targets {
		if f := p.file.Targets[k].Sum; f != nil {
			for i := range points {
				out[k][i] = f.value(func(target int) float64 { return metric(target, i) })
			}
		}
	}
	for k := range p.targets {
		if f := p.file.Targets[k].Product; f != nil {
			for i, q := range points {
				out[k][i] = math.Log(f.value(p.space, q, func(target int) float64 { return metric(target, i) }))
			}
		}
	}
	return out
}

// features encodes designs, row-major.
func (p *Proxy) features(points []space.Point, task int) []float64 {
	x := make([]float64, 0, len(points)*p.encode.width)
	for _, q := range points {
		x = p.encode.append(x, q, task)
	}
	return x
}

// relatedFeatures are those that classifiers learn from.
func (p *Proxy) relatedFeatures(points []space.Point, task int) []float64 {
	x := make([]float64, 0, len(points)*p.encode.relatedWidth())
	for _, q := range points {
		x = p.encode.appendRelated(x, q, task)
	}
	return x
}

// interval turns the scores of a target into values with intervals. Of a design with a level that was never seen the interval is as wide on either side
// as the training targets spread.
func (p *Proxy) interval(k, task int, z []float64, unseen []int) Interval {
	t := &p.file.Targets[k]
	out := Interval{Mean: make([]float64, len(z)), Low: make([]float64, len(z)), High: make([]float64, len(z))}
	half, spread := 0.0, t.Spread
	if known := len(p.file.Tasks); task < known {
		half = t.HalfWidth[task]
	} else {
		c := p.file.Corrected[task-known].Targets[k]
		half, spread = c.HalfWidth, c.Spread
	}
	for i, v := range z {
		width := half
		if unseen[i] > 0 {
			width = max(width, spread)
		}
		out.Mean[i], out.Low[i], out.High[i] = t.Transform.Inverse(v), t.Transform.Inverse(v-width), t.Transform.Inverse(v+width)
		if out.Low[i] > out.High[i] { // Box and Cox with a negative power keep the order, but at their ends
			out.Low[i], out.High[i] = math.Min(out.Low[i], out.Mean[i]), math.Max(out.Low[i], out.Mean[i])
		}
	}
	return out
}
