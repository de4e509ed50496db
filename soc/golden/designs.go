package golden

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/soc"
)

// Design is a measured design.
type Design struct {
	ID        string            `json:"id"`
	Workloads []string          `json:"workloads"`
	Blocks    []block           `json:"blocks"`
	Links     [][2]string       `json:"links"`
	LinksUsed [][2]string       `json:"links_used"`
	TaskPE    map[string]string `json:"task_pe"`
	EdgeMem   map[string]string `json:"edge_mem"`
	Priority  []string          `json:"task_priority"`
	Result    measured          `json:"result"`
}

type block struct {
	ID  string `json:"id"`
	Lib string `json:"lib"`
}

type measured struct {
	LatencyS  map[string]float64      `json:"latency_s"`
	SerialS   float64                 `json:"serial_latency_s"`
	Cost      float64                 `json:"cost"`
	PeakBytes map[string]float64      `json:"peak_bytes"`
	Tasks     map[string]measuredTask `json:"tasks"`
	Phases    [][2]float64            `json:"phases"` // duration and energy, from phase -1 on
	Table     measuredModel           `json:"table_memory"`
	Flat      measuredModel           `json:"flat_memory"`
}

type measuredTask struct {
	ReadyS  float64           `json:"ready_s"`
	EndS    float64           `json:"end_s"`
	ActiveS float64           `json:"active_s"`
	EnergyJ float64           `json:"energy_J"`
	Limiter map[string]string `json:"limiter_by_phase"`
}

// measuredModel is what depends on the model of memories.
type measuredModel struct {
	EnergyJ      float64                     `json:"energy_J"`
	PowerW       float64                     `json:"power_W"`
	AreaM2       float64                     `json:"area_m2"`
	KindAreaM2   map[string]float64          `json:"area_m2_by_kind"`
	BlockAreaM2  map[string]float64          `json:"block_area_m2"`
	DistanceFrac map[string]measuredDistance `json:"distance"`
}

type measuredDistance struct{ Latency, Power, Area, Sum float64 }

// ReadDesigns reads records in the form of the embedded ones.
func ReadDesigns(from io.Reader) (list []Design, err error) {
	if err := json.NewDecoder(from).Decode(&list); err != nil {
		return nil, fmt.Errorf("golden: designs: %w", err)
	}
	for i, d := range list {
		if d.ID == "" || len(d.Result.Tasks) == 0 || len(d.Result.Phases) == 0 {
			return nil, fmt.Errorf("golden: designs: record %d (%q): no ID or no result", i, d.ID)
		}
	}
	return list, nil
}

// compare runs the design with both models of memories.
func (d Design) compare(table soc.Library) (Outcome, error) {
	c := compare(d.ID)
	flat := table
	flat.Memory, flat.Bus = soc.FlatMemory()
	for _, l := range []soc.Library{table, flat} {
		if err := d.compareWith(c, l); err != nil {
			return Outcome{}, fmt.Errorf("golden: %s: %w", d.ID, err)
		}
	}
	return c.Outcome, nil
}

func (d Design) compareWith(c *comparison, l soc.Library) error {
	g, err := graphOf(d.Workloads...)
	if err != nil {
		return err
	}
	s, err := soc.NewSystem(g, l, g.Budget, soc.Reference)
	if err != nil {
		return err
	}
	design, err := d.build(s)
	if err != nil {
		return err
	}
	var x soc.Scratch
	r, timeline, err := x.Explain(s, design)
	if err != nil {
		return err
	}
	isFlat := len(l.Memory.DRAM.Rows) == 0
	d.compareTimes(c, g, design, r, timeline, isFlat)
	c.priority(g, r.Priority, d.Priority)
	c.links(design, r.Links, d.LinksUsed)
	if isFlat {
		compareModel(c, "flat: ", design, r, d.Result.Flat)
	} else {
		compareModel(c, "", design, r, d.Result.Table)
	}
	return nil
}

// build is the record as a design of the model.
func (d Design) build(s *soc.System) (*soc.Design, error) {
	g, l := s.Graph(), s.Library()
	design := &soc.Design{}
	index := map[string]int{}
	var errs []error
	find := func(what, id string) int {
		at, known := index[id]
		if !known {
			errs = append(errs, fmt.Errorf("%s: unknown block %q", what, id))
		}
		return at
	}
	for i, b := range d.Blocks {
		block, err := l.Named(g, b.Lib)
		errs = append(errs, err)
		block.ID = b.ID
		index[b.ID] = i
		design.Blocks = append(design.Blocks, block)
	}
	for _, link := range d.Links {
		design.Links = append(design.Links, soc.Link{A: find("link", link[0]), B: find("link", link[1])})
	}
	for _, t := range g.Tasks {
		design.TaskPE = append(design.TaskPE, find("task "+t.Name, d.TaskPE[t.Name]))
	}
	for _, f := range g.Flows {
		edge := g.Tasks[f.From].Name + "->" + g.Tasks[f.To].Name
		design.FlowMemory = append(design.FlowMemory, find("edge "+edge, d.EdgeMem[edge]))
	}
	return design, errors.Join(errs...)
}

// compareTimes compares what does not depend on the model of memories, and with the table the energies of tasks and phases.
func (d Design) compareTimes(c *comparison, g *soc.Graph, design *soc.Design, r *soc.Result, timeline *soc.Timeline, flat bool) {
	want := &d.Result
	for i, goal := range g.Goals {
		c.near("latency of "+goal.Workload, r.LatencyS[i], want.LatencyS[goal.Workload])
	}
	c.near("serial latency", r.SerialLatencyS, want.SerialS)
	c.near("development cost", r.DevelopmentCost, want.Cost)
	for i, b := range design.Blocks {
		if peak, measured := want.PeakBytes[b.ID]; measured {
			c.near("peak bytes of "+b.ID, float64(r.Blocks[i].PeakBytes), peak)
		}
	}
	for t, task := range g.Tasks {
		got, want := r.Tasks[t], want.Tasks[task.Name]
		c.near("ready time of "+task.Name, got.ReadyS, want.ReadyS)
		c.near("end time of "+task.Name, got.EndS, want.EndS)
		c.near("active time of "+task.Name, got.ActiveS, want.ActiveS)
		if !flat {
			c.near("energy of "+task.Name, got.EnergyPJ/pJPerJ, want.EnergyJ)
		}
	}
	d.comparePhases(c, g, design, timeline, flat)
}

// comparePhases compares the phases that take time. The record numbers all phases, from -1.
func (d Design) comparePhases(c *comparison, g *soc.Graph, design *soc.Design, timeline *soc.Timeline, flat bool) {
	at := 0
	for i, want := range d.Result.Phases {
		if want[0] == 0 {
			continue
		}
		if at == len(timeline.Phases) {
			c.differ("%d phases take time, the reference has more", at)
			return
		}
		got, number := timeline.Phases[at], strconv.Itoa(i-1)
		c.near("duration of phase "+number, got.DurationS, want[0])
		if !flat {
			c.near("energy of phase "+number, got.EnergyPJ/pJPerJ, want[1])
		}
		for _, a := range got.Running {
			compareLimiter(c, design, a, g.Tasks[a.Task].Name+" in phase "+number, d.Result.Tasks[g.Tasks[a.Task].Name].Limiter[number])
		}
		at++
	}
	if at < len(timeline.Phases) {
		c.differ("%d phases take time, the reference has %d", len(timeline.Phases), at)
	}
}

func compareLimiter(c *comparison, design *soc.Design, a soc.Activity, what, want string) {
	if !slices.ContainsFunc(a.Bounds, func(b soc.Bound) bool {
		return design.Blocks[b.Block].ID == want && b.OpsPerS <= a.OpsPerS*(1+limiterTolerance)
	}) {
		c.differ("the limiter of %s is %s, the reference has %q", what, design.Blocks[a.Bounds[0].Block].ID, want)
	}
}

// compareModel compares what depends on the model of memories.
func compareModel(c *comparison, model string, design *soc.Design, r *soc.Result, want measuredModel) {
	c.near(model+"energy", r.EnergyPJ/pJPerJ, want.EnergyJ)
	c.near(model+"power", r.PowerMW/mWPerW, want.PowerW)
	c.near(model+"area", r.AreaMM2/mm2PerM2, want.AreaM2)
	byKind := map[string]float64{}
	for i, b := range design.Blocks {
		kind := b.Kind.String()
		if b.Kind == soc.Bus {
			kind = "ic"
		}
		byKind[kind] += r.Blocks[i].AreaMM2
		if area, used := want.BlockAreaM2[b.ID]; used {
			c.near(model+"area of "+b.ID, r.Blocks[i].AreaMM2/mm2PerM2, area)
		} else if r.Blocks[i].Used {
			c.differ("%s is in use, not in the reference", b.ID)
		}
	}
	for _, kind := range []string{"gpp", "ip", "ic", "sram", "dram"} {
		c.near(model+"area of "+kind, byKind[kind]/mm2PerM2, want.KindAreaM2[kind])
	}
	for _, mode := range []struct {
		name string
		soc.Weighting
	}{{"simple", soc.Simple}, {"dampen", soc.Dampen}, {"eliminate", soc.Eliminate}} {
		got, want := &r.Distance, want.DistanceFrac[mode.name]
		c.distance(model+mode.name+" latency distance", got.Latency(mode.Weighting), want.Latency)
		c.distance(model+mode.name+" power distance", got.Power(mode.Weighting), want.Power)
		c.distance(model+mode.name+" area distance", got.Area(mode.Weighting), want.Area)
		c.distance(model+mode.name+" distance", got.Sum(mode.Weighting), want.Sum)
	}
}
