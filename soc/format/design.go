package format

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/soc"
)

type designJSON struct {
	Blocks     []blockJSON       `json:"blocks"`
	Links      [][]string        `json:"links"`
	TaskPE     map[string]string `json:"task_pe"`
	EdgeMemory map[string]string `json:"edge_memory"`
	FromFirst  bool              `json:"walk_from_first,omitempty"`
}

type blockJSON struct {
	ID          string   `json:"id"`
	Kind        soc.Kind `json:"kind"`
	Task        string   `json:"task,omitempty"`
	Unroll      int64    `json:"unroll,omitempty"`
	ClockFactor int      `json:"clock_factor,omitempty"`
	WidthBytes  int      `json:"width_bytes,omitempty"`
	Level       int      `json:"level,omitempty"`
}

// FlowName is how a file names an edge of a graph.
func FlowName(g *soc.Graph, flow int) string {
	return g.Tasks[g.Flows[flow].From].Name + "->" + g.Tasks[g.Flows[flow].To].Name
}

// ReadDesign reads a design for a graph. Names are resolved, and every mistake in them is reported at once; whether the design is valid is for
// soc.System.Check.
func ReadDesign(text []byte, g *soc.Graph) (*soc.Design, error) {
	var j designJSON
	if err := strict("design", text, &j); err != nil {
		return nil, err
	}
	r := resolver{graph: g, design: &soc.Design{FromFirst: j.FromFirst}}
	for _, b := range j.Blocks {
		block := soc.Block{ID: b.ID, Kind: b.Kind, Unroll: b.Unroll, ClockFactor: b.ClockFactor, WidthBytes: b.WidthBytes, Level: b.Level}
		if b.Kind == soc.IP {
			block.Task = r.task(fmt.Sprintf("block %q", b.ID), b.Task)
		} else if b.Task != "" {
			r.bad("block %q is a %v and has no task, not %q", b.ID, b.Kind, b.Task)
		}
		r.add(block)
	}
	for i, ends := range j.Links {
		if len(ends) != 2 {
			r.bad("link %d has %d ends: want two", i, len(ends))
			continue
		}
		what := fmt.Sprintf("link %d", i)
		r.design.Links = append(r.design.Links, soc.Link{A: r.block(what, ends[0]), B: r.block(what, ends[1])})
	}
	tasks := make([]string, len(g.Tasks))
	for i, t := range g.Tasks {
		tasks[i] = t.Name
	}
	flows := make([]string, len(g.Flows))
	for i := range g.Flows {
		flows[i] = FlowName(g, i)
	}
	r.design.TaskPE = r.places("task", tasks, j.TaskPE)
	r.design.FlowMemory = r.places("edge", flows, j.EdgeMemory)
	if err := errors.Join(r.errs...); err != nil {
		return nil, err
	}
	return r.design, nil
}

// WriteDesign is the inverse of ReadDesign.
func WriteDesign(g *soc.Graph, d *soc.Design) []byte {
	j := designJSON{TaskPE: map[string]string{}, EdgeMemory: map[string]string{}, FromFirst: d.FromFirst}
	for _, b := range d.Blocks {
		block := blockJSON{ID: b.ID, Kind: b.Kind, Unroll: b.Unroll, ClockFactor: b.ClockFactor, WidthBytes: b.WidthBytes, Level: b.Level}
		if b.Kind == soc.IP {
			block.Task = g.Tasks[b.Task].Name
		}
		j.Blocks = append(j.Blocks, block)
	}
	for _, l := range d.Links {
		j.Links = append(j.Links, []string{d.Blocks[l.A].ID, d.Blocks[l.B].ID})
	}
	for t, pe := range d.TaskPE {
		j.TaskPE[g.Tasks[t].Name] = d.Blocks[pe].ID
	}
	for f, memory := range d.FlowMemory {
		j.EdgeMemory[FlowName(g, f)] = d.Blocks[memory].ID
	}
	return written(j)
}

// unknown is the error of a name that is none of the known ones.
func unknown(what, name string, known []string) error {
	return fmt.Errorf("unknown %s %q (known: %s)", what, name, strings.Join(known, ", "))
}

// resolver turns the names of a file into indices and gathers what is wrong with them.
type resolver struct {
	graph  *soc.Graph
	design *soc.Design
	errs   []error
}

func (r *resolver) bad(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("format: design: "+format, args...))
}

// add takes a block into the design.
func (r *resolver) add(b soc.Block) {
	switch {
	case b.ID == "":
		r.bad("block %d has no id", len(r.design.Blocks))
	case slices.Contains(r.ids(), b.ID):
		r.bad("block %q is there twice", b.ID)
	}
	r.design.Blocks = append(r.design.Blocks, b)
}

func (r *resolver) ids() []string {
	ids := make([]string, len(r.design.Blocks))
	for i, b := range r.design.Blocks {
		ids[i] = b.ID
	}
	return ids
}

// block is the index of a block by its ID.
func (r *resolver) block(what, id string) int {
	at := slices.Index(r.ids(), id)
	if at < 0 {
		r.bad("%s: %w", what, unknown("block", id, r.ids()))
	}
	return at
}

// task is the index of a task by name.
func (r *resolver) task(what, name string) int {
	at := r.graph.Index(name)
	if at < 0 {
		names := make([]string, len(r.graph.Tasks))
		for i, t := range r.graph.Tasks {
			names[i] = t.Name
		}
		r.bad("%s: %w", what, unknown("task", name, names))
	}
	return at
}

// places is the block of each named thing: all of them, and no others.
func (r *resolver) places(what string, names []string, given map[string]string) []int {
	at := make([]int, len(names))
	for i, name := range names {
		if id, ok := given[name]; ok {
			at[i] = r.block(fmt.Sprintf("%s %q", what, name), id)
		} else {
			r.bad("%s %q has no place", what, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(names, name) {
			r.bad("%w", unknown(what, name, names))
		}
	}
	return at
}
