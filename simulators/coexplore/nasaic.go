package coexplore

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
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

// task is the networks that may do one of a workload's tasks, with what is known of their accuracy.
type task struct {
	measure string // of the accuracy
	anchors accuracy.Anchors
	space   func() (family, error)
}

// family is a search space with the best network that is published.
type family interface {
	nas.SearchSpace
	Best() space.Point
}

// workload is the tasks of an experiment, with the specs.
type workload struct {
	name, doc string
	tasks     []task
	specs     specs
}

// workloads lists those of the paper.
func workloads() []workload {
	cifar := task{"accuracy", accuracy.ResNet9CIFAR10(), func() (family, error) { return nas.NewResNet9() }}
	stl := task{"accuracy", accuracy.ResNet9STL10(), func() (family, error) { return nas.NewResNet9STL() }}
	nuclei := task{"intersection over union", accuracy.UNetNuclei(), func() (family, error) { return nas.NewUNet() }}
	return []workload{
		{"w1", "ResNet9 on CIFAR-10 and U-Net on nuclei", []task{cifar, nuclei}, specs{8e5, 2e9, 4e9}},
		{"w2", "ResNet9 on CIFAR-10 and ResNet9 on STL-10", []task{cifar, stl}, specs{1e6, 3.5e9, 4e9}},
		{"w3", "two ResNet9 on CIFAR-10", []task{cifar, cifar}, specs{4e5, 1e9, 4e9}},
	}
}

// Factories lists the simulators for the catalogue.
func Factories() []simulators.Factory {
	return []simulators.Factory{NASAIC(), NB201(), NB201Devices(), OFA(), FullStack()}
}

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
	task
	space    nas.SearchSpace
	accuracy accuracy.Anchored
	first    int // axis
}

// newNetwork makes the space and its accuracy.
func newNetwork(t task, first int) (network, error) {
	s, err := t.space()
	if err != nil {
		return network{}, err
	}
	smallest, err := s.Decode(make(space.Point, s.Space().Len()))
	if err != nil {
		return network{}, err
	}
	best, err := s.Decode(s.Best())
	if err != nil {
		return network{}, err
	}
	known, err := accuracy.NewAnchored(t.anchors, smallest, best)
	return network{t, s, known, first}, err
}

func openNASAIC(s simulators.Settings) (simulators.Instance, error) {
	var w workload
	for _, known := range workloads() {
		if known.name == s.String("workload") {
			w = known
		}
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
	for i, t := range w.tasks {
		net, err := newNetwork(t, len(params))
		if err != nil {
			return simulators.Instance{}, err
		}
		n.networks = append(n.networks, net)
		params = append(params, networkAxes(net.space.Space(), i+1)...)
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
		{Name: "accuracy_error", Unit: "%", Doc: "stated error of accuracy_percent: mean over the networks; the accuracies are not measured"},
	}
	for i, net := range n.networks {
		list = append(list, simulators.Metric{
			Name: fmt.Sprintf("accuracy_net%d", i+1), Unit: "%",
			Doc: fmt.Sprintf("%s of network %d, known at %g and %g only", net.measure, i+1, net.anchors.LeastPercent, net.anchors.MostPercent),
		})
	}
	return list
}

// about states the specs and what is not known of the accuracies.
func (n *nasaic) about() []simulators.Section {
	accuracies := simulators.Section{Title: "accuracy of", Columns: []string{"measure", "smallest", "best published", "in between"}}
	for i, net := range n.networks {
		accuracies.Rows = append(accuracies.Rows, []string{
			fmt.Sprintf("network %d", i+1), net.measure, fmt.Sprintf("%g %%", net.anchors.LeastPercent), fmt.Sprintf("%g %%", net.anchors.MostPercent),
			"a curve by size, not measured; its error is the metric accuracy_error_percent",
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
