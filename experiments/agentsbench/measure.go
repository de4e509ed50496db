package agentsbench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/codesign-gym/codesign/internal/functions"
)

// Options says what to measure.
type Options struct {
	Entries   []Entry
	Functions []functions.Function
	Seeds     int // 0 … Seeds-1
	Budget    int // trials of each run
	Workers   int // runs at the same time
}

// Measure runs every agent on every function with every seed and appends the rows to the file. Runs that it holds already, up to the budget,
// are left out. Progress and the agents that are not for a function go to log. Measure ends with the first error of a run.
func Measure(ctx context.Context, o Options, file *File, log io.Writer) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	jobs := make(chan job)
	m := measuring{options: o, file: file, log: log, unfit: map[run]bool{}}
	var workers sync.WaitGroup
	for range o.Workers {
		workers.Go(func() {
			for j := range jobs {
				if err := m.one(ctx, j); err != nil {
					stop(fmt.Errorf("%s on %s, seed %d: %w", j.entry.Name(), j.function.Name, j.seed, err))
				}
			}
		})
	}
	m.feed(ctx, jobs)
	workers.Wait()
	return context.Cause(ctx)
}

// job is one run to be measured.
type job struct {
	entry    Entry
	function functions.Function
	seed     int
}

// measuring is what the workers share.
type measuring struct {
	options Options
	file    *File

	mu    sync.Mutex
	log   io.Writer
	unfit map[run]bool // by function and agent: reported already
}

// feed hands out the missing runs, agent by agent, until ctx ends.
func (m *measuring) feed(ctx context.Context, jobs chan<- job) {
	defer close(jobs)
	done := m.file.done()
	for _, e := range m.options.Entries {
		for _, f := range m.options.Functions {
			for s := range m.options.Seeds {
				if done[run{f.Name, e.Name(), s}] >= m.options.Budget {
					continue
				}
				select {
				case jobs <- job{e, f, s}:
				case <-ctx.Done():
					return
				}
			}
		}
	}
}

// one measures one run.
func (m *measuring) one(ctx context.Context, j job) error {
	about := run{function: j.function.Name, agent: j.entry.Name()}
	m.mu.Lock()
	unfit := m.unfit[about]
	m.mu.Unlock()
	if unfit || ctx.Err() != nil {
		return nil
	}
	rows, err := Run(ctx, j.entry, j.function, j.seed, m.options.Budget)
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case errors.Is(err, ErrUnfit):
		if !m.unfit[about] {
			fmt.Fprintf(m.log, "%s on %s: left out: %v\n", about.agent, about.function, err)
		}
		m.unfit[about] = true
		return nil
	case err != nil:
		return err
	}
	last := rows[len(rows)-1]
	fmt.Fprintf(m.log, "%s on %s, seed %d: %.6g after %d trials, %.3g ms a trial\n",
		last.Agent, last.Function, last.Seed, last.Value, last.Trials, last.SecondsPerTrial*1000)
	return m.file.Append(rows)
}
