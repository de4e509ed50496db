package dram

import (
	"context"
	"strings"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Version changes whenever a number of the simulators moves.
const Version = "1.0.0"

// about is what the simulators have in common.
const about = `
  time      the clock of the last response · tCK              latency  mean over the reads of response - clock in the trace
  energy    DRAMPower 4: V·IDD·t by command and state         power    energy / time
  bandwidth bytes of all requests / time

Equal to DRAMSys 5.0 (8e021ead) on 539 measured runs, to DRAMsim3 (29817593) and Ramulator 2.1 (c5b1c3a4) with their structures, and to
DRAMPower 4 and 5.1: codesign validate dram drampower. ArchGym's rewards are objectives of the kind ratio: targets = { power_mw = 1000 }
(low power), { time_ns = 1e5 } (low latency), or both in one table (their product).`

// variant is one of the simulators: what the catalogue says of it, but for New, and how it is opened.
type variant struct {
	simulators.Factory
	open func(simulators.Settings) (*simulators.Built[design], error)
}

// variants lists them.
func variants() []variant {
	return []variant{
		knobbed("dram", "DRAM memory controller: ArchGym's ten knobs with one space for all agents, cycle-exact, with energy and power.", coarse()),
		wideVariant(),
		fullVariant(),
	}
}

// Factories are the catalogue entries.
func Factories() (list []simulators.Factory) {
	for _, v := range variants() {
		list = append(list, v.factory())
	}
	return list
}

// factory is the catalogue entry.
func (v variant) factory() simulators.Factory {
	f := v.Factory
	f.New = func(s simulators.Settings) (simulators.Instance, error) { return instance(v.open(s)) }
	return f
}

func wideVariant() variant {
	return knobbed("dram/wide", "DRAM memory controller: the ten knobs with every value between.", fine())
}

// knobbed is a simulator of ArchGym's knobs.
func knobbed(name, doc string, k knobs) variant {
	return variant{
		simulators.Factory{Name: name, Doc: doc + "\n" + about, Settings: append(trafficSettings(), memorySettings()...), Fidelities: fidelities()},
		func(s simulators.Settings) (*simulators.Built[design], error) { return openKnobs(name, doc, k, s) },
	}
}

// openKnobs makes the simulator of ArchGym's knobs for its settings.
func openKnobs(name, doc string, k knobs, s simulators.Settings) (*simulators.Built[design], error) {
	sc, err := fixMemory(s)
	if err != nil {
		return nil, err
	}
	return build(name, doc, design{Config: sc.base, scenario: sc}, archgym(k))
}

// fidelities are shorter prefixes of the trace.
func fidelities() []simulators.Fidelity {
	return []simulators.Fidelity{
		{Name: "prefix-300", Set: map[string]any{"requests": 300}, RelativeCost: 0.03},
		{Name: "prefix-1000", Set: map[string]any{"requests": 1000}, RelativeCost: 0.1},
		{Name: "prefix-3000", Set: map[string]any{"requests": 3000}, RelativeCost: 0.3},
		{Name: "full", RelativeCost: 1},
	}
}

// design is the typed configuration of one evaluation: the axes set dram.Config, the scenario is shared.
type design struct {
	dram.Config
	device   string // by name, where it is an axis
	mapping  string
	scenario *scenario
	places   map[place]placed // where device and mapping are axes
}

// place names a memory.
type place struct{ device, mapping string }

// placed is its address map, or why the trace does not fit into it.
type placed struct {
	mapping *address.Map
	err     error
}

// build makes the simulator of the axes.
func build(name, doc string, base design, axes []simulators.Field[design]) (*simulators.Built[design], error) {
	measured := readings()
	return simulators.Model[design]{
		Name: name, Version: Version + base.scenario.origin, Doc: strings.SplitN(doc, "\n", 2)[0],
		Metrics: metricsOf(measured), Fields: axes, Base: base,
		Eval: func(_ context.Context, d design) simulators.Result { return evaluate(d, measured) },
	}.Build()
}

// instance is a simulator with what explains its designs.
func instance(built *simulators.Built[design], err error) (simulators.Instance, error) {
	if err != nil {
		return simulators.Instance{}, err
	}
	detail := func(_ context.Context, p space.Point) ([]simulators.Artifact, error) { return explain(built.Config(p)) }
	return simulators.Instance{Simulator: built, Detail: detail, Features: features(built)}, nil
}

// evaluate is the model's pure function. Settings and files were checked when the simulator was opened, so what is refused here is a memory
// into which the trace does not fit, a combination of policies that the device or the structure does not have, or one that makes no progress.
func evaluate(d design, measured []reading) simulators.Result {
	d, err := d.located()
	if err != nil {
		return simulators.Infeasible(err.Error(), 0)
	}
	stats, err := d.run(nil)
	if err != nil {
		return simulators.Infeasible(err.Error(), 0)
	}
	values := make([]float64, len(measured))
	for i, m := range measured {
		values[i] = m.of(&stats)
	}
	return simulators.OK(values...)
}

// run serves the trace. The log sees every command; nil = none.
func (d design) run(log func(device.Issued)) (dram.Stats, error) {
	return dram.Simulate(d.Config, dram.Traffic{Source: trace.NewSlice(d.scenario.requests), MaxOutstanding: d.scenario.maxOutstanding, Log: log})
}

// located sets the address map where the axes choose it; an error says why the trace does not fit into the memory.
func (d design) located() (design, error) {
	if d.places == nil {
		return d, nil
	}
	at := d.places[place{d.device, d.mapping}]
	d.Map = at.mapping
	return d, at.err
}
