package queue_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// BenchmarkScheduling is what a trial costs beside its evaluation, which takes no time here: 40 studies of 500 trials of an agent that draws at random, with the
// journals, in one process and over a worker that is connected by TCP, with studies and with single evaluations in its messages. The worker plays two
// studies, or evaluates two designs, at a time. The bars are 50 us locally and 200 us over the loopback, with batches.
func BenchmarkScheduling(b *testing.B) {
	for _, c := range []struct {
		name, more string
		budget     int
		fleet      bool
	}{
		{"local", "", 500, false},
		{"studies", "", 500, true},
		{"evaluations", "lag = 8\ndistribute = \"evaluations\"\n", 50, true},
	} {
		text := one("random", c.budget, "", "repeats = 40\n"+c.more)
		b.Run(c.name, func(b *testing.B) {
			trials := 0
			for i := 0; b.Loop(); i++ {
				p, dir := plan(b, text), filepath.Join(b.TempDir(), fmt.Sprint(i))
				outcome, err := sweep.Outcome{}, error(nil)
				if c.fleet {
					b.StopTimer()
					f := newFleet(b, p, queue.DefaultLease)
					b.StartTimer()
					outcome, _, err = f.run(b, p, dir, 2)
				} else {
					outcome, err = sweep.Run(b.Context(), p, sweep.Options{Out: dir, Workers: 2})
				}
				require.NoError(b, err)
				trials += outcome.Trials
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(trials), "us/trial")
		})
	}
}
