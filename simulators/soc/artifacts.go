package soc

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
	"github.com/codesign-gym/codesign/soc/format"
)

// artifacts explain a design that was run.
func artifacts(s *soc.System, d *soc.Design, r *soc.Result, t *soc.Timeline) []simulators.Artifact {
	return []simulators.Artifact{
		{Name: "diagram.svg", MediaType: "image/svg+xml", Data: diagram(s, d, r).SVG()},
		{Name: "timeline.svg", MediaType: "image/svg+xml", Data: timeline(s, d, r, t).SVG()},
		{Name: "why.csv", MediaType: "text/csv", Data: why(s, d, t)},
		{Name: "tasks.csv", MediaType: "text/csv", Data: tasks(s, d, r)},
		{Name: "blocks.csv", MediaType: "text/csv", Data: blocks(s, d, r)},
		{Name: "design.json", MediaType: "application/json", Data: format.WriteDesign(s.Graph(), d)},
		{Name: "design.dot", MediaType: "text/vnd.graphviz", Data: format.WriteDOT(s.Graph(), s.Library(), d)},
	}
}

// sheet writes a table.
func sheet(head []string, rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(head) // writing to memory does not fail
	_ = w.WriteAll(rows)
	return b.Bytes()
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }

// why lists every task of every phase with the block that limits it, and how much the next tightest block would allow.
func why(s *soc.System, d *soc.Design, t *soc.Timeline) []byte {
	var rows [][]string
	for i, phase := range t.Phases {
		for _, a := range phase.Running {
			row := []string{
				strconv.Itoa(i), number(phase.StartS * 1e3), number(phase.DurationS * 1e3), s.Graph().Tasks[a.Task].Name, d.Blocks[a.PE].ID,
				number(a.OpsPerS), number(a.WorkFrac),
			}
			limiter, next := []string{"", "", ""}, []string{"", ""}
			if len(a.Bounds) > 0 {
				b := a.Bounds[0]
				limiter = []string{d.Blocks[b.Block].ID, b.Direction.String(), number(b.ShareFrac)}
			}
			if len(a.Bounds) > 1 {
				b := a.Bounds[1]
				next = []string{d.Blocks[b.Block].ID, number(b.OpsPerS / a.OpsPerS)}
			}
			rows = append(rows, append(append(row, limiter...), next...))
		}
	}
	return sheet([]string{"phase", "start_ms", "duration_ms", "task", "pe", "ops_per_s", "work_frac", "limiter", "direction", "share_frac", "next_limiter", "headroom"}, rows)
}

// tasks lists when each task was ready, ran and ended, and what limited it longest.
func tasks(s *soc.System, d *soc.Design, r *soc.Result) []byte {
	var rows [][]string
	for i, u := range r.Tasks {
		rows = append(rows, []string{
			s.Graph().Tasks[i].Name, d.Blocks[d.TaskPE[i]].ID, number(u.ReadyS * 1e3), number(u.EndS * 1e3), number(u.ActiveS * 1e3), number(u.EnergyPJ * 1e-6),
			d.Blocks[u.Limiter].ID, number(u.LimitedS * 1e3),
		})
	}
	return sheet([]string{"task", "pe", "ready_ms", "end_ms", "active_ms", "energy_uj", "limiter", "limited_ms"}, rows)
}

// blocks lists what each block is and costs.
func blocks(s *soc.System, d *soc.Design, r *soc.Result) []byte {
	var rows [][]string
	for i, u := range r.Blocks {
		b := d.Blocks[i]
		rows = append(rows, []string{
			b.ID, b.Kind.String(), s.Library().Name(s.Graph(), b), strconv.FormatBool(u.Used), number(u.AreaMM2), number(u.EnergyPJ * 1e-6), number(u.LeakagePJ * 1e-6),
			number(u.BusyS * 1e3), fmt.Sprint(u.PeakBytes), fmt.Sprint(u.CapacityBytes),
		})
	}
	return sheet([]string{"block", "kind", "library", "used", "area_mm2", "energy_uj", "leakage_uj", "busy_ms", "peak_bytes", "capacity_bytes"}, rows)
}
