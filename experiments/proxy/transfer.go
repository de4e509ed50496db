package proxy

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// Transferred is how well one task is predicted by a proxy of the others, corrected by a few of its rows, and by a proxy of these rows alone.
type Transferred struct {
	Task        string
	Shots       int          // rows of the task
	Corrected   []Evaluation // of each seed
	Blind       []Evaluation // of each seed: as Corrected, by a proxy that knows no features of the task
	FromScratch []Evaluation // of each seed; none where the rows are too few to fit to
}

// TransferOptions say how tasks are held out.
type TransferOptions struct {
	Tasks    []string // held out, each in turn; none = all
	Shots    []int    // rows of the task that is held out
	Seeds    int      // splits, with the seeds from Fit.Seed on
	TestFrac float64  // share of the groups that judge
	Fit      proxy.FitOptions
}

// Transfer holds out one task after the other. The same groups judge everything of a seed: neither the proxy of the other tasks nor what is learned from the task has
// rows of them.
func Transfer(ctx context.Context, t *proxy.Table, o TransferOptions, progress func(string)) ([]Transferred, error) {
	if len(t.Tasks) < 2 {
		return nil, errors.New("a task that is new needs others that are known: the rows are of one")
	}
	for _, name := range o.Tasks {
		if !slices.ContainsFunc(t.Tasks, func(k proxy.Task) bool { return k.Name == name }) {
			return nil, suggest.Unknown("scenario", name, taskNames(t))
		}
	}
	var list []Transferred
	for task, k := range t.Tasks {
		if len(o.Tasks) > 0 && !slices.Contains(o.Tasks, k.Name) {
			continue
		}
		first := len(list)
		for _, shots := range o.Shots {
			list = append(list, Transferred{Task: k.Name, Shots: shots})
		}
		for s := range o.Seeds {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress(fmt.Sprintf("holding out %s, split %d of %d", k.Name, s+1, o.Seeds))
			fit := o.Fit
			fit.Seed += uint64(s)
			if err := transfer(t, task, fit, o.TestFrac, list[first:]); err != nil {
				return nil, fmt.Errorf("task %s: %w", k.Name, err)
			}
		}
	}
	return list, nil
}

// transfer holds out one task in one split, and adds to its results.
func transfer(t *proxy.Table, task int, o proxy.FitOptions, testFrac float64, list []Transferred) error {
	train, test, err := Split{Seed: o.Seed, TestFrac: testFrac}.Part(t)
	if err != nil {
		return err
	}
	own := func(i int) bool { return t.Rows[i].Task == task }
	others := slices.DeleteFunc(slices.Clone(train), own)
	pool := slices.DeleteFunc(train, func(i int) bool { return !own(i) })
	judge := alone(t, task, slices.DeleteFunc(test, func(i int) bool { return !own(i) }))
	base, err := proxy.Fit(without(t, task, others), o)
	if err != nil {
		return err
	}
	rng := seed.New(o.Seed, "proxy", "shots")
	rng.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	for k := range list {
		shots := list[k].Shots
		if shots > len(pool) {
			return fmt.Errorf("%d rows are asked for, %d do not judge", shots, len(pool))
		}
		few := alone(t, task, pool[:shots])
		blind := *few
		blind.Tasks = []proxy.Task{{Name: few.Tasks[0].Name, Settings: few.Tasks[0].Settings}}
		for _, by := range []struct {
			rows *proxy.Table
			into *[]Evaluation
		}{{few, &list[k].Corrected}, {&blind, &list[k].Blind}} {
			corrected, err := base.Correct(by.rows, o)
			if err != nil {
				return err
			}
			e, err := Judge(judge, corrected)
			if err != nil {
				return err
			}
			e.only(o.Metrics)
			*by.into = append(*by.into, e)
		}
		var e Evaluation
		scratch, err := proxy.Fit(few, o)
		if errors.Is(err, proxy.ErrTooFew) {
			continue
		}
		if err == nil {
			e, err = Judge(judge, scratch)
		}
		if err != nil {
			return err
		}
		e.only(o.Metrics)
		list[k].FromScratch = append(list[k].FromScratch, e)
	}
	return nil
}

// alone is the rows of one task as a table of that task.
func alone(t *proxy.Table, task int, rows []int) *proxy.Table {
	out := t.Subset(rows)
	out.Tasks = t.Tasks[task : task+1]
	for i := range out.Rows {
		out.Rows[i].Task = 0
	}
	return out
}

// without is rows of the other tasks as a table without the task.
func without(t *proxy.Table, task int, rows []int) *proxy.Table {
	out := t.Subset(rows)
	out.Tasks = slices.Delete(slices.Clone(t.Tasks), task, task+1)
	for i, r := range out.Rows {
		if r.Task > task {
			out.Rows[i].Task--
		}
	}
	return out
}

// TransferTable shows the curves.
func TransferTable(list []Transferred) report.Extra {
	t := report.Extra{
		Title:   "Proxy: a task that is new to it, from few rows",
		Columns: []string{"new task", "metric", "rows", "RMSE/mean", "Spearman", "covered", "top-10 regret", "without features: RMSE/mean", "from scratch: RMSE/mean", "Spearman "},
		Note: "The proxy of the other tasks, corrected by so many rows of the new one; without rows it goes by the features of the task, or by the mean of the known ones where no feature is surely better. " +
			"Beside it the same without features, and a proxy of these rows alone (- where they are fewer than the features of designs). What judges shares no " +
			"outcome with any row that was learned from. Medians over the splits.",
	}
	for _, r := range list {
		for _, target := range r.Corrected[0].Targets {
			middle := func(list []Evaluation, of func(TargetErrors) float64) float64 {
				values := targets(list, target.Key, of)
				if len(values) == 0 {
					return math.NaN()
				}
				return median(values)
			}
			rank := "-"
			if v := middle(r.FromScratch, spearman); v == v {
				rank = fmt.Sprintf("%.4f", v)
			}
			t.Rows = append(t.Rows, []string{
				r.Task, target.Key, fmt.Sprint(r.Shots), percent(middle(r.Corrected, relativeRMSE)), fmt.Sprintf("%.4f", middle(r.Corrected, spearman)),
				percent(middle(r.Corrected, coverage)), percent(middle(r.Corrected, func(t TargetErrors) float64 { return t.TopRegret })), percent(middle(r.Blind, relativeRMSE)), percent(middle(r.FromScratch, relativeRMSE)), rank,
			})
		}
	}
	return t
}
