package eyeriss

import (
	"context"
	"errors"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
	"github.com/codesign-gym/codesign/simulators/technology"
)

// Version changes whenever a number of the simulator moves.
const Version = "1.0.0"

// Name is the catalogue id.
const Name = "asic/eyeriss"

// Values of settings.
const (
	layersAll          = "all"
	layersConvolutions = "convolutions"
	groupsReal         = "real"
	groupsDense        = "dense"
	dataflowRows       = "row-stationary"
	dataflowFree       = "free"

	defaultBudget = 300
	maxBudget     = 100_000
)

// Factory is the catalogue entry.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: Name,
		Doc: `Eyeriss-like array of ArchGym's Timeloop environment: 26 axes, a whole network, the best mapping of every layer searched.

  hierarchy   DRAM, shared buffer, 14 columns, in each PE scratchpads of inputs, weights and partial sums; 16-bit words
  mapping     a search a layer with a budget and a seed; identical layers share it
  cycles      max of the steps and of the words over the bandwidth, by level; summed over layers with their repeats
  energy      accesses of blocks at the technology's energies by kind and size of the memory
  area        memories and units; no wiring, control or pads

Counts equal Timeloop's on its published designs: codesign validate timeloop.`,
		Settings: settings(),
		Fidelities: []simulators.Fidelity{
			{Name: "draft", Set: map[string]any{"macs_frac": 0.6, "mapper_budget": 50}, RelativeCost: 0.08},
			{Name: "quick", Set: map[string]any{"mapper_budget": 100}, RelativeCost: 0.35},
			{Name: "full", RelativeCost: 1},
		},
		New: open,
	}
}

func settings() []simulators.Setting {
	return slices.Concat(networks.Settings(), []simulators.Setting{
		{Name: "problems", Doc: "folder of problem files of Timeloop, one a layer, network left out; empty = none", Default: ""},
		{Name: "layers", Doc: "which layers run; convolutions leaves out matrix products, as ArchGym's AlexNet does", Default: layersAll, Allowed: []string{layersAll, layersConvolutions}},
		{Name: "groups", Doc: "grouped and depthwise convolutions as they are, or dense as ArchGym has them", Default: groupsReal, Allowed: []string{groupsReal, groupsDense}},
		{Name: "macs_frac", Doc: "part of the multiply-accumulates that runs: the layers with the most of them, their sums scaled up to all; 1 = every layer", Default: 1.0, Min: 0.1, Max: 1},
		{Name: "dataflow", Doc: "what a mapping may do: that of Eyeriss, or anything that fits", Default: dataflowRows, Allowed: []string{dataflowRows, dataflowFree}},
		{Name: "factors", Doc: "trips of loops divide the dimensions, or leave a rest", Default: "perfect", Allowed: []string{"perfect", "any"}},
		{Name: "mapper", Doc: "how mappings are searched", Default: "genetic", Allowed: []string{"genetic", "annealing", "hybrid", "random"}},
		{Name: "mapper_budget", Unit: "mappings", Doc: "evaluated in each search", Default: defaultBudget, Min: 1, Max: maxBudget},
		{Name: "mapper_seed", Doc: "seed of the searches; that of a layer is the same in every design", Default: 1, Min: 0, Max: 1<<31 - 1},
		{Name: "mapper_minimise", Doc: "what the best mapping has least of; cycles: then energy, as in ArchGym", Default: "cycles", Allowed: []string{"cycles", "energy", "edp"}},
		{Name: "clock_mhz", Unit: "MHz", Doc: "clock, for latency_ms and edp_j_s", Default: 1000.0, Min: 1, Max: 10000},
	}, technology.Settings())
}

// scenario is what the settings fix. It is shared by evaluations and read-only.
type scenario struct {
	layers  []layer // that run
	scale   float64 // of their sums to those of all
	needs   needs
	table   tech.Table
	free    bool
	options mapper.Options
	seed    uint64
	clockNS float64
}

// open makes the simulator for its settings.
func open(s simulators.Settings) (simulators.Instance, error) {
	sc, origin, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	built, err := model(sc, Version+origin).Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	return simulators.Instance{
		Simulator: built,
		Detail: func(ctx context.Context, p space.Point) ([]simulators.Artifact, error) {
			return details(ctx, built.Config(p))
		},
		Repair: func(p space.Point) (space.Point, bool) { return repair(built.Spec().Space, built.Config(p), p) },
		About:  []simulators.Section{technology.About(sc.table)},
	}, nil
}

// newScenario resolves the settings; origin tells apart files that the settings only name, for the version.
func newScenario(s simulators.Settings) (*scenario, string, error) {
	if err := technology.Check(s); err != nil {
		return nil, "", err
	}
	layers, origin, err := workload(s)
	if err != nil {
		return nil, "", err
	}
	table, tableOrigin, err := technology.Load(s)
	if err != nil {
		return nil, "", err
	}
	sc := &scenario{layers: layers, table: table, free: s.String("dataflow") == dataflowFree, seed: uint64(s.Int("mapper_seed")), clockNS: 1e3 / s.Float("clock_mhz")}
	sc.options = mapper.Options{Algorithm: algorithm(s.String("mapper")), Budget: s.Int("mapper_budget"), Objectives: objectives(s.String("mapper_minimise")),
		Imperfect: s.String("factors") == "any"}
	if err := sc.check(); err != nil {
		return nil, "", err
	}
	sc.needs, err = needsOf(layers, sc.free, largest(sc))
	sc.layers, sc.scale = heaviest(layers, s.Float("macs_frac"))
	return sc, origin + tableOrigin, err
}

// check reports a technology that lacks what the largest or the smallest design needs, or layers that no design can run.
func (sc *scenario) check() error {
	d := largest(sc)
	_, err := d.architecture()
	for _, m := range []*memory{&d.glb, &d.ifmap, &d.weights, &d.psum, &d.dummy} {
		*m = memory{class: "smartbuffer_SRAM", depth: depths()[0], block: blocks()[0]}
	}
	_, small := d.architecture()
	return errors.Join(err, small)
}

// largest is the design with the most of everything.
func largest(sc *scenario) design {
	m := memory{class: "smartbuffer_SRAM", depth: 65536, block: 4, read: 16, write: 16}
	return design{pes: 336, meshX: dummies, glb: m, ifmap: m, weights: m, psum: m, dummy: m, scenario: sc}
}

func algorithm(name string) mapper.Algorithm {
	switch name {
	case "random":
		return mapper.Random
	case "annealing":
		return mapper.Annealing
	case "genetic":
		return mapper.Genetic
	}
	return mapper.Hybrid
}

func objectives(name string) []mapper.Objective {
	switch name {
	case "energy":
		return []mapper.Objective{mapper.Energy, mapper.Cycles}
	case "edp":
		return []mapper.Objective{mapper.EDP}
	}
	return []mapper.Objective{mapper.Cycles, mapper.Energy}
}

// Workloads lists the networks that the setting accepts.
func Workloads() []simulators.Workload { return networks.Workloads(Name) }
