package golden

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/internal/agree"
	"github.com/codesign-gym/codesign/soc/xr"
)

// Tolerances: differences that an equal run may have.
const (
	ScoreTolerance = 0.01  // of a score of 100
	PartTolerance  = 0.001 // of a part between 0 and 1
	TimeTolerance  = 0.01  // ms, of a start or an end
)

// Report says how far the model and a reference agree: the rows are the deterministic runs, the errors those of the scores, relative to the full 100,
// because a score may be 0.
type Report struct {
	agree.Report
	Random int // runs that are left out
}

// Check compares the embedded runs.
func Check() (Report, error) {
	runs, err := Embedded()
	if err != nil {
		return Report{}, err
	}
	return Compare("XRBench, MLSys 2023 program", runs)
}

// Compare recomputes the deterministic runs and compares them. An error is a run that cannot be recomputed.
func Compare(reference string, runs []Run) (Report, error) {
	tally, random := agree.Tally{Report: agree.Report{Reference: reference}}, 0
	var scratch xr.Scratch
	for i, run := range runs {
		if !run.Deterministic {
			random++
			continue
		}
		w, result, err := run.recompute(&scratch)
		if err != nil {
			return Report{}, fmt.Errorf("golden: run %d (%s): %w", i+1, run, err)
		}
		difference := run.compare(w, result)
		if difference != "" {
			difference = fmt.Sprintf("run %d (%s): %s", i+1, run, difference)
		}
		tally.Add(math.Abs(result.ScoreFrac-run.Overall/100), difference)
	}
	return Report{tally.Sum(), random}, nil
}

// compare is the first difference of a run from what was measured; empty when there is none.
func (r Run) compare(w *xr.Workload, got xr.Result) string {
	if score := 100 * got.ScoreFrac; !(math.Abs(score-r.Overall) <= ScoreTolerance) {
		return fmt.Sprintf("score is %.6f, measured %.6f", score, r.Overall)
	}
	if r.FramesDone != nil && got.Finished != *r.FramesDone {
		return fmt.Sprintf("%d frames finished, measured %d", got.Finished, *r.FramesDone)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Models)) {
		at := stream(w.Scenario, name)
		if at < 0 {
			return fmt.Sprintf("no model %q in the scenario", name)
		}
		m := got.Models[at]
		if is := (Parts{m.RealTimeFrac, m.EnergyFrac, m.QoEFrac}); !is.near(r.Models[name]) {
			return fmt.Sprintf("parts of %s are %+v, measured %+v", name, is, r.Models[name])
		}
	}
	return compareEvents(w, events(w, got), r.FirstEvents)
}

// near tells whether all parts are within the tolerance.
func (p Parts) near(q Parts) bool {
	return math.Abs(p.RealTime-q.RealTime) <= PartTolerance && math.Abs(p.Energy-q.Energy) <= PartTolerance && math.Abs(p.Experience-q.Experience) <= PartTolerance
}

// events are the frames that finished, accelerator after accelerator in the order of time.
func events(w *xr.Workload, got xr.Result) (list []Event) {
	for i, rec := range got.Records {
		if rec.Outcome == xr.Finished {
			f := w.Frames[i]
			list = append(list, Event{rec.Accelerator, w.Scenario.Streams[f.Stream].Model, f.Number, rec.StartMS, rec.EndMS, f.DeadlineMS})
		}
	}
	slices.SortStableFunc(list, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Accelerator, b.Accelerator), cmp.Compare(a.EndMS, b.EndMS))
	})
	return list
}

// compareEvents is the first difference among the events that were measured.
func compareEvents(w *xr.Workload, got, want []Event) string {
	for i, e := range want {
		if i >= len(got) {
			return fmt.Sprintf("event %d is missing: %+v", i, e)
		}
		g, near := got[i], func(a, b float64) bool { return math.Abs(a-b) <= TimeTolerance }
		same := g.Accelerator == e.Accelerator && g.Frame == e.Frame && stream(w.Scenario, g.Model) == stream(w.Scenario, e.Model)
		if !same || !near(g.StartMS, e.StartMS) || !near(g.EndMS, e.EndMS) || !near(g.DeadlineMS, e.DeadlineMS) {
			return fmt.Sprintf("event %d is %+v, measured %+v", i, g, e)
		}
	}
	return ""
}
