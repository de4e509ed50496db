package coexplore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	array "github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/offchip"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/dram"
	"github.com/codesign-gym/codesign/simulators/systolic"
)

// FullStackVersion changes whenever a number of fullstack moves.
const FullStackVersion = "1.0.0"

// The groups of the hardware's axes.
const (
	arrayGroup = "array"
	dramGroup  = "dram"
)

// FullStack is the catalogue entry of fullstack.
func FullStack() simulators.Factory {
	var spaces []string
	for _, e := range nas.Entries() {
		spaces = append(spaces, e.Name)
	}
	return simulators.Factory{
		Name: "fullstack",
		Doc: `A network, the systolic array that runs it and the DRAM controller behind that, searched together: accuracy, latency, energy, area.

  array    cycles and DRAM traffic of simulator systolic (profile physical, 8-bit words)
  memory   every burst of that traffic goes through the controller of simulator dram: rows, banks, refresh, bus turns, its energy
  latency of a layer = max(cycles of the array, time of the controller), summed over layers
  energy = MACs, registers, vector unit, SRAMs + DRAM device while it serves the network

Groups for multi-agent environments: network, array, dram.`,
		Settings: slices.Concat([]simulators.Setting{
			{Name: "space", Doc: "search space of the networks", Default: "nb201", Allowed: spaces},
		}, accuracySettings(), memorySettings()),
		New: openFullStack,
	}
}

// memorySettings are those of simulator dram that choose the memory.
func memorySettings() (list []simulators.Setting) {
	for _, f := range dram.Factories() {
		if f.Name != "dram" {
			continue
		}
		for _, s := range f.Settings {
			if s.Name == "device" || s.Name == "mapping" || s.Name == "channels" || s.Name == "ranks" {
				list = append(list, s)
			}
		}
	}
	return list
}

// fullStack is the simulator.
type fullStack struct {
	spec     simulators.Spec
	networks nas.SearchSpace
	oracle   simulators.Simulator
	array    func(space.Point) systolic.Setup
	memory   func(space.Point) (dram.Setup, error)
	table    tech.Table
	cuts     [2]int // axes before the array's, and before the memory's

	mu      sync.Mutex
	scratch []*array.Scratch
	known   map[layerKey]offchip.Served
}

// layerKey is what the cost of a layer depends on: networks share layers, and a search stays with good hardware for a while.
type layerKey struct {
	problem  array.Problem
	hardware string // key of the point's axes
}

// maxKnown bounds the layers that are remembered.
const maxKnown = 1 << 16

func openFullStack(s simulators.Settings) (simulators.Instance, error) {
	networks, _, err := nas.Open(s.String("space"), s.String("data_set"))
	if err != nil {
		return simulators.Instance{}, err
	}
	given, memory := map[string]any{}, map[string]any{}
	all := s.Map()
	for _, declared := range accuracy.Factory().Settings {
		given[declared.Name] = all[declared.Name]
	}
	for _, declared := range memorySettings() {
		memory[declared.Name] = all[declared.Name]
	}
	oracle, _, err := accuracy.Factory().Open(given)
	if err != nil {
		return simulators.Instance{}, err
	}
	// A device instead of a bandwidth leaves the bandwidth out of the axes; the controller of a design takes the device's place.
	arraySpec, arrayOf, err := systolic.Setups(map[string]any{"dram_device": offchip.Devices()[0]})
	if err != nil {
		return simulators.Instance{}, err
	}
	memorySpec, memoryOf, err := dram.Setups("dram", memory)
	if err != nil {
		return simulators.Instance{}, err
	}
	m := &fullStack{networks: networks, oracle: oracle.Simulator, array: arrayOf, memory: memoryOf, table: tech.Horowitz45(), known: map[layerKey]offchip.Served{}}
	var params []space.Param
	for i, part := range []struct {
		space space.Space
		group string
	}{{networks.Space(), "network"}, {arraySpec.Space, arrayGroup}, {memorySpec.Space, dramGroup}} {
		if i > 0 {
			m.cuts[i-1] = len(params)
		}
		for _, p := range part.space.Params() {
			p.Group = part.group
			params = append(params, p)
		}
	}
	axes, err := space.New(params...)
	if err != nil {
		return simulators.Instance{}, err
	}
	m.spec = simulators.Spec{
		Name: "fullstack", Version: FullStackVersion + "+accuracy@" + oracle.Simulator.Spec().Version, Doc: strings.SplitN(FullStack().Doc, "\n", 2)[0], Space: axes,
		Metrics: append(fullStackMetrics(), oracle.Simulator.Spec().Metrics...),
	}
	return simulators.Instance{Simulator: m, Detail: m.detail, About: oracle.About}, nil
}

// fullStackMetrics are those of the hardware, in the order of costs.
func fullStackMetrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "ns", Doc: "one image: layers one after another, each limited by the array or by the memory"},
		{Name: "energy", Unit: "pJ", Doc: "one image: energy_array_pj + energy_dram_pj"},
		{Name: "energy_array", Unit: "pJ", Doc: "multipliers, adders, registers, vector unit and SRAMs"},
		{Name: "energy_dram", Unit: "pJ", Doc: "the DRAM device while its controller serves the traffic"},
		{Name: "area", Unit: "mm2", Doc: "array, vector unit and SRAMs"},
		{Name: "power", Unit: "mW", Doc: "energy over latency"},
		{Name: "utilization", Unit: "frac", Doc: "multiply-accumulates over array cycles · rows · cols of the latency"},
		{Name: "dram", Unit: "bytes", Doc: "traffic of double-buffered SRAMs"},
		{Name: "dram_time", Unit: "ns", Doc: "the controller's time of all layers"},
	}
}

// Spec implements simulators.Simulator.
func (m *fullStack) Spec() simulators.Spec { return m.spec }

// Evaluate implements simulators.Simulator.
func (m *fullStack) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	networks := make([]space.Point, len(points))
	for i, p := range points {
		networks[i] = p[:m.cuts[0]]
	}
	accuracies, err := m.oracle.Evaluate(ctx, networks)
	if err != nil {
		return nil, err
	}
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results[i] = accuracies[i]
		if accuracies[i].Values == nil {
			continue
		}
		values, infeasible, err := m.costs(p, nil)
		switch {
		case err != nil:
			results[i] = simulators.Failed(err.Error())
		case infeasible != "":
			results[i] = simulators.Infeasible(infeasible, 0)
		default:
			results[i] = simulators.OK(append(values, accuracies[i].Values...)...)
		}
	}
	return results, nil
}

// layerCost is what one copy of a layer takes.
type layerCost struct {
	problem array.Problem
	served  offchip.Served
}

// costs runs the network of a point on its array and memory; each is told of every different layer.
func (m *fullStack) costs(p space.Point, each func(layerCost)) (values []float64, infeasible string, err error) {
	n, err := m.networks.Decode(p[:m.cuts[0]])
	if err != nil {
		return nil, "", err
	}
	work, err := array.Prepare(n.Layers, array.Physical)
	if err != nil {
		return nil, "", err
	}
	memory, err := m.memory(p[m.cuts[1]:])
	if err != nil {
		return nil, err.Error(), nil
	}
	config, channel := m.array(p[m.cuts[0]:m.cuts[1]]).Config, offchip.Channel{DRAM: memory.Config}
	scratch := m.borrow()
	defer m.giveBack(scratch)
	hardware := fmt.Sprint(p[m.cuts[0]:])
	dramNS, dramPJ := 0.0, 0.0
	total := work.Sum(func(_ int, problem array.Problem) array.Stats {
		served, serveErr := m.serve(layerKey{problem, hardware}, config, channel, scratch)
		if serveErr != nil {
			infeasible = fmt.Sprintf("layer of %d MACs: %v", problem.MACs(), serveErr)
			return array.Stats{}
		}
		dramNS += float64(problem.Repeats) * served.DRAM.TimeNS
		dramPJ += float64(problem.Repeats) * served.DRAM.EnergyPJ
		if each != nil {
			each(layerCost{problem, served})
		}
		return served.Stats
	})
	if infeasible != "" {
		return nil, infeasible, nil
	}
	costs, err := array.Evaluate(config, total, m.table)
	if err != nil {
		return nil, "", err
	}
	arrayPJ := costs.Energy.TotalPJ() - costs.Energy.DRAMPJ
	return []float64{
		costs.LatencyNS, arrayPJ + dramPJ, arrayPJ, dramPJ, costs.Area.TotalMM2(), (arrayPJ + dramPJ) / costs.LatencyNS, costs.UtilizationFrac,
		float64(costs.DRAMBytes), dramNS,
	}, "", nil
}

// serve runs one copy of a layer once for each hardware.
func (m *fullStack) serve(key layerKey, c array.Config, channel offchip.Channel, scratch *array.Scratch) (offchip.Served, error) {
	m.mu.Lock()
	served, known := m.known[key]
	m.mu.Unlock()
	if known {
		return served, nil
	}
	served, err := offchip.Serve(c, key.problem, array.WindowTraffic(c, key.problem, array.IfmapWindows(c, key.problem, scratch), scratch), channel)
	if err != nil {
		return offchip.Served{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) >= maxKnown {
		clear(m.known)
	}
	m.known[key] = served
	return served, nil
}

func (m *fullStack) borrow() *array.Scratch {
	m.mu.Lock()
	defer m.mu.Unlock()
	if last := len(m.scratch) - 1; last >= 0 {
		s := m.scratch[last]
		m.scratch = m.scratch[:last]
		return s
	}
	return new(array.Scratch)
}

func (m *fullStack) giveBack(s *array.Scratch) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.scratch = append(m.scratch, s)
}
