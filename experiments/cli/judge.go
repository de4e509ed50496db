package cli

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/proxy"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	model "github.com/codesign-gym/codesign/simulators/proxy"
)

// judging is the flags that say how to judge.
type judging struct {
	fitting
	split  proxy.Split
	trains []int
	seeds  int
}

func (j *judging) flags(c *cobra.Command) {
	j.fitting.flags(c)
	splitFlags(c, &j.split.TestFrac, &j.seeds)
	c.Flags().StringVar(&j.split.Holdout, "holdout", "", "judge by all rows of a `scenario`, which none is learned from")
	c.Flags().IntSliceVar(&j.trains, "train-rows", nil, "learn from so many `rows`; several give a learning curve (default: all that do not judge)")
	j.budgets(c, "how well the proxy tells the designs that meet all of them")
}

// evaluations fits and judges a kind for every size and seed.
func (j *judging) evaluations(ctx context.Context, t *model.Table, kind regress.Kind) ([]proxy.Evaluation, error) {
	if err := checkSplits(j.split.TestFrac, j.seeds); err != nil {
		return nil, err
	}
	sizes := j.trains
	if len(sizes) == 0 {
		sizes = []int{0} // all rows
	} else if slices.Min(sizes) < 1 {
		return nil, usage(fmt.Errorf("--train-rows %d is not a number of rows", slices.Min(sizes)))
	}
	if err := j.readBudgets(); err != nil {
		return nil, usage(err)
	}
	var list []proxy.Evaluation
	for _, rows := range sizes {
		for k := range j.seeds {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			split, o := j.split, j.o
			split.TrainRows, split.Seed, o.Kind = rows, j.o.Seed+uint64(k), kind
			o.Seed = split.Seed
			e, _, err := proxy.Evaluate(t, split, o)
			if err != nil {
				return nil, usage(err)
			}
			list = append(list, e)
		}
	}
	return list, nil
}

// splitFlags are how much of a dataset judges, and in how many splits.
func splitFlags(c *cobra.Command, testFrac *float64, seeds *int) {
	c.Flags().Float64Var(testFrac, "test", 0.2, "`share` of the groups that judge, between 0 and 1")
	c.Flags().IntVar(seeds, "seeds", 1, "`splits` with the seeds from --seed on")
}

// checkSplits refuses what splitFlags cannot be.
func checkSplits(testFrac float64, seeds int) error {
	switch {
	case seeds < 1 || seeds > 1000:
		return usage(fmt.Errorf("--seeds %d is not in [1, 1000]", seeds))
	case !(testFrac > 0 && testFrac < 1):
		return usage(fmt.Errorf("--test %v is not between 0 and 1", testFrac))
	}
	return nil
}

func (p Program) proxyEval() *cobra.Command {
	var j judging
	var file string
	c := &cobra.Command{
		Use: "eval DIR", Short: "the error of a proxy on designs, outcomes or workloads that it has not seen",
		Long: "Fits a proxy to one part of the dataset and judges it by the other, which shares no design and no outcome with it; or judges the proxy in a\n" +
			"file (--proxy) by the whole dataset, which it must not have learned from.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			t, err := j.table(p, c, a[0])
			if err != nil {
				return err
			}
			var list []proxy.Evaluation
			if file == "" {
				list, err = j.evaluations(c.Context(), t, j.o.Kind)
			} else {
				list, err = j.judgeFile(c.ErrOrStderr(), t, file)
			}
			if err != nil {
				return err
			}
			return proxy.WriteEvaluations(c.OutOrStdout(), list)
		},
	}
	j.flags(c)
	j.oneKind(c)
	c.Flags().StringVar(&file, "proxy", "", "judge the proxy in this `file`")
	return c
}

// apart names a task by the settings that a proxy was fitted to several values of, or to another one; by its own name where there are none.
func apart(f *model.File, task model.Task) string {
	var words []string
	for _, key := range slices.Sorted(maps.Keys(task.Settings)) {
		value := fmt.Sprint(task.Settings[key])
		if known, shared := f.Common[key]; !shared || fmt.Sprint(known) != value {
			words = append(words, key+"="+value)
		}
	}
	if len(words) == 0 {
		return task.Name
	}
	return strings.Join(words, ",")
}

// judgeFile judges a proxy that is there.
func (j *judging) judgeFile(notes io.Writer, t *model.Table, path string) ([]proxy.Evaluation, error) {
	if err := j.readBudgets(); err != nil {
		return nil, usage(err)
	}
	fitted, err := model.ReadFile(path)
	if err != nil {
		return nil, usage(err)
	}
	if f := fitted.File(); f.Simulator != t.Spec.Name || f.Version != t.Spec.Version {
		return nil, usage(fmt.Errorf("%s is of %s %s, the rows are of %s %s", path, f.Simulator, f.Version, t.Spec.Name, t.Spec.Version))
	}
	for _, task := range t.Tasks {
		if fitted.Task(task.Settings) < 0 {
			fmt.Fprintf(notes, "note: %s has not learned %s: it is told by what is known of the others\n", path, apart(fitted.File(), task))
		}
	}
	fmt.Fprintf(notes, "note: it was learned from %s: if these rows are among them, the figures say nothing of its error\n", report.Counted(fitted.File().Rows, "row"))
	e, err := proxy.Judge(t, fitted, j.o.Budgets...)
	e.Train = fitted.File().Rows
	return []proxy.Evaluation{e}, usage(err)
}

func (p Program) proxyCompare() *cobra.Command {
	var j judging
	kinds := regress.Kinds()
	c := &cobra.Command{
		Use: "compare DIR", Short: "the errors of several sorts of models side by side", Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			for _, kind := range kinds {
				if !slices.Contains(regress.Kinds(), kind) {
					return usage(fmt.Errorf("--kinds: %q is not one of %s", kind, strings.Join(regress.Kinds(), ", ")))
				}
			}
			t, err := j.table(p, c, a[0])
			if err != nil {
				return err
			}
			var list []proxy.Evaluation
			for _, kind := range kinds {
				more, err := j.evaluations(c.Context(), t, regress.Kind(kind))
				if err != nil {
					return err
				}
				list = append(list, more...)
			}
			return proxy.WriteEvaluations(c.OutOrStdout(), list)
		},
	}
	j.flags(c)
	c.Flags().StringSliceVar(&kinds, "kinds", kinds, "sorts of `models`")
	return c
}
