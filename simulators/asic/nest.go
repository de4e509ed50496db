package asic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// nestScenario adds to a scenario what asic/mapping and asic/digamma have. It is shared by evaluations and read-only but for the pool.
type nestScenario struct {
	*scenario
	kind  nestKind
	loops loops
	nests sync.Pool // of *nestScratch
}

// nestScratch is the memory of an evaluation.
type nestScratch struct {
	dataflow.Scratch
	mapping dataflow.Mapping
}

// nestDesign is the typed configuration of one evaluation.
type nestDesign struct {
	genome   genome
	scenario *nestScenario
}

func newNestScenario(common *scenario, kind nestKind) *nestScenario {
	return &nestScenario{
		scenario: common, kind: kind, loops: newLoops(common.work, common.profile),
		nests: sync.Pool{New: func() any { return new(nestScratch) }},
	}
}

// build makes the model of the axes.
func (sc *nestScenario) build(axes *genomeAxes, version string) (*simulators.Built[nestDesign], error) {
	list, err := axes.build()
	if err != nil {
		return nil, err
	}
	base := nestDesign{scenario: sc}
	base.genome.levels = axes.least
	for i := range base.genome.level {
		g := &base.genome.level[i]
		g.over, g.units = axes.parallel[0], 1
		copy(g.order[:], sc.loops.dims)
		for d := range g.tile {
			g.tile[d] = sc.loops.extent[d]
		}
	}
	f := sc.kind.factory()
	return simulators.Model[nestDesign]{
		Name: f.Name, Version: version, Doc: strings.SplitN(f.Doc, "\n", 2)[0],
		Metrics: nestMetrics(), Fields: fields(list, func(d *nestDesign) *genome { return &d.genome }), Base: base, Eval: evaluateNest,
	}.Build()
}

// nestMetrics lists what evaluateNest returns, in its order.
func nestMetrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "cycles", Doc: "all copies of the layer, or the whole network, one after another"},
		{Name: "latency", Unit: "ns", Doc: "latency_cycles at the clock"},
		{Name: "energy", Unit: "pJ", Doc: "buffers and arithmetic, without DRAM and network"},
		{Name: "energy", Unit: "MACs", Doc: "energy_pj in units of one multiply-accumulate"},
		{Name: "area", Unit: "mm2", Doc: "PEs, buffers as large as the mapping needs, and what else the table has"},
		{Name: "power", Unit: "mW", Doc: "energy over latency: mean dynamic power"},
		{Name: "peak_power", Unit: "mW", Doc: "PEs, buffers that the mapping needs, bus and arbiter at full activity"},
		{Name: "edp", Unit: "J·s", Doc: "energy-delay product"},
		{Name: "pes", Unit: "PE", Doc: "processing elements that there are"},
		{Name: "utilization", Unit: "frac", Doc: "multiply-accumulates over latency_cycles · pes"},
		{Name: "l1_need", Unit: "bytes", Doc: "largest need of a layer of a PE's buffer, double-buffered"},
		{Name: "l2_need", Unit: "bytes", Doc: "largest need of a layer of the shared buffer, double-buffered"},
		{Name: "offchip", Unit: "bytes", Doc: "inputs, weights and outputs of all layers, once each"},
	}
}

// hardware is the accelerator of a genome, with buffers as large as the mapping needs.
func (sc *nestScenario) hardware(g *genome) dataflow.Hardware {
	h := sc.common
	h.PEs = sc.kind.pes
	if sc.kind.topUnits {
		h.PEs = g.level[0].units * g.clusterPEs()
	}
	return h
}

// evaluateNest is the model's pure function.
func evaluateNest(_ context.Context, d nestDesign) simulators.Result {
	sc := d.scenario
	scratch := sc.nests.Get().(*nestScratch)
	defer sc.nests.Put(scratch)
	d.genome.clamp(&sc.loops)
	h := sc.hardware(&d.genome)
	if need := max(h.PEs, d.genome.clusterPEs()); need > sc.kind.pes {
		return simulators.Infeasible(fmt.Sprintf("the units of the levels are %d PEs: there are %d", need, sc.kind.pes), float64(need)/float64(sc.kind.pes)-1)
	}
	var sum totals
	for _, w := range sc.work {
		layer := w.layer.AsConv()
		scratch.mapping = d.genome.mapping(&sc.loops, layer, scratch.mapping)
		s, err := dataflow.Evaluate(h, layer, scratch.mapping, sc.profile, &scratch.Scratch)
		switch {
		case errors.Is(err, dataflow.ErrCounts):
			return simulators.Infeasible(err.Error(), 0)
		case err != nil:
			return simulators.Failed(err.Error())
		case s.Infeasible != dataflow.Works:
			return simulators.Infeasible(fmt.Sprintf("layer %q: %s", w.layer.Name, s.Infeasible), 0)
		}
		if err := sum.add(s, w); err != nil {
			return simulators.Failed(err.Error())
		}
	}
	return sc.result(h, &sum)
}

// result compares the needs with what there is.
func (sc *nestScenario) result(h dataflow.Hardware, sum *totals) simulators.Result {
	areaMM2 := sc.area.Area(h, sum.l1Need, sum.l2Need).TotalUM2() * 1e-6
	excess := 0.0
	for _, limit := range [...]struct{ need, most float64 }{
		{float64(sum.l1Need), float64(sc.kind.l1)}, {float64(sum.l2Need), float64(sc.kind.l2)}, {areaMM2, sc.kind.areaMM2},
	} {
		if limit.most > 0 {
			excess = max(excess, limit.need/limit.most-1)
		}
	}
	switch {
	case sum.cycles < 1:
		return simulators.Infeasible("the mapping takes no time: no step computes anything", 0)
	case excess > 0 && sc.kind.areaMM2 > 0:
		return simulators.Infeasible(fmt.Sprintf("area %.4g mm2 exceeds the budget of %.4g mm2", areaMM2, sc.kind.areaMM2), excess)
	case excess > 0:
		return simulators.Infeasible(fmt.Sprintf("needs %d bytes of L1 and %d bytes of L2: there are %s and %s",
			sum.l1Need, sum.l2Need, bytesOf(sc.kind.l1), bytesOf(sc.kind.l2)), excess)
	}
	latencyNS, energyPJ := float64(sum.cycles)*sc.clockNS, sum.energyMACs*dataflow.MACEnergyPJ
	return simulators.OK(
		float64(sum.cycles), latencyNS, energyPJ, sum.energyMACs,
		areaMM2, energyPJ/latencyNS, sc.power.Power(h, sum.l1Need, sum.l2Need).TotalMW(), energyPJ*1e-12*latencyNS*1e-9,
		float64(h.PEs), float64(sum.macs)/(float64(sum.cycles)*float64(h.PEs)),
		float64(sum.l1Need), float64(sum.l2Need), float64(sum.offchipBytes),
	)
}

// bytesOf is the size of a buffer, 0 = no limit.
func bytesOf(size int64) string {
	if size == 0 {
		return "as many as needed"
	}
	return fmt.Sprint(size)
}

// repair returns a function that makes genomes of one meaning one design: tiles are cut to what the level above holds, clusters to the PEs that there are, and
// loops that take one step have one order.
func (sc *nestScenario) repair(built *simulators.Built[nestDesign], axes []geneAxis) func(space.Point) (space.Point, bool) {
	s := built.Spec().Space
	encode := func(g *genome) space.Point {
		q := make(space.Point, s.Len())
		for axis := range q {
			if s.Active(q, axis) {
				q[axis] = axes[axis].get(g)
			}
		}
		return q
	}
	return func(p space.Point) (space.Point, bool) {
		g := built.Config(p).genome
		g.limit(sc.kind.pes, sc.kind.topUnits)
		g.clamp(&sc.loops)
		g = built.Config(encode(&g)).genome // a cluster size that is none of the axis is the next below
		g.clamp(&sc.loops)
		g.settle(&sc.loops, sc.hardware(&g).PEs/g.clusterPEs())
		q := encode(&g)
		return q, !slices.Equal(p, q)
	}
}
