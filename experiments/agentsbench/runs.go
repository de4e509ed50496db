package agentsbench

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/internal/functions"
)

// resolution is the smallest difference between values that counts. Two implementations of a function differ by rounding; without it a tie at
// the optimum would be decided by the last bit.
const resolution = 1e-9

// Agent names who was measured.
type Agent struct{ Source, Name string }

// String is the agent's name in tables: "codesign ga", "optuna tpe" (the source without its version).
func (a Agent) String() string {
	source, _, _ := strings.Cut(a.Source, "-")
	return source + " " + a.Name
}

// family is the agent's name without its grouping.
func (a Agent) family() string {
	name, _, _ := strings.Cut(a.Name, "/")
	return name
}

// Sample is what the seeds of an agent on a function had reached after the same number of trials, in the order of the seeds.
type Sample struct {
	Values          []float64 // to the resolution
	SecondsPerTrial []float64
}

// Median is the middle value.
func (s Sample) Median() float64 { return stats.Median(s.Values) }

// Runs are the samples of many agents.
type Runs struct {
	samples map[sampleKey]Sample
	agents  []Agent // ours first, then by source and name
}

type sampleKey struct {
	agent    Agent
	function string
	trials   int
}

// Collect groups rows into samples.
func Collect(lists ...[]Row) Runs {
	r := Runs{samples: map[sampleKey]Sample{}}
	for _, rows := range lists {
		bySeed := slices.SortedStableFunc(slices.Values(rows), func(a, b Row) int { return cmp.Compare(a.Seed, b.Seed) })
		for _, row := range bySeed {
			at := sampleKey{Agent{row.Source, row.Agent}, row.Function, row.Trials}
			s := r.samples[at]
			s.Values = append(s.Values, rounded(row.Value))
			s.SecondsPerTrial = append(s.SecondsPerTrial, row.SecondsPerTrial)
			r.samples[at] = s
			if !slices.Contains(r.agents, at.agent) {
				r.agents = append(r.agents, at.agent)
			}
		}
	}
	slices.SortFunc(r.agents, func(a, b Agent) int {
		if ours, theirs := a.Source == Ours, b.Source == Ours; ours != theirs {
			if ours {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Name, b.Name))
	})
	return r
}

// rounded is the value to the resolution.
func rounded(v float64) float64 {
	if math.IsInf(v, 0) {
		return v
	}
	return math.Round(v/resolution) * resolution
}

// Agents lists the agents: ours first, then by source and name.
func (r Runs) Agents() []Agent { return slices.Clone(r.agents) }

// ours lists our agents; with names, those of these families only.
func (r Runs) ours(families ...string) []Agent {
	return slices.DeleteFunc(r.Agents(), func(a Agent) bool {
		return a.Source != Ours || len(families) > 0 && !slices.Contains(families, a.family())
	})
}

// reference lists the agents that are not ours.
func (r Runs) reference() []Agent {
	return slices.DeleteFunc(r.Agents(), func(a Agent) bool { return a.Source == Ours })
}

// Sample is what an agent had reached on a function after so many trials; false when that was not measured.
func (r Runs) Sample(a Agent, function string, trials int) (Sample, bool) {
	s, ok := r.samples[sampleKey{a, function, trials}]
	return s, ok
}

// Functions lists the names of the functions of one objective, or those of several.
func Functions(several bool) []string {
	var names []string
	for _, f := range functions.All() {
		if f.Objectives > 1 == several {
			names = append(names, f.Name)
		}
	}
	return names
}

// larger tells whether a larger value of the function's rows is better: hypervolumes are, values are not.
func larger(function string) bool { return slices.Contains(Functions(true), function) }

// ms is the median over the functions of one objective of the median time a trial takes, in milliseconds.
func (r Runs) ms(a Agent, trials int) (float64, bool) {
	var medians []float64
	for _, f := range Functions(false) {
		if s, ok := r.Sample(a, f, trials); ok {
			medians = append(medians, 1000*stats.Median(s.SecondsPerTrial))
		}
	}
	return stats.Median(medians), len(medians) > 0
}
