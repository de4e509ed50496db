package report

import (
	"slices"

	"github.com/codesign-gym/codesign/experiments/chart"
)

// contender is what is compared: an agent with all the settings of its hyper-parameters that the sweep has.
type contender struct {
	AgentRuns         // of all settings together
	settings  []int   // indices of the scenario's agents
	summary   summary // of all runs
	colour    int     // in the figures
}

// family is the agent without its setting.
func (a AgentRuns) family() string {
	if a.Family == "" {
		return a.Label
	}
	return a.Family
}

// contenders groups the scenario's agents by family, in the order of the file, and sums them up.
func (s Scenario) contenders(scored measure) []contender {
	var list []contender
	for i, a := range s.Agents {
		name := a.family()
		at := slices.IndexFunc(list, func(c contender) bool { return c.Label == name })
		if at < 0 {
			at, list = len(list), append(list, contender{AgentRuns: AgentRuns{Label: name, Family: name, Kind: a.Kind}})
		}
		list[at].settings = append(list[at].settings, i)
		list[at].Runs = append(list[at].Runs, a.Runs...)
	}
	summaries := make([]summary, len(list))
	for i := range list {
		summaries[i] = summariseAgent(list[i].AgentRuns, scored).withInterval()
		list[i].summary = summaries[i]
	}
	for i, colour := range paint(scored.Minimise, summaries) {
		list[i].colour = colour
	}
	return list
}

// lottery tells whether some contender has several settings.
func lottery(list []contender) bool {
	return slices.ContainsFunc(list, func(c contender) bool { return len(c.settings) > 1 })
}

// paint gives every summary its colour, in the file's order: all of them, or the best by median when there are more than colours.
func paint(minimise bool, summaries []summary) []int {
	order := rank(minimise, summaries)
	painted := make([]int, len(summaries))
	for place, agent := range order {
		painted[agent] = 0
		if place >= chart.Colours {
			painted[agent] = chart.Uncoloured
		}
	}
	next := 0
	for agent, colour := range painted {
		if colour != chart.Uncoloured {
			painted[agent] = next
			next++
		}
	}
	return painted
}
