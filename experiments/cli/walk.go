package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// walk looks at every design of a space.
type walk struct {
	simulator simulators.Simulator
	size      int64
	goals     []*optimum
	done      *atomic.Int64 // designs so far; nil = nobody asks

	infeasible, failed int64
	firstFailure       string
}

// walkBatch is how many designs are evaluated between two looks at the results: enough to keep many workers busy.
const walkBatch = 1024

// newWalk is a walk through the designs of an instance, which must not be more than the question's limit.
func newWalk(name string, instance simulators.Instance, goals []*optimum, q *question) (*walk, error) {
	size := instance.Simulator.Spec().Space.Size()
	if size.Cmp(big.NewInt(q.limit)) > 0 {
		return nil, usage(fmt.Errorf("%s has %s designs, above --limit %d: raise it, or narrow the space with --fix", name, size, q.limit))
	}
	workers := q.workers
	if workers == 0 {
		workers = runtime.NumCPU()
	}
	w := &walk{size: size.Int64(), goals: goals}
	w.simulator, _ = wrap.Stack(instance, wrap.Options{Pool: wrap.NewPool(workers)})
	return w, nil
}

// run walks the space; a jsonl that is not empty is a new file for every design with its result.
func (w *walk) run(c *cobra.Command, jsonl string) error {
	stop := showBar(c.ErrOrStderr(), w.simulator.Spec().Name, "designs", w.size, &w.done)
	began := time.Now()
	var err error
	if jsonl == "" {
		err = w.evaluate(c.Context(), nil)
	} else {
		err = createNew(jsonl, func(to io.Writer) error {
			out := bufio.NewWriterSize(to, 1<<16)
			return errors.Join(w.evaluate(c.Context(), out), out.Flush())
		})
	}
	stop()
	if err != nil {
		return err
	}
	took := time.Since(began)
	fmt.Fprintf(c.ErrOrStderr(), "%d designs in %s, %.0f a second\n", w.size, took.Round(time.Millisecond), float64(w.size)/took.Seconds())
	return nil
}

// evaluate evaluates all designs, in batches, and looks at the results in the order of the space; each goes to out too, if there is one.
func (w *walk) evaluate(ctx context.Context, out *bufio.Writer) error {
	spec := w.simulator.Spec()
	next := make(space.Point, spec.Space.Len())
	batch := make([]space.Point, 0, walkBatch)
	for more := true; more; {
		batch = batch[:0]
		for more && len(batch) < walkBatch {
			batch = append(batch, slices.Clone(next))
			more = spec.Space.Next(next)
		}
		results, err := w.simulator.Evaluate(ctx, batch)
		if err != nil {
			return err
		}
		for i, r := range results {
			if err := w.look(batch[i], r); err != nil {
				return err
			}
			if out != nil {
				if _, err := out.Write(append(resultLine(spec, batch[i], r), '\n')); err != nil {
					return err
				}
			}
		}
		if w.done != nil {
			w.done.Add(int64(len(batch)))
		}
	}
	return nil
}

// look takes one result into account.
func (w *walk) look(p space.Point, r simulators.Result) error {
	switch {
	case r.Failed != "":
		if w.failed++; w.failed == 1 {
			w.firstFailure = r.Failed
		}
		return nil
	case r.Infeasible != "":
		w.infeasible++
		return nil
	}
	for _, g := range w.goals {
		if err := g.look(p, r); err != nil {
			return err
		}
	}
	return nil
}
