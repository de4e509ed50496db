package cli

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// dryRun shows what a run would do.
func dryRun(ctx context.Context, out io.Writer, plan *sweep.Plan) error {
	estimates, err := plan.Estimate(ctx)
	if err != nil {
		return err
	}
	w := newTable(out)
	fmt.Fprintln(w, "scenario\tsimulator\tdesigns\tstudies\ttrials\tone evaluation\tfull ones\tall, one worker")
	var total time.Duration
	measured := 0
	for _, e := range estimates {
		total += e.All
		measured += e.Measured
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%v\t%d\t%v\n", e.Scenario, e.Simulator, rough(e.Designs), e.Studies, e.Trials, brief(e.Evaluation), e.Full, brief(e.All))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if lowered := plan.File.Lowered(); lowered != "" {
		fmt.Fprintf(out, "\nnote: %s\n", lowered)
	}
	_, err = fmt.Fprintf(out, "\n%s, %s at most. Estimate: %v of simulation in one worker, by the time of %s, without agents.\n"+
		"Full evaluations are those of designs, or of parts of them, that earlier ones do not tell. Nothing was written.\n",
		report.Counted(len(plan.Studies), "study"), report.Counted(plan.Trials(), "trial"), brief(total), report.Counted(measured, "random design"))
	return err
}

// rough is a whole number of any length; of a long one three digits and the power of ten: 3.93e34.
func rough(digits string) string {
	if len(digits) <= 15 {
		return digits
	}
	return fmt.Sprintf("%s.%se%d", digits[:1], digits[1:3], len(digits)-1)
}

// brief is a time with three digits.
func brief(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit)
}
