package eyeriss

import (
	"context"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/simulators"
)

// metrics lists what evaluate returns, in its order.
func metrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "cycles", Doc: "one inference, layer after layer, each under the best mapping found"},
		{Name: "latency", Unit: "ms", Doc: "latency_cycles at the clock"},
		{Name: "energy", Unit: "uJ", Doc: "of one inference: all accesses and multiply-accumulates, no network and no leakage"},
		{Name: "energy_mac", Unit: "uJ", Doc: "of it the multiply-accumulates"},
		{Name: "energy_spad", Unit: "uJ", Doc: "of it the scratchpads"},
		{Name: "energy_glb", Unit: "uJ", Doc: "of it the shared global buffer"},
		{Name: "energy_dram", Unit: "uJ", Doc: "of it DRAM"},
		{Name: "area", Unit: "mm2", Doc: "memories and multiply-accumulate units; no wiring, control or pads"},
		{Name: "utilization", Unit: "frac", Doc: "multiply-accumulates over latency_cycles · pes"},
		{Name: "edp", Unit: "J·s", Doc: "energy-delay product"},
		{Name: "dram", Unit: "words", Doc: "read from and written to DRAM, 16 bits each"},
	}
}

// totals are sums over the layers of a network.
type totals struct {
	cycles, macs, dramWords                float64
	energyPJ, macPJ, spadPJ, glbPJ, dramPJ float64
}

// add takes all copies of a layer into account.
func (t *totals) add(l layer, r *loopnest.Result) {
	n := float64(l.copies)
	t.cycles += n * float64(r.Cycles)
	t.macs += n * float64(l.macs)
	t.energyPJ += n * r.EnergyPJ
	t.macPJ += n * r.ComputePJ
	t.glbPJ += n * r.Levels[glb].EnergyPJ
	t.dramPJ += n * r.Levels[dram].EnergyPJ
	t.spadPJ += n * (r.Levels[ifmapSpad].EnergyPJ + r.Levels[weightsSpad].EnergyPJ + r.Levels[psumSpad].EnergyPJ)
	t.dramWords += n * float64(r.OutermostWords())
}

// scale multiplies all sums.
func (t *totals) scale(by float64) {
	for _, v := range []*float64{&t.cycles, &t.macs, &t.dramWords, &t.energyPJ, &t.macPJ, &t.spadPJ, &t.glbPJ, &t.dramPJ} {
		*v *= by
	}
}

// best is the best mapping found for a layer on an architecture.
type best struct {
	model   *loopnest.Model
	mapping loopnest.Mapping
	result  loopnest.Result
	tried   int
}

// search looks for the best mapping of a layer. Where it finds none that fits, the one that needs the least memory stands: it is known to fit.
func (sc *scenario) search(l layer, a loopnest.Architecture) (best, error) {
	m, err := loopnest.NewModel(l.problem, a)
	if err != nil {
		return best{}, err
	}
	out, err := mapper.Search(m, constraints(l.problem, sc.free), sc.options, seed.New(sc.seed, "eyeriss", l.name))
	if !errors.Is(err, mapper.ErrNone) {
		return best{m, out.Mapping, out.Result, out.Evaluations}, err
	}
	found := best{model: m, mapping: *least(l.problem, sc.free), tried: out.Evaluations}
	if err := m.Evaluate(&found.mapping, &found.result); err != nil {
		return best{}, err
	}
	if reason := m.Reason(found.result.Infeasible); reason != "" {
		return best{}, errors.New(reason)
	}
	return found, nil
}

// evaluate is the model's pure function.
func evaluate(_ context.Context, d design) simulators.Result {
	if short, count := d.short(); count > 0 {
		return simulators.Infeasible(short.reason, short.violation)
	}
	a, err := d.architecture()
	if err != nil {
		return simulators.Failed(err.Error())
	}
	var t totals
	for _, l := range d.scenario.layers {
		found, err := d.scenario.search(l, a)
		if err != nil {
			return simulators.Failed(fmt.Sprintf("layer %q: %v", l.name, err))
		}
		t.add(l, &found.result)
	}
	t.scale(d.scenario.scale)
	latencyMS := t.cycles * d.scenario.clockNS * 1e-6
	return simulators.OK(
		t.cycles, latencyMS, t.energyPJ*1e-6, t.macPJ*1e-6, t.spadPJ*1e-6, t.glbPJ*1e-6, t.dramPJ*1e-6,
		a.AreaMM2(), t.macs/(t.cycles*float64(d.pes)), t.energyPJ*1e-12*latencyMS*1e-3, t.dramWords,
	)
}
