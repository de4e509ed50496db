package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

func (p Program) worker() *cobra.Command {
	n := network{lease: queue.DefaultLease}
	var workers int
	var wait time.Duration
	c := &cobra.Command{
		Use: "worker --nats URL", Short: "join a distributed run: play its studies until it ends",
		Long: "Joins the run whose coordinator (run --listen or --nats) uses the server and subject prefix, plays studies or evaluates designs until the run\n" +
			"ends, and ends with it. It may join and die at any time. It must be the same program, for the same architecture, as the coordinator.",
		Args: args(cobra.NoArgs), ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case n.url == "":
				return usage(errors.New("--nats is required: the server where the coordinator is"))
			case workers < 0 || workers > maxWorkers:
				return usage(fmt.Errorf("--workers %d out of range [0, %d], 0 = one a CPU", workers, maxWorkers))
			case wait <= 0:
				return usage(fmt.Errorf("--wait %v is not positive", wait))
			}
			if err := n.checkPrefix(); err != nil {
				return err
			}
			return p.work(c, n, sweep.WorkersHere(workers), wait)
		},
	}
	n.flags(c)
	c.Flags().IntVar(&workers, "workers", 0, "studies and evaluations at a time (0 = one a CPU)")
	c.Flags().DurationVar(&wait, "wait", queue.DefaultWait, "how long to wait for a server or coordinator that is not there (yet, or any more)")
	return c
}

// work joins a run and works for it.
func (p Program) work(c *cobra.Command, n network, workers int, wait time.Duration) error {
	say := newSpeaker(c.ErrOrStderr())
	build, err := sweep.CurrentBuild(p.Version)
	if err != nil {
		return err
	}
	o := queue.Working{Prefix: n.prefix, Catalog: p.Catalog, Build: build, Workers: workers, Wait: wait, Notice: say.printf}
	for began, told := time.Now(), false; ; {
		o.Conn, err = queue.Dial(c.Context(), n.dialing("worker"))
		if !errors.Is(err, queue.ErrUnreachable) || time.Since(began) > wait {
			break
		}
		if !told {
			say.printf("%v; trying for %v", err, wait)
			told = true
		}
		select {
		case <-c.Context().Done():
			return c.Context().Err()
		case <-time.After(500 * time.Millisecond):
		}
	}
	if err != nil {
		return usage(err)
	}
	defer o.Conn.Close()
	done, err := queue.Work(c.Context(), o)
	if err == nil {
		fmt.Fprintf(c.OutOrStdout(), "the run is %s; %d studies and %d single evaluations were done here\n", done.Status, done.Studies, done.Evaluations)
	}
	if queue.Refused(err) {
		return usage(err)
	}
	return err
}
