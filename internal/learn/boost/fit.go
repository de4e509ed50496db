package boost

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Fit boosts trees on a table. Every mistake in the arguments is reported at once. The generator draws rows, features and pairs; a model that draws none of
// them does not need one.
func Fit[T Float](d Data[T], o Options, rng *rand.Rand) (*Model, error) {
	o, err := o.withDefaults()
	if err := errors.Join(err, d.check(o.Loss)); err != nil {
		return nil, fmt.Errorf("boost: %w", err)
	}
	loss := objective{options: o, y: d.Y, weights: d.Weights, groups: d.Groups, rng: rng}
	m := &Model{Loss: o.Loss, Features: d.Features, Base: loss.base(), Trees: make([]Tree, o.Trees)}
	grower := newGrower(newTable(d, o.MaxBins, o.Workers), o, rng)
	scores, g, h := slices.Repeat([]float64{m.Base}, d.rows()), make([]float64, d.rows()), make([]float64, d.rows())
	for i := range m.Trees {
		loss.gradients(scores, g, h)
		grower.ofG, grower.ofH = units(g, h, grower.cells)
		grower.grow()
		m.Trees[i] = grower.tree(loss, scores)
	}
	return m, nil
}

// tree gives the grown nodes their values and adds these to the scores of all rows.
func (g *grower) tree(loss objective, scores []float64) Tree {
	t := Tree{Nodes: slices.Clone(g.nodes), Values: make([]float64, len(g.nodes)), Gains: slices.Clone(g.gains), Weights: slices.Clone(g.weights)}
	for _, l := range g.leaves {
		t.Depth = max(t.Depth, l.depth)
		if loss.options.Loss == Quantile {
			t.Values[l.node] = g.options.LearningRate * loss.quantile(g.rows[l.start:l.end], scores)
		} else if weight := t.Weights[l.node] + g.options.L2; weight > 0 {
			t.Values[l.node] = -g.options.LearningRate * (float64(l.sum.g) * g.ofG) / weight
		}
	}
	for at := len(t.Nodes) - 1; at >= 0; at-- {
		if left := int(t.Nodes[at].Left); left != at {
			share := t.Weights[left] / (t.Weights[left] + t.Weights[left+1])
			t.Values[at] = share*t.Values[left] + (1-share)*t.Values[left+1]
		}
	}
	if len(g.rows) < g.table.rows {
		for r := range int32(g.table.rows) {
			scores[r] += t.Values[g.walk(r)]
		}
		return t
	}
	for _, l := range g.leaves {
		for _, r := range g.rows[l.start:l.end] {
			scores[r] += t.Values[l.node]
		}
	}
	return t
}
