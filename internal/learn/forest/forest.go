package forest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// Feature declares one column of the rows: its values are levels 0 … Levels-1.
type Feature struct {
	Levels  int
	Nominal bool // the order of the levels means nothing; otherwise they ascend
}

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Trees       int     // zero means DefaultTrees
	FeatureFrac float64 // share of the features that a split chooses from, at least one, in (0, 1]; zero means DefaultFeatureFrac
	MinLeaf     int     // least rows of a leaf, repeats of the bootstrap counted; zero means 1
	NoResample  bool    // every tree learns from the rows themselves, not from a bootstrap of them
}

// The defaults of Options.
const (
	DefaultTrees       = 10
	DefaultFeatureFrac = 5.0 / 6
)

func (o Options) withDefaults() (Options, error) {
	if o.Trees == 0 {
		o.Trees = DefaultTrees
	}
	if o.FeatureFrac == 0 {
		o.FeatureFrac = DefaultFeatureFrac
	}
	if o.MinLeaf == 0 {
		o.MinLeaf = 1
	}
	var errs []error
	if o.Trees < 1 {
		errs = append(errs, fmt.Errorf("forest: %d trees: need at least 1", o.Trees))
	}
	if !(o.FeatureFrac > 0 && o.FeatureFrac <= 1) {
		errs = append(errs, fmt.Errorf("forest: share of features %v must be in (0, 1]", o.FeatureFrac))
	}
	if o.MinLeaf < 1 {
		errs = append(errs, fmt.Errorf("forest: least rows of a leaf %d must be at least 1", o.MinLeaf))
	}
	return o, errors.Join(errs...)
}

// Forest is a trained random forest. It is immutable and safe for concurrent use.
type Forest struct {
	features []Feature
	trees    []tree
}

// Train grows a forest on rows of levels and their targets. It keeps neither. Every mistake in the arguments is reported at once.
func Train(features []Feature, rows [][]int, targets []float64, o Options, rng *rand.Rand) (*Forest, error) {
	o, err := o.withDefaults()
	if err := errors.Join(err, check(features, rows, targets)); err != nil {
		return nil, err
	}
	g := newGrower(features, rows, targets, o, rng)
	f := &Forest{features: g.features, trees: make([]tree, o.Trees)}
	for i := range f.trees {
		f.trees[i] = g.grow()
	}
	return f, nil
}

// check reports the first wrong row or target and every wrong feature.
func check(features []Feature, rows [][]int, targets []float64) error {
	var errs []error
	for i, f := range features {
		if f.Levels < 1 {
			errs = append(errs, fmt.Errorf("forest: feature %d has %d levels: need at least 1", i, f.Levels))
		}
	}
	if len(rows) == 0 || len(rows) != len(targets) {
		return errors.Join(append(errs, fmt.Errorf("forest: %d rows and %d targets: need as many, and at least 1", len(rows), len(targets)))...)
	}
	for i, row := range rows {
		if math.IsNaN(targets[i]) || math.IsInf(targets[i], 0) {
			return errors.Join(append(errs, fmt.Errorf("forest: target %d is %v: it must be finite", i, targets[i]))...)
		}
		if len(row) != len(features) {
			return errors.Join(append(errs, fmt.Errorf("forest: row %d has %d levels, there are %d features", i, len(row), len(features)))...)
		}
		for k, level := range row {
			if level < 0 || level >= features[k].Levels {
				return errors.Join(append(errs, fmt.Errorf("forest: row %d: level %d of feature %d out of range [0, %d)", i, level, k, features[k].Levels))...)
			}
		}
	}
	return errors.Join(errs...)
}

// Predict is the mean and the variance of the target at a row, by the law of total variance over the trees. The row must have a level in
// range for every feature.
func (f *Forest) Predict(row []int) (mean, variance float64) {
	within, squares := 0.0, 0.0
	for i := range f.trees {
		m, v := f.trees[i].leaf(f.features, row)
		mean += m
		squares += m * m
		within += v
	}
	n := float64(len(f.trees))
	mean /= n
	return mean, max(squares/n-mean*mean, 0) + within/n
}
