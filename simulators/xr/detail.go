package xr

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/internal/draw"
	"github.com/codesign-gym/codesign/simulators"
	domain "github.com/codesign-gym/codesign/soc/xr"
)

// explained is a design with the schedule of one usage.
type explained struct {
	design
	usage    usage
	platform domain.Platform
	result   domain.Result
}

// details explains a design that runs; one that is infeasible gets the costs on its accelerators, which say why. With several usages the files of each start
// with its name.
func (sc *scenario) details(d design) ([]simulators.Artifact, error) {
	var memory scratch
	accelerators, err := d.acceleratorTable(&memory)
	if err != nil {
		return nil, err
	}
	artifacts, err := write([]table{{"accelerators.csv", accelerators}})
	if err != nil {
		return nil, err
	}
	reason, _ := d.budgets()
	if reason == "" {
		if reason, _, err = d.fit(&memory); err != nil {
			return nil, err
		}
	}
	if reason != "" {
		return artifacts, nil
	}
	for _, u := range sc.usages {
		prefix := ""
		if len(sc.usages) > 1 {
			prefix = u.Scenario.Name + "-"
		}
		x := explained{design: d, usage: u, platform: d.platform(u, &memory)}
		if x.result, err = domain.Run(u.Workload, x.platform, d.options, &memory.schedule); err != nil {
			return nil, err
		}
		tables, err := write([]table{{prefix + "models.csv", x.modelTable()}, {prefix + "frames.csv", x.frameTable()}})
		if err != nil {
			return nil, err
		}
		artifacts = append(append(artifacts, tables...), simulators.Artifact{Name: prefix + "gantt.svg", MediaType: "image/svg+xml", Data: x.gantt()})
	}
	return artifacts, nil
}

// table is a CSV file.
type table struct {
	name string
	rows [][]string
}

func write(tables []table) (list []simulators.Artifact, err error) {
	for _, t := range tables {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(t.rows); err != nil {
			return nil, err
		}
		list = append(list, simulators.Artifact{Name: t.name, MediaType: "text/csv", Data: b.Bytes()})
	}
	return list, nil
}

func real(v float64) string  { return strconv.FormatFloat(v, 'g', 6, 64) }
func integer(v int64) string { return strconv.FormatInt(v, 10) }
func (d design) label(k int) string {
	return fmt.Sprintf("acc%d %s, %d PEs", k, d.accelerators[k].template, d.accelerators[k].pes)
}

// acceleratorTable is what each network takes on each accelerator.
func (d design) acceleratorTable(memory *scratch) ([][]string, error) {
	rows := [][]string{{"accelerator", "dataflow", "pes", "model", "latency_ms", "energy_mj", "utilization_frac", "offchip_bytes", "l1_need_bytes", "l1_bytes",
		"l2_need_bytes", "l2_bytes", "verdict"}}
	for k, a := range d.accelerators[:d.count] {
		costs, err := d.scenario.costs(a.shape, memory)
		if err != nil {
			return nil, err
		}
		for i, c := range costs {
			verdict := "runs"
			switch {
			case c.Refused != "":
				verdict = c.Refused
			case c.Excess(a.l1Bytes(), a.l2Bytes()) > 0:
				verdict = "needs larger buffers"
			}
			utilization := 0.0
			if c.Cycles > 0 {
				utilization = float64(c.MACs) / (float64(c.Cycles) * float64(a.pes))
			}
			rows = append(rows, []string{strconv.Itoa(k), a.template.String(), strconv.Itoa(a.pes), d.scenario.networks[i].Model, real(c.LatencyMS), real(c.EnergyMJ),
				real(utilization), integer(c.OffchipBytes), integer(c.L1Bytes), integer(a.l1Bytes()), integer(c.L2Bytes), integer(a.l2Bytes()), verdict})
		}
	}
	return rows, nil
}

// modelTable is what became of each model.
func (x explained) modelTable() [][]string {
	rows := [][]string{{"model", "fps", "follows", "frames", "finished", "late", "dropped", "unfinished", "mean_latency_ms", "worst_latency_ms", "energy_mj",
		"realtime_frac", "energy_score_frac", "qoe_frac", "score_percent"}}
	for i, s := range x.usage.streams() {
		m := x.result.Models[i]
		row := []string{s.Model, strconv.Itoa(s.FPS), s.After}
		for _, n := range []int{m.Frames, m.Finished, m.Late, m.Dropped, m.Unfinished} {
			row = append(row, strconv.Itoa(n))
		}
		for _, v := range []float64{m.MeanLatencyMS, m.WorstLatencyMS, m.EnergyMJ, m.RealTimeFrac, m.EnergyFrac, m.QoEFrac, 100 * m.ScoreFrac} {
			row = append(row, real(v))
		}
		rows = append(rows, row)
	}
	return rows
}

// frameTable is what became of each frame, and why.
func (x explained) frameTable() [][]string {
	rows := [][]string{{"model", "frame", "arrival_ms", "deadline_ms", "outcome", "accelerator", "start_ms", "end_ms", "why"}}
	for i, rec := range x.result.Records {
		f := x.usage.Frames[i]
		row := []string{x.model(f), strconv.Itoa(f.Number), real(f.ArrivalMS), real(f.DeadlineMS), rec.Outcome.String(), "", "", "", x.why(i)}
		if rec.Accelerator >= 0 {
			row[5], row[6] = strconv.Itoa(rec.Accelerator), real(rec.StartMS)
		}
		if rec.Outcome == domain.Finished || rec.Outcome.Dropped() {
			row[7] = real(rec.EndMS)
		}
		rows = append(rows, row)
	}
	return rows
}

func (x explained) model(f domain.Frame) string { return x.usage.streams()[f.Stream].Model }

// gantt draws the frames by accelerator, with a mark where one was dropped, in a lane of its own.
func (x explained) gantt() []byte {
	w := x.usage
	chart := draw.Gantt{Title: fmt.Sprintf("%s: score %.1f of 100, %d frames finished, %d dropped", w.Scenario.Name, 100*x.result.ScoreFrac, x.result.Finished, x.result.Dropped),
		Unit: "ms"}
	for k := range x.count {
		chart.Lanes = append(chart.Lanes, x.label(k))
	}
	for _, s := range w.streams() {
		chart.Kinds = append(chart.Kinds, s.Model)
		chart.Lanes = append(chart.Lanes, s.Model+" waiting, dropped")
	}
	for i, rec := range x.result.Records {
		f := w.Frames[i]
		name, waits := fmt.Sprintf("%s %d", x.model(f), f.Number), x.count+f.Stream
		switch {
		case rec.Outcome == domain.Finished:
			tip := fmt.Sprintf("%s: arrived %.3f ms, ran %.3f to %.3f ms, due %.3f ms, %.3g mJ", name, f.ArrivalMS, rec.StartMS, rec.EndMS, f.DeadlineMS, rec.EnergyMJ)
			if rec.EndMS > f.DeadlineMS {
				tip += ", late"
			}
			chart.Bars = append(chart.Bars,
				draw.Bar{Lane: rec.Accelerator, Start: rec.StartMS, End: rec.EndMS, Kind: f.Stream, Label: name, Tip: tip},
				draw.Bar{Lane: waits, Start: f.ArrivalMS, End: rec.StartMS, Kind: f.Stream, Pale: true, Tip: name + " waits"})
		case rec.Outcome.Dropped():
			chart.Bars = append(chart.Bars, draw.Bar{Lane: waits, Start: f.ArrivalMS, End: rec.EndMS, Kind: f.Stream, Pale: true, Tip: name + " waits"})
			chart.Marks = append(chart.Marks, draw.Mark{Lane: waits, At: rec.EndMS, Tip: name + " dropped: " + x.why(i)})
		}
	}
	return chart.SVG()
}
