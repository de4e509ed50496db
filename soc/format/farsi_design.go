package format

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/soc"
)

// arrow joins the tasks of an edge in FARSI's mapping table.
const arrow = " -> "

// ReadFARSIDesign is the design of FARSI's tables "Hardware Graph" and "Task To Hardware Mapping" for a graph: see the package documentation.
func ReadFARSIDesign(hardware, mapping []byte, g *soc.Graph, l soc.Library) (*soc.Design, error) {
	graph, err := readTable("Hardware Graph", hardware)
	if err != nil {
		return nil, err
	}
	placed, err := readTable("Task To Hardware Mapping", mapping)
	if err != nil {
		return nil, err
	}
	r := resolver{graph: g, design: &soc.Design{TaskPE: make([]int, len(g.Tasks)), FlowMemory: make([]int, len(g.Flows))}}
	for _, name := range graph.head[1:] {
		block, err := farsiBlock(g, l, name)
		if err != nil {
			r.bad("%w", err)
		}
		r.add(block)
	}
	r.links(graph)
	r.mapping(placed)
	if err := errors.Join(r.errs...); err != nil {
		return nil, err
	}
	return r.design, nil
}

// links reads the matrix of neighbours; each link is there twice, or once.
func (r *resolver) links(graph table) {
	for _, row := range graph.rows {
		a := r.block("Hardware Graph", row[0])
		for column := 1; column < len(row); column++ {
			if row[column] != "1" && row[column] != "1.0" {
				if row[column] != "" && row[column] != "0" {
					r.bad("Hardware Graph: %q in row %q, column %q: want 1 or nothing", row[column], row[0], graph.head[column])
				}
				continue
			}
			link := soc.Link{A: a, B: column - 1}
			if !slices.Contains(r.design.Links, soc.Link{A: link.B, B: link.A}) {
				r.design.Links = append(r.design.Links, link)
			}
		}
	}
}

// mapping reads the tasks of processors and the edges of memories.
func (r *resolver) mapping(placed table) {
	for i := range r.design.TaskPE {
		r.design.TaskPE[i] = -1
	}
	for i := range r.design.FlowMemory {
		r.design.FlowMemory[i] = -1
	}
	for column, id := range placed.head {
		at := r.block("Task To Hardware Mapping", id)
		if at < 0 {
			continue
		}
		kind := r.design.Blocks[at].Kind
		for _, row := range placed.rows {
			switch cell := row[column]; {
			case cell == "":
			case kind.IsPE():
				if t := r.task(fmt.Sprintf("block %q", id), cell); t >= 0 {
					r.design.TaskPE[t] = at
				}
			case kind.IsMemory():
				if f := r.flow(id, cell); f >= 0 {
					r.design.FlowMemory[f] = at
				}
			}
		}
	}
	for t, at := range r.design.TaskPE {
		if at < 0 {
			r.bad("task %q has no place", r.graph.Tasks[t].Name)
		}
	}
	for f, at := range r.design.FlowMemory {
		if at < 0 {
			r.bad("edge %q has no place", FlowName(r.graph, f))
		}
	}
}

// flow is the index of an edge by FARSI's name of it.
func (r *resolver) flow(id, name string) int {
	from, to, ok := strings.Cut(name, arrow)
	if !ok {
		r.bad("block %q: %q is not an edge: want two tasks joined by %q", id, name, arrow)
		return -1
	}
	what := fmt.Sprintf("block %q", id)
	a, b := r.task(what, strings.TrimSpace(from)), r.task(what, strings.TrimSpace(to))
	at := slices.IndexFunc(r.graph.Flows, func(f soc.Flow) bool { return f.From == a && f.To == b })
	if at < 0 && a >= 0 && b >= 0 {
		r.bad("block %q: the graph has no edge %q", id, name)
	}
	return at
}

// farsiBlock is the block that a name of FARSI's stands for: a name of its library with any ending.
func farsiBlock(g *soc.Graph, l soc.Library, id string) (soc.Block, error) {
	wrong := func() (soc.Block, error) {
		return soc.Block{ID: id}, fmt.Errorf("block %q: want A53…, LMEM_ic_w_f…, LMEM_w_f…, GMEM_w_f… or <task>_IP0_<unroll>_<clock>…", id)
	}
	if task, rest, ok := strings.Cut(id, "_"+base+"_"); ok {
		unroll, clock, ok := twoNumbers(rest)
		at := g.Index(task)
		if !ok || at < 0 {
			return wrong()
		}
		return soc.Block{ID: id, Kind: soc.IP, Task: at, Unroll: int64(unroll), ClockFactor: clock}, nil
	}
	for _, family := range []struct {
		prefix string
		kind   soc.Kind
	}{{"LMEM_ic_", soc.Bus}, {"LMEM_", soc.SRAM}, {"GMEM_", soc.DRAM}} {
		if rest, ok := strings.CutPrefix(id, family.prefix); ok {
			width, clock, ok := twoNumbers(rest)
			if !ok || width >= len(l.WidthsBytes) {
				return wrong()
			}
			return soc.Block{ID: id, Kind: family.kind, WidthBytes: l.WidthsBytes[width], ClockFactor: clock}, nil
		}
	}
	if strings.HasPrefix(id, processor) {
		return soc.Block{ID: id, Kind: soc.GPP}, nil
	}
	return wrong()
}

// twoNumbers are the first two parts of a_b_…, whole and not negative.
func twoNumbers(text string) (a, b int, ok bool) {
	parts := strings.Split(text, "_")
	if len(parts) < 2 {
		return 0, 0, false
	}
	a, errA := strconv.Atoi(parts[0])
	b, errB := strconv.Atoi(parts[1])
	return a, b, errA == nil && errB == nil && a >= 0 && b >= 0
}
