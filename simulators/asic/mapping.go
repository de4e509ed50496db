package asic

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/simulators"
)

// MappingVersion changes whenever a number of asic/mapping moves, DigammaVersion of asic/digamma.
const (
	MappingVersion = "1.0.0"
	DigammaVersion = "1.0.0"
)

// maxNestPEs bounds the processing elements of both.
const maxNestPEs = maxSizes

// allLayers is the layer that stands for the whole network.
const allLayers = "all"

// Mapping is the catalogue entry of asic/mapping.
func Mapping() simulators.Factory {
	return simulators.Factory{
		Name: "asic/mapping",
		Doc: `Mapping of one layer, or one for all layers, on a given accelerator: levels, parallel loops, cluster sizes, loop orders, tiles (GAMMA's space).

  a level   spreads one loop over its units, cuts loops into tiles and walks the tiles in the order of its loops
  a unit    of a level is divided into so many units of the next; those of the innermost level are the PEs
  a tile    is at most what the level above holds; larger ones are cut, so every genome means a mapping

The cost of a mapping is that of accelerators/dataflow; area counts the buffers that the mapping needs. With profile=maestro it is MAESTRO's, on which GAMMA was run.`,
		Settings: slices.Concat(nestSettings("maestro-28nm"), []simulators.Setting{
			{Name: "pes", Unit: "PE", Doc: "processing elements", Default: 168, Min: 1, Max: maxNestPEs},
			{Name: "l1_bytes", Unit: "bytes", Doc: "buffer of a PE; 0 = as the mapping needs", Default: 512, Min: 0, Max: 1 << 40},
			{Name: "l2_bytes", Unit: "bytes", Doc: "shared buffer; 0 = as the mapping needs", Default: 108000, Min: 0, Max: 1 << 40},
		}),
		New: func(s simulators.Settings) (simulators.Instance, error) {
			return openNest(s, nestKind{
				factory: Mapping, version: MappingVersion,
				pes: s.Int("pes"), l1: int64(s.Int("l1_bytes")), l2: int64(s.Int("l2_bytes")),
			})
		},
	}
}

// Digamma is the catalogue entry of asic/digamma.
func Digamma() simulators.Factory {
	return simulators.Factory{
		Name: "asic/digamma",
		Doc: `Accelerator and mapping together: asic/mapping with the number of PEs as a gene and buffers as large as the mapping needs, within an area (DiGamma).

  PEs       = the product of the units of all levels
  area      = PEs, their buffers and the shared one at exactly the size that the mapping needs (and bus and arbiter, in MAESTRO's tables)

Designs above the area budget, or of more PEs than pe_limit, are infeasible. The cost of a mapping is that of accelerators/dataflow.`,
		Settings: slices.Concat(nestSettings("gamma"), []simulators.Setting{
			{Name: "pe_limit", Unit: "PE", Doc: "the most PEs", Default: 1024, Min: 1, Max: maxNestPEs},
			{Name: "area_budget_mm2", Unit: "mm2", Doc: "the largest area; 0 = no limit", Default: 0.2, Min: 0, Max: 1e6},
		}),
		New: func(s simulators.Settings) (simulators.Instance, error) {
			return openNest(s, nestKind{
				factory: Digamma, version: DigammaVersion,
				pes: s.Int("pe_limit"), areaMM2: s.Float("area_budget_mm2"), topUnits: true,
			})
		},
	}
}

// nestSettings are those that both share.
func nestSettings(table string) []simulators.Setting {
	list := settings()
	for i := range list {
		if list[i].Name == "area_table" {
			list[i].Default = table
		}
	}
	return append(list, []simulators.Setting{
		{Name: "layer", Doc: "index from 0, or name, of the layer that is mapped (describe lists them); all = one mapping for all layers, its tiles cut to each", Default: "0"},
		{Name: "min_levels", Doc: "fewest levels of units", Default: 1, Min: 1, Max: maxNest},
		{Name: "max_levels", Doc: "most levels of units", Default: maxNest, Min: 1, Max: maxNest},
		{Name: "parallel_kernel", Doc: "units may share kernel rows and columns, too", Default: false},
		{Name: "sizes", Doc: "sizes of tiles and clusters: all; divisors of what they cut; covering = the best for each number of parts, about 2·√n of n",
			Default: "all", Allowed: []string{"all", "divisors", "covering"}},
		{Name: "noc_bandwidth", Unit: "elements/cycle", Doc: "each of the two links of a level", Default: 32, Min: 1, Max: dataflow.MaxSize},
		{Name: "hop_cycles", Unit: "cycles", Doc: "delay of the head of a transfer at each level", Default: 0, Min: 0, Max: 1000},
	}...)
}

// nestKind is what tells the two simulators apart.
type nestKind struct {
	factory  func() simulators.Factory
	version  string
	pes      int     // there are, or at most
	l1, l2   int64   // bytes; 0 = as needed
	areaMM2  float64 // the largest; 0 = no limit
	topUnits bool    // PEs follow from the genome
}

// openNest makes one of the two simulators.
func openNest(s simulators.Settings, kind nestKind) (simulators.Instance, error) {
	common, origin, err := newScenario(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	about := layerList(common.work)
	if common.work, err = chosen(common.work, s.String("layer")); err != nil {
		return simulators.Instance{}, err
	}
	least, most := s.Int("min_levels"), s.Int("max_levels")
	if least > most {
		return simulators.Instance{}, fmt.Errorf("settings min_levels = %d and max_levels = %d: the first must be at most the second", least, most)
	}
	if s.Bool("parallel_kernel") && common.profile == dataflow.Maestro {
		return simulators.Instance{}, errors.New("setting parallel_kernel = true is only for profile = physical: kernels stay whole in profile maestro")
	}
	common.common.NoCBandwidth, common.common.HopCycles = s.Int("noc_bandwidth"), s.Int("hop_cycles")
	all := common.work
	common.work = merged(all)
	sc := newNestScenario(common, kind)
	axes := &genomeAxes{
		loops: &sc.loops, sizes: s.String("sizes"), least: least, most: most, pes: kind.pes, topUnits: kind.topUnits,
		parallel: parallel(sc.loops.dims, s.Bool("parallel_kernel")),
	}
	built, err := sc.build(axes, kind.version+origin)
	if err != nil {
		return simulators.Instance{}, err
	}
	return simulators.Instance{Simulator: built, Detail: sc.detail(built, all), Repair: sc.repair(built, axes.axes), About: []simulators.Section{about}}, nil
}

// parallel lists the loops that units may share, of all loops: all but those of the kernel, unless these are allowed or there are no others.
func parallel(dims []dataflow.Dim, kernel bool) (list []dataflow.Dim) {
	for _, d := range dims {
		if kernel || !ofKernel(d) {
			list = append(list, d)
		}
	}
	if list == nil {
		return dims
	}
	return list
}

// chosen are the layers that a mapping is for.
func chosen(list []work, layer string) ([]work, error) {
	if layer == allLayers {
		return list, nil
	}
	if i, err := strconv.Atoi(layer); err == nil {
		if i < 0 || i >= len(list) {
			return nil, fmt.Errorf("layer %d out of range [0, %d]", i, len(list)-1)
		}
		return list[i : i+1], nil
	}
	i := slices.IndexFunc(list, func(w work) bool { return w.layer.Name == layer })
	if i < 0 {
		return nil, fmt.Errorf("unknown layer %q: known are %s, their indices 0 … %d, and all", layer, layerNames(list), len(list)-1)
	}
	return list[i : i+1], nil
}

// layerNames lists the names of the first layers.
func layerNames(list []work) string {
	const listed = 12
	var names []string
	for _, w := range list[:min(len(list), listed)] {
		names = append(names, w.layer.Name)
	}
	if len(list) > listed {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// layerList is the table of the layers that can be chosen.
func layerList(list []work) simulators.Section {
	section := simulators.Section{Title: "layer", Columns: []string{"name", "type", "copies", "K", "C", "Y'", "X'", "R", "S"}}
	for i, w := range list {
		layer := w.layer.AsConv()
		row := []string{strconv.Itoa(i), w.layer.Name, w.layer.Op.String(), strconv.FormatInt(w.copies, 10)}
		for _, d := range nestDims() {
			row = append(row, strconv.Itoa(extentOf(layer, d)))
		}
		section.Rows = append(section.Rows, row)
	}
	return section
}
