package proxy

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// Correction turns the scores of one target into those of the corrected task. The zero value leaves them as they are.
type Correction struct {
	Kind      string           `json:"kind"`               // one of Corrections
	Blend     *Blend           `json:"blend,omitempty"`    // of a new task with features that tell the target
	Linear    *regress.Linear  `json:"linear,omitempty"`   // over the scores of all tasks, added to the blend; nil = the score of the task that it is, of a new one the blend or else their mean
	Shift     float64          `json:"shift,omitempty"`    // added
	Residual  *regress.Encoded `json:"residual,omitempty"` // added: over the features of the design
	HalfWidth float64          `json:"half_width"`
	Spread    float64          `json:"spread"`

	residual regress.Model // of Residual, once it is fitted or opened; never changed then, as a proxy predicts for several goroutines at once
}

// Corrections lists what a correction may be, the simplest first.
func Corrections() []string { return []string{"none", "shift", "linear", "linear+gp", "linear+boost"} }

// apply is the corrected scores of rows, given the scores of all tasks, the features of the designs, and the scores of the blend where there is one.
func (c *Correction) apply(scores, x regress.Data, blended []float64, like int) []float64 {
	n, tasks := len(scores.Y), scores.Features()
	out := make([]float64, n)
	switch {
	case c.Linear != nil:
		c.Linear.Predict(scores.X, out)
	case like >= 0:
		for i := range out {
			out[i] = scores.X[i*tasks+like]
		}
	case blended == nil:
		for i := range out {
			for _, z := range scores.Row(i) {
				out[i] += z / float64(tasks)
			}
		}
	}
	for i, z := range blended {
		out[i] += z
	}
	rest := make([]float64, n)
	if c.residual != nil {
		c.residual.Predict(x.X, rest)
	}
	for i := range out {
		out[i] += c.Shift + rest[i]
	}
	return out
}

// correctedScores are the transformed targets of a corrected task.
func (p *Proxy) correctedScores(points []space.Point, c *CorrectedTask) [][]float64 {
	of := p.scoresOfAll(points)
	x := p.designs(points)
	out := make([][]float64, len(p.targets))
	for k := range out {
		out[k] = c.Targets[k].apply(p.scoreRows(of, k), x, p.blended(of, k, c.Targets[k].Blend, x, c.Features), c.Like)
	}
	return out
}

// designs are the features of designs alone, with room for targets.
func (p *Proxy) designs(points []space.Point) regress.Data {
	d := regress.Data{Axes: p.encode.axes[:p.space.Len()], Y: make([]float64, len(points))}
	for _, q := range points {
		d.X = p.space.AppendFeatures(d.X, q)
	}
	return d
}

// scoresOfAll are the scores of designs in each task of the fit.
func (p *Proxy) scoresOfAll(points []space.Point) [][][]float64 {
	of := make([][][]float64, len(p.file.Tasks))
	for task := range of {
		of[task] = p.scores(points, task)
	}
	return of
}

// scoreRows are, for each design, the scores of one target in all tasks of the fit.
func (p *Proxy) scoreRows(of [][][]float64, target int) regress.Data {
	n, tasks := len(of[0][target]), len(of)
	d := regress.Data{Axes: slices.Repeat([]int{1}, tasks), X: make([]float64, 0, n*tasks), Y: make([]float64, n)}
	for i := range n {
		for task := range of {
			d.X = append(d.X, of[task][target][i])
		}
	}
	return d
}
