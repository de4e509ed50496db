package cli

import (
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// showProgress draws a bar of the trials while a sweep runs. The returned function ends it.
func showProgress(w io.Writer, plan *sweep.Plan, o *sweep.Options) (stop func()) {
	return showBar(w, plan.File.Name, "trials", int64(plan.Trials()), &o.Told)
}

// showBar draws one bar with rate and remaining time, of what the counter at done has counted; nothing, and without the counter, when the writer
// is not a terminal. The returned function ends it.
func showBar(w io.Writer, name, unit string, total int64, done **atomic.Int64) (stop func()) {
	if !isTerminal(w) {
		return func() {}
	}
	counter := new(atomic.Int64)
	*done = counter
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(name),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit),
		progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(),
	)
	_ = bar.RenderBlank() // the clock starts here, not with the first ones; errors are the terminal's own, likewise below
	end := make(chan struct{})
	var drawing sync.WaitGroup
	drawing.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-end:
				_ = bar.Clear()
				return
			case <-tick.C:
				_ = bar.Set64(counter.Load())
			}
		}
	})
	return func() { close(end); drawing.Wait() }
}

// isTerminal tells whether a person reads what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
