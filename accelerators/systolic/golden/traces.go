package golden

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// TracesFile is the name of the table of traces in the reference folder.
const TracesFile = "golden_traces.csv"

// TracesReference names the peer and the table.
const TracesReference = "SCALE-Sim v3, traces"

// TraceRow is one line of a measured address trace: a tiny layer with SRAMs of 1 KiB and, in USER, four words a cycle.
type TraceRow struct {
	Layer     string // t0 or t1
	Array     systolic.Array
	Mode      string // CALC or USER
	Stream    systolic.Stream
	Cycle     int64
	Addresses []int64
}

// tracedLayers are those of the table.
func tracedLayers() []dnn.Layer {
	return []dnn.Layer{
		{Name: "t0", Op: dnn.Conv, InHeight: 5, InWidth: 5, InChannels: 2, Filters: 6, KernelHeight: 3, KernelWidth: 3},
		{Name: "t1", Op: dnn.Conv, InHeight: 6, InWidth: 6, InChannels: 1, Filters: 5, KernelHeight: 3, KernelWidth: 2, StrideHeight: 2, StrideWidth: 2},
	}
}

// ReadTraces reads lines in the format of golden_traces.csv.
func ReadTraces(r io.Reader) ([]TraceRow, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("golden: %w", err)
	}
	if len(records) < 2 {
		return nil, errors.New("golden: no rows")
	}
	rows := make([]TraceRow, 0, len(records)-1)
	for i, record := range records[1:] {
		p := parser{header: records[0], record: record}
		row := TraceRow{
			Layer: p.text("layer"), Mode: p.text("bw_mode"), Cycle: int64(p.int("cycle")),
			Array: systolic.Array{Rows: p.int("rows"), Cols: p.int("cols")},
		}
		if row.Mode != "CALC" && row.Mode != "USER" {
			p.keep("bw_mode", fmt.Errorf("unknown mode %q: known are CALC, USER", row.Mode))
		}
		p.keep("dataflow", row.Array.Dataflow.UnmarshalText([]byte(p.text("dataflow"))))
		p.keep("array", row.Array.Check())
		p.keep("stream", row.Stream.UnmarshalText([]byte(strings.ToLower(p.text("stream")))))
		for _, text := range strings.Fields(p.text("addresses")) {
			address, err := strconv.ParseInt(text, 10, 64)
			p.keep("addresses", err)
			row.Addresses = append(row.Addresses, address)
		}
		if p.err != nil {
			return nil, fmt.Errorf("golden: record %d: %w", i+1, p.err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// tracedRun is what the lines of one trace have in common.
type tracedRun struct {
	layer string
	array systolic.Array
	mode  string
}

// CompareTraces traces the layers again and compares line by line. DRAM reads of CALC are compared as a set for each window, because the peer shuffles them.
func CompareTraces(reference string, rows []TraceRow) (Report, error) {
	tally := newTally(reference)
	measured := map[tracedRun]map[systolic.Stream][]TraceRow{}
	var runs []tracedRun
	for _, row := range rows {
		run := tracedRun{row.Layer, row.Array, row.Mode}
		if measured[run] == nil {
			measured[run] = map[systolic.Stream][]TraceRow{}
			runs = append(runs, run)
		}
		row.Addresses = slices.Clone(row.Addresses) // those of a window are sorted below
		measured[run][row.Stream] = append(measured[run][row.Stream], row)
	}
	for _, run := range runs {
		lines, err := run.trace()
		if err != nil {
			return Report{}, err
		}
		traced := map[systolic.Stream][]systolic.TraceLine{}
		for line := range lines {
			line.Addresses = slices.Clone(line.Addresses)
			traced[line.Stream] = append(traced[line.Stream], line)
		}
		for stream := systolic.IfmapSRAM; stream <= systolic.OfmapDRAM; stream++ {
			tally.addTrace(run, stream, traced[stream], measured[run][stream])
		}
	}
	report := tally.report()
	report.Columns = []Column{{Name: "addresses", Equal: report.Equal, LargestRelativeError: report.LargestRelativeError}}
	return report, nil
}

// trace runs the layer again.
func (run tracedRun) trace() (iter.Seq[systolic.TraceLine], error) {
	layers := tracedLayers()
	i := slices.IndexFunc(layers, func(l dnn.Layer) bool { return l.Name == run.layer })
	if i < 0 {
		return nil, fmt.Errorf("golden: unknown traced layer %q: known are t0, t1", run.layer)
	}
	p, err := systolic.Lower(layers[i], systolic.ScaleSim)
	if err != nil {
		return nil, err
	}
	c := systolic.Config{Array: run.array, IfmapSRAMKiB: 1, FilterSRAMKiB: 1, OfmapSRAMKiB: 1}
	if run.mode == "USER" {
		return systolic.TraceUser(c, p, systolic.PortWords{Ifmap: 4, Filter: 4, Ofmap: 4}, systolic.DefaultOffsets()), nil
	}
	return systolic.TraceCalc(c, p, systolic.DefaultOffsets()), nil
}

// addTrace compares one stream of one run.
func (r *tally) addTrace(run tracedRun, stream systolic.Stream, got []systolic.TraceLine, want []TraceRow) {
	if len(got) > 0 && got[0].Window > 0 {
		sortWindows(got, want)
	}
	for i, w := range want {
		if i < len(got) && got[i].Cycle == w.Cycle && slices.Equal(got[i].Addresses, w.Addresses) && len(got) == len(want) {
			r.Add(0, "")
			continue
		}
		text := "no line"
		if i < len(got) {
			text = fmt.Sprint(got[i].Cycle, got[i].Addresses)
		}
		r.Add(1, fmt.Sprintf("%s, %s on %d×%d, %s: %s line %d of %d is %s, measured %d: %d %v",
			run.layer, run.array.Dataflow, run.array.Rows, run.array.Cols, run.mode, stream, i+1, len(got), text, len(want), w.Cycle, w.Addresses))
	}
}

// sortWindows sorts the addresses of each window of the traced lines, and those of the measured lines in the same places.
func sortWindows(got []systolic.TraceLine, want []TraceRow) {
	for from := 0; from < len(got); {
		to := from
		for to < len(got) && got[to].Window == got[from].Window {
			to++
		}
		var a, b [][]int64
		for i := from; i < to; i++ {
			a = append(a, got[i].Addresses)
			if i < len(want) {
				b = append(b, want[i].Addresses)
			}
		}
		sortThrough(a)
		sortThrough(b)
		from = to
	}
}

// sortThrough sorts all numbers of some lines, keeping the lengths of the lines.
func sortThrough(lines [][]int64) {
	all := slices.Concat(lines...)
	slices.Sort(all)
	for _, line := range lines {
		all = all[copy(line, all):]
	}
}
