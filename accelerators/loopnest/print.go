package loopnest

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// WriteNest writes a mapping as nested loops, the levels from the outermost inwards with the words of the tensors that they keep. Loops of one trip
// are left out. Loops along a dimension that the trips do not divide say the tile of an iteration and the size: the last tile is smaller.
func (m *Model) WriteNest(w io.Writer, mapping *Mapping) error {
	var n nest
	if err := m.lay(&n, mapping); err != nil {
		return err
	}
	var b strings.Builder
	indent := ""
	for level := range m.levels {
		fmt.Fprintf(&b, "%s", m.architecture.Levels[level].Name)
		if keeps := m.tiles(&n, level); keeps != "" {
			fmt.Fprintf(&b, " [ %s ]", keeps)
		}
		b.WriteByte('\n')
		for i := n.start[level] - 1; i >= n.start[level+1]; i-- {
			indent += "  "
			b.WriteString(indent + m.loopText(&n, &n.loops[i]) + "\n")
		}
	}
	fmt.Fprintf(&b, "%s\n", m.computeName())
	_, err := io.WriteString(w, b.String())
	return err
}

func (m *Model) computeName() string {
	if name := m.architecture.Compute.Name; name != "" {
		return name
	}
	return "compute"
}

// tiles lists the tensors that a level keeps.
func (m *Model) tiles(n *nest, level int) string {
	var list []string
	for t := range m.tensors {
		if n.keep[level].Has(t) {
			list = append(list, fmt.Sprintf("%s: %d", m.problem.Tensors[t].Name, m.tensors[t].tileWords(&n.tile[level])))
		}
	}
	return strings.Join(list, ", ")
}

func (m *Model) loopText(n *nest, l *loop) string {
	name := m.problem.Dimensions[l.dimension].Name
	text := fmt.Sprintf("for %s in [0:%d)", name, l.trips)
	if l.spatial {
		axis := 'X'
		if l.alongY {
			axis = 'Y'
		}
		text = fmt.Sprintf("par-for %s in [0:%d) (%c)", name, l.trips, axis)
	}
	if !n.even(l.dimension) {
		text += fmt.Sprintf(" tiles of %d in %d", l.stride, m.size[l.dimension])
	}
	return text
}

// WriteTable writes what a mapping costs: a row for each level and tensor, then the totals. Counts are totals over all instances.
func (m *Model) WriteTable(w io.Writer, r *Result) error {
	if r.Infeasible.Cause != Feasible {
		_, err := fmt.Fprintf(w, "does not fit: %s\n", m.Reason(r.Infeasible))
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "level\ttensor\ttile words\tcapacity used\tinstances\treads\tfills\tupdates\tpJ/MAC\tenergy\t\n")
	for i := range r.Levels {
		l := &r.Levels[i]
		for tensor := range l.Tensors {
			if c := &l.Tensors[tensor]; c.Kept {
				fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%d/%d\t%d\t%d\t%d\t%s\t%s\t\n", m.architecture.Levels[i].Name, m.problem.Tensors[tensor].Name, c.TileWords,
					m.usage(i, tensor, c.TileWords), l.Instances, m.architecture.Levels[i].Instances, c.TotalReads, c.TotalFills, c.TotalUpdates,
					perCompute(c.EnergyPJ, r), share(c.EnergyPJ, r))
			}
		}
		if l.LeakPJ > 0 {
			fmt.Fprintf(t, "%s\tleakage\t\t\t\t\t\t\t%s\t%s\t\n", m.architecture.Levels[i].Name, perCompute(l.LeakPJ, r), share(l.LeakPJ, r))
		}
	}
	fmt.Fprintf(t, "%s\t\t\t\t\t\t\t\t%s\t%s\t\n", m.computeName(), perCompute(r.ComputePJ, r), share(r.ComputePJ, r))
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d MACs in %d cycles, bound by %s; utilisation %.1f %%; %.6g uJ, %.4f pJ/MAC; area %.4g mm2\n", r.Computes, r.Cycles, m.bound(r),
		100*r.UtilizationFrac, r.EnergyPJ/1e6, r.EnergyPJ/float64(r.Computes), m.architecture.AreaMM2())
	return err
}

// usage is the part of its capacity that a tile takes, with all its copies.
func (m *Model) usage(level, tensor int, words int64) string {
	l := &m.architecture.Levels[level]
	capacity := l.CapacityWords
	if m.levels[level].parts.Has(tensor) {
		capacity = m.levels[level].part[tensor]
	}
	if capacity == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(words*int64(l.Buffers))/float64(capacity))
}

func perCompute(energyPJ float64, r *Result) string {
	return fmt.Sprintf("%.4f", energyPJ/float64(r.Computes))
}

func share(energyPJ float64, r *Result) string {
	if r.EnergyPJ == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*energyPJ/r.EnergyPJ)
}

// bound names what sets the cycles.
func (m *Model) bound(r *Result) string {
	if r.Cycles > r.Steps {
		for i := range r.Levels {
			if r.Levels[i].Cycles == r.Cycles {
				return "the bandwidth of " + m.architecture.Levels[i].Name
			}
		}
	}
	return "compute"
}
