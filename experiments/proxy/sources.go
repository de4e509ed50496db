package proxy

import (
	"context"
	"fmt"
	"hash/fnv"
	"runtime"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// SourceErrors is how well proxies predict that were learned from one source with one number of rows: an evaluation for each repeat of the file.
type SourceErrors struct {
	Source  file.ProxySource
	Rows    int
	Repeats []Evaluation
}

// compare fits a proxy to every source, size and repeat and judges all of them by the same fresh designs. A share of the classes of equal results judges, and
// no row of them is learned from. It returns the proxy of all other rows.
func (s *Study) compare(ctx context.Context, plan *sweep.Plan, rows collected, progress func(string)) (*proxy.Proxy, error) {
	progress(fmt.Sprintf("evaluating %d designs that judge", s.Asked.Judge))
	judge, err := s.judge(ctx, plan, rows.table)
	if err != nil {
		return nil, err
	}
	judge = judge.Subset(side(judge, plan.File.Seed, s.Asked.TestFrac, true))
	pool := side(rows.table, plan.File.Seed, s.Asked.TestFrac, false)
	if len(judge.Rows) == 0 || len(pool) == 0 {
		return nil, fmt.Errorf("%d rows to learn from and %d to judge: %s have too few different results, or designs that judge are too few",
			len(pool), len(judge.Rows), strings.Join(s.Asked.Metrics, ", "))
	}
	sizes := s.Asked.TrainRows
	if len(sizes) == 0 {
		sizes = []int64{0}
	}
	for _, source := range s.Asked.Sources {
		for _, size := range sizes {
			e := SourceErrors{Source: source, Rows: int(size)}
			progress(fmt.Sprintf("fitting to %s rows of %s, %s", count(int(size)), source.Name, report.Counted(plan.File.Repeats, "time")))
			for repeat := range plan.File.Repeats {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				picked, err := rows.pick(pool, source, int(size), repeat)
				if err != nil {
					return nil, err
				}
				p, err := proxy.Fit(rows.table.Subset(picked), s.options(plan.File.Seed+uint64(repeat)))
				if err != nil {
					return nil, fmt.Errorf("source %s: %w", source.Name, err)
				}
				judged, err := Judge(judge, p)
				if err != nil {
					return nil, err
				}
				judged.Train = len(picked)
				e.Repeats = append(e.Repeats, judged)
			}
			s.Sources = append(s.Sources, e)
		}
	}
	return proxy.Fit(rows.table.Subset(pool), s.options(plan.File.Seed))
}

func (s *Study) options(root uint64) proxy.FitOptions {
	return proxy.FitOptions{Metrics: s.Asked.Metrics, Kind: regress.Kind(s.Asked.Kind), Seed: root, Workers: runtime.NumCPU()}
}

// judge draws designs that no agent chose, the same in every scenario, and evaluates them.
func (s *Study) judge(ctx context.Context, plan *sweep.Plan, t *proxy.Table) (*proxy.Table, error) {
	out := t.Subset(nil)
	for i, scenario := range plan.Scenarios {
		task := slices.IndexFunc(t.Tasks, func(k proxy.Task) bool { return k.Name == scenario.Name })
		if task < 0 {
			continue // another scenario has the same settings: its rows are this one's
		}
		in, _, err := plan.Scenarios[i].Designs()
		if err != nil {
			return nil, err
		}
		sp := in.Simulator.Spec().Space
		rng := seed.New(plan.File.Seed, "proxy", "judge")
		seen := map[string]bool{}
		var points []space.Point
		for range 20 * s.Asked.Judge { // a small space runs out of different designs
			p := sp.Sample(rng)
			if in.Repair != nil {
				p, _ = in.Repair(p)
			}
			if key := sp.Key(p); !seen[key] && len(points) < s.Asked.Judge {
				seen[key], points = true, append(points, p)
			}
		}
		sim, _ := wrap.Stack(in, wrap.Options{Pool: wrap.NewPool(runtime.NumCPU())})
		results, err := sim.Evaluate(ctx, points)
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", scenario.Name, err)
		}
		rows, err := judgedRows(in.Simulator.Spec(), t, task, points, results)
		if err != nil {
			return nil, fmt.Errorf("scenario %s: %w", scenario.Name, err)
		}
		out.Rows = append(out.Rows, rows...)
	}
	return out, nil
}

// judgedRows are results as rows of a table like t.
func judgedRows(spec simulators.Spec, t *proxy.Table, task int, points []space.Point, results []simulators.Result) ([]proxy.Row, error) {
	columns, err := columnsIn(spec.Keys(), t.Spec.Keys())
	if err != nil {
		return nil, err
	}
	var rows []proxy.Row
	for i, r := range results {
		if r.Failed != "" {
			continue
		}
		row := proxy.Row{Point: points[i], Task: task, Infeasible: r.Infeasible != ""}
		for _, c := range columns {
			if r.Values != nil {
				row.Values = append(row.Values, r.Values[c])
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// columnsIn finds keys among others.
func columnsIn(keys, wanted []string) ([]int, error) {
	columns := make([]int, len(wanted))
	for i, key := range wanted {
		if columns[i] = slices.Index(keys, key); columns[i] < 0 {
			return nil, fmt.Errorf("there is no metric %s", key)
		}
	}
	return columns, nil
}

// class is what a row has in common with others that must not be on another side: its result, or of an infeasible one its design.
func class(s space.Space, r *proxy.Row) uint64 {
	h := fnv.New64a()
	if r.Infeasible {
		fmt.Fprint(h, s.Key(r.Point)) // a hash takes everything
	} else {
		fmt.Fprint(h, r.Values)
	}
	return h.Sum64()
}

// side parts rows by their classes: those that may judge, and the others.
func side(t *proxy.Table, root uint64, frac float64, judges bool) []int {
	var rows []int
	for i := range t.Rows {
		if dataset.Side(root, class(t.Spec.Space, &t.Rows[i]), frac) == judges {
			rows = append(rows, i)
		}
	}
	return rows
}

// count is a number of rows in a message; 0 = all there are.
func count(rows int) string {
	if rows == 0 {
		return "all"
	}
	return fmt.Sprint(rows)
}

// pick is the first rows of different designs of a source's agents, in the order of their trials: as many of each agent and task, of the repeat; with size 0 all
// there are.
func (c collected) pick(pool []int, source file.ProxySource, size, repeat int) ([]int, error) {
	of := map[[2]int][]int{} // agent and task: rows
	seen := map[string]bool{}
	for _, i := range pool {
		study := c.studies[c.of[i]]
		agent := slices.IndexFunc(source.Agents, func(name string) bool { return study.Label == name || strings.HasPrefix(study.Label, name+" ") })
		key := fmt.Sprint(agent, c.table.Rows[i].Task, c.table.Rows[i].Point)
		if agent < 0 || study.Repeat != repeat || seen[key] {
			continue
		}
		seen[key] = true
		at := [2]int{agent, c.table.Rows[i].Task}
		of[at] = append(of[at], i)
	}
	shares := len(source.Agents) * len(c.table.Tasks)
	var rows []int
	for agent, name := range source.Agents {
		for task := range c.table.Tasks {
			quota := size / shares
			if agent*len(c.table.Tasks)+task < size%shares {
				quota++
			}
			list := of[[2]int{agent, task}]
			if size == 0 {
				quota = len(list)
			}
			if len(list) < quota {
				return nil, fmt.Errorf("source %s: agent %s has %d different designs in scenario %s, repeat %d, that do not judge; %d rows need %d of it",
					source.Name, name, len(list), c.table.Tasks[task].Name, repeat, size, quota)
			}
			rows = append(rows, list[:quota]...)
		}
	}
	slices.Sort(rows)
	return rows, nil
}
