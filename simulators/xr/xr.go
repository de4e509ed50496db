package xr

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
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
	sc, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	built, err := sc.model().Build()
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

func (sc *scenario) model() simulators.Model[design] {
	base := design{count: 1, options: sc.options, scenario: sc}
	return simulators.Model[design]{
		Name: "xr", Version: Version, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0],
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
		{Name: "power", Unit: "mW", Doc: "energy over the length of the run, without leakage"},
		{Name: "area", Unit: "mm2", Doc: "all accelerators: PEs, buffers, bus and arbiter"},
		{Name: "core_area", Unit: "mm2", Doc: "PEs and buffers only: bus and arbiter of the table grow with the square of the PEs of one accelerator"},
		{Name: "pes", Unit: "PE", Doc: "processing elements of all accelerators"},
		{Name: "utilization", Unit: "frac", Doc: "time that accelerators spend on frames that finish, over accelerators times the time to the last event"},
	}
	for _, s := range sc.workload.Scenario.Streams {
		list = append(list,
			simulators.Metric{Name: s.Model + "_score", Unit: "percent", Doc: "part of " + s.Model + ", of 100; 0 if no frame was launched"},
			simulators.Metric{Name: s.Model + "_dropped", Unit: "frames", Doc: "frames of " + s.Model + " that were dropped"})
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
	platform, reason, violation, err := d.platform(memory)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	if reason != "" {
		return simulators.Infeasible(reason, violation)
	}
	r, err := domain.Run(sc.workload, platform, d.options, &memory.schedule)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	if r.Finished == 0 {
		return simulators.Infeasible(fmt.Sprintf("none of %d frames finishes", r.Dropped), 1)
	}
	return simulators.OK(d.values(r)...)
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

// platform is the costs of the design; the reason names the networks that fit nowhere, the violation is the sum of what their nearest fits lack.
func (d design) platform(memory *scratch) (p domain.Platform, reason string, violation float64, err error) {
	sc := d.scenario
	streams := len(sc.networks)
	p = domain.Platform{Accelerators: d.count, Costs: memory.costs[:0]}
	var nearest [domain.MaxStreams]float64
	for k, a := range d.accelerators[:d.count] {
		costs, err := sc.costs(a.shape, memory)
		if err != nil {
			return p, "", 0, err
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
			p.Costs = append(p.Costs, c.Cost)
		}
	}
	memory.costs = p.Costs
	var nowhere []string
	for i := range streams {
		if nearest[i] > 0 {
			nowhere, violation = append(nowhere, sc.networks[i].Model), violation+nearest[i]
		}
	}
	if len(nowhere) > 0 {
		reason = "no accelerator has the buffers for " + strings.Join(nowhere, ", ")
	}
	return p, reason, violation, nil
}

// refusedExcess stands for a network whose mapping does not work on an accelerator, whatever its buffers.
const refusedExcess = 1000

// values are the metrics of a run.
func (d design) values(r domain.Result) []float64 {
	sc := d.scenario
	var realTime, energy, qoe, missed, launched, latency, worst, counted float64
	for _, m := range r.Models {
		launched += float64(m.Frames - m.Unfinished)
		missed += float64(m.Dropped + m.Late)
		latency += m.MeanLatencyMS * float64(m.Finished)
		worst = max(worst, m.WorstLatencyMS)
		if m.Finished+m.Dropped > 0 {
			realTime, energy, qoe, counted = realTime+m.RealTimeFrac, energy+m.EnergyFrac, qoe+m.QoEFrac, counted+1
		}
	}
	var area, core, pes, busy float64
	for k, a := range d.accelerators[:d.count] {
		parts := sc.area.Area(a.hardware(), a.l1Bytes(), a.l2Bytes())
		area += parts.TotalUM2() * 1e-6
		core += (parts.PEsUM2 + parts.L1UM2 + parts.L2UM2) * 1e-6
		pes += float64(a.pes)
		busy += r.BusyMS[k]
	}
	values := []float64{
		100 * r.ScoreFrac, realTime / counted, energy / counted, qoe / counted, missed / launched, latency / float64(r.Finished), worst,
		r.EnergyMJ, 1000 * r.EnergyMJ / sc.workload.RunMS, area, core, pes, busy / (float64(d.count) * r.EndMS),
	}
	for _, m := range r.Models {
		values = append(values, 100*m.ScoreFrac, float64(m.Dropped))
	}
	return values
}

// about lists the models of the scenario.
func (sc *scenario) about() simulators.Section {
	section := simulators.Section{Title: "model", Columns: []string{"frames/s", "follows", "frames", "GMACs", "M parameters", "network"}}
	for i, s := range sc.workload.Scenario.Streams {
		frames := 0
		for _, f := range sc.workload.Frames {
			if f.Stream == i && f.Launched {
				frames++
			}
		}
		follows := s.After
		if s.LaunchFrac > 0 {
			follows = fmt.Sprintf("%s, %g of them", s.After, s.LaunchFrac)
		}
		for _, e := range dnn.XR() {
			if e.Name == s.Model {
				t := e.Build().Totals()
				section.Rows = append(section.Rows, []string{s.Model, fmt.Sprint(s.FPS), follows, fmt.Sprint(frames),
					fmt.Sprintf("%.3g", float64(t.MACs)/1e9), fmt.Sprintf("%.3g", float64(t.Parameters)/1e6), e.Doc})
			}
		}
	}
	return section
}

// Workloads lists the scenarios.
func Workloads() (list []simulators.Workload) {
	for _, s := range domain.Scenarios() {
		var models []string
		for _, stream := range s.Streams {
			models = append(models, fmt.Sprintf("%s %d/s", stream.Model, stream.FPS))
		}
		list = append(list, simulators.Workload{Name: s.Name, Setting: "xr: scenario", Doc: s.Doc + " (" + strings.Join(models, ", ") + ")"})
	}
	return list
}
