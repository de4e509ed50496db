package cli

import (
	"fmt"
	"io"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/simulators"
)

// optimum is the best found value of one objective.
type optimum struct {
	objective objective.Objective
	scenario  string // of an experiment file; empty = none
	best      float64
	designs   int64       // that reach it
	first     space.Point // of them; nil = no design keeps the bounds
	sum       float64     // of the scores of all evaluated designs, whatever the bounds
	evaluated int64
}

// look takes one evaluated design into account.
func (o *optimum) look(p space.Point, r simulators.Result) error {
	score, err := o.objective.Score(r)
	if err != nil {
		return err
	}
	o.sum += score.Objectives[0]
	o.evaluated++
	if slices.ContainsFunc(score.Violations, func(v float64) bool { return v > 0 }) {
		return nil
	}
	switch v := score.Objectives[0]; {
	case o.first == nil || v > o.best:
		o.best, o.designs, o.first = v, 1, p
	case v == o.best:
		o.designs++
	}
	return nil
}

// value is the best value as the term has it.
func (o *optimum) value() float64 {
	return results.Natural(dataset.Term(o.objective.Objectives()[0]), o.best)
}

// mean is the average of the evaluated designs, as the term has it: what a random design is worth.
func (o *optimum) mean() float64 {
	return results.Natural(dataset.Term(o.objective.Objectives()[0]), o.sum/float64(o.evaluated))
}

// name is what was best: the direction and the term.
func (o *optimum) name() string {
	term := o.objective.Objectives()[0]
	name := "max " + term.Name
	if term.Minimise {
		name = "min " + term.Name
	}
	if o.scenario != "" {
		name = o.scenario + ": " + name
	}
	return name
}

// print writes the optima, a failure being the command's own.
func (w *walk) print(out io.Writer) error {
	s := w.simulator.Spec().Space
	fmt.Fprintf(out, "%d designs: %d evaluated, %d infeasible\n\n", w.size, w.size-w.infeasible-w.failed, w.infeasible)
	table := newTable(out)
	fmt.Fprintln(table, "objective\tbest\tdesigns\tmean of all\tthe first of them")
	for _, g := range w.goals {
		if g.first == nil {
			fmt.Fprintf(table, "%s\t-\t0\t-\tno design keeps the bounds\n", g.name())
			continue
		}
		fmt.Fprintf(table, "%s\t%.10g\t%d\t%.6g\t%s\n", g.name(), g.value(), g.designs, g.mean(), designText(s, g.first))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if w.failed > 0 {
		return fmt.Errorf("%d designs failed; the first: %s", w.failed, w.firstFailure)
	}
	return nil
}
