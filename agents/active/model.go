package active

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	byforest "github.com/codesign-gym/codesign/agents/forest"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/boost"
	"github.com/codesign-gym/codesign/internal/learn/forest"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// leastChance is the chance of a result below which no design is held to be.
const leastChance = 0.05

// model is what is believed of designs.
type model struct {
	space  space.Space
	result *forest.Forest // of 1 for a result; nil while all told trials have one
	means  []belief       // of each objective
	weigh  []float64      // of the acquisition Front: of each objective
	best   float64        // of the told trials' weighted objectives
	row    []int          // scratch
	x      []float64      // scratch
}

// belief is what is believed of one objective.
type belief struct {
	forest    *forest.Forest // nil when all told values are equal
	low, high *boost.Model   // of the acquisition Interval
	mean, sd  float64        // of the told values
}

// learn fits the models; nil when there is nothing to tell apart.
func learn(p agents.Problem, o Options, trials []agents.Trial, rng *rand.Rand) (*model, error) {
	m := &model{space: p.Space, means: make([]belief, p.Objectives)}
	columns := byforest.Features(p.Space)
	var rows, valued [][]int
	var results []float64
	var points []space.Point
	targets := make([][]float64, p.Objectives)
	for _, t := range trials {
		row := byforest.AppendRow(nil, p.Space, t.Point)
		rows, results = append(rows, row), append(results, 0)
		if t.Objectives == nil {
			continue
		}
		results[len(results)-1] = 1
		valued, points = append(valued, row), append(points, t.Point)
		for k, y := range t.Objectives {
			targets[k] = append(targets[k], y)
		}
	}
	if len(valued) == 0 {
		return nil, nil
	}
	options := forest.Options{Trees: o.Trees}
	var err error
	if len(valued) < len(rows) {
		if m.result, err = forest.Train(columns, rows, results, options, rng); err != nil {
			return nil, err
		}
	}
	told := false
	for k, y := range targets {
		b := &m.means[k]
		_, b.mean, b.sd = gp.Standardise(y)
		if slices.Min(y) == slices.Max(y) {
			b.mean = y[0]
			continue
		}
		told = true
		if b.forest, err = forest.Train(columns, valued, y, options, rng); err != nil {
			return nil, err
		}
		if o.Acquisition == Interval {
			if b.low, b.high, err = m.quantiles(points, y, o, rng); err != nil {
				return nil, err
			}
		}
	}
	if !told {
		return nil, nil
	}
	if o.Acquisition == Front {
		m.weighing(targets, rng)
	}
	return m, nil
}

// quantiles fits the ends of the predicted interval.
func (m *model) quantiles(points []space.Point, y []float64, o Options, rng *rand.Rand) (low, high *boost.Model, err error) {
	var x []float64
	for _, p := range points {
		x = m.space.AppendFeatures(x, p)
	}
	d := boost.Data[float64]{Features: len(x) / len(points), X: x, Y: y}
	fit := func(quantile float64) (*boost.Model, error) {
		return boost.Fit(d, boost.Options{Loss: boost.Quantile, Quantile: quantile, Trees: 3 * o.Trees, LearningRate: 0.3, MaxDepth: 4, L2: -1}, rng)
	}
	if low, err = fit(0.05); err != nil {
		return nil, nil, err
	}
	high, err = fit(0.95)
	return low, high, err
}

// weighing draws the weights of the objectives, uniformly from the simplex, and finds the best of the told.
func (m *model) weighing(targets [][]float64, rng *rand.Rand) {
	total := 0.0
	for range m.means {
		m.weigh = append(m.weigh, rng.ExpFloat64())
		total += m.weigh[len(m.weigh)-1]
	}
	m.best = math.Inf(-1)
	for i := range targets[0] {
		v := 0.0
		for k := range m.weigh {
			if i == 0 {
				m.weigh[k] /= total
			}
			v += m.weigh[k] * (targets[k][i] - m.means[k].mean) / m.means[k].sd
		}
		m.best = max(m.best, v)
	}
}

// predict is the means of all objectives of a design.
func (m *model) predict(p space.Point) []float64 {
	m.row = byforest.AppendRow(m.row[:0], m.space, p)
	out := make([]float64, len(m.means))
	for k, b := range m.means {
		if out[k] = b.mean; b.forest != nil {
			out[k], _ = b.forest.Predict(m.row)
		}
	}
	return out
}

// score is what a design is worth learning.
func (m *model) score(p space.Point, by Acquisition) float64 {
	m.row = byforest.AppendRow(m.row[:0], m.space, p)
	chance := 1.0
	if m.result != nil {
		chance, _ = m.result.Predict(m.row)
		chance = max(chance, leastChance)
	}
	if by == Interval {
		m.x = m.space.AppendFeatures(m.x[:0], p)
	}
	squares, mean, variance := 0.0, 0.0, 0.0
	for k, b := range m.means {
		if b.forest == nil {
			continue
		}
		switch by {
		case Interval:
			width := max(b.high.Score(m.x)-b.low.Score(m.x), 0) / b.sd
			squares += width * width
		default:
			y, v := b.forest.Predict(m.row)
			squares += v / (b.sd * b.sd)
			if by == Front {
				mean += m.weigh[k] * (y - b.mean) / b.sd
				variance += m.weigh[k] * m.weigh[k] * v / (b.sd * b.sd)
			}
		}
	}
	if by == Front {
		return chance * math.Exp(gp.LogExpectedImprovement(mean, math.Sqrt(max(variance, 1e-12)), m.best))
	}
	return chance * math.Sqrt(squares)
}
