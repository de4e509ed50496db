package report

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// Sweep is what a report is made of.
type Sweep struct {
	Title     string
	Command   string   // runs the sweep again
	Notes     []string // what a reader must know first: interrupted, ended by a time limit
	LogTrials bool     // figures count trials on a logarithmic axis
	Scenarios []Scenario
	Extras    []Extra // further tables, behind the scenarios
	Manifest  []Pair  // versions, machine, hashes
}

// Pair is a name and its value as text, with the unit.
type Pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Scenario is one problem that every agent worked on.
type Scenario struct {
	Name               string
	Simulator, Version string
	Fidelity           string           // of the simulator; empty = the true model
	Objectives         []objective.Term // at least one; the only one is the score, of several the hypervolume is
	Constraints        []objective.Term
	Warm               int         // trials of earlier results that the agents were told first
	Optimum            *float64    // the best value there is of the only objective; nil = unknown
	Published          []Published // results of others
	Agents             []AgentRuns // in the order of the experiment file
	FrontSize          int         // of several objectives: designs of the joint front of all runs, each value once
	FrontDesigns       []Design    // some of them, or all: ascending by the first objective
	Fronts             []Design    // of every agent's front, with Objectives parallel to Tradeoff: what a reader may ask about its points; not all need be there
	Explained          []Explained // of the best designs; empty where the simulator explains none
	Rechecks           []Recheck   // of the best designs, a tool each
}

// Model names what evaluated the designs: the simulator, its version, and a fidelity that is not the true one.
func (s Scenario) Model() string {
	model := s.Simulator + " " + s.Version
	if s.Fidelity != "" {
		model += ", fidelity " + s.Fidelity
	}
	return model
}

// Design is one of the best designs of a scenario. Study and Trial are the numbers in the dataset, from 0.
type Design struct {
	Agent      string    `json:"agent"` // label
	Study      int       `json:"study"`
	Repeat     int       `json:"repeat"`
	Trial      int       `json:"trial"`
	Objectives []float64 `json:"objectives"` // in natural units
	Axes       []Pair    `json:"axes"`
	Metrics    []Pair    `json:"metrics"`
}

// AgentRuns is an agent with one setting of its hyper-parameters, run with several seeds.
type AgentRuns struct {
	Label   string
	Family  string // the agent without its setting; empty = Label
	Kind    string // of the catalogue
	Options []Pair // its hyper-parameters
	Runs    []Run
}

// Run is one seed of one agent. Trials are counted from 1.
type Run struct {
	Study              int     // number in the dataset, from 0
	Repeat             int     // number of the repetition, each with a seed of its own
	Trials             int     // told so far; 0 = not begun
	Unique             int     // different designs among them
	Failed, Infeasible int     // evaluations that broke; designs that cannot exist
	Skipped            int     // of the infeasible ones, those whose costly part a staged simulator did not evaluate
	Evaluated          int     // designs that have objectives, whether they meet the constraints or not
	MeanObjective      float64 // of these, the first objective
	AgentS, SimulatorS float64
	Curve              []stats.Step // best first objective so far, only where it changes; empty while no design meets every constraint
	FirstSpec          int          // trials spent when all constraints first held; 0 = never
	BestDesign         []Pair       // axes of the design with the best first objective; empty without one
	BestMetrics        []Pair       // its metrics
	BestSEM            float64      // standard error of its first objective, where a trial is the mean of several evaluations; 0 = of one
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
	return FrontOf(terms, rows, func(row []float64) []float64 { return row })
}

// FrontOf is Front of anything that has a row. Of several with the same row it keeps the first.
func FrontOf[T any](terms []objective.Term, list []T, row func(T) []float64) []T {
	scores := make([][]float64, len(list))
	for i, item := range list {
		scores[i] = slices.Clone(row(item))
		for j, term := range terms {
			if term.Minimise {
				scores[i][j] = -scores[i][j]
			}
		}
	}
	front := make([]T, 0, len(list))
	for _, i := range stats.Front(scores) {
		front = append(front, list[i])
	}
	slices.SortStableFunc(front, func(a, b T) int { return slices.Compare(row(a), row(b)) })
	return slices.CompactFunc(front, func(a, b T) bool { return slices.Equal(row(a), row(b)) })
}

// Thin keeps at most limit (>= 2) items, evenly spaced in their order and both ends.
func Thin[T any](list []T, limit int) []T {
	if len(list) <= limit {
		return list
	}
	kept := make([]T, limit)
	for i := range kept {
		kept[i] = list[i*(len(list)-1)/(limit-1)]
	}
	return kept
}

// check reports everything in the sweep that cannot be shown.
func (s Sweep) check() error {
	var faults []error
	for _, extra := range s.Extras {
		if err := extra.check(); err != nil {
			faults = append(faults, err)
		}
	}
	for _, scenario := range s.Scenarios {
		if len(scenario.Objectives) == 0 {
			faults = append(faults, fmt.Errorf("report: scenario %q has no objective", scenario.Name))
			continue
		}
		for i, d := range scenario.FrontDesigns {
			if !d.fits(scenario) {
				faults = append(faults, fmt.Errorf("report: scenario %q: joint front: design %d has the objectives %v: want %d finite values",
					scenario.Name, i, d.Objectives, len(scenario.Objectives)))
			}
		}
		for i, d := range scenario.Explained {
			if !d.fits(scenario) {
				faults = append(faults, fmt.Errorf("report: scenario %q: explained design %d has the objectives %v: want %d finite values",
					scenario.Name, i, d.Objectives, len(scenario.Objectives)))
			}
		}
		terms := len(scenario.Tradeoff())
		for i, d := range scenario.Fronts {
			if len(d.Objectives) != terms {
				faults = append(faults, fmt.Errorf("report: scenario %q: design %d of the fronts has the values %v: want %d", scenario.Name, i, d.Objectives, terms))
			}
		}
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

// fits tells whether the design has the scenario's objectives.
func (d Design) fits(s Scenario) bool {
	return len(d.Objectives) == len(s.Objectives) && !slices.ContainsFunc(d.Objectives, infinite)
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
func infinite(v float64) bool { return !chart.Finite(v) }
