package asic

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// AllocationVersion changes whenever a number of asic/allocation moves.
const AllocationVersion = "1.0.0"

const (
	maxAllocated = 256 // layers with an accelerator of their own
	mostPEs      = 128
	mostFilters  = 12
)

// Allocation is the catalogue entry of asic/allocation.
func Allocation() simulators.Factory {
	return simulators.Factory{
		Name: "asic/allocation",
		Doc: `Resources of each layer's own accelerator: PEs and output channels that a PE holds (ConfuciuX's space), for a whole network.

  144 choices a layer: PEs out of {1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128} and 1 … 12 output channels a PE, which set its buffers
  latency, energy, area and power add up over the layers; a budget is a fraction of the largest area or power

The cost of a layer is that of accelerators/dataflow, as in asic/template.`,
		Settings: append(settings(),
			simulators.Setting{Name: "dataflow", Doc: "of all layers: NVDLA-like, ShiDianNao-like, Eyeriss-like; mix = an axis of each layer",
				Default: "dla", Allowed: []string{"dla", "shi", "eye", "mix"}},
			simulators.Setting{Name: "noc_bandwidth", Unit: "elements/cycle", Doc: "each of the two links of an accelerator", Default: 16, Min: 1, Max: dataflow.MaxSize},
			simulators.Setting{Name: "constraint", Doc: "what the budget limits", Default: "area", Allowed: []string{"none", "area", "power"}},
			simulators.Setting{Name: "budget_frac", Doc: "budget as a fraction of the area or power of the largest allocation", Default: 0.5, Min: 0.001, Max: 1},
		),
		New: openAllocation,
	}
}

// allocated is what one layer gets.
type allocated struct {
	pes, filters int
	style        style
}

// allocationDesign is the typed configuration of one evaluation.
type allocationDesign struct {
	layers   [maxAllocated]allocated
	scenario *allocationScenario
}

// allocationScenario adds what only the allocation has.
type allocationScenario struct {
	*scenario
	bandwidth  int
	constraint string
	limit      float64 // in mm2 or mW, by constraint
}

func openAllocation(s simulators.Settings) (simulators.Instance, error) {
	common, origin, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	if n := len(common.work); n > maxAllocated {
		return simulators.Instance{}, fmt.Errorf("network of %d layers: at most %d can have an accelerator each", n, maxAllocated)
	}
	sc := &allocationScenario{scenario: common, bandwidth: s.Int("noc_bandwidth"), constraint: s.String("constraint")}
	base := allocationDesign{scenario: sc}
	mixed := s.String("dataflow") == "mix"
	for i := range base.layers {
		base.layers[i] = allocated{pes: mostPEs, filters: mostFilters}
		if !mixed {
			if err := base.layers[i].style.UnmarshalText([]byte(s.String("dataflow"))); err != nil {
				return simulators.Instance{}, err
			}
		}
	}
	if err := sc.budget(base, mixed, s.Float("budget_frac")); err != nil {
		return simulators.Instance{}, err
	}
	built, err := allocationModel(base, mixed, AllocationVersion+origin).Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	detail := func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
		d := built.Config(p)
		return details(built.Spec().Name, common.work, func(i int, w work, scratch *dataflow.Scratch) (outcome, error) {
			return sc.cost(w, d.layers[i], scratch)
		})
	}
	return simulators.Instance{Simulator: built, Detail: detail, Features: common.features()}, nil
}

// budget sets the limit: a fraction of what the largest allocation takes, in a mix of the largest dataflow.
func (sc *allocationScenario) budget(base allocationDesign, mixed bool, fraction float64) error {
	all := []style{base.layers[0].style}
	if mixed {
		all = styles()
	}
	var scratch dataflow.Scratch
	for _, st := range all {
		for i := range base.layers {
			base.layers[i].style = st
		}
		sum, err := sc.sum(&base, &scratch)
		if err != nil {
			return err
		}
		switch sc.constraint {
		case "area":
			sc.limit = max(sc.limit, fraction*sum.areaMM2)
		case "power":
			sc.limit = max(sc.limit, fraction*sum.powerMW)
		}
	}
	return nil
}

func allocationModel(base allocationDesign, mixed bool, version string) simulators.Model[allocationDesign] {
	m := simulators.Model[allocationDesign]{
		Name: "asic/allocation", Version: version, Doc: strings.SplitN(Allocation().Doc, "\n", 2)[0],
		Metrics: allocationMetrics(), Base: base, Eval: evaluateAllocation,
	}
	counts := make([]int, mostFilters)
	for i := range counts {
		counts[i] = i + 1
	}
	for i, w := range base.scenario.work {
		name, of := fmt.Sprintf("layer%03d", i), fmt.Sprintf("of layer %d, %s", i, w.layer.Name)
		m.Fields = append(m.Fields, simulators.Int(name+"_pes", "PE", "processing elements "+of, []int{1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, mostPEs},
			func(d *allocationDesign) *int { return &d.layers[i].pes }).Log().In("pes"))
		if w.layer.Op != dataflow.Depthwise {
			m.Fields = append(m.Fields, simulators.Int(name+"_filters", "filters", "output channels that a PE holds "+of, counts,
				func(d *allocationDesign) *int { return &d.layers[i].filters }).In("buffers"))
		}
		if mixed {
			m.Fields = append(m.Fields, simulators.Choice(name+"_dataflow", "dataflow "+of, styles(),
				func(d *allocationDesign) *style { return &d.layers[i].style }).In("dataflow"))
		}
	}
	return m
}

// allocationMetrics lists what evaluateAllocation returns, in its order.
func allocationMetrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "cycles", Doc: "one inference, layer after layer"},
		{Name: "latency", Unit: "ns", Doc: "latency_cycles at the clock"},
		{Name: "interval", Unit: "cycles", Doc: "slowest layer with its copies: cycles between inferences in a pipeline"},
		{Name: "energy", Unit: "pJ", Doc: "buffers and arithmetic of one inference, without DRAM and network"},
		{Name: "area", Unit: "mm2", Doc: "all accelerators"},
		{Name: "power", Unit: "mW", Doc: "all accelerators at full activity"},
		{Name: "edp", Unit: "J·s", Doc: "energy-delay product"},
		{Name: "pes", Unit: "PE", Doc: "processing elements of all accelerators"},
		{Name: "l1", Unit: "bytes", Doc: "buffers of all PEs, as large as their layers need"},
		{Name: "l2", Unit: "bytes", Doc: "shared buffers of all accelerators, as large as their layers need"},
	}
}

// allocationSum is the cost of all layers.
type allocationSum struct {
	totals
	interval         int64
	areaMM2, powerMW float64
	pes              int64
	l1, l2           float64 // bytes
	refused          string  // a layer whose mapping does not work
}

// sum costs all layers.
func (sc *allocationScenario) sum(d *allocationDesign, scratch *dataflow.Scratch) (a allocationSum, err error) {
	for i, w := range sc.work {
		o, err := sc.cost(w, d.layers[i], scratch)
		if err != nil {
			return a, err
		}
		h, s := o.hardware, o.stats
		if s.Infeasible != dataflow.Works {
			a.refused = fmt.Sprintf("layer %d, %s: %s", i, w.layer.Name, s.Infeasible)
			return a, nil
		}
		if err := a.add(s, w); err != nil {
			return a, err
		}
		a.interval = max(a.interval, w.copies*s.RuntimeCycles)
		a.areaMM2 += sc.area.Area(h, s.L1Bytes, s.L2Bytes).TotalUM2() * 1e-6
		a.powerMW += sc.power.Power(h, s.L1Bytes, s.L2Bytes).TotalMW()
		a.pes += int64(h.PEs)
		a.l1 += float64(h.PEs) * float64(s.L1Bytes)
		a.l2 += float64(s.L2Bytes)
	}
	return a, nil
}

// cost is that of one layer on its accelerator.
func (sc *allocationScenario) cost(w work, a allocated, scratch *dataflow.Scratch) (o outcome, err error) {
	o.hardware = sc.common
	o.hardware.PEs, o.hardware.NoCBandwidth = a.pes, sc.bandwidth
	layer := w.layer.AsConv()
	o.mapping = a.style.nest(layer, a.pes, a.filters)
	o.stats, err = dataflow.Evaluate(o.hardware, layer, o.mapping, sc.profile, scratch)
	return o, err
}

// evaluateAllocation is the model's pure function.
func evaluateAllocation(_ context.Context, d allocationDesign) simulators.Result {
	sc := d.scenario
	scratch := sc.scratch.Get().(*dataflow.Scratch)
	defer sc.scratch.Put(scratch)
	sum, err := sc.sum(&d, scratch)
	switch {
	case err != nil:
		return simulators.Failed(err.Error())
	case sum.refused != "":
		return simulators.Infeasible(sum.refused, 0)
	case sc.constraint == "area" && sum.areaMM2 > sc.limit:
		return simulators.Infeasible(fmt.Sprintf("area %.4g mm2 exceeds the budget of %.4g mm2", sum.areaMM2, sc.limit), sum.areaMM2/sc.limit-1)
	case sc.constraint == "power" && sum.powerMW > sc.limit:
		return simulators.Infeasible(fmt.Sprintf("power %.4g mW exceeds the budget of %.4g mW", sum.powerMW, sc.limit), sum.powerMW/sc.limit-1)
	}
	latencyNS, energyPJ := float64(sum.cycles)*sc.clockNS, sum.energyMACs*dataflow.MACEnergyPJ
	return simulators.OK(
		float64(sum.cycles), latencyNS, float64(sum.interval), energyPJ, sum.areaMM2, sum.powerMW, energyPJ*1e-12*latencyNS*1e-9,
		float64(sum.pes), sum.l1, sum.l2,
	)
}
