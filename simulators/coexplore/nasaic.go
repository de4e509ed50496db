package coexplore

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/accelerators/hetero"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// NASAICVersion changes whenever a number of nasaic moves.
const NASAICVersion = "1.0.0"

// The variants of the chip.
const (
	single        = "single"
	homogeneous   = "homogeneous"
	heterogeneous = "heterogeneous"
)

// specs are what a workload asks for.
type specs struct {
	latencyCycles int64
	energyMACs    float64
	areaUM2       float64
}

// workload is two networks with their specs.
type workload struct {
	name, doc string
	networks  func() ([]nas.AnchoredSpace, error)
	specs     specs
}

// workloads lists those of the paper.
func workloads() []workload {
	cifar := func() (nas.AnchoredSpace, error) { return nas.NewResNet9() }
	stl := func() (nas.AnchoredSpace, error) { return nas.NewResNet9STL() }
	nuclei := func() (nas.AnchoredSpace, error) { return nas.NewUNet() }
	both := func(a, b func() (nas.AnchoredSpace, error)) func() ([]nas.AnchoredSpace, error) {
		return func() ([]nas.AnchoredSpace, error) {
			first, err := a()
			if err != nil {
				return nil, err
			}
			second, err := b()
			return []nas.AnchoredSpace{first, second}, err
		}
	}
	return []workload{
		{"w1", "ResNet9 on CIFAR-10 and U-Net on nuclei", both(cifar, nuclei), specs{8e5, 2e9, 4e9}},
		{"w2", "ResNet9 on CIFAR-10 and ResNet9 on STL-10", both(cifar, stl), specs{1e6, 3.5e9, 4e9}},
		{"w3", "two ResNet9 on CIFAR-10", both(cifar, cifar), specs{4e5, 1e9, 4e9}},
	}
}

// Factories lists the simulators for the catalogue.
func Factories() []simulators.Factory { return []simulators.Factory{NASAIC()} }

// NASAIC is the catalogue entry of nasaic.
func NASAIC() simulators.Factory {
	var names []string
	for _, w := range workloads() {
		names = append(names, w.name)
	}
	return simulators.Factory{
		Name: "nasaic",
		Doc: `Two networks and a chip of heterogeneous sub-accelerators, searched together (NASAIC): accuracy, latency, energy, area.

  chip      sub-accelerators <template, PEs, NoC bandwidth>; 4,096 PEs and 64 elements/cycle in all
  layers    assigned and scheduled for the least energy within the latency spec; networks are chains
  energy    in multiples of a multiply-accumulate (0.23 pJ), as the paper's numbers are
  area      MAESTRO's older table with 704 B a PE: the paper's six areas within 1.1 %
  accuracy  a rising curve through the published ends of each space: not a measurement

Equations: packages accelerators/hetero, accelerators/dataflow, accelerators/dnn/nas.`,
		Settings: []simulators.Setting{
			{Name: "workload", Doc: "networks and specs of the paper", Default: "w1", Allowed: names},
			{Name: "variant", Doc: "one sub-accelerator, two equal ones, or two that may differ", Default: heterogeneous, Allowed: []string{single, homogeneous, heterogeneous}},
			{Name: "profile", Doc: "costs of layers: MAESTRO's own numbers, as the paper, or what hardware does", Default: "maestro", Allowed: []string{"maestro", "physical"}},
			{Name: "staged", Doc: "ask for accuracies only when the hardware meets the specs", Default: false},
			{Name: "latency_spec", Unit: "cycles", Doc: "of the assignment and of staged; 0 = the workload's", Default: 0.0, Min: 0, Max: 1e15},
			{Name: "energy_spec", Unit: "MACs", Doc: "of staged; 0 = the workload's", Default: 0.0, Min: 0, Max: 1e18},
			{Name: "area_spec", Unit: "um2", Doc: "of staged; 0 = the workload's", Default: 0.0, Min: 0, Max: 1e15},
		},
		New: openNASAIC,
	}
}

// nasaic is the simulator.
type nasaic struct {
	spec     simulators.Spec
	networks []network
	subs     int // sets of axes
	copies   int // of the one set that a homogeneous chip has
	limits   hetero.Limits
	specs    specs
	staged   bool
	area     dataflow.AreaTable
	bench    *bench
}

// network is one of the workload's.
type network struct {
	space    nas.SearchSpace
	accuracy nas.Anchored
	first    int // axis
}

func openNASAIC(s simulators.Settings) (simulators.Instance, error) {
	var w workload
	for _, known := range workloads() {
		if known.name == s.String("workload") {
			w = known
		}
	}
	searched, err := w.networks()
	if err != nil {
		return simulators.Instance{}, err
	}
	n := &nasaic{limits: hetero.Mobile(), specs: w.specs, staged: s.Bool("staged"), area: dataflow.AreaOld(), subs: 1, copies: 1}
	var profile dataflow.Profile
	if err := profile.UnmarshalText([]byte(s.String("profile"))); err != nil {
		return simulators.Instance{}, err
	}
	n.bench = newBench(profile)
	if v := s.Float("latency_spec"); v > 0 {
		n.specs.latencyCycles = int64(v)
	}
	if v := s.Float("energy_spec"); v > 0 {
		n.specs.energyMACs = v
	}
	if v := s.Float("area_spec"); v > 0 {
		n.specs.areaUM2 = v
	}
	switch s.String("variant") {
	case homogeneous:
		n.copies = 2
	case heterogeneous:
		n.subs = 2
	}
	var params []space.Param
	for i, searched := range searched {
		accuracy, err := searched.Accuracy()
		if err != nil {
			return simulators.Instance{}, err
		}
		n.networks = append(n.networks, network{searched, accuracy, len(params)})
		params = append(params, networkAxes(searched.Space(), i+1)...)
	}
	for i := range n.subs {
		params = append(params, subAxes(i+1, n.limits)...)
	}
	axes, err := space.New(params...)
	if err != nil {
		return simulators.Instance{}, err
	}
	n.spec = simulators.Spec{Name: "nasaic", Version: NASAICVersion, Doc: strings.SplitN(NASAIC().Doc, "\n", 2)[0], Space: axes, Metrics: n.metrics()}
	return simulators.Instance{Simulator: n, Detail: n.detail, Repair: n.repair, About: n.about()}, nil
}

// metrics lists what evaluate returns, in its order.
func (n *nasaic) metrics() []simulators.Metric {
	list := []simulators.Metric{
		{Name: "accuracy", Unit: "%", Doc: "mean over the networks of what each is measured by"},
		{Name: "latency", Unit: "cycles", Doc: "makespan: all networks once"},
		{Name: "energy", Unit: "MACs", Doc: "all networks once, in multiples of a multiply-accumulate, without DRAM"},
		{Name: "area", Unit: "um2", Doc: "sub-accelerators: PEs with 704 B each, bus, arbiter"},
		{Name: "energy", Unit: "pJ", Doc: "energy_macs at 0.23 pJ"},
	}
	for i, net := range n.networks {
		list = append(list, simulators.Metric{
			Name: fmt.Sprintf("accuracy_net%d", i+1), Unit: "%",
			Doc: fmt.Sprintf("%s of network %d, anchored at %g and %g", net.accuracy.Metric, i+1, net.accuracy.LowPercent, net.accuracy.HighPercent),
		})
	}
	return list
}

// about states the specs and what is not known of the accuracies.
func (n *nasaic) about() []simulators.Section {
	accuracies := simulators.Section{Title: "accuracy of", Columns: []string{"measure", "anchors", "MACs there", "uncertainty"}}
	for i, net := range n.networks {
		accuracies.Rows = append(accuracies.Rows, []string{
			fmt.Sprintf("network %d", i+1), net.accuracy.Metric, fmt.Sprintf("%g %%, %g %%", net.accuracy.LowPercent, net.accuracy.HighPercent),
			fmt.Sprintf("%d, %d", net.accuracy.LeastMACs, net.accuracy.MostMACs),
			fmt.Sprintf("made up between the anchors; a trained network may differ by %g points or more", net.accuracy.AssumedErrorPercent),
		})
	}
	return []simulators.Section{{
		Title: "spec", Columns: []string{"at most"}, Rows: [][]string{
			{"latency_cycles", fmt.Sprintf("%.4g", float64(n.specs.latencyCycles))}, {"energy_macs", fmt.Sprintf("%.4g", n.specs.energyMACs)}, {"area_um2", fmt.Sprintf("%.4g", n.specs.areaUM2)},
		},
	}, accuracies}
}

// Spec implements simulators.Simulator.
func (n *nasaic) Spec() simulators.Spec { return n.spec }

// Evaluate implements simulators.Simulator.
func (n *nasaic) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	w := n.bench.take()
	defer n.bench.put(w)
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results[i] = n.evaluate(w, p)
	}
	return results, nil
}
