package systolic

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
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

Equal to SCALE-Sim v3 (commit 1d62b68) on 2,100 measured layers with profile=scalesim: codesign validate systolic.`,
		Settings: []simulators.Setting{
			{Name: "network", Doc: "network of the zoo that runs on the array", Default: "resnet18", Allowed: networks()},
			{Name: "topology", Doc: "SCALE-Sim topology CSV to run instead of a network; empty = none", Default: ""},
			{Name: "technology", Doc: "table of energies and areas", Default: "horowitz-45nm", Allowed: []string{"horowitz-45nm", "aladdin-40nm"}},
			{Name: "node_nm", Unit: "nm", Doc: "technology node that the table is scaled to at supply_v: 130, 90, 65, 45, 32, 20, 16, 14, 10 or 7; 0 = the table's own", Default: 0, Min: 0, Max: 130},
			{Name: "supply_v", Unit: "V", Doc: "supply voltage at the scaled node", Default: 0.9, Min: 0.5, Max: 1.3},
			{Name: "word_bits", Unit: "bits", Doc: "width of an operand and of a final output", Default: 8, Min: systolic.MinWordBits, Max: systolic.MaxWordBits},
			{Name: "profile", Doc: "physical truth, or SCALE-Sim's own numbers", Default: "physical", Allowed: []string{"physical", "scalesim"}},
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
}

func open(s simulators.Settings) (simulators.Instance, error) {
	sc, origin, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	built, err := model(sc, s.Int("word_bits"), Version+origin).Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	detail := func(_ context.Context, p space.Point) ([]simulators.Artifact, error) { return layers(built.Config(p)) }
	return simulators.Instance{Simulator: built, Detail: detail}, nil
}

// newScenario resolves the settings; origin tells apart workloads that the settings only name, for the version.
func newScenario(s simulators.Settings) (sc *scenario, origin string, err error) {
	sc = &scenario{}
	if err = sc.profile.UnmarshalText([]byte(s.String("profile"))); err != nil {
		return nil, "", err
	}
	if sc.network, origin, err = workload(s.String("network"), s.String("topology"), sc.profile); err != nil {
		return nil, "", err
	}
	if sc.work, err = systolic.Prepare(sc.network.Layers, sc.profile); err != nil {
		return nil, "", err
	}
	sc.table = tech.Horowitz45()
	if s.String("technology") == "aladdin-40nm" {
		sc.table = tech.Aladdin40()
	}
	if node := s.Int("node_nm"); node != 0 {
		sc.table, err = sc.table.ScaleTo(node, s.Float("supply_v"))
	}
	return sc, origin, err
}

func model(sc *scenario, wordBits int, version string) simulators.Model[design] {
	powers := func(from, to int) (values []int) {
		for v := from; v <= to; v *= 2 {
			values = append(values, v)
		}
		return values
	}
	sides, sizes := powers(4, 256), powers(8, 1024)
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

func networks() (names []string) {
	for _, e := range dnn.Zoo() {
		names = append(names, e.Name)
	}
	return names
}

// Workloads lists the networks that the setting accepts.
func Workloads() (list []simulators.Workload) {
	for _, e := range dnn.Zoo() {
		t := e.Build().Totals()
		list = append(list, simulators.Workload{
			Name: e.Name, Setting: "systolic: network",
			Doc: fmt.Sprintf("%s; %.4g GMACs, %.4g M parameters", e.Doc, float64(t.MACs)/1e9, float64(t.Parameters)/1e6),
		})
	}
	return list
}
