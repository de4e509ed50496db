package coexplore

import (
	"fmt"
	"strings"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/hetero"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// workspace is what an evaluation needs and remembers; for one goroutine.
type workspace struct {
	costs     *hetero.Costs
	scheduler hetero.Scheduler
	problem   hetero.Problem
	decoded   map[string]decoded
}

// decoded is a network ready to be costed.
type decoded struct {
	layers   []dataflow.Layer
	accuracy accuracy.Estimate
}

// maxDecoded bounds the networks that a workspace remembers.
const maxDecoded = 1 << 14

// bench keeps workspaces between evaluations: what they remember is worth more than their memory.
type bench struct {
	profile dataflow.Profile
	mu      sync.Mutex
	idle    []*workspace
}

func newBench(p dataflow.Profile) *bench { return &bench{profile: p} }

func (b *bench) take() *workspace {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.idle); n > 0 {
		w := b.idle[n-1]
		b.idle = b.idle[:n-1]
		return w
	}
	return &workspace{costs: hetero.NewCosts(b.profile), decoded: map[string]decoded{}}
}

func (b *bench) put(w *workspace) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.idle = append(b.idle, w)
}

// network decodes network i of a workload; the point is that of its own space.
func (w *workspace) network(i int, net network, p space.Point) (decoded, error) {
	key := fmt.Sprint(i, " ", net.space.Space().Key(p))
	if d, known := w.decoded[key]; known {
		return d, nil
	}
	n, err := net.space.Decode(p)
	if err != nil {
		return decoded{}, err
	}
	d := decoded{accuracy: net.accuracy.Accuracy(n)}
	for _, l := range n.Layers {
		layer, copies, ok, err := dataflow.FromDNN(l)
		if err != nil {
			return decoded{}, err
		}
		for range copies {
			if ok {
				d.layers = append(d.layers, layer)
			}
		}
	}
	if len(w.decoded) >= maxDecoded {
		clear(w.decoded)
	}
	w.decoded[key] = d
	return d, nil
}

// plan is a design in the terms of package hetero, with its problem in the workspace.
type plan struct {
	chip       hetero.Chip
	workloads  []hetero.Workload
	accuracies []accuracy.Estimate
	infeasible string
	excess     float64
}

// planOf reads a point.
func (n *nasaic) planOf(w *workspace, p space.Point) (plan, error) {
	chip := n.chip(p)
	out := plan{chip: chip}
	if out.infeasible, out.excess = chip.Check(n.limits); out.infeasible != "" {
		return out, nil
	}
	for i, net := range n.networks {
		d, err := w.network(i, net, p[net.first:net.first+net.space.Space().Len()])
		if err != nil {
			return plan{}, err
		}
		out.workloads = append(out.workloads, hetero.Workload{Name: fmt.Sprintf("network%d", i+1), Layers: d.layers})
		out.accuracies = append(out.accuracies, d.accuracy)
	}
	reason, err := w.costs.Fill(&w.problem, out.workloads, chip)
	if reason != "" {
		out.infeasible, out.excess = reason, 1
	}
	return out, err
}

// chip reads the sub-accelerators of a point.
func (n *nasaic) chip(p space.Point) (chip hetero.Chip) {
	first := len(p) - n.subs*subAxisCount
	for i := range n.subs {
		one := sub(p[first+i*subAxisCount : first+(i+1)*subAxisCount])
		for range n.copies {
			chip = append(chip, one)
		}
	}
	return chip
}

// evaluate is one design.
func (n *nasaic) evaluate(w *workspace, p space.Point) simulators.Result {
	d, err := n.planOf(w, p)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	if d.infeasible != "" {
		return simulators.Infeasible(d.infeasible, d.excess)
	}
	schedule := w.scheduler.Ratio(&w.problem, n.specs.latencyCycles)
	area := d.chip.AreaUM2(n.area)
	if n.staged {
		if reason, overshoot := n.specs.missed(schedule, area); reason != "" {
			return simulators.Infeasible(reason+": accuracy"+simulators.NotEvaluated, overshoot)
		}
	}
	var mean, meanError float64
	var each []float64
	for _, a := range d.accuracies {
		mean += a.Percent / float64(len(d.accuracies))
		meanError += a.ErrorPercent / float64(len(d.accuracies))
		each = append(each, a.Percent)
	}
	return simulators.OK(append([]float64{
		mean, float64(schedule.MakespanCycles), schedule.EnergyMACs, area, schedule.EnergyMACs * dataflow.MACEnergyPJ, meanError,
	}, each...)...)
}

// missed names the specs that hardware does not meet, and the sum of its relative overshoots.
func (s specs) missed(schedule hetero.Schedule, areaUM2 float64) (reason string, overshoot float64) {
	var parts []string
	for _, c := range []struct {
		name        string
		value, most float64
	}{
		{"latency_cycles", float64(schedule.MakespanCycles), float64(s.latencyCycles)},
		{"energy_macs", schedule.EnergyMACs, s.energyMACs},
		{"area_um2", areaUM2, s.areaUM2},
	} {
		if c.value > c.most {
			parts = append(parts, fmt.Sprintf("%s %.4g exceeds %.4g", c.name, c.value, c.most))
			overshoot += c.value/c.most - 1
		}
	}
	return strings.Join(parts, ", "), overshoot
}
