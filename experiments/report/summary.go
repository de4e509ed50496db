package report

import (
	"cmp"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// confidence and resamples of the bootstrap interval; 1000 to 2000 resamples are the usual advice for 95 % (Efron, Tibshirani 1993, section 14.4).
const (
	confidence = 0.95
	resamples  = 2000
)

// resamplesFor so many runs: fewer of very many, whose resamples take long and hardly differ.
func resamplesFor(runs int) int {
	const least, values = 200, 400_000
	return max(least, min(resamples, values/max(1, runs)))
}

// summary is one agent's line in the tables. Scores are +Inf or -Inf, whichever is worst, for "no feasible design" and NaN without runs.
type summary struct {
	Label, Family      string
	Seeds, Reached     int // runs that have begun, and those that met the spec
	Best, Median       float64
	Interval           stats.Interval // NaN with fewer than two seeds
	BestRun            Run            // the zero Run while Best is not finite
	SpecTrials         float64        // median; +Inf = fewer than half of the seeds got there
	Regret             string         // empty where no optimum is known
	Trials, Unique     int
	Failed, Infeasible int
	Skipped            int // of the infeasible ones
	AgentS, SimulatorS float64
	scores             []float64 // of the runs that have begun
}

// mostAgents is how many agents of a scenario are listed; of more, the one with the best score and the best by median are, in the order of the file.
const mostAgents = 60

// summarise sums up the agents that are listed, and tells how many are not. Contenders of one setting have their summary already.
func summarise(scenario Scenario, scored measure, contenders []contender) (list []summary, left int) {
	all := make([]summary, len(scenario.Agents))
	first := 0
	for i, agent := range scenario.Agents {
		all[i] = summariseAgent(agent, scored)
		if better(scored.Minimise, all[i].Best, all[first].Best) {
			first = i
		}
	}
	order := rank(scored.Minimise, all)
	if left = max(0, len(order)-mostAgents); left > 0 {
		if !slices.Contains(order[:mostAgents], first) {
			order[mostAgents-1] = first
		}
		order = order[:mostAgents]
	}
	slices.Sort(order)
	known := map[string]summary{}
	for _, c := range contenders {
		if len(c.settings) == 1 {
			known[c.Label] = c.summary
		}
	}
	for _, i := range order {
		s, ok := known[all[i].Label]
		if !ok {
			s = all[i].withInterval()
		}
		list = append(list, s)
	}
	return list, left
}

// withInterval adds the interval of the median, which takes time.
func (s summary) withInterval() summary {
	if s.Seeds > 1 {
		s.Interval = stats.BootstrapMedian(s.scores, confidence, resamplesFor(s.Seeds), seed.New(0, "report", "interval", s.Label))
	}
	return s
}

// summariseAgent is an agent's summary without its interval.
func summariseAgent(agent AgentRuns, scored measure) summary {
	s := summary{Label: agent.Label, Family: agent.family(), Best: math.NaN(), Interval: stats.Interval{Low: math.NaN(), High: math.NaN()}}
	var scores, specs []float64
	for _, run := range agent.Runs {
		if run.Trials == 0 {
			continue
		}
		score, spec := scored.score(run), math.Inf(1)
		if run.FirstSpec > 0 {
			spec = float64(run.FirstSpec)
			s.Reached++
		}
		scores, specs = append(scores, score), append(specs, spec)
		if math.IsNaN(s.Best) || better(scored.Minimise, score, s.Best) {
			s.Best, s.BestRun = score, run
		}
		s.Trials += run.Trials
		s.Unique += run.Unique
		s.Failed += run.Failed
		s.Infeasible += run.Infeasible
		s.Skipped += run.Skipped
		s.AgentS += run.AgentS
		s.SimulatorS += run.SimulatorS
	}
	s.Seeds, s.scores = len(scores), scores
	s.Median, s.SpecTrials = stats.Median(scores), stats.Median(specs)
	if scored.Optimum != nil {
		s.Regret = regretOf(*scored.Optimum, scored.Minimise, scores).text(*scored.Optimum)
	}
	if infinite(s.Best) {
		s.BestRun = Run{}
	}
	return s
}

func (r Run) curve() stats.Curve { return stats.Curve{Trials: r.Trials, Steps: r.Curve} }

// rank lists the agents by median, the best first, equal ones by best score and then in the file's order; agents without a score come last.
func rank(minimise bool, summaries []summary) []int {
	order := make([]int, len(summaries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(
			compareScores(minimise, summaries[a].Median, summaries[b].Median),
			compareScores(minimise, summaries[a].Best, summaries[b].Best),
		)
	})
	return order
}

// winner is the agent with the best score, of several the one with the best median, of several the first; false while there is no score.
func winner(minimise bool, summaries []summary) (summary, bool) {
	order := rank(minimise, summaries)
	best := summary{Best: worst(minimise)}
	for _, i := range order {
		if better(minimise, summaries[i].Best, best.Best) {
			best = summaries[i]
		}
	}
	return best, !infinite(best.Best)
}

// compareScores is negative when a is better; a NaN is worse than everything.
func compareScores(minimise bool, a, b float64) int {
	switch {
	case math.IsNaN(a) || math.IsNaN(b):
		return cmp.Compare(b, a) // NaN sorts below every number
	case minimise:
		return cmp.Compare(a, b)
	default:
		return cmp.Compare(b, a)
	}
}

func better(minimise bool, a, b float64) bool { return compareScores(minimise, a, b) < 0 }

func worst(minimise bool) float64 {
	if minimise {
		return math.Inf(1)
	}
	return math.Inf(-1)
}

// direction is the verb for a term.
func direction(term objective.Term) string {
	if term.Minimise {
		return "minimise"
	}
	return "maximise"
}
