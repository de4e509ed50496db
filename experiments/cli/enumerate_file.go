package cli

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// sameOptimum is how far a stated optimum may be from the true one, in parts of it: it is written down with few digits.
const sameOptimum = 1e-9

// enumerateFile prints the optimum of each scenario of an experiment file, walking once through scenarios that share their designs, and
// reports those whose file states another one.
func (p Program) enumerateFile(c *cobra.Command, path string, q question) (err error) {
	for _, flag := range []string{"set", "fix", "minimise", "maximise", "at-most", "at-least", "jsonl", "out"} {
		if c.Flags().Changed(flag) {
			return usage(fmt.Errorf("--%s is for one simulator: the scenarios of %s say what is asked of theirs", flag, path))
		}
	}
	plan, err := p.plan(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, plan.Close()) }()
	walks, err := fileWalks(plan, &q)
	if err != nil {
		return err
	}
	var wrong []error
	for _, w := range walks {
		if err := w.run(c, ""); err != nil {
			return err
		}
		if err := w.print(c.OutOrStdout()); err != nil {
			return err
		}
		for _, g := range w.goals {
			wrong = append(wrong, g.contradicts(plan))
		}
		fmt.Fprintln(c.OutOrStdout())
	}
	return errors.Join(wrong...)
}

// fileWalks is a walk for each group of scenarios about the same designs.
func fileWalks(plan *sweep.Plan, q *question) ([]*walk, error) {
	var walks []*walk
	var errs []error
	for _, group := range plan.SameDesigns() {
		var instance simulators.Instance
		var goals []*optimum
		for _, i := range group {
			s := plan.Scenarios[i]
			same, goal, err := s.Designs()
			if err == nil && len(goal.Objectives()) > 1 {
				err = fmt.Errorf("scenario %s has %d objectives: a front, and no one optimum", s.Name, len(goal.Objectives()))
			}
			if err != nil {
				errs = append(errs, err)
				continue
			}
			instance, goals = same, append(goals, &optimum{objective: goal, scenario: s.Name})
		}
		if len(goals) == 0 {
			continue
		}
		w, err := newWalk(goals[0].scenario, instance, goals, q)
		walks, errs = append(walks, w), append(errs, err)
	}
	return walks, usage(errors.Join(errs...))
}

// contradicts says that the file states another optimum than the one found.
func (o *optimum) contradicts(plan *sweep.Plan) error {
	for i, s := range plan.Scenarios {
		if s.Name != o.scenario || s.Optimum == nil {
			continue
		}
		stated := *s.Optimum
		at := plan.File.At("scenario", i, "optimum")
		switch {
		case o.first == nil:
			return plan.File.Errorf(at, "scenario %s: the stated optimum is %v, but no design keeps the bounds", s.Name, stated)
		case math.Abs(stated-o.value()) > sameOptimum*math.Abs(o.value()):
			return plan.File.Errorf(at, "scenario %s: the stated optimum is %v, the true one %s",
				s.Name, stated, strconv.FormatFloat(o.value(), 'g', -1, 64))
		}
	}
	return nil
}
