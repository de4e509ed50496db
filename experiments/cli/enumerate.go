package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

func (p Program) enumerate() *cobra.Command {
	var names []string
	for _, f := range p.Catalog.Simulators {
		names = append(names, f.Name)
	}
	var q question
	var program string
	c := &cobra.Command{
		Use: "enumerate SIMULATOR|FILE.toml", Short: "evaluate every design of a space: the true optimum of each objective",
		Long: "Walks all canonical designs in parallel and prints, for each --minimise and --maximise term, its best value within the bounds, how many\n" +
			"designs reach it, the mean of all evaluated designs, and the first of the best. A term is a metric or an expression over metrics\n" +
			"(see `describe`). Without terms it prints the least and the greatest value of every metric. Of an experiment file it prints the\n" +
			"optimum of each scenario, and fails where the file states another one. With --out all designs go into a results folder, a Parquet dataset\n" +
			"behind a journal: an enumeration that was interrupted or killed continues with --resume.",
		Args: namedOrProgram(&program, cobra.ExactArgs(1), cobra.NoArgs), ValidArgsFunction: completeFirst(slices.Concat(names, p.experiments())),
		RunE: func(c *cobra.Command, a []string) error {
			if q.workers < 0 || q.workers > maxWorkers {
				return usage(fmt.Errorf("--workers %d is not in [0, %d]", q.workers, maxWorkers))
			}
			if q.limit < 1 {
				return usage(fmt.Errorf("--limit %d must be at least 1", q.limit))
			}
			if q.resume && q.out == "" || q.out != "" && (q.jsonl != "" || program != "") {
				return usage(errors.New("--resume continues the folder of --out, which goes neither with --jsonl nor with --command"))
			}
			if len(a) == 1 && (strings.HasSuffix(a[0], ".toml") || slices.Contains(p.experiments(), a[0])) {
				return p.enumerateFile(c, a[0], q)
			}
			return p.withProgram(c.Context(), program, a, func(catalog sweep.Catalog, name string, _ bool) error {
				p.Catalog = catalog
				factory, err := p.simulator(name)
				if err != nil {
					return err
				}
				w, err := q.open(factory)
				if err != nil {
					return err
				}
				if q.out != "" {
					return p.enumerateInto(c, factory, &q, w)
				}
				if err := w.run(c, q.jsonl); err != nil {
					if c.Context().Err() != nil && program == "" {
						return fmt.Errorf("%w: nothing is kept without --out; with a folder there --resume continues", errInterrupted)
					}
					return err
				}
				return w.print(c.OutOrStdout())
			})
		},
	}
	c.Flags().StringArrayVar(&q.set, "set", nil, "a setting, `key=value`; repeatable")
	programFlag(c, &program)
	c.Flags().StringArrayVar(&q.fix, "fix", nil, "only these levels of an axis, `axis=level[,level…]`; repeatable")
	c.Flags().StringArrayVar(&q.minimise, "minimise", nil, "a `term` to minimise; repeatable")
	c.Flags().StringArrayVar(&q.maximise, "maximise", nil, "a `term` to maximise; repeatable")
	c.Flags().StringArrayVar(&q.atMost, "at-most", nil, "a bound, `term=value`, that designs must keep to be best; repeatable")
	c.Flags().StringArrayVar(&q.atLeast, "at-least", nil, "a bound, `term=value`, likewise")
	c.Flags().StringVar(&q.jsonl, "jsonl", "", "write every design with its result into this new `file`, in the order of the space")
	c.Flags().StringVar(&q.out, "out", "", "keep every design in this results `folder`: journal and Parquet dataset, which trials, best and dataset read")
	c.Flags().BoolVar(&q.resume, "resume", false, "continue an unfinished folder of the same enumeration")
	_ = c.MarkFlagDirname("out") // fails for an unknown flag only
	c.Flags().Int64Var(&q.limit, "limit", 10_000_000, "refuse a space of more than `N` designs")
	c.Flags().IntVar(&q.workers, "workers", 0, "evaluations at a time (0 = one a CPU); never changes results")
	return c
}

// question is what the flags ask.
type question struct {
	set, fix, minimise, maximise, atMost, atLeast []string
	jsonl, out                                    string
	resume                                        bool
	limit                                         int64
	workers                                       int
}

// open makes the simulator, narrowed to the wanted levels, and the objectives.
func (q *question) open(f simulators.Factory) (*walk, error) {
	given, err := parseSet(f.Settings, q.set)
	if err != nil {
		return nil, err
	}
	instance, _, err := f.Open(given)
	if err != nil {
		return nil, usage(err)
	}
	fix, err := parseFix(q.fix)
	if err != nil {
		return nil, usage(err)
	}
	if instance, err = simulators.Narrow(instance, fix); err != nil {
		return nil, usage(err)
	}
	goals, err := q.goals(instance.Simulator.Spec().Metrics)
	if err != nil {
		return nil, usage(err)
	}
	return newWalk(f.Name, instance, goals, q)
}

// goals makes the objectives: one a term, or for want of terms both directions of every metric.
func (q *question) goals(metrics []simulators.Metric) ([]*optimum, error) {
	bounds := objective.Config{Kind: objective.Spec}
	var errs []error
	var err error
	bounds.AtMost, err = parseBounds("at-most", q.atMost)
	errs = append(errs, err)
	bounds.AtLeast, err = parseBounds("at-least", q.atLeast)
	errs = append(errs, err)
	minimise, maximise := q.minimise, q.maximise
	if len(minimise)+len(maximise) == 0 {
		for _, m := range metrics {
			minimise, maximise = append(minimise, m.Key()), append(maximise, m.Key())
		}
	}
	var goals []*optimum
	add := func(terms []string, at func(*objective.Config) *[]string) {
		for _, t := range terms {
			c := bounds
			*at(&c) = []string{t}
			o, err := objective.New(c, metrics)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			goals = append(goals, &optimum{objective: o})
		}
	}
	add(minimise, func(c *objective.Config) *[]string { return &c.Minimise })
	add(maximise, func(c *objective.Config) *[]string { return &c.Maximise })
	return goals, errors.Join(errs...)
}
