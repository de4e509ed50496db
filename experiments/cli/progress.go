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

// showProgress draws one bar with rate and remaining time while the sweep runs; nothing when the writer is not a terminal. The returned
// function ends it.
func showProgress(w io.Writer, plan *sweep.Plan, o *sweep.Options) (stop func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	o.Told = new(atomic.Int64)
	bar := progressbar.NewOptions64(int64(plan.Trials()),
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(plan.File.Name),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("trials"),
		progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(),
	)
	_ = bar.RenderBlank() // the clock starts here, not with the first trials; errors are the terminal's own, likewise below
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
				_ = bar.Set64(o.Told.Load())
			}
		}
	})
	return func() { close(end); drawing.Wait() }
}
