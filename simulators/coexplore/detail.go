package coexplore

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/hetero"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/draw"
	"github.com/codesign-gym/codesign/simulators"
)

// partialSchedules is how many the exact search of a detail keeps.
const partialSchedules = 200_000

// summary is a design's schedule against what is possible.
type summary struct {
	LatencySpecCycles int64    `json:"latency_spec_cycles"`
	LatencyCycles     int64    `json:"latency_cycles"`
	EnergyMACs        float64  `json:"energy_macs"`
	LatencyBound      int64    `json:"latency_bound_cycles"` // no schedule is shorter
	EnergyBound       float64  `json:"energy_bound_macs"`    // none within the latency takes less
	Exact             bool     `json:"exact_found"`          // the optimum is known
	ExactLatency      int64    `json:"exact_latency_cycles,omitempty"`
	ExactEnergy       float64  `json:"exact_energy_macs,omitempty"`
	GapFrac           *float64 `json:"energy_gap_frac,omitempty"` // of the heuristic to the optimum, or of the latency where none is within the spec
}

// detail draws the schedule of a design, lists its layers, and measures the gap to the optimum.
func (n *nasaic) detail(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
	w := n.bench.take()
	defer n.bench.put(w)
	d, err := n.planOf(w, p)
	if err != nil {
		return nil, err
	}
	if d.infeasible != "" {
		return []simulators.Artifact{{Name: "why.txt", MediaType: "text/plain", Data: []byte(d.infeasible + "\n")}}, nil
	}
	schedule := w.scheduler.Ratio(&w.problem, n.specs.latencyCycles)
	sum := summary{
		LatencySpecCycles: n.specs.latencyCycles, LatencyCycles: schedule.MakespanCycles, EnergyMACs: schedule.EnergyMACs,
		LatencyBound: hetero.MakespanBound(&w.problem), EnergyBound: hetero.EnergyBound(&w.problem, n.specs.latencyCycles),
	}
	if best, exact := w.scheduler.Exact(&w.problem, n.specs.latencyCycles, partialSchedules); exact {
		gap := schedule.EnergyMACs/best.EnergyMACs - 1
		if best.MakespanCycles > n.specs.latencyCycles {
			gap = float64(schedule.MakespanCycles)/float64(best.MakespanCycles) - 1
		}
		sum.Exact, sum.ExactLatency, sum.ExactEnergy, sum.GapFrac = true, best.MakespanCycles, best.EnergyMACs, &gap
	}
	text, err := json.MarshalIndent(sum, "", "  ")
	if err != nil {
		return nil, err
	}
	table, err := layerTable(d, schedule, &w.problem)
	if err != nil {
		return nil, err
	}
	return []simulators.Artifact{
		{Name: "schedule.svg", MediaType: "image/svg+xml", Data: n.chart(d, schedule)},
		{Name: "layers.csv", MediaType: "text/csv", Data: table},
		{Name: "schedule.json", MediaType: "application/json", Data: append(text, '\n')},
	}, nil
}

// chart is the schedule by sub-accelerator, a colour a network.
func (n *nasaic) chart(d plan, s hetero.Schedule) []byte {
	g := draw.Gantt{
		Title: fmt.Sprintf("%d of %d cycles, energy %.4g MACs", s.MakespanCycles, n.specs.latencyCycles, s.EnergyMACs), Unit: "cycles",
		Marks: []draw.Mark{{Lane: -1, At: float64(n.specs.latencyCycles), Tip: "latency spec"}},
	}
	for _, sub := range d.chip {
		name := "not built"
		if sub.Built() {
			name = fmt.Sprintf("%s, %d PEs, %d/cycle", sub.Template, sub.PEs, sub.NoCBandwidth)
		}
		g.Lanes = append(g.Lanes, name)
	}
	for _, w := range d.workloads {
		g.Kinds = append(g.Kinds, w.Name)
	}
	for _, slot := range s.Slots {
		name := layerName(d, slot)
		g.Bars = append(g.Bars, draw.Bar{
			Lane: slot.Sub, Start: float64(slot.StartCycle), End: float64(slot.EndCycle), Kind: slot.Network, Label: name,
			Tip: fmt.Sprintf("%s of %s: cycles %d to %d", name, d.workloads[slot.Network].Name, slot.StartCycle, slot.EndCycle),
		})
	}
	return g.SVG()
}

// layerName is the name of a slot's layer.
func layerName(d plan, slot hetero.Slot) string {
	at := slot.Job
	for _, w := range d.workloads[:slot.Network] {
		at -= len(w.Layers)
	}
	return d.workloads[slot.Network].Layers[at].Name
}

// layerTable lists the slots.
func layerTable(d plan, s hetero.Schedule, p *hetero.Problem) ([]byte, error) {
	rows := [][]string{{"network", "layer", "sub_accelerator", "template", "start_cycle", "end_cycle", "energy_macs"}}
	for _, slot := range s.Slots {
		rows = append(rows, []string{
			d.workloads[slot.Network].Name, layerName(d, slot), strconv.Itoa(slot.Sub + 1), d.chip[slot.Sub].Template.String(),
			strconv.FormatInt(slot.StartCycle, 10), strconv.FormatInt(slot.EndCycle, 10), strconv.FormatFloat(p.Cost(slot.Job, slot.Sub).EnergyMACs, 'g', -1, 64),
		})
	}
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}
