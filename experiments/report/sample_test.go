package report_test

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// sample is a synthetic sweep of two scenarios: a single objective with a constraint, and two objectives. Agents differ in how fast they find
// good designs; the first one never meets the spec of the first scenario.
func sample(agents, seeds, trials int) report.Sweep {
	constrained := report.Scenario{
		Name: "resnet18-edge", Simulator: "systolic", Version: "1.2.0",
		Objectives:  []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}},
		Constraints: []objective.Term{{Name: "area_mm2", Unit: "mm2", Bound: 12.5}},
	}
	open := report.Scenario{
		Name: "bert-base", Simulator: "systolic", Version: "1.2.0",
		Objectives: []objective.Term{{Name: "macs / latency_ns"}, {Name: "energy_pj", Unit: "pJ", Minimise: true}},
	}
	for i := range agents {
		label := []string{
			"random", "grid", "hill restarts=8 step=1", "evolution population=32 tournament=4",
			"ga population=16 mutation=0.01 crossover=uniform elites=2",
		}[i%5]
		if i >= 5 {
			label += fmt.Sprintf(" variant=%d", i/5)
		}
		skill := 1 + float64(i)/2
		constrained.Agents = append(constrained.Agents, report.AgentRuns{Label: label, Runs: runs(label, seeds, trials, i == 0, 3e5, -skill)})
		open.Agents = append(open.Agents, report.AgentRuns{Label: label, Runs: runs(label, seeds, trials, false, 40, skill)})
	}
	joinFronts(&open)
	return report.Sweep{
		Title:     "Systolic quick start",
		Command:   "codesign run systolic-quickstart.toml --out results --resume",
		Notes:     []string{"interrupted after 3 of 5 seeds of the last agent"},
		LogTrials: true,
		Scenarios: []report.Scenario{constrained, open},
		Manifest:  []report.Pair{{Name: "codesign", Value: "v0.1.0"}, {Name: "Go", Value: "go1.26.8 linux/amd64"}, {Name: "file hash", Value: "sha256:8c1f…"}},
	}
}

// lotterySample is a synthetic sweep of settings: scenarios with four agents of so many settings each beside a random one.
func lotterySample(scenarios, settings, seeds, trials int) report.Sweep {
	out := report.Sweep{Title: "lottery", Command: "codesign run lottery.toml"}
	for i := range scenarios {
		s := report.Scenario{
			Name: fmt.Sprintf("scenario %d", i), Simulator: "systolic", Version: "1.2.0",
			Objectives:  []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}},
			Constraints: []objective.Term{{Name: "area_mm2", Unit: "mm2", Bound: 12.5}},
		}
		for f, family := range []string{"random", "ga", "acs", "bo", "ppo"} {
			for n := range settings {
				if family == "random" && n > 0 {
					break
				}
				options := []report.Pair{{Name: "population", Value: fmt.Sprint(2 << (n % 5))}, {Name: "mutation", Value: fmt.Sprint(float64(1+n/5) / 100)}}
				label := fmt.Sprintf("%s population=%s mutation=%s", family, options[0].Value, options[1].Value)
				s.Agents = append(s.Agents, report.AgentRuns{
					Label: label, Family: family, Kind: family, Options: options,
					Runs: runs(fmt.Sprint(i, label), seeds, trials, f == 4 && n == 0, 3e5, -float64(1+f+n%5)/3),
				})
			}
		}
		out.Scenarios = append(out.Scenarios, s)
	}
	return out
}

// runs makes one agent's runs: from trial to trial, improvements get rarer; slope > 0 grows the scalar, slope < 0 shrinks it.
func runs(label string, seeds, trials int, never bool, start, slope float64) []report.Run {
	made := make([]report.Run, seeds)
	for i := range made {
		random := seed.New(uint64(i), "sample", label)
		run := report.Run{
			Repeat: i, Trials: trials, Unique: trials - random.IntN(trials/10+1), Failed: i % 2, Infeasible: trials / 7, Evaluated: trials, MeanObjective: start,
			AgentS: 0.02 * float64(trials) * random.Float64(), SimulatorS: 0.3 * float64(trials),
		}
		first := 1 + random.IntN(max(1, trials/20))
		gain := 1 + random.Float64()
		for n := first; n <= trials && !never; n += 1 + random.IntN(n) {
			gain += 0.1 + random.Float64()
			run.Curve = append(run.Curve, stats.Step{Trials: n, Best: start * math.Pow(gain, slope/4)})
		}
		if len(run.Curve) > 0 {
			run.FirstSpec = first
			run.BestDesign = []report.Pair{
				{Name: "rows", Value: fmt.Sprint(16<<(i%4)) + " PE"}, {Name: "cols", Value: "32 PE"}, {Name: "dataflow", Value: "weight stationary"},
				{Name: "ifmap_sram", Value: fmt.Sprint(64<<(i%3)) + " KiB"}, {Name: "clock", Value: "1 GHz"},
			}
			run.BestMetrics = []report.Pair{{Name: "latency", Value: fmt.Sprintf("%.6g ns", run.Curve[len(run.Curve)-1].Best)}, {Name: "area", Value: "11.9 mm2"}}
		}
		for range min(trials, 60) {
			x := random.Float64() * math.Abs(slope)
			run.Front = append(run.Front, []float64{start * (0.5 + x), 4 + 20*math.Exp(slope*x/6) + 3*random.Float64()})
		}
		made[i] = run
	}
	return made
}

// joinFronts makes the joint front of the runs' ones.
func joinFronts(s *report.Scenario) {
	var all []report.Design
	for _, agent := range s.Agents {
		for _, run := range agent.Runs {
			for i, row := range run.Front {
				all = append(all, report.Design{
					Agent: agent.Label, Repeat: run.Repeat, Trial: i, Objectives: row,
					Axes: []report.Pair{{Name: "rows", Value: fmt.Sprint(8*i) + " PE"}, {Name: "clock", Value: "1 GHz"}},
				})
			}
		}
	}
	front := report.FrontOf(s.Objectives, all, func(d report.Design) []float64 { return d.Objectives })
	s.FrontSize, s.FrontDesigns = len(front), report.Thin(front, 20)
}
