package linas

import (
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// inQuantiles are the trials with each of several objectives as the normal quantile of its rank among the evaluated ones: who dominates whom stays the
// same, and a few designs that are far worse than the others no longer decide what the predictors learn. One objective stays as it is.
func inQuantiles(trials []agents.Trial, objectives int) []agents.Trial {
	if objectives == 1 {
		return trials
	}
	list := slices.Clone(trials)
	var evaluated []int
	for i, t := range list {
		if t.Objectives != nil {
			evaluated = append(evaluated, i)
			list[i].Objectives = make([]float64, objectives)
		}
	}
	column := make([]float64, len(evaluated))
	for k := range objectives {
		for n, i := range evaluated {
			column[n] = trials[i].Objectives[k]
		}
		for n, quantile := range gp.RankGauss(column) {
			list[evaluated[n]].Objectives[k] = quantile
		}
	}
	return list
}
