package report

import "strconv"

// glance is the sweep in a few numbers.
func glance(s Sweep) []Pair {
	var studies, trials int
	var agentS, simulatorS float64
	agents, settings := map[string]bool{}, map[string]bool{}
	for _, scenario := range s.Scenarios {
		for _, a := range scenario.Agents {
			agents[a.family()], settings[a.Label] = true, true
			for _, run := range a.Runs {
				studies, trials = studies+1, trials+run.Trials
				agentS, simulatorS = agentS+run.AgentS, simulatorS+run.SimulatorS
			}
		}
	}
	list := []Pair{{"scenarios", strconv.Itoa(len(s.Scenarios))}, {"agents", strconv.Itoa(len(agents))}}
	if len(settings) > len(agents) {
		list = append(list, Pair{"settings", strconv.Itoa(len(settings))})
	}
	return append(list, Pair{"studies", grouped(studies)}, Pair{"trials", grouped(trials)},
		Pair{"in agents", Seconds(agentS)}, Pair{"in simulators", Seconds(simulatorS)})
}
