package xr

import (
	"fmt"
	"strings"

	domain "github.com/codesign-gym/codesign/soc/xr"
)

// why says what kept a frame from finishing in time; empty for one that did.
func (x explained) why(frame int) string {
	w := x.scenario.workload
	f, rec := w.Frames[frame], x.result.Records[frame]
	input := w.Scenario.Streams[f.Stream].After
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
		cost := x.platform.Costs[k*len(x.scenario.networks)+f.Stream]
		switch running := x.running(k, rec.EndMS); {
		case !cost.Runs():
			reasons = append(reasons, fmt.Sprintf("acc%d cannot run it", k))
		case running >= 0:
			other := w.Frames[running]
			reasons = append(reasons, fmt.Sprintf("acc%d ran %s %d from %.3f ms", k, x.model(other), other.Number, x.result.Records[running].StartMS))
		default:
			reasons = append(reasons, fmt.Sprintf("acc%d takes %.3f ms, more than was left", k, cost.LatencyMS))
		}
	}
	return strings.Join(reasons, "; ")
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
