package file

import "github.com/codesign-gym/codesign/internal/tomllines"

// Defaults of keys that a file may leave out; repeats, lag and lanes default to 1, the seed to 0.
const (
	DefaultMaxFailed = 10  // failed evaluations that a study survives
	DefaultTimeoutS  = 300 // wall-clock seconds of one evaluation
)

// Limits of a file.
const (
	MaxBytes    = 1 << 20   // of the source text
	MaxSections = 1000      // scenarios, starts, agents each
	MaxCells    = 100_000   // combinations of one agent's options
	MaxStudies  = 1_000_000 // scenarios x cells x repeats

	MaxEvaluationsPerTrial = 1000
)

// File is an experiment file with the defaults filled in. It is immutable; absent tables are nil.
type File struct {
	Path   string // as given to Parse, for messages
	Folder string // what names in commands are relative to: Path's folder
	Source []byte // the text as read

	Name      string
	Seed      uint64
	Repeats   int     // studies a cell, with different seeds
	Budget    int     // trials a study
	Lag       int     // trials in flight a study
	Lanes     int     // environments a policy acts in at once
	MaxFailed int     // failed evaluations that a study survives
	TimeoutS  float64 // wall-clock seconds of one evaluation
	// EvaluationsPerTrial is how often each design is evaluated, with different random numbers; a trial's metrics are the means, and their standard errors
	// join them. Above 1 every scenario must be of a simulator that draws at random.
	EvaluationsPerTrial int

	SavePolicies bool // what the agents have learned is kept beside the results
	// DistributeEvaluations makes a distributed run send single evaluations to its workers (distribute = "evaluations") in place of whole studies, while
	// the agents stay where the run was started: for fewer studies than workers and slow simulators. Lag is then how many a study has under way.
	DistributeEvaluations bool

	StopOnSpec bool // a study ends when a design meets every constraint
	Limits     Limits

	Scenarios  []Scenario
	Starts     []Start
	WarmStarts []WarmStart
	Agents     []Agent
	Includes   []Filter
	Excludes   []Filter
	Proxy      *Proxy // nil = none

	lines *tomllines.Node
	asked int // the budget before limits.sweep_trials lowered it; 0 = it did not
}

// Scenario is one problem: a simulator with its settings, what is wanted of it, and the axes that are held.
type Scenario struct {
	Name      string              // unique in the file
	Simulator string              // of the catalogue; empty = Command
	Command   []string            // a program that speaks the protocol: its words; nil = Simulator
	Set       map[string]any      // setting to string, int64, float64 or bool
	Fidelity  string              // empty = the true model
	Objective map[string]any      // for objective.Parse; nil = none given
	Optimum   *float64            // the best value there is of the only objective, in its own unit; nil = unknown
	Published []Published         // results of others, shown beside those of the agents
	Fix       map[string][]string // axis to the levels it keeps, numbers in their shortest decimal form
	Recheck   *Recheck            // of a proxy: trials that the true simulator evaluates; nil = none
	Screen    *Screen             // a proxy in front of the simulator; nil = none
}

// Recheck asks that a search on a proxy is held to the true simulator: see package hybrid.
type Recheck struct {
	Share float64 // of the trials that are measured beside every claimed best
	Refit int     // trials between two corrections of the proxy
}

// DefaultRefit is how many trials lie between two corrections.
const DefaultRefit = 100

// Screen asks that a proxy chooses among what agents propose.
type Screen struct {
	By       string // the proxy: "proxy:FILE"
	Propose  int    // designs that an agent proposes for one that is evaluated
	Feasible bool   // the first that is predicted to have a result is evaluated, not the best
}

// DefaultPropose is how many designs an agent proposes for one that is evaluated.
const DefaultPropose = 8

// Published is a result that others report of the scenario.
type Published struct {
	Name    string             // of its line
	Metrics map[string]float64 // by key, in the simulator's units; what was not reported is left out
}

// Start is a known design that is told before the first question.
type Start struct {
	Scenario string         // the only scenario it is for; empty = all
	Design   map[string]any // axis to string, int64, float64 or bool
}

// WarmStart is earlier results whose trials are told before everything else, at no cost.
type WarmStart struct {
	Scenario string // the only scenario it is for; empty = all
	From     string // a results folder, or a dataset; relative to the working directory
	Source   string // scenario of the earlier results whose trials are taken; empty = those of the same simulator with the same settings
}

// Agent is one kind of agent with the grid of its options.
type Agent struct {
	Kind    string   // of the catalogue; empty = Command
	Command []string // a program that answers ask and tell: its words; nil = Kind
	Name    string   // unique in the file
	Groups  string   // how axes are split among several agents; empty = not
	Options []Option
	Search  Search // how settings of the options are found
}

// Option is one hyper-parameter of an agent. A value is a string, int64, float64, bool, or []any of these for an option that is a list.
type Option struct {
	Name   string
	Values []any // one or more, all different; more than one is an axis of the grid; or one Range
}

// Cells lists the settings of an agent's options: of the whole grid, the last option changing fastest, or those that are drawn. Without options that is
// one empty cell.
func (f *File) Cells(agent int) []map[string]any {
	a := f.Agents[agent]
	if a.Search.draws() {
		return a.drawn(f.Seed, f.cellCount(a))
	}
	cells := make([]map[string]any, a.combinations())
	for i := range cells {
		cell, rest := make(map[string]any, len(a.Options)), i
		for j := len(a.Options) - 1; j >= 0; j-- {
			values := a.Options[j].Values
			cell[a.Options[j].Name] = values[rest%len(values)]
			rest /= len(values)
		}
		cells[i] = cell
	}
	return cells
}

// cellCount is how many cells the agent has, at most, or MaxCells+1 when it has more than MaxCells.
func (f *File) cellCount(a Agent) int {
	switch {
	case a.Search.Settings > 0:
		return a.Search.Settings
	case a.Search.Kind == Hyperband:
		count := 0
		for _, b := range hyperband(a.Search, f.Budget) {
			count += b.Count
		}
		return min(count, MaxCells+1)
	}
	return a.combinations()
}

// Studies is how many studies the file asks for, at most: scenarios x cells of all agents x repeats, without those that are excluded.
func (f *File) Studies() int64 {
	cells := int64(0)
	for i, a := range f.Agents {
		if len(f.Includes)+len(f.Excludes) == 0 || f.cellCount(a) > MaxCells {
			cells += int64(len(f.Scenarios)) * int64(f.cellCount(a))
			continue
		}
		for _, cell := range f.Cells(i) {
			for j := range f.Scenarios {
				if f.Keeps(j, i, cell) {
					cells++
				}
			}
		}
	}
	return cells * int64(f.Repeats)
}
