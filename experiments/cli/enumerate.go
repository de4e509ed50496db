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

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func (p Program) enumerate() *cobra.Command {
	var names []string
	for _, f := range p.Catalog.Simulators {
		names = append(names, f.Name)
	}
	var w walk
	var program string
	c := &cobra.Command{
		Use: "enumerate SIMULATOR", Short: "evaluate every design of a space: the true optimum of each objective",
		Long: "Walks all canonical designs in parallel and prints, for each --minimise and --maximise term, its best value within the bounds, how many\n" +
			"designs reach it, and the first of them. A term is a metric or an expression over metrics (see `describe`). Without terms it prints\n" +
			"the least and the greatest value of every metric.",
		Args: namedOrProgram(&program, cobra.ExactArgs(1), cobra.NoArgs), ValidArgsFunction: completeFirst(names),
		RunE: func(c *cobra.Command, a []string) error {
			return p.withProgram(c.Context(), program, a, func(catalog sweep.Catalog, name string, _ bool) error {
				at := slices.IndexFunc(catalog.Simulators, func(f simulators.Factory) bool { return f.Name == name })
				if at < 0 {
					return usage(suggest.Unknown("simulator", name, names))
				}
				if err := w.open(catalog.Simulators[at]); err != nil {
					return err
				}
				return w.run(c)
			})
		},
	}
	c.Flags().StringArrayVar(&w.set, "set", nil, "a setting, `key=value`; repeatable")
	programFlag(c, &program)
	c.Flags().StringArrayVar(&w.fix, "fix", nil, "only these levels of an axis, `axis=level[,level…]`; repeatable")
	c.Flags().StringArrayVar(&w.minimise, "minimise", nil, "a `term` to minimise; repeatable")
	c.Flags().StringArrayVar(&w.maximise, "maximise", nil, "a `term` to maximise; repeatable")
	c.Flags().StringArrayVar(&w.atMost, "at-most", nil, "a bound, `term=value`, that designs must keep to be best; repeatable")
	c.Flags().StringArrayVar(&w.atLeast, "at-least", nil, "a bound, `term=value`, likewise")
	c.Flags().StringVar(&w.jsonl, "jsonl", "", "write every design with its result into this new `file`, in the order of the space")
	c.Flags().Int64Var(&w.limit, "limit", 10_000_000, "refuse a space of more than `N` designs")
	c.Flags().IntVar(&w.workers, "workers", 0, "evaluations at a time (0 = one a CPU); never changes results")
	return c
}

// walk is one `enumerate`.
type walk struct {
	set, fix, minimise, maximise, atMost, atLeast []string
	jsonl                                         string
	limit                                         int64
	workers                                       int

	simulator simulators.Simulator
	size      int64
	goals     []*optimum
	done      *atomic.Int64 // designs so far; nil = nobody asks

	infeasible, failed int64
	firstFailure       string
}

// walkBatch is how many designs are evaluated between two looks at the results: enough to keep many workers busy.
const walkBatch = 1024

// open makes the simulator, narrowed to the wanted levels, and the objectives.
func (w *walk) open(f simulators.Factory) error {
	if w.workers < 0 || w.workers > maxWorkers {
		return usage(fmt.Errorf("--workers %d is not in [0, %d]", w.workers, maxWorkers))
	}
	given, err := parseSet(f.Settings, w.set)
	if err != nil {
		return err
	}
	instance, _, err := f.Open(given)
	if err != nil {
		return usage(err)
	}
	fix, err := parseFix(w.fix)
	if err != nil {
		return usage(err)
	}
	if instance, err = simulators.Narrow(instance, fix); err != nil {
		return usage(err)
	}
	if w.goals, err = w.openGoals(instance.Simulator.Spec().Metrics); err != nil {
		return usage(err)
	}
	size := instance.Simulator.Spec().Space.Size()
	if size.Cmp(big.NewInt(w.limit)) > 0 {
		return usage(fmt.Errorf("%s has %s designs, above --limit %d: raise it, or narrow the space with --fix", f.Name, size, w.limit))
	}
	w.size = size.Int64()
	if w.workers == 0 {
		w.workers = runtime.NumCPU()
	}
	w.simulator, _ = wrap.Stack(instance, wrap.Options{Pool: wrap.NewPool(w.workers)})
	return nil
}

// run walks the space and prints what it found.
func (w *walk) run(c *cobra.Command) error {
	stop := showBar(c.ErrOrStderr(), w.simulator.Spec().Name, "designs", w.size, &w.done)
	began := time.Now()
	var err error
	if w.jsonl == "" {
		err = w.evaluate(c.Context(), nil)
	} else {
		err = createNew(w.jsonl, func(to io.Writer) error {
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
	return w.print(c.OutOrStdout())
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

// openGoals makes the objectives: one a term, or for want of terms both directions of every metric.
func (w *walk) openGoals(metrics []simulators.Metric) ([]*optimum, error) {
	bounds := objective.Config{Kind: objective.Spec}
	var errs []error
	var err error
	bounds.AtMost, err = parseBounds("at-most", w.atMost)
	errs = append(errs, err)
	bounds.AtLeast, err = parseBounds("at-least", w.atLeast)
	errs = append(errs, err)
	minimise, maximise := w.minimise, w.maximise
	if len(minimise)+len(maximise) == 0 {
		for _, m := range metrics {
			minimise, maximise = append(minimise, m.Key()), append(maximise, m.Key())
		}
	}
	var goals []*optimum
	add := func(terms []string, direction string, at func(*objective.Config) *[]string) {
		for _, t := range terms {
			c := bounds
			*at(&c) = []string{t}
			o, err := objective.New(c, metrics)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			goals = append(goals, &optimum{objective: o, direction: direction})
		}
	}
	add(minimise, "min", func(c *objective.Config) *[]string { return &c.Minimise })
	add(maximise, "max", func(c *objective.Config) *[]string { return &c.Maximise })
	return goals, errors.Join(errs...)
}
