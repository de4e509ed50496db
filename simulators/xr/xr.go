package xr

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	domain "github.com/codesign-gym/codesign/soc/xr"
)

// Version changes whenever a number of xr moves.
const Version = "1.0.0"

// Factory is the catalogue entry.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: "xr",
		Doc: `XRBench's usage scenarios (AR/VR) on heterogeneous accelerators: score, missed frames, latency, energy, area.

  frames arrive at the rates of the scenario, are due when the next one arrives, and wait for the frames that they follow
  an accelerator runs one frame at a time: latency = ∑ cycles of the layers / clock, energy = buffers, arithmetic and off-chip link
  score = mean over models of (mean of real-time · energy · accuracy over finished frames) · (finished / launched)

With profile=xrbench the schedule and the scores are those of XRBench's program, within 0.01 of 100 on 37 measured runs: codesign validate xr.`,
		Settings: settings(),
		New:      open,
	}
}

func open(s simulators.Settings) (simulators.Instance, error) {
	sc, origin, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	built, err := sc.model(Version + origin).Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	return simulators.Instance{
		Simulator: built,
		Detail: func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
			return sc.details(built.Config(p))
		},
		Repair: repairer(built, sc).repair,
		About:  []simulators.Section{sc.about()},
	}, nil
}

func (sc *scenario) model(version string) simulators.Model[design] {
	base := design{count: 1, options: sc.options, scenario: sc}
	return simulators.Model[design]{
		Name: "xr", Version: version, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0],
		Metrics: sc.metrics(), Fields: sc.fields(), Base: base, Eval: evaluate,
	}
}

// metrics lists what evaluate returns, in its order.
func (sc *scenario) metrics() []simulators.Metric {
	list := []simulators.Metric{
		{Name: "score", Unit: "percent", Doc: "XRBench's score of the scenario, of 100"},
		{Name: "realtime", Unit: "frac", Doc: "real-time score: mean over the models of the mean over their finished frames"},
		{Name: "energy_score", Unit: "frac", Doc: "energy score, likewise"},
		{Name: "qoe", Unit: "frac", Doc: "quality of experience: mean over the models of finished over finished and dropped frames"},
		{Name: "missed", Unit: "frac", Doc: "frames that were dropped or finished late, of those launched"},
		{Name: "mean_latency", Unit: "ms", Doc: "from arrival to completion, mean over all finished frames"},
		{Name: "worst_latency", Unit: "ms", Doc: "from arrival to completion, the longest"},
		{Name: "energy", Unit: "mJ", Doc: "all finished frames: buffers, arithmetic, off-chip link"},
		{Name: "power", Unit: "mW", Doc: "energy over the length of the run: mean dynamic power"},
		{Name: "idle_power", Unit: "mW", Doc: "clock trees and leakage of all accelerators while their clocks run, beside power"},
		{Name: "area", Unit: "mm2", Doc: "all accelerators at 28 nm: PEs, control and buffers as fitted to published chips"},
		{Name: "pes", Unit: "PE", Doc: "processing elements of all accelerators"},
		{Name: "utilization", Unit: "frac", Doc: "time that accelerators spend on frames that finish, over accelerators times the time to the last event"},
	}
	if len(sc.usages) > 1 {
		for _, u := range sc.usages {
			list = append(list, simulators.Metric{Name: strings.ReplaceAll(u.Scenario.Name, "-", "_") + "_score", Unit: "percent", Doc: "score of " + u.Scenario.Doc})
		}
		return list
	}
	for _, s := range sc.usages[0].streams() {
		name := strings.ReplaceAll(s.Model, "-", "_")
		list = append(list,
			simulators.Metric{Name: name + "_score", Unit: "percent", Doc: "part of " + s.Model + ", of 100; 0 if no frame was launched"},
			simulators.Metric{Name: name + "_dropped", Unit: "frames", Doc: "frames of " + s.Model + " that were dropped"})
	}
	return list
}

// evaluate is the model's pure function.
func evaluate(_ context.Context, d design) simulators.Result {
	sc := d.scenario
	memory := sc.scratch.Get().(*scratch)
	defer sc.scratch.Put(memory)
	if reason, violation := d.budgets(); reason != "" {
		return simulators.Infeasible(reason, violation)
	}
	reason, violation, err := d.fit(memory)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	if reason != "" {
		return simulators.Infeasible(reason, violation)
	}
	var t totals
	for _, u := range sc.usages {
		r, err := domain.Run(u.Workload, d.platform(u, memory), d.options, &memory.schedule)
		if err != nil {
			return simulators.Failed(err.Error())
		}
		if r.Finished == 0 {
			return simulators.Infeasible(fmt.Sprintf("none of %d frames of %s finishes", r.Dropped, u.Scenario.Name), 1)
		}
		t.add(r, len(sc.usages) > 1)
	}
	return simulators.OK(d.values(&t)...)
}

// budgets tells whether the shares exceed what there is.
func (d design) budgets() (reason string, violation float64) {
	pes, offchip := 0, 0
	for _, a := range d.accelerators[:d.count] {
		pes, offchip = pes+a.pes, offchip+a.offchip
	}
	sc := d.scenario
	var reasons []string
	if pes > sc.peBudget {
		reasons, violation = append(reasons, fmt.Sprintf("%d PEs, the budget is %d", pes, sc.peBudget)), violation+float64(pes)/float64(sc.peBudget)-1
	}
	if offchip > sc.offchipBudget {
		reasons = append(reasons, fmt.Sprintf("%d elements/cycle off-chip, the budget is %d", offchip, sc.offchipBudget))
		violation += float64(offchip)/float64(sc.offchipBudget) - 1
	}
	return strings.Join(reasons, "; "), violation
}

// fit finds what each network takes on each accelerator of the design. The reason names the networks that fit nowhere, the violation is the sum of what their
// nearest fits lack.
func (d design) fit(memory *scratch) (reason string, violation float64, err error) {
	sc := d.scenario
	nearest := make([]float64, len(sc.networks))
	memory.fitting = memory.fitting[:0]
	for k, a := range d.accelerators[:d.count] {
		costs, err := sc.costs(a.shape, memory)
		if err != nil {
			return "", 0, err
		}
		for i, c := range costs {
			excess := c.Excess(a.l1Bytes(), a.l2Bytes())
			if c.Refused != "" {
				excess = refusedExcess
			}
			if excess > 0 {
				c.Cost = domain.Cost{}
			}
			if k == 0 || excess < nearest[i] {
				nearest[i] = excess
			}
			memory.fitting = append(memory.fitting, c.Cost)
		}
	}
	var nowhere []string
	for i, n := range sc.networks {
		if nearest[i] > 0 {
			nowhere, violation = append(nowhere, n.Model), violation+nearest[i]
		}
	}
	if len(nowhere) > 0 {
		reason = "no accelerator has the buffers for " + strings.Join(nowhere, ", ")
	}
	return reason, violation, nil
}

// refusedExcess stands for a network whose mapping does not work on an accelerator, whatever its buffers.
const refusedExcess = 1000

// platform is the costs of one usage, after fit.
func (d design) platform(u usage, memory *scratch) domain.Platform {
	memory.costs = memory.costs[:0]
	for k := range d.count {
		for _, n := range u.network {
			memory.costs = append(memory.costs, memory.fitting[k*len(d.scenario.networks)+n])
		}
	}
	return domain.Platform{Accelerators: d.count, Costs: memory.costs}
}

// about lists the models of the scenarios.
func (sc *scenario) about() simulators.Section {
	section := simulators.Section{Title: "model", Columns: []string{"scenario", "frames/s", "follows", "frames", "GMACs", "M parameters", "network"}}
	for _, u := range sc.usages {
		for i, s := range u.streams() {
			frames := 0
			for _, f := range u.Frames {
				if f.Stream == i && f.Launched {
					frames++
				}
			}
			follows := s.After
			if s.LaunchFrac > 0 {
				follows = fmt.Sprintf("%s, %g of them", s.After, s.LaunchFrac)
			}
			e := entry(s.Model)
			t := e.Build().Totals()
			section.Rows = append(section.Rows, []string{s.Model, u.Scenario.Name, fmt.Sprint(s.FPS), follows, fmt.Sprint(frames),
				fmt.Sprintf("%.3g", float64(t.MACs)/1e9), fmt.Sprintf("%.3g", float64(t.Parameters)/1e6), e.Doc})
		}
	}
	return section
}

// Workloads lists the scenarios.
func Workloads() (list []simulators.Workload) {
	list = append(list, simulators.Workload{Name: allScenarios, Setting: "xr: scenario", Doc: "all seven usage scenarios, one after another"})
	for _, s := range domain.Scenarios() {
		var models []string
		for _, stream := range s.Streams {
			models = append(models, fmt.Sprintf("%s %d/s", stream.Model, stream.FPS))
		}
		list = append(list, simulators.Workload{Name: s.Name, Setting: "xr: scenario", Doc: s.Doc + " (" + strings.Join(models, ", ") + ")"})
	}
	return list
}
