package networkspace

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// Version changes whenever a number of network-space moves.
const Version = "1.0.0"

// The data paths.
const (
	fixed      = "fixed"
	composable = "composable"
)

// Factory is the catalogue entry of network-space.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: "network-space",
		Doc: `Any space of networks, one's own from a TOML file too, searched with bit widths and an ASIC: cycles, energy, area, size.

  network   a space of accelerators/dnn/nas, or blocks, choices and repeats in a file: docs/network-spaces.md
  bits      of weights and activations for each part of the network: energy, memory and a loss of accuracy follow
  hardware  the axes of asic/template: dataflow, PEs, bandwidth, buffers
  cost      that of accelerators/dataflow, layers one after another, each at its widths
  bit_drop  a curve through published medians, in points against 8 bits: an estimate, not a measurement of these networks

Equations: packages simulators/networkspace, accelerators/dataflow, accelerators/dnn/nas.`,
		Settings: slices.Concat(spaceSettings(), []simulators.Setting{
			{Name: "datapath", Doc: "multipliers of 8 bits, or such that divide into narrower ones (Bit Fusion)", Default: fixed, Allowed: []string{fixed, composable}},
		}, hardwareSettings()),
		New: open,
	}
}

// hardwareNames are the settings of asic/template that hold for any network.
func hardwareNames() []string {
	return []string{"profile", "area_table", "offchip_bandwidth", "clock_mhz"}
}

func hardwareSettings() (list []simulators.Setting) {
	for _, s := range asic.Template().Settings {
		if slices.Contains(hardwareNames(), s.Name) {
			list = append(list, s)
		}
	}
	return list
}

// simulator implements simulators.Simulator.
type simulator struct {
	spec       simulators.Spec
	networks   networks
	axes       int // of the networks; those of the hardware follow
	hardware   space.Space
	l1, l2     int // axes of the hardware
	setup      func(space.Point) asic.Setup
	area       dataflow.AreaTable
	composable bool
	clockNS    float64
	scratch    sync.Pool // of *dataflow.Scratch
}

func open(s simulators.Settings) (simulators.Instance, error) {
	n, err := openSpace(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	given := map[string]any{}
	for _, name := range hardwareNames() {
		given[name] = s.Map()[name]
	}
	chip, setup, err := asic.Setups(given)
	if err != nil {
		return simulators.Instance{}, err
	}
	sim := &simulator{
		networks: n, axes: n.Space().Len(), hardware: chip.Space, setup: setup, composable: s.String("datapath") == composable, clockNS: 1e3 / s.Float("clock_mhz"),
		scratch: sync.Pool{New: func() any { return new(dataflow.Scratch) }},
	}
	if sim.area, err = dataflow.LookupArea(s.String("area_table")); err != nil {
		return simulators.Instance{}, err
	}
	var params []space.Param
	for _, part := range []space.Space{n.Space(), chip.Space} {
		for _, p := range part.Params() {
			params = append(params, p)
		}
	}
	axes, err := space.New(params...)
	if err != nil {
		return simulators.Instance{}, fmt.Errorf("names of blocks beside those of the accelerator's axes (%s): %w", strings.Join(chip.Space.Names(), ", "), err)
	}
	if sim.l1, err = chip.Space.Axis("l1"); err != nil {
		return simulators.Instance{}, err
	}
	if sim.l2, err = chip.Space.Axis("l2"); err != nil {
		return simulators.Instance{}, err
	}
	sim.spec = simulators.Spec{
		Name: "network-space", Version: Version + n.origin, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0], Space: axes, Metrics: metrics(),
	}
	return simulators.Instance{Simulator: sim, Detail: sim.detail, About: sim.about()}, nil
}

// metrics lists what evaluate returns, in its order.
func metrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "cycles", Doc: "whole network, layers one after another"},
		{Name: "latency", Unit: "ns", Doc: "latency_cycles at the clock"},
		{Name: "energy", Unit: "pJ", Doc: "buffers and arithmetic of one inference at the widths of its layers, without DRAM and network"},
		{Name: "energy", Unit: "MACs", Doc: "energy_pj in units of one multiply-accumulate of 8 bits"},
		{Name: "area", Unit: "mm2", Doc: "PEs, buffers, bus and arbiter"},
		{Name: "power", Unit: "mW", Doc: "energy over latency: mean dynamic power"},
		{Name: "edp", Unit: "J·s", Doc: "energy-delay product"},
		{Name: "utilization", Unit: "frac", Doc: "multiply-accumulates over latency_cycles · pes; above 1 where multipliers divide"},
		{Name: "l1_need", Unit: "bytes", Doc: "largest need of a layer of a PE's buffer"},
		{Name: "l2_need", Unit: "bytes", Doc: "largest need of a layer of the shared buffer"},
		{Name: "offchip", Unit: "bytes", Doc: "inputs, weights and outputs of all layers at their widths, once each"},
		{Name: "macs", Unit: "MACs", Doc: "multiply-accumulates of the network"},
		{Name: "parameters", Unit: "", Doc: "trained values of the network"},
		{Name: "model", Unit: "bytes", Doc: "storage of the parameters: weights at their widths, all others in 8 bits"},
		{Name: "bit_drop", Unit: "%", Doc: "points of accuracy lost against 8 bits, by an assumed curve"},
	}
}

// about states the size of the space, and what is not known of the loss.
func (s *simulator) about() []simulators.Section {
	rows := [][]string{
		{"networks", s.networks.Space().Size().String()}, {"axes of networks", fmt.Sprint(s.axes)}, {"parts with widths of their own", fmt.Sprint(len(s.networks.Parts()))},
	}
	return []simulators.Section{
		{Title: "space", Columns: []string{"count"}, Rows: rows},
		{Title: "bit_drop", Columns: []string{"is"}, Rows: [][]string{
			{"source", "medians of published trainings of NAS-Bench-201 cells on CIFAR-10 with 2, 4 and 8 bits a weight"},
			{"uncertainty", "two schedules of these trainings lie 8 points apart at 2 bits and 2 at 4; activations are assumed to lose as weights do"},
		}},
	}
}

// Spec implements simulators.Simulator.
func (s *simulator) Spec() simulators.Spec { return s.spec }

// Evaluate implements simulators.Simulator.
func (s *simulator) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	scratch := s.scratch.Get().(*dataflow.Scratch)
	defer s.scratch.Put(scratch)
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results[i] = s.evaluate(p, scratch)
	}
	return results, nil
}
