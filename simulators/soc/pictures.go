package soc

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/internal/draw"
	"github.com/codesign-gym/codesign/soc"
)

// timeline draws when each task runs, a lane a processor or accelerator, in the colour of what limits it; the goals' deadlines are marks.
func timeline(s *soc.System, d *soc.Design, r *soc.Result, t *soc.Timeline) draw.Gantt {
	chart := draw.Gantt{
		Title: fmt.Sprintf("Tasks on processors: %s", ends(s, r)), Unit: "ms",
		Kinds: []string{"limited by its processor", "by a memory", "by a bus"},
	}
	lane := make([]int, len(d.Blocks))
	for i, b := range d.Blocks {
		lane[i] = -1
		if b.Kind.IsPE() && slices.Contains(d.TaskPE, i) {
			lane[i] = len(chart.Lanes)
			chart.Lanes = append(chart.Lanes, fmt.Sprintf("%s (%s)", b.ID, b.Kind))
		}
	}
	for _, phase := range t.Phases {
		for _, a := range phase.Running {
			bar := draw.Bar{Lane: lane[a.PE], Start: phase.StartS * 1e3, End: (phase.StartS + phase.DurationS) * 1e3, Label: s.Graph().Tasks[a.Task].Name}
			bar.Tip = fmt.Sprintf("%s, %.4g ms from %.4g ms", bar.Label, phase.DurationS*1e3, phase.StartS*1e3)
			if len(a.Bounds) > 0 {
				limit := a.Bounds[0]
				block := d.Blocks[limit.Block]
				switch {
				case block.Kind.IsMemory():
					bar.Kind = 1
				case block.Kind == soc.Bus:
					bar.Kind = 2
				}
				bar.Tip += fmt.Sprintf(": limited by %s (%s, %.3g %% of it)", block.ID, limit.Direction.String(), limit.ShareFrac*100)
			}
			chart.Bars = append(chart.Bars, bar)
		}
	}
	for _, goal := range s.Graph().Goals {
		chart.Marks = append(chart.Marks, draw.Mark{Lane: -1, At: goal.LatencyBudgetS * 1e3, Tip: fmt.Sprintf("deadline of %s", goal.Workload)})
	}
	return chart
}

// ends words the latencies.
func ends(s *soc.System, r *soc.Result) string {
	parts := make([]string, len(r.LatencyS))
	for i, l := range r.LatencyS {
		goal := s.Graph().Goals[i]
		parts[i] = fmt.Sprintf("%s ends at %.4g of %.4g ms", goal.Workload, l*1e3, goal.LatencyBudgetS*1e3)
	}
	return strings.Join(parts, ", ")
}

// diagram draws the blocks: processors and accelerators left, buses by their depth in the tree, memories right.
func diagram(s *soc.System, d *soc.Design, r *soc.Result) draw.Diagram {
	picture := draw.Diagram{
		Title: fmt.Sprintf("%.4g mW, %.4g mm2 and %.4g mm2 of DRAM", r.PowerMW, r.AreaMM2-r.DRAMAreaMM2, r.DRAMAreaMM2),
		Kinds: []string{"general processor", "accelerator", "bus", "SRAM", "DRAM"},
	}
	depth := depths(d)
	last := slices.Max(depth)
	for i, b := range d.Blocks {
		box := draw.Box{Title: b.ID, Tip: fmt.Sprintf("%.3g mm2, %.3g uJ, busy for %.3g ms", r.Blocks[i].AreaMM2, r.Blocks[i].EnergyPJ*1e-6, r.Blocks[i].BusyS*1e3)}
		base := s.Library().BaseClockMHz
		switch b.Kind {
		case soc.GPP:
			box.Lines = placed(s, d, i)
		case soc.IP:
			box.Kind, box.Lines = 1, []string{fmt.Sprintf("unroll %d, %g MHz", b.Unroll, float64(b.ClockFactor)*base)}
		case soc.Bus:
			box.Kind, box.Column, box.Lines = 2, depth[i], []string{fmt.Sprintf("%d B, %g MHz", b.WidthBytes, float64(b.ClockFactor)*base)}
		default:
			box.Kind, box.Column = 3, last+1
			if b.Kind == soc.DRAM {
				box.Kind = 4
			}
			box.Lines = []string{fmt.Sprintf("%d B, %g MHz", b.WidthBytes, float64(b.ClockFactor)*base), fmt.Sprintf("%.4g KiB of %d edges", float64(r.Blocks[i].CapacityBytes)/1024, count(d.FlowMemory, i))}
		}
		picture.Boxes = append(picture.Boxes, box)
	}
	for _, l := range d.Links {
		link := draw.Link{From: l.A, To: l.B}
		if d.Blocks[l.A].Kind == soc.Bus && (d.Blocks[l.B].Kind.IsPE() || depth[l.B] < depth[l.A] && depth[l.B] > 0) {
			link.From, link.To = l.B, l.A
		}
		picture.Links = append(picture.Links, link)
	}
	return picture
}

// placed lists the tasks on a processor, a line each, a long list cut.
func placed(s *soc.System, d *soc.Design, pe int) []string {
	const most = 6
	var names []string
	for t, at := range d.TaskPE {
		if at == pe {
			names = append(names, s.Graph().Tasks[t].Name)
		}
	}
	if len(names) > most {
		names = append(names[:most-1], fmt.Sprintf("and %d more", len(names)-most+1))
	}
	return names
}

func count(list []int, value int) (n int) {
	for _, v := range list {
		if v == value {
			n++
		}
	}
	return n
}

// depths is for each bus its distance from the first one, which has depth 1; 0 for other blocks.
func depths(d *soc.Design) []int {
	depth := make([]int, len(d.Blocks))
	first := slices.IndexFunc(d.Blocks, func(b soc.Block) bool { return b.Kind == soc.Bus })
	if first < 0 {
		return depth
	}
	queue := []int{first}
	depth[first] = 1
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, l := range d.Links {
			for _, next := range [...][2]int{{l.A, l.B}, {l.B, l.A}} {
				if next[0] == at && d.Blocks[next[1]].Kind == soc.Bus && depth[next[1]] == 0 {
					depth[next[1]] = depth[at] + 1
					queue = append(queue, next[1])
				}
			}
		}
	}
	return depth
}
