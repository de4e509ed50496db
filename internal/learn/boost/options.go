package boost

import (
	"cmp"

	"github.com/codesign-gym/codesign/internal/mistakes"
)

// Loss is what is minimised. The zero value means Squared.
type Loss string

// The losses.
const (
	Squared  Loss = "squared"  // the mean of the target
	Quantile Loss = "quantile" // a quantile of the target
	Logistic Loss = "logistic" // the log odds of a target in [0, 1]
	Pairwise Loss = "pairwise" // a score that orders the rows of a group as their targets do
)

// Losses lists the names of the losses.
func Losses() []string {
	return []string{string(Squared), string(Quantile), string(Logistic), string(Pairwise)}
}

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Loss           Loss    // zero means Squared
	Quantile       float64 // of the loss Quantile, in (0, 1); zero means 0.5, the median
	Trees          int     // zero means DefaultTrees
	LearningRate   float64 // shrinkage η of each tree, in (0, 1]; zero means DefaultLearningRate
	MaxDepth       int     // most splits between root and leaf, in [1, MostDepth]; zero means DefaultMaxDepth
	MaxLeaves      int     // most leaves of a tree, grown leaf-wise; zero means any number, depth-wise
	MaxBins        int     // of a feature, in [2, MostBins]; zero means MostBins
	L2             float64 // λ; zero means DefaultL2, negative none
	MinChildWeight float64 // least sum of curvatures of a leaf: rows, of the squared loss without weights; zero means DefaultMinChildWeight
	MinGain        float64 // a split gains more than this; at least 0
	RowFrac        float64 // share of the rows that a tree learns from, in (0, 1]; zero means 1
	FeatureFrac    float64 // share of the features that a tree may use, in (0, 1]; zero means 1
	Pairs          int     // partners of a row of the loss Pairwise; zero means DefaultPairs
	Workers        int     // goroutines; changes the time, never the model; zero means 1
}

// The defaults of Options, and its limits.
const (
	DefaultTrees          = 100
	DefaultLearningRate   = 0.1
	DefaultMaxDepth       = 6
	DefaultL2             = 1
	DefaultMinChildWeight = 1
	DefaultPairs          = 64
	MostBins              = 256
	MostDepth             = 24
)

// withDefaults fills in the defaults and checks the ranges; every mistake is reported at once.
func (o Options) withDefaults() (Options, error) {
	o.Loss = cmp.Or(o.Loss, Squared)
	o.Quantile = cmp.Or(o.Quantile, 0.5)
	o.Trees = cmp.Or(o.Trees, DefaultTrees)
	o.LearningRate = cmp.Or(o.LearningRate, DefaultLearningRate)
	o.MaxDepth = cmp.Or(o.MaxDepth, DefaultMaxDepth)
	o.MaxBins = cmp.Or(o.MaxBins, MostBins)
	o.L2 = max(cmp.Or(o.L2, DefaultL2), 0)
	o.MinChildWeight = cmp.Or(o.MinChildWeight, DefaultMinChildWeight)
	o.RowFrac = cmp.Or(o.RowFrac, 1)
	o.FeatureFrac = cmp.Or(o.FeatureFrac, 1)
	o.Pairs = cmp.Or(o.Pairs, DefaultPairs)
	o.Workers = cmp.Or(o.Workers, 1)
	var wrong mistakes.List
	wrong.IfUnknown("loss", string(o.Loss), Losses())
	wrong.If(!(o.Quantile > 0 && o.Quantile < 1), "quantile %v must be in (0, 1)", o.Quantile)
	wrong.If(o.Trees < 1, "trees %d must be at least 1", o.Trees)
	wrong.If(!(o.LearningRate > 0 && o.LearningRate <= 1), "learning rate %v must be in (0, 1]", o.LearningRate)
	wrong.If(o.MaxDepth < 1 || o.MaxDepth > MostDepth, "depth %d must be in [1, %d]", o.MaxDepth, MostDepth)
	wrong.If(o.MaxLeaves < 0 || o.MaxLeaves == 1, "leaves %d must be 0, which is any number, or at least 2", o.MaxLeaves)
	wrong.If(o.MaxBins < 2 || o.MaxBins > MostBins, "bins %d must be in [2, %d]", o.MaxBins, MostBins)
	wrong.If(!finite(o.L2), "L2 penalty %v must be finite", o.L2)
	wrong.If(!(o.MinChildWeight > 0) || !finite(o.MinChildWeight), "least weight of a leaf %v must be above 0 and finite", o.MinChildWeight)
	wrong.If(!(o.MinGain >= 0) || !finite(o.MinGain), "least gain %v must be at least 0 and finite", o.MinGain)
	wrong.If(!(o.RowFrac > 0 && o.RowFrac <= 1), "share of rows %v must be in (0, 1]", o.RowFrac)
	wrong.If(!(o.FeatureFrac > 0 && o.FeatureFrac <= 1), "share of features %v must be in (0, 1]", o.FeatureFrac)
	wrong.If(o.Pairs < 2, "pairs %d must be at least 2", o.Pairs)
	wrong.If(o.Workers < 1, "workers %d must be at least 1", o.Workers)
	return o, wrong.Err()
}
