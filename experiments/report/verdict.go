package report

import (
	"cmp"
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
		best.Label, Counted(len(list)-1, "other agent"), Counted(known, "scenario"), Counted(len(best.Runs), "run"),
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
	stated, open := false, false
	for _, j := range parts {
		stated = stated || j.known && j.scale.byOptimum
		open = open || j.known && !j.scale.byOptimum
	}
	switch {
	case !open:
		return "the optimum"
	case !stated:
		return "the best run of all"
	}
	return "the best run of all, or the optimum where it is stated"
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

// draw is what the settings of an agent are worth over all scenarios, on the common scale.
type draw struct {
	label               string
	best, middle, worst float64 // of the settings
	chance              float64 // mean over the scenarios of the last of their goals
}

// draws lists the agents that have several settings.
func draws(parts []judged, list []standing) []draw {
	chances := map[string][]float64{} // of the agents, by scenario
	for _, j := range parts {
		if !j.known {
			continue
		}
		for _, row := range lotteries(j.scenario, j.contenders, j.scored) {
			chances[row.Label] = append(chances[row.Label], row.Chances[len(row.Chances)-1])
		}
	}
	var out []draw
	for _, s := range list {
		if _, scores := settingScores(parts, s.Label); len(scores) > 1 {
			out = append(out, draw{s.Label, stats.Quantile(scores, 1), stats.Median(scores), stats.Quantile(scores, 0), stats.Mean(chances[s.Label])})
		}
	}
	return out
}

// lotteryWords says what the choice of settings is worth beside the choice of the agent. Agents without a choice, such as the random one, have no part in it.
func lotteryWords(parts []judged, list []standing) string {
	all := draws(parts, list)
	if len(all) == 0 {
		return ""
	}
	spread := func(of func(draw) float64) (low, high draw) {
		byValue := func(a, b draw) int { return cmp.Compare(of(a), of(b)) }
		return slices.MinFunc(all, byValue), slices.MaxFunc(all, byValue)
	}
	between := func(of func(draw) float64) string {
		low, high := spread(of)
		if a, b := number(of(low), 2), number(of(high), 2); a != b {
			return a + " to " + b
		}
		return number(of(high), 2)
	}
	middle, width, chance := func(d draw) float64 { return d.middle }, func(d draw) float64 { return d.best - d.worst }, func(d draw) float64 { return d.chance }
	words := fmt.Sprintf("The lottery of settings: the best setting of %s scores %s, the median one %s, the worst %s.", ofThose(len(all)),
		between(func(d draw) float64 { return d.best }), between(middle), between(func(d draw) float64 { return d.worst }))
	_, widest := spread(width)
	least, most := spread(chance)
	if len(all) == 1 {
		return words + fmt.Sprintf(" A run of a setting picked at random %s with a chance of %s.", lastDeed(parts), share(least.chance))
	}
	var widths []float64
	for _, d := range all {
		widths = append(widths, width(d))
	}
	low, high := spread(middle)
	settings, agents := stats.Mean(widths), high.middle-low.middle
	words += fmt.Sprintf(" From the best to the worst the settings of an agent are %s apart on average, those of %s %s; the agents, each with its median setting, %s", number(settings, 2), widest.label,
		number(width(widest), 2), number(agents, 2))
	switch {
	case settings > agents:
		words += ": the choice of the settings matters more than that of the agent."
	case settings < agents:
		words += ": the choice of the agent matters more than that of its settings."
	default:
		words += "."
	}
	return words + fmt.Sprintf(" A run of a setting picked at random %s with a chance from %s (%s) to %s (%s).", lastDeed(parts),
		share(least.chance), least.label, share(most.chance), most.label)
}

// ofThose words the agents with several settings.
func ofThose(n int) string {
	if n == 1 {
		return "the only agent that has several"
	}
	return fmt.Sprintf("each of the %d agents that have several", n)
}

// lastDeed says what is hardest in the scenarios.
func lastDeed(parts []judged) string {
	var names []string
	for _, j := range parts {
		if !j.known {
			continue
		}
		goals := j.scenario.goals(j.contenders, j.scored)
		if name := goals[len(goals)-1].Deed; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}

// settingScores are the settings that have runs in every scenario, and the mean over these of each one's median score on the scale.
func settingScores(parts []judged, label string) (settings []string, means []float64) {
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
	for _, name := range order {
		if len(of[name]) == scenarios {
			settings, means = append(settings, name), append(means, stats.Mean(of[name]))
		}
	}
	return settings, means
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
