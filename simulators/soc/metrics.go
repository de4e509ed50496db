package soc

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
)

// reading is a metric with where it comes from.
type reading struct {
	simulators.Metric
	of func(s *soc.System, r *soc.Result) float64
}

// readings lists what the simulators report for a system. With several workloads each has its own latency, and latency_ms is that of the one furthest
// from its budget.
func readings(s *soc.System) []reading {
	list := []reading{
		{simulators.Metric{Name: "latency", Unit: "ms", Doc: "end of the workload's last task; of several workloads that of the one nearest to or furthest over its budget"},
			func(s *soc.System, r *soc.Result) float64 { return r.LatencyS[critical(s, r)] * 1e3 }},
		{simulators.Metric{Name: "latency_frac", Doc: "latency over its budget: 1 = the budget"},
			func(_ *soc.System, r *soc.Result) float64 { return 1 + worst(r.Distance.LatencyFrac) }},
		{simulators.Metric{Name: "power", Unit: "mW", Doc: "average over the worst 10 ms"},
			func(_ *soc.System, r *soc.Result) float64 { return r.PowerMW }},
		{simulators.Metric{Name: "power_frac", Doc: "power over its budget"},
			func(_ *soc.System, r *soc.Result) float64 { return 1 + r.Distance.PowerFrac }},
		{simulators.Metric{Name: "energy", Unit: "uJ", Doc: "of all tasks once, leakage included"},
			func(_ *soc.System, r *soc.Result) float64 { return r.EnergyPJ * 1e-6 }},
		{simulators.Metric{Name: "leakage", Unit: "uJ", Doc: "the part of energy that leaks"},
			func(_ *soc.System, r *soc.Result) float64 { return r.LeakagePJ * 1e-6 }},
		{simulators.Metric{Name: "area", Unit: "mm2", Doc: "without DRAM"},
			func(_ *soc.System, r *soc.Result) float64 { return r.AreaMM2 - r.DRAMAreaMM2 }},
		{simulators.Metric{Name: "area_frac", Doc: "area without DRAM over its budget"},
			func(_ *soc.System, r *soc.Result) float64 { return 1 + r.Distance.AreaFrac }},
		{simulators.Metric{Name: "dram_area", Unit: "mm2", Doc: "stacked on top"},
			func(_ *soc.System, r *soc.Result) float64 { return r.DRAMAreaMM2 }},
		{simulators.Metric{Name: "dram_area_frac", Doc: "area of DRAM over the budget of the area"},
			func(_ *soc.System, r *soc.Result) float64 { return 1 + r.Distance.DRAMFrac }},
		{simulators.Metric{Name: "distance", Doc: "from the budgets: the sum of the relative excess of each latency, the power and both areas; a budget that is met adds a tenth of its (negative) excess's size"},
			func(_ *soc.System, r *soc.Result) float64 { return r.Distance.Sum(soc.Dampen) }},
		{simulators.Metric{Name: "excess", Doc: "the same sum, a budget that is met adding 1e-9: what ArchGym calls reward and minimises"},
			func(_ *soc.System, r *soc.Result) float64 { return r.Distance.Sum(soc.Eliminate) }},
		{simulators.Metric{Name: "development_cost", Doc: "in units of a processor with the smallest task"},
			func(_ *soc.System, r *soc.Result) float64 { return r.DevelopmentCost }},
		{simulators.Metric{Name: "serial_latency", Unit: "ms", Doc: "the sum of the tasks' times, each running alone"},
			func(_ *soc.System, r *soc.Result) float64 { return r.SerialLatencyS * 1e3 }},
		{simulators.Metric{Name: "blocks", Doc: "processors, accelerators, memories and buses that the design uses"},
			func(_ *soc.System, r *soc.Result) float64 { return float64(used(r)) }},
	}
	goals := s.Graph().Goals
	if len(goals) < 2 {
		return list
	}
	for i, goal := range goals {
		list = append(list, reading{
			simulators.Metric{Name: "latency_" + keyword(goal.Workload), Unit: "ms", Doc: fmt.Sprintf("of %s, within %g", goal.Workload, goal.LatencyBudgetS*1e3)},
			func(_ *soc.System, r *soc.Result) float64 { return r.LatencyS[i] * 1e3 },
		})
	}
	return list
}

// keyword is a name as a part of a metric's key.
func keyword(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			return c
		}
		return '_'
	}, strings.ToLower(name))
}

// critical is the goal furthest over its budget, or nearest to it.
func critical(_ *soc.System, r *soc.Result) int {
	at := 0
	for i, f := range r.Distance.LatencyFrac {
		if f > r.Distance.LatencyFrac[at] {
			at = i
		}
	}
	return at
}

func worst(fractions []float64) float64 {
	most := fractions[0]
	for _, f := range fractions {
		most = max(most, f)
	}
	return most
}

func used(r *soc.Result) (n int) {
	for _, b := range r.Blocks {
		if b.Used {
			n++
		}
	}
	return n
}

func metricsOf(list []reading) []simulators.Metric {
	metrics := make([]simulators.Metric, len(list))
	for i, r := range list {
		metrics[i] = r.Metric
	}
	return metrics
}

// about is what the simulators have in common.
const about = `

  phases   a phase lasts until the first running task ends; in it each task runs at the rate of the block that limits it,
           v = min(rate of its processor, bandwidth · share / bytes per operation over each memory and bus on its way)
  latency  end of the workload's last task        energy  compute, memories, buses, leakage
  power    energy / time of the worst 10 ms        area    processors, accelerators, memories as large as what they hold, buses

Equal to FARSI (ce59c96) in the profile reference: codesign validate soc. Infeasible designs tell the rule that they break, and as violation how many entries break one.
The detail of a design is its block diagram, its timeline, why.csv (the limiter of each task in each phase), tables of tasks and blocks, and the
design as JSON and DOT. ArchGym minimises excess, and tells designs that cannot be built as -1e4, the best of all; here they are infeasible.
Equations and sources: package soc.`
