package soc

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/soc"
)

// widest bounds the logarithms that are observed.
const widest = 20.0

// channels is what every agent of soc/moves observes.
func (t *table) channels() []env.Channel {
	g := t.system.Graph()
	var list []env.Channel
	share := func(format string, args ...any) {
		list = append(list, env.Channel{Name: fmt.Sprintf(format, args...), High: 1})
	}
	ratio := func(name string) { list = append(list, env.Channel{Name: name, Low: -widest, High: widest}) }
	for _, goal := range g.Goals {
		ratio("budget.latency." + goal.Workload)
	}
	ratio("budget.power")
	ratio("budget.area")
	ratio("budget.dram_area")
	share("episode.passed")
	for _, task := range g.Tasks {
		share("task.%s.time", task.Name)
		share("task.%s.limited_by_memory", task.Name)
		share("task.%s.limited_by_bus", task.Name)
		share("task.%s.energy", task.Name)
	}
	for i := range t.layout.memory {
		share("mem%d.limits", i)
	}
	for i := range t.layout.bus {
		share("bus%d.limits", i)
	}
	for _, f := range t.layout.space.Features() {
		list = append(list, env.Channel{Name: "design." + f.Name, High: 1})
	}
	return list
}

// observe looks at the current design: every agent sees the same numbers and its own legal moves.
func (e *episode) observe() {
	values := e.values(make([]float64, 0, len(e.agents[0].Obs)))
	e.now = make([]env.Obs, len(e.agents))
	for i := range e.now {
		mask := make([]bool, len(e.own[i]))
		for level, at := range e.own[i] {
			mask[level] = at < 0 || e.moves[at].edits(e.board) != nil
		}
		e.now[i] = env.Obs{Values: values, Mask: [][]bool{mask}}
	}
}

// seen is what was observed, in memory of the caller's own.
func (e *episode) seen() []env.Obs {
	obs := make([]env.Obs, len(e.now))
	for i, now := range e.now {
		obs[i] = env.Obs{Values: slices.Clone(now.Values), Mask: [][]bool{slices.Clone(now.Mask[0])}}
	}
	return obs
}

// values appends the observation: the budgets, and where time and energy go.
func (e *episode) values(v []float64) []float64 {
	r, b := e.result, e.board
	d := &r.Distance
	for _, frac := range d.LatencyFrac {
		v = append(v, logarithm(1+frac))
	}
	v = append(v, logarithm(1+d.PowerFrac), logarithm(1+d.AreaFrac), logarithm(1+d.DRAMFrac), float64(e.steps)/float64(e.horizon))
	end, energy := 0.0, 0.0
	for _, t := range r.Tasks {
		end, energy = max(end, t.EndS), energy+t.EnergyPJ
	}
	memories, busses := make([]float64, len(b.flowsIn)), make([]float64, len(b.joins))
	for _, t := range r.Tasks {
		limited := fraction(t.LimitedS, t.ActiveS)
		var byMemory, byBus float64
		switch block := e.bench.design.Blocks[t.Limiter]; {
		case block.Kind.IsMemory():
			byMemory = limited
			memories[slotNumber(block.ID)] += t.LimitedS
		case block.Kind == soc.Bus:
			byBus = limited
			busses[slotNumber(block.ID)] += t.LimitedS
		}
		v = append(v, fraction(t.ActiveS, end), byMemory, byBus, fraction(t.EnergyPJ, energy))
	}
	for _, s := range memories {
		v = append(v, fraction(s, end))
	}
	for _, s := range busses {
		v = append(v, fraction(s, end))
	}
	return b.space.AppendFeatures(v, b.p)
}

// logarithm is the binary one, bounded.
func logarithm(v float64) float64 { return max(-widest, min(widest, math.Log2(v))) }

// fraction is a part of a whole, between 0 and 1.
func fraction(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return min(part/whole, 1)
}
