package report

import (
	"cmp"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// judged is a scenario with everything that its figures and the comparison over scenarios are made of.
type judged struct {
	scenario   Scenario
	scored     measure
	contenders []contender
	scale      scale
	known      bool // some run has a feasible design
}

func judge(s Scenario) judged {
	j := judged{scenario: s, scored: s.measure()}
	j.contenders = s.contenders(j.scored)
	j.scale, j.known = newScale(j.contenders, j.scored)
	return j
}

// find is the index of a contender; -1 = it has no part in the scenario.
func (j judged) find(label string) int {
	return slices.IndexFunc(j.contenders, func(c contender) bool { return c.Label == label })
}

// standing is how a contender stands over all scenarios, on the common scale.
type standing struct {
	contender             // its colour over all scenarios
	Scores    [][]float64 // of the runs, by scenario
	IQM       float64
	Interval  stats.Interval // of the interquartile mean
	Median    float64        // over the scenarios of the mean run
	Area      float64        // mean over the runs of the area under the best-so-far curve; NaN with several objectives
	Gain      float64        // median over the scenarios of the relative improvement over a random design; NaN where that is unknown
	MeanRank  float64        // of the scenario's medians, 1 = the best everywhere
	Ahead     float64        // probability that the best contender beats it; NaN for the best itself
	P         float64        // two-sided rank test against the best contender, adjusted by Holm's rule; NaN likewise
}

// standings ranks the contenders that have runs in every scenario with a feasible design, the best first; none with fewer than two.
func standings(parts []judged) []standing {
	parts = slices.DeleteFunc(slices.Clone(parts), func(j judged) bool { return !j.known })
	if len(parts) == 0 {
		return nil
	}
	var list []standing
	for _, c := range parts[0].contenders {
		if s, ok := newStanding(c.Label, parts); ok {
			list = append(list, s)
		}
	}
	if len(list) < 2 {
		return nil
	}
	setRanks(list, parts)
	summaries := make([]summary, len(list))
	for i, s := range list {
		summaries[i] = summary{Median: s.IQM}
	}
	for i, colour := range paint(false, summaries) {
		list[i].colour = colour
	}
	slices.SortStableFunc(list, func(a, b standing) int {
		return cmp.Or(cmp.Compare(b.IQM, a.IQM), cmp.Compare(b.Median, a.Median), cmp.Compare(a.MeanRank, b.MeanRank))
	})
	compareWithBest(list, parts)
	return list
}

// newStanding gathers a contender's runs; false when it has none in some scenario.
func newStanding(label string, parts []judged) (standing, bool) {
	s := standing{contender: contender{AgentRuns: AgentRuns{Label: label}}}
	var areas, gains []float64
	for _, j := range parts {
		at := j.find(label)
		if at < 0 {
			return s, false
		}
		c := j.contenders[at]
		scores := j.scale.all(c.Runs, j.scored)
		if len(scores) == 0 {
			return s, false
		}
		s.Scores = append(s.Scores, scores)
		s.Runs = append(s.Runs, c.Runs...)
		s.settings = c.settings
		if !j.scenario.several() {
			for _, run := range c.Runs {
				areas = append(areas, stats.Area(run.curve(), j.scale.of))
			}
		}
		if average, ok := j.randomDesign(); ok && !infinite(c.summary.Median) {
			gains = append(gains, stats.RelativeImprovement(average, c.summary.Median, j.scored.Minimise))
		}
	}
	s.IQM, s.Median = stats.InterquartileMeanOf(s.Scores), stats.MedianOf(s.Scores)
	s.Interval = stats.Stratified(s.Scores, stats.InterquartileMeanOf, confidence, resamplesFor(len(s.Runs)), seed.New(0, "report", "standing", label))
	s.Area, s.Gain = stats.Mean(areas), stats.Median(gains)
	return s, true
}

// randomDesign is the average objective of the random agent's designs; false without one, or with several objectives.
func (j judged) randomDesign() (float64, bool) {
	if j.scenario.several() {
		return 0, false
	}
	for _, c := range j.contenders {
		if c.Kind != randomKind {
			continue
		}
		var means []float64
		for _, run := range c.Runs {
			if run.Evaluated > 0 {
				means = append(means, run.MeanObjective)
			}
		}
		return stats.Mean(means), len(means) > 0
	}
	return 0, false
}

// setRanks gives each contender its mean rank over the scenarios.
func setRanks(list []standing, parts []judged) {
	blocks := make([][]float64, len(parts))
	for b := range parts {
		for _, s := range list {
			blocks[b] = append(blocks[b], -stats.Median(s.Scores[b])) // the least is the best
		}
	}
	ranks, _, _ := stats.Friedman(blocks)
	for i := range list {
		list[i].MeanRank = ranks[i]
	}
}

// compareWithBest tests every contender against the first one: in one scenario by the ranks of all runs, in several by the signed ranks of pairs of the same
// scenario and repeat.
func compareWithBest(list []standing, parts []judged) {
	best := list[0]
	p := make([]float64, 0, len(list)-1)
	for i := range list {
		list[i].Ahead, list[i].P = stats.Mean(nil), stats.Mean(nil)
		if i == 0 {
			continue
		}
		list[i].Ahead = stats.Improvement(best.Scores, list[i].Scores)
		var above, below float64
		if len(parts) == 1 {
			_, above = stats.MannWhitney(best.Scores[0], list[i].Scores[0])
			_, below = stats.MannWhitney(list[i].Scores[0], best.Scores[0])
		} else {
			x, y := paired(best.Label, list[i].Label, parts)
			_, above = stats.SignedRank(x, y)
			_, below = stats.SignedRank(y, x)
		}
		p = append(p, min(1, 2*min(above, below)))
	}
	for i, adjusted := range stats.Holm(p) {
		list[i+1].P = adjusted
	}
}

// paired are the scores of two contenders in each scenario and repeat that both have: the median over their settings.
func paired(x, y string, parts []judged) (xs, ys []float64) {
	for _, j := range parts {
		a, b := j.byRepeat(x), j.byRepeat(y)
		for repeat := range min(len(a), len(b)) {
			if len(a[repeat]) > 0 && len(b[repeat]) > 0 {
				xs, ys = append(xs, stats.Median(a[repeat])), append(ys, stats.Median(b[repeat]))
			}
		}
	}
	return xs, ys
}

// byRepeat are a contender's scores by the number of the repetition.
func (j judged) byRepeat(label string) [][]float64 {
	var list [][]float64
	for _, run := range j.contenders[j.find(label)].Runs {
		if run.Trials == 0 {
			continue
		}
		for len(list) <= run.Repeat {
			list = append(list, nil)
		}
		list[run.Repeat] = append(list[run.Repeat], j.scale.of(j.scored.score(run)))
	}
	return list
}
