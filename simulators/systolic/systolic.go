package systolic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/offchip"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
	"github.com/codesign-gym/codesign/simulators/technology"
)

// Version changes whenever a number of the simulator moves.
const Version = "1.1.0"

// Factory is the catalogue entry.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: "systolic",
		Doc: `Systolic array running a whole network: cycle-exact compute and DRAM traffic, energy and area from published tables.

  folds   F = ceil(Sr/rows) · ceil(Sc/cols)       (Sr, Sc, T) = (M, N, K) os, (K, N, M) ws, (K, M, N) is
  cycles  os: F · (T + rows + cols - 2)           ws, is: F · (2·rows + cols + T - 2)
  DRAM    what windows of half an SRAM miss, each filled in the order of use and swapped whole
  latency of a layer = max(cycles, DRAM bytes / bandwidth), summed over layers
  cores   share the products, output rows and filters of a layer, never a sum; each has SRAMs of its own, all share the DRAM channel
  N:M     sparse weights (ws, profile scalesim): K' = floor(K/M)·N + min(K mod M, N) in the place of K
  energy  = MACs, registers, vector unit, SRAM (∝ √capacity), DRAM (20 pJ/bit)

Equal to SCALE-Sim v3 (commit 1d62b68) and v2 (22f88b1) on 4,588 measured layers and 10,508 lines of traces with their profiles: codesign validate systolic.`,
		Settings: settings(),
		Fidelities: []simulators.Fidelity{
			{Name: "bound", Set: map[string]any{"traffic": trafficBound}, RelativeCost: 0.01},
			{Name: "windows", RelativeCost: 1},
		},
		New: open,
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

	cores    int
	sparse   bool               // some layer is
	bound    bool               // traffic is the lower bound
	port     systolic.PortWords // of USER; 0 = CALC
	channel  *offchip.Channel   // instead of a bandwidth; nil = none
	problems []systolic.Problem // of work
	ifmaps   ifmapMemory
}

func open(s simulators.Settings) (simulators.Instance, error) {
	built, sc, err := build(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	detail := func(_ context.Context, p space.Point) ([]simulators.Artifact, error) { return layers(built.Config(p)) }
	features := func() []simulators.Feature { return networks.Features(sc.network) }
	return simulators.Instance{Simulator: built, Detail: detail, Features: features, About: []simulators.Section{technology.About(sc.table)}}, nil
}

// build makes the simulator for its settings.
func build(s simulators.Settings) (*simulators.Built[design], *scenario, error) {
	sc, origin, err := newScenario(s)
	if err != nil {
		return nil, nil, err
	}
	sizes := sramSizes(sc.table)
	if len(sizes) == 0 {
		low, high := sc.table.SRAM.RangeKiB()
		return nil, nil, fmt.Errorf("technology %q has SRAMs from %g to %g KiB: none of 8 to 1024 KiB in powers of two", sc.table.Name, low, high)
	}
	built, err := model(sc, s.Int("word_bits"), sizes, Version+origin).Build()
	return built, sc, err
}

// newScenario resolves the settings; origin tells apart workloads that the settings only name, for the version.
func newScenario(s simulators.Settings) (sc *scenario, origin string, err error) {
	if err = checkTogether(s); err != nil {
		return nil, "", err
	}
	sc = &scenario{cores: s.Int("cores")}
	if err = sc.profile.UnmarshalText([]byte(s.String("profile"))); err != nil {
		return nil, "", err
	}
	if sc.network, origin, err = sparseWorkload(s, sc.profile); err != nil {
		return nil, "", err
	}
	if sc.work, err = systolic.Prepare(sc.network.Layers, sc.profile); err != nil {
		return nil, "", err
	}
	words := int64(s.Int("port_words"))
	sc.bound, sc.port = s.String("traffic") == trafficBound, systolic.PortWords{Ifmap: words, Filter: words, Ofmap: words}
	sc.problems = sc.work.Problems()
	sc.sparse = slices.ContainsFunc(sc.problems, systolic.Problem.Sparse)
	if err := sc.check(); err != nil {
		return nil, "", err
	}
	if device := s.String("dram_device"); device != "" {
		channel, err := offchip.NewChannel(device, s.Int("dram_channels"))
		if err != nil {
			return nil, "", err
		}
		sc.channel = &channel
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
	sides := powers(minSide, 256)
	dataflows := []systolic.Dataflow{systolic.OutputStationary, systolic.WeightStationary, systolic.InputStationary}
	if sc.sparse {
		dataflows = []systolic.Dataflow{systolic.WeightStationary}
	}
	built := simulators.Model[design]{
		Name: "systolic", Version: version, Doc: strings.SplitN(Factory().Doc, "\n", 2)[0],
		Metrics: metrics(),
		Fields: []simulators.Field[design]{
			simulators.Int("rows", "PE", "processing elements along a column of the array", sides, func(d *design) *int { return &d.Rows }).Log().In("array"),
			simulators.Int("cols", "PE", "processing elements along a row of the array", sides, func(d *design) *int { return &d.Cols }).Log().In("array"),
			simulators.Choice("dataflow", "operand that stays in the array: output, weight or input stationary", dataflows, func(d *design) *systolic.Dataflow { return &d.Dataflow }).In("array"),
			simulators.Int("ifmap_sram", "KiB", "input feature map SRAM, double-buffered", sizes, func(d *design) *int { return &d.IfmapSRAMKiB }).Log().In("memory"),
			simulators.Int("filter_sram", "KiB", "filter SRAM, double-buffered", sizes, func(d *design) *int { return &d.FilterSRAMKiB }).Log().In("memory"),
			simulators.Int("ofmap_sram", "KiB", "output SRAM, double-buffered", sizes, func(d *design) *int { return &d.OfmapSRAMKiB }).Log().In("memory"),
			simulators.Float("clock", "MHz", "clock of array and SRAMs", []float64{200, 400, 600, 800, 1000}, func(d *design) *float64 { return &d.ClockMHz }).In("array"),
		},
		Base: design{Config: systolic.Config{WordBits: wordBits, DRAMBandwidthGBps: unusedGBps}, scenario: sc},
		Eval: evaluate,
	}
	if sc.channel == nil && sc.port.Ifmap == 0 {
		bandwidth := simulators.Float("dram_bandwidth", "GB/s", "DRAM channel, all traffic together", []float64{1, 2, 4, 8, 16, 32, 64, 128},
			func(d *design) *float64 { return &d.DRAMBandwidthGBps }).Log().In("memory")
		built.Fields = slices.Insert(built.Fields, len(built.Fields)-1, bandwidth)
	}
	return built
}

// minSide is the least number of rows and of columns.
const minSide = 4

// unusedGBps is the bandwidth of a design that has none: a DRAM device or ports limit it.
const unusedGBps = 1

// Workloads lists the networks that the setting accepts.
func Workloads() []simulators.Workload { return networks.Workloads("systolic") }
