package report

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// Sweep is what a report is made of.
type Sweep struct {
	Title     string
	Command   string   // runs the sweep again
	Notes     []string // what a reader must know first: interrupted, ended by a time limit
	LogTrials bool     // figures count trials on a logarithmic axis
	Scenarios []Scenario
	Manifest  []Pair // versions, machine, hashes
}

// Pair is a name and its value as text, with the unit.
type Pair struct{ Name, Value string }

// Scenario is one problem that every agent worked on.
type Scenario struct {
	Name               string
	Simulator, Version string
	Objectives         []objective.Term // at least one; the first one is the score
	Constraints        []objective.Term
	Agents             []AgentRuns // in the order of the experiment file
}

// AgentRuns is an agent with its hyper-parameters, run with several seeds.
type AgentRuns struct {
	Label string
	Runs  []Run
}

// Run is one seed of one agent. Trials are counted from 1.
type Run struct {
	Repeat             int // number of the repetition, each with a seed of its own
	Trials             int // told so far; 0 = not begun
	Unique             int // different designs among them
	Failed, Infeasible int // evaluations that broke; designs that cannot exist
	AgentS, SimulatorS float64
	Curve              []stats.Step // best score so far, only where it changes; empty while no design meets every constraint
	FirstSpec          int          // trials spent when all constraints first held; 0 = never
	BestDesign         []Pair       // axes of the design with the best score; empty without one
	BestMetrics        []Pair       // its metrics
	Front              [][]float64  // non-dominated designs: values in natural units, parallel to Scenario.Tradeoff
}

// Tradeoff is what the figure of the trade-off shows: the objectives when there are several, of designs that meet every constraint; else the
// only objective and the first constraint's value (a lower value is better for an at-most constraint), of all evaluated designs, whether
// they meet the constraint or not; nil without constraints.
func (s Scenario) Tradeoff() []objective.Term {
	switch {
	case len(s.Objectives) > 1:
		return s.Objectives
	case len(s.Objectives) == 1 && len(s.Constraints) > 0:
		limit := s.Constraints[0]
		limit.Minimise = !limit.AtLeast
		return []objective.Term{s.Objectives[0], limit}
	}
	return nil
}

// Front keeps the rows that no other row dominates, each value once: ascending, values in natural units and parallel to the terms.
func Front(terms []objective.Term, rows [][]float64) [][]float64 {
	scores := make([][]float64, len(rows))
	for i, row := range rows {
		scores[i] = slices.Clone(row)
		for j, term := range terms {
			if term.Minimise {
				scores[i][j] = -row[j]
			}
		}
	}
	front := make([][]float64, 0, len(rows))
	for _, i := range stats.Front(scores) {
		front = append(front, rows[i])
	}
	slices.SortFunc(front, slices.Compare)
	return slices.CompactFunc(front, slices.Equal)
}

// check reports everything in the sweep that cannot be shown.
func (s Sweep) check() error {
	var faults []error
	for _, scenario := range s.Scenarios {
		if len(scenario.Objectives) == 0 {
			faults = append(faults, fmt.Errorf("report: scenario %q has no objective", scenario.Name))
			continue
		}
		terms := len(scenario.Tradeoff())
		for _, agent := range scenario.Agents {
			for _, run := range agent.Runs {
				if err := run.check(scenario.Objectives[0].Minimise, terms); err != nil {
					faults = append(faults, fmt.Errorf("report: scenario %q: agent %q: repeat %d: %w", scenario.Name, agent.Label, run.Repeat, err))
				}
			}
		}
	}
	return errors.Join(faults...)
}

func (r Run) check(minimise bool, terms int) error {
	last, best := 0, worst(minimise)
	for _, step := range r.Curve {
		if step.Trials <= last || step.Trials > r.Trials {
			return fmt.Errorf("curve: step at trial %d out of order or range [1, %d]", step.Trials, r.Trials)
		}
		if infinite(step.Best) || !better(minimise, step.Best, best) {
			return fmt.Errorf("curve: value %g at trial %d is not a finite one better than %g", step.Best, step.Trials, best)
		}
		last, best = step.Trials, step.Best
	}
	if r.FirstSpec < 0 || r.FirstSpec > r.Trials {
		return fmt.Errorf("first trial to spec %d out of range [0, %d]", r.FirstSpec, r.Trials)
	}
	for i, row := range r.Front {
		if len(row) == 0 || len(row) != terms || slices.ContainsFunc(row, infinite) {
			return fmt.Errorf("front: row %d is %v: want %d finite values", i, row, terms)
		}
	}
	return nil
}

// infinite is true of a NaN too.
func infinite(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
