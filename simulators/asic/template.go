package asic

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

// TemplateVersion changes whenever a number of asic/template moves.
const TemplateVersion = "1.0.0"

// Factories lists the simulators for the catalogue.
func Factories() []simulators.Factory {
	return []simulators.Factory{Template(), Allocation(), Mapping(), Digamma()}
}

// Template is the catalogue entry of asic/template.
func Template() simulators.Factory {
	return simulators.Factory{
		Name: "asic/template",
		Doc: `ASIC with a published dataflow (NVDLA, ShiDianNao, Eyeriss, systolic) running a whole network: cycles, energy, area, power.

  a step of the mapping takes max(compute, transfers in, transfers out); layers run one after another
  energy  = 18.61 · L2 accesses + 1.68 · L1 accesses + MACs, in units of one MAC (0.23 pJ)
  area    = PEs, buffers, a bus linear and an arbiter quadratic in the PEs

With profile=maestro the numbers of a layer are MAESTRO's (commit 4eb08d1), equal on 12,065 measured rows: codesign validate maestro.`,
		Settings: settings(),
		New:      openTemplate,
	}
}

// templateDesign is the typed configuration of one evaluation.
type templateDesign struct {
	template               dataflow.Template
	pes, bandwidth, l1, l2 int // l1 in bytes, l2 in KiB
	scenario               *scenario
}

func openTemplate(s simulators.Settings) (simulators.Instance, error) {
	built, all, sc, err := buildTemplate(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	detail := func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
		return templateDetails(built.Spec().Name, all, built.Config(p))
	}
	return simulators.Instance{Simulator: built, Detail: detail, Features: sc.features()}, nil
}

// buildTemplate makes the model, and lists the layers of the network one by one; the scenario has those of different shapes, which are evaluated.
func buildTemplate(s simulators.Settings) (built *simulators.Built[templateDesign], all []work, sc *scenario, err error) {
	sc, origin, err := newScenario(s)
	if err != nil {
		return nil, nil, nil, err
	}
	all = sc.work
	sc.work = merged(all)
	built, err = templateModel(sc, TemplateVersion+origin).Build()
	return built, all, sc, err
}

func templateModel(sc *scenario, version string) simulators.Model[templateDesign] {
	powers := func(from, to int) (values []int) {
		for v := from; v <= to; v *= 2 {
			values = append(values, v)
		}
		return values
	}
	pes := []int{64, 96, 128, 192, 256, 384, 512, 640, 768, 896, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096}
	return simulators.Model[templateDesign]{
		Name: "asic/template", Version: version, Doc: strings.SplitN(Template().Doc, "\n", 2)[0],
		Metrics: templateMetrics(),
		Fields: []simulators.Field[templateDesign]{
			simulators.Choice("template", "dataflow: kcp NVDLA, yxp ShiDianNao, yrp Eyeriss, os, ws, is systolic arrays", dataflow.Templates(),
				func(d *templateDesign) *dataflow.Template { return &d.template }).In("array"),
			simulators.Int("pes", "PE", "processing elements", pes, func(d *templateDesign) *int { return &d.pes }).Log().In("array"),
			simulators.Int("noc_bandwidth", "elements/cycle", "each of the two links of a level", []int{4, 8, 16, 24, 32, 40, 48, 56, 64, 96, 128},
				func(d *templateDesign) *int { return &d.bandwidth }).Log().In("memory"),
			simulators.Int("l1", "bytes", "buffer of a PE, double-buffered", powers(8, 4096), func(d *templateDesign) *int { return &d.l1 }).Log().In("memory"),
			simulators.Int("l2", "KiB", "shared buffer, double-buffered", powers(1, 4096), func(d *templateDesign) *int { return &d.l2 }).Log().In("memory"),
		},
		Base: templateDesign{scenario: sc},
		Eval: evaluateTemplate,
	}
}

// templateMetrics lists what evaluateTemplate returns, in its order.
func templateMetrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "cycles", Doc: "whole network, layers one after another"},
		{Name: "latency", Unit: "ns", Doc: "latency_cycles at the clock"},
		{Name: "energy", Unit: "pJ", Doc: "buffers and arithmetic of one inference, without DRAM and network"},
		{Name: "energy", Unit: "MACs", Doc: "energy_pj in units of one multiply-accumulate, as NASAIC states energies"},
		{Name: "area", Unit: "mm2", Doc: "PEs, buffers, bus and arbiter"},
		{Name: "power", Unit: "mW", Doc: "energy over latency: mean dynamic power"},
		{Name: "peak_power", Unit: "mW", Doc: "PEs, buffers, bus and arbiter at full activity"},
		{Name: "edp", Unit: "J·s", Doc: "energy-delay product"},
		{Name: "utilization", Unit: "frac", Doc: "multiply-accumulates over latency_cycles · pes"},
		{Name: "l1_need", Unit: "bytes", Doc: "largest need of a layer of a PE's buffer"},
		{Name: "l2_need", Unit: "bytes", Doc: "largest need of a layer of the shared buffer"},
		{Name: "offchip", Unit: "bytes", Doc: "inputs, weights and outputs of all layers, once each"},
	}
}

// hardware is the accelerator of a design, with buffers as large as the mapping needs: the need is compared for the whole network.
func (d templateDesign) hardware() dataflow.Hardware {
	h := d.scenario.common
	h.PEs, h.NoCBandwidth = d.pes, d.bandwidth
	return h
}

// of is the accelerator as a layer finds it: where multipliers divide, but for systolic arrays, with as many lanes as the layer's widths allow.
func (d templateDesign) of(w work) dataflow.Hardware {
	h := d.hardware()
	if d.scenario.divides && !d.template.Systolic() {
		h.SIMDLanes = w.bits.lanes()
	}
	return h
}

// evaluateTemplate is the model's pure function.
func evaluateTemplate(_ context.Context, d templateDesign) simulators.Result {
	sc := d.scenario
	scratch := sc.scratch.Get().(*dataflow.Scratch)
	defer sc.scratch.Put(scratch)
	h := d.hardware()
	var sum totals
	for _, w := range sc.work {
		s, err := d.template.Evaluate(d.of(w), w.layer, sc.profile, scratch)
		if err != nil {
			return simulators.Failed(err.Error())
		}
		if s.Infeasible != dataflow.Works {
			return simulators.Infeasible(fmt.Sprintf("layer %q: %s", w.layer.Name, s.Infeasible), 0)
		}
		if err := sum.add(s, w); err != nil {
			return simulators.Failed(err.Error())
		}
	}
	l1, l2 := int64(d.l1), int64(d.l2)<<10
	if sum.l1Need > l1 || sum.l2Need > l2 {
		excess := max(float64(sum.l1Need)/float64(l1), float64(sum.l2Need)/float64(l2)) - 1
		return simulators.Infeasible(fmt.Sprintf("needs %d bytes of L1 and %d bytes of L2: there are %d and %d", sum.l1Need, sum.l2Need, l1, l2), excess)
	}
	latencyNS, energyPJ := float64(sum.cycles)*sc.clockNS, sum.energyMACs*dataflow.MACEnergyPJ
	return simulators.OK(
		float64(sum.cycles), latencyNS, energyPJ, sum.energyMACs,
		sc.area.Area(h, l1, l2).TotalUM2()*1e-6, energyPJ/latencyNS, sc.power.Power(h, l1, l2).TotalMW(),
		energyPJ*1e-12*latencyNS*1e-9, float64(sum.macs)/(float64(sum.cycles)*float64(d.pes)),
		float64(sum.l1Need), float64(sum.l2Need), float64(sum.offchipBytes),
	)
}

// Workloads lists the networks that the settings accept.
func Workloads() []simulators.Workload {
	var list []simulators.Workload
	for _, f := range Factories() {
		list = append(list, networks.Workloads(f.Name)...)
	}
	return list
}
