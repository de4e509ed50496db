package xr

import (
	"fmt"
	"strings"

	domain "github.com/codesign-gym/codesign/soc/xr"
)

// why says what kept a frame from finishing in time; empty for one that did.
func (x explained) why(frame int) string {
	w := x.usage
	f, rec := w.Frames[frame], x.result.Records[frame]
	input := w.streams()[f.Stream].After
	switch rec.Outcome {
	case domain.Finished:
		if rec.EndMS <= f.DeadlineMS {
			return ""
		}
		return fmt.Sprintf("late by %.3f ms: started %.3f ms after its arrival and took %.3f ms", rec.EndMS-f.DeadlineMS, rec.StartMS-f.ArrivalMS, rec.EndMS-rec.StartMS)
	case domain.Starved:
		return fmt.Sprintf("%s %d, which it follows, had not finished", input, f.Number)
	case domain.Orphaned:
		return fmt.Sprintf("%s %d, which it follows, was dropped", input, f.Number)
	case domain.Skipped:
		return "not launched"
	case domain.Unfinished:
		return "the run ended"
	}
	var reasons []string
	for k := range x.count {
		reasons = append(reasons, fmt.Sprintf("acc%d ", k)+x.unable(k, frame))
	}
	return strings.Join(reasons, "; ")
}

// unable says why an accelerator did not take a frame that was dropped with its input there: what it ran at the last moment at which the frame could have started.
func (x explained) unable(k, frame int) string {
	f := x.usage.Frames[frame]
	cost := x.platform.Costs[k*len(x.usage.streams())+f.Stream]
	last := x.result.Records[frame].EndMS
	if x.options.Admission == domain.InTime {
		last = f.DeadlineMS - cost.LatencyMS
	}
	switch running := x.running(k, last); {
	case !cost.Runs():
		return "cannot run it"
	case last < x.ready(frame):
		return fmt.Sprintf("takes %.3f ms, %.3f were left", cost.LatencyMS, f.DeadlineMS-x.ready(frame))
	case running >= 0:
		other := x.usage.Frames[running]
		return fmt.Sprintf("ran %s %d from %.3f ms", x.model(other), other.Number, x.result.Records[running].StartMS)
	}
	return fmt.Sprintf("was idle: placement %s waits for another", x.options.Placement)
}

// ready is when a frame could have started: at its arrival, or when the one that it follows had finished.
func (x explained) ready(frame int) float64 {
	w := x.usage
	f := w.Frames[frame]
	for i, other := range w.Frames {
		if w.streams()[other.Stream].Model == w.streams()[f.Stream].After && other.Number == f.Number {
			return max(f.ArrivalMS, x.result.Records[i].EndMS)
		}
	}
	return f.ArrivalMS
}

// running is the frame that ran on an accelerator just before an instant; -1 = none.
func (x explained) running(k int, atMS float64) int {
	for i, rec := range x.result.Records {
		if rec.Accelerator == k && rec.StartMS < atMS && (rec.Outcome == domain.Unfinished || rec.EndMS >= atMS) {
			return i
		}
	}
	return -1
}
