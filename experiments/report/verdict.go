package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// significance is the level of the tests, after Holm's correction.
const significance = 0.05

// verdict says in words who won, by how much, and what cannot be told; empty while there is nothing to compare.
func verdict(parts []judged, list []standing) []string {
	if len(list) == 0 {
		return nil
	}
	words := []string{winnerWords(parts, list), againstWords(list)}
	return slices.DeleteFunc(append(words, lotteryWords(parts, list)), func(s string) bool { return s == "" })
}

func winnerWords(parts []judged, list []standing) string {
	best := list[0]
	known := 0
	for _, j := range parts {
		if j.known {
			known++
		}
	}
	return fmt.Sprintf("%s is ahead of %s over %s and %s: interquartile mean %s, 95 %% interval [%s, %s], where 0 is %s and 1 %s.",
		best.Label, counted(len(list)-1, "other agent"), counted(known, "scenario"), counted(len(best.Runs), "run"),
		number(best.IQM, 3), number(best.Interval.Low, 3), number(best.Interval.High, 3), zeroWords(parts), oneWords(parts))
}

// zeroWords is what the scale's 0 is.
func zeroWords(parts []judged) string {
	if slices.ContainsFunc(parts, func(j judged) bool { return j.known && !j.scale.byRandom }) {
		return "the worst run or the median random one"
	}
	return "the median random run"
}

// oneWords is what the scale's 1 is.
func oneWords(parts []judged) string {
	if slices.ContainsFunc(parts, func(j judged) bool { return j.known && !j.scale.byOptimum }) {
		return "the best run of all"
	}
	return "the optimum"
}

// againstWords says which agents the best one is significantly ahead of.
func againstWords(list []standing) string {
	var behind, open []string
	for _, s := range list[1:] {
		if s.P < significance {
			behind = append(behind, fmt.Sprintf("%s (beaten with probability %s)", s.Label, number(s.Ahead, 2)))
		} else {
			open = append(open, s.Label)
		}
	}
	switch {
	case len(behind) == 0:
		return "No other agent is significantly worse (rank tests at 5 % with Holm's correction): more seeds would be needed to tell them apart."
	case len(open) == 0:
		return fmt.Sprintf("Every other agent is significantly worse (rank tests at 5 %% with Holm's correction): %s.", enumerated(behind))
	}
	return fmt.Sprintf("Significantly worse (rank tests at 5 %% with Holm's correction): %s. Not to be told from it: %s.", enumerated(behind), enumerated(open))
}

// lotteryWords says what the choice of settings is worth beside the choice of the agent.
func lotteryWords(parts []judged, list []standing) string {
	if !slices.ContainsFunc(list, func(s standing) bool { return len(s.settings) > 1 }) {
		return ""
	}
	var best, middle []float64
	widest, label := -1.0, ""
	for _, s := range list {
		medians := settingScores(parts, s.Label)
		if len(medians) == 0 {
			continue
		}
		top, typical := stats.Quantile(medians, 1), stats.Median(medians)
		best, middle = append(best, top), append(middle, typical)
		if spread := top - typical; spread > widest {
			widest, label = spread, s.Label
		}
	}
	if len(best) < 2 {
		return ""
	}
	return fmt.Sprintf("The lottery: each with its best setting, the agents lie within %s of the scale; with a typical one within %s. Most is at stake for %s, whose typical setting is %s behind its best.",
		number(stats.Quantile(best, 1)-stats.Quantile(best, 0), 2), number(stats.Quantile(middle, 1)-stats.Quantile(middle, 0), 2), label, number(widest, 2))
}

// settingScores is the mean over the scenarios of each setting's median score on the scale.
func settingScores(parts []judged, label string) []float64 {
	of := map[string][]float64{}
	var order []string
	scenarios := 0
	for _, j := range parts {
		if !j.known {
			continue
		}
		scenarios++
		for _, i := range j.contenders[j.find(label)].settings {
			agent := j.scenario.Agents[i]
			if scores := j.scale.all(agent.Runs, j.scored); len(scores) > 0 {
				if of[agent.Label] == nil {
					order = append(order, agent.Label)
				}
				of[agent.Label] = append(of[agent.Label], stats.Median(scores))
			}
		}
	}
	var means []float64
	for _, name := range order {
		if len(of[name]) == scenarios {
			means = append(means, stats.Mean(of[name]))
		}
	}
	return means
}

// enumerated joins the first names of a list.
func enumerated(names []string) string {
	const most = 8
	if more := len(names) - most; more > 1 {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", more))
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
