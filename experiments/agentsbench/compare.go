package agentsbench

import (
	"cmp"
	"slices"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// MinSeeds is the least number of seeds with which an agent is ranked.
const MinSeeds = 3

// Rank is an agent's place among others.
type Rank struct {
	Agent       Agent
	Mean, Worst float64 // over the functions of one objective; 1 is the best
}

// MeanRanks ranks agents by their medians on each function of one objective, the least first and equal ones sharing their mean place, and
// averages over the functions. Agents that were not measured on all of them, with MinSeeds seeds at least, take no part. The result is in
// the order of the mean.
func (r Runs) MeanRanks(agents []Agent, trials int) []Rank {
	names := Functions(false)
	agents = slices.DeleteFunc(slices.Clone(agents), func(a Agent) bool {
		return slices.ContainsFunc(names, func(f string) bool {
			s, _ := r.Sample(a, f, trials)
			return len(s.Values) < MinSeeds
		})
	})
	ranks := make([]Rank, len(agents))
	for _, f := range names {
		medians := make([]float64, len(agents))
		for i, a := range agents {
			s, _ := r.Sample(a, f, trials)
			medians[i] = s.Median()
		}
		for i, place := range stats.AverageRanks(medians) {
			ranks[i].Agent = agents[i]
			ranks[i].Mean += place / float64(len(names))
			ranks[i].Worst = max(ranks[i].Worst, place)
		}
	}
	slices.SortStableFunc(ranks, func(a, b Rank) int { return cmp.Compare(a.Mean, b.Mean) })
	return ranks
}

// Comparison is one of our agents beside a reference agent on a function after so many trials.
type Comparison struct {
	Function              string
	Ours, Theirs          Sample
	PWorse, PBetter       float64 // one-sided: how likely so bad, or so good, an outcome of ours is between equals
	HolmWorse, HolmBetter float64 // the same, adjusted for the number of functions compared
}

// Compare compares two agents on the functions on which both were measured. The p-values of one call are one table for Holm's rule.
func (r Runs) Compare(ours, theirs Agent, names []string, trials int) []Comparison {
	var list []Comparison
	for _, f := range names {
		mine, ok := r.Sample(ours, f, trials)
		other, too := r.Sample(theirs, f, trials)
		if !ok || !too {
			continue
		}
		c := Comparison{Function: f, Ours: mine, Theirs: other}
		_, above := stats.MannWhitney(mine.Values, other.Values)
		_, below := stats.MannWhitney(other.Values, mine.Values)
		c.PWorse, c.PBetter = above, below
		if larger(f) {
			c.PWorse, c.PBetter = below, above
		}
		list = append(list, c)
	}
	worse, better := make([]float64, len(list)), make([]float64, len(list))
	for i, c := range list {
		worse[i], better[i] = c.PWorse, c.PBetter
	}
	worse, better = stats.Holm(worse), stats.Holm(better)
	for i := range list {
		list[i].HolmWorse, list[i].HolmBetter = worse[i], better[i]
	}
	return list
}

// Significance is the p-value below which a difference counts.
const Significance = 0.01

// Worse tells whether ours is significantly worse.
func (c Comparison) Worse() bool { return c.HolmWorse < Significance }

// Better tells whether ours is significantly better.
func (c Comparison) Better() bool { return c.HolmBetter < Significance }
