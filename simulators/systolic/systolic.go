package systolic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
	"github.com/codesign-gym/codesign/simulators/technology"
)

// Version changes whenever a number of the simulator moves.
const Version = "1.0.0"

// Factory is the catalogue entry.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: "systolic",
		Doc: `Systolic array running a whole network: cycle-exact compute, bounded DRAM traffic, energy and area from published tables.

  folds   F = ceil(Sr/rows) · ceil(Sc/cols)       (Sr, Sc, T) = (M, N, K) os, (K, N, M) ws, (K, M, N) is
  cycles  os: F · (T + rows + cols - 2)           ws, is: F · (2·rows + cols + T - 2)
  latency of a layer = max(cycles, DRAM bytes / bandwidth), summed over layers
  energy  = MACs, registers, vector unit, SRAM (∝ √capacity), DRAM (20 pJ/bit)

Equal to SCALE-Sim v3 (commit 1d62b68) on 2,794 measured layers with profile=scalesim: codesign validate systolic.`,
		Settings: settings(),
		New:      open,
	}
}

// design is the typed configuration of one evaluation: the axes set Config, the scenario is shared and read-only.
type design struct {
	systolic.Config
	scenario *scenario
}

// scenario is what the settings fix.
type scenario struct {
	network dnn.Network
	profile systolic.Profile
	work    systolic.Workload
	table   tech.Table
}

func open(s simulators.Settings) (simulators.Instance, error) {
	sc, origin, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	sizes := sramSizes(sc.table)
	if len(sizes) == 0 {
		low, high := sc.table.SRAM.RangeKiB()
		return simulators.Instance{}, fmt.Errorf("technology %q has SRAMs from %g to %g KiB: none of 8 to 1024 KiB in powers of two", sc.table.Name, low, high)
	}
	built, err := model(sc, s.Int("word_bits"), sizes, Version+origin).Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	detail := func(_ context.Context, p space.Point) ([]simulators.Artifact, error) { return layers(built.Config(p)) }
	return simulators.Instance{Simulator: built, Detail: detail, About: []simulators.Section{technology.About(sc.table)}}, nil
}

// newScenario resolves the settings; origin tells apart workloads that the settings only name, for the version.
func newScenario(s simulators.Settings) (sc *scenario, origin string, err error) {
	if err = checkTogether(s); err != nil {
		return nil, "", err
	}
	sc = &scenario{}
	if err = sc.profile.UnmarshalText([]byte(s.String("profile"))); err != nil {
		return nil, "", err
	}
	if sc.network, origin, err = workload(s, sc.profile); err != nil {
		return nil, "", err
	}
	if sc.work, err = systolic.Prepare(sc.network.Layers, sc.profile); err != nil {
		return nil, "", err
	}
	table, tableOrigin, err := technology.Load(s)
	if err != nil {
		return nil, "", err
	}
	_, multiplierErr := table.Multiplier(s.Int("word_bits"))
	_, adderErr := table.Adder(systolic.AccumulatorBits)
	sc.table = table
	return sc, origin + tableOrigin, errors.Join(multiplierErr, adderErr)
}

// sramSizes are the capacities of the axes that a table has costs for.
func sramSizes(t tech.Table) []int {
	low, high := t.SRAM.RangeKiB()
	return slices.DeleteFunc(powers(8, 1024), func(size int) bool { return float64(size) < low || float64(size) > high })
}

// powers are the powers of two in a range.
func powers(from, to int) (values []int) {
	for v := from; v <= to; v *= 2 {
		values = append(values, v)
	}
	return values
}

func model(sc *scenario, wordBits int, sizes []int, version string) simulators.Model[design] {
	sides := powers(4, 256)
	return simulators.Model[design]{
		Name: "systolic", Version: version, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0],
		Metrics: metrics(),
		Fields: []simulators.Field[design]{
			simulators.Int("rows", "PE", "processing elements along a column of the array", sides, func(d *design) *int { return &d.Rows }).Log().In("array"),
			simulators.Int("cols", "PE", "processing elements along a row of the array", sides, func(d *design) *int { return &d.Cols }).Log().In("array"),
			simulators.Choice("dataflow", "operand that stays in the array: output, weight or input stationary",
				[]systolic.Dataflow{systolic.OutputStationary, systolic.WeightStationary, systolic.InputStationary},
				func(d *design) *systolic.Dataflow { return &d.Dataflow }).In("array"),
			simulators.Int("ifmap_sram", "KiB", "input feature map SRAM, double-buffered", sizes, func(d *design) *int { return &d.IfmapSRAMKiB }).Log().In("memory"),
			simulators.Int("filter_sram", "KiB", "filter SRAM, double-buffered", sizes, func(d *design) *int { return &d.FilterSRAMKiB }).Log().In("memory"),
			simulators.Int("ofmap_sram", "KiB", "output SRAM, double-buffered", sizes, func(d *design) *int { return &d.OfmapSRAMKiB }).Log().In("memory"),
			simulators.Float("dram_bandwidth", "GB/s", "DRAM channel, all traffic together", []float64{1, 2, 4, 8, 16, 32, 64, 128},
				func(d *design) *float64 { return &d.DRAMBandwidthGBps }).Log().In("memory"),
			simulators.Float("clock", "MHz", "clock of array and SRAMs", []float64{200, 400, 600, 800, 1000}, func(d *design) *float64 { return &d.ClockMHz }).In("array"),
		},
		Base: design{Config: systolic.Config{WordBits: wordBits}, scenario: sc},
		Eval: evaluate,
	}
}

// Workloads lists the networks that the setting accepts.
func Workloads() []simulators.Workload { return networks.Workloads("systolic") }
