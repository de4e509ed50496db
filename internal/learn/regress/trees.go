package regress

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// Trees is a sum of trees: the kinds boost and forest.
type Trees struct{ boost.Model }

// Predict implements Model.
func (m *Trees) Predict(x, into []float64) { boost.Scores(&m.Model, x, into) }

// The shape of boosted trees: at most 64 leaves, so that package lookup can compile them.
const (
	boostLeaves = 64
	boostDepth  = 12
	boostTrees  = 400
	boostRate   = 0.1
	fineRows    = 0.7 // share of the rows that a tree learns from where Options.Fine is above 1
)

// fitBoosted boosts large trees without a penalty: simulators have no noise to be wary of.
func fitBoosted(d Data, o Options, rng *rand.Rand) (*Trees, error) {
	options := boost.Options{
		Trees: o.Trees, LearningRate: boostRate, MaxDepth: boostDepth, MaxLeaves: boostLeaves, L2: -1, MinChildWeight: 1, Workers: o.Workers,
	}
	if options.Trees == 0 {
		options.Trees = boostTrees
	}
	if o.Fine > 1 {
		options.Trees, options.LearningRate, options.RowFrac = options.Trees*o.Fine, boostRate/float64(o.Fine), fineRows
	}
	m, err := boost.Fit(boost.Data[float64]{Features: d.Features(), X: d.X, Y: d.Y}, options, rng)
	if err != nil {
		return nil, fmt.Errorf("regress: %w", err)
	}
	return &Trees{*m}, nil
}

// fitForest averages trees that are grown to the end.
func fitForest(d Data, o Options, rng *rand.Rand) (*Trees, error) {
	trees := o.Trees
	if trees == 0 {
		trees = 100
	}
	features := d.Features()
	out := &Trees{boost.Model{Loss: boost.Squared, Features: features}}
	for range trees {
		m, err := boost.Fit(boost.Data[float64]{Features: features, X: d.X, Y: d.Y}, boost.Options{
			Trees: 1, LearningRate: 1, MaxDepth: boost.MostDepth, L2: -1, MinChildWeight: 1, RowFrac: 0.5, FeatureFrac: math.Max(0.5, 1/float64(features)), Workers: o.Workers,
		}, rng)
		if err != nil {
			return nil, fmt.Errorf("regress: %w", err)
		}
		share := 1 / float64(trees)
		out.Base += m.Base * share
		for _, t := range m.Trees {
			for i := range t.Values {
				t.Values[i] *= share
			}
			out.Trees = append(out.Trees, t)
		}
	}
	return out, nil
}
