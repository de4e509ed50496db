package dashboard

import (
	"time"

	"github.com/codesign-gym/codesign/experiments/dataset"
)

// Card is a sweep at a glance.
type Card struct {
	ID       string `json:"id"`
	Name     string `json:"name"`   // of the experiment
	Folder   string `json:"folder"` // below the folder that is served
	Status   Status `json:"status"`
	Error    string `json:"error,omitempty"` // with which a run ended
	Note     string `json:"note,omitempty"`  // why there is less to see than there should be
	Started  string `json:"started,omitempty"`
	Ended    string `json:"ended,omitempty"`
	Attempts int    `json:"attempts"`
	Report   bool   `json:"report"` // there is one

	Known      bool   `json:"known"`             // the numbers of studies and trials are; else nobody has asked for them yet
	Reading    bool   `json:"reading,omitempty"` // what is recorded is still being read
	Studies    Share  `json:"studies"`
	Running    int    `json:"running"` // studies that somebody is at
	Trials     Share  `json:"trials"`
	Failed     int    `json:"failed"` // like the next two, 0 as long as nobody has asked for a sweep that does not run
	Infeasible int    `json:"infeasible"`
	Met        int    `json:"met"` // trials that meet every constraint
	PerSecond  Number `json:"trials_per_s"`
	LeftS      Number `json:"left_s"`
	Workers    int    `json:"workers"`
}

// Share is how much of something is done.
type Share struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// Status is how a sweep stands: the statuses of a manifest, and Stalled.
type Status string

// Stalled is a sweep that says it runs, of whose process nothing is heard.
const Stalled Status = "stalled"

// Sweep is a sweep in detail. In an event, lists have what has changed since the last one.
type Sweep struct {
	Version   uint64     `json:"version"`
	Whole     bool       `json:"whole"` // everything is here; else what changed
	Card      Card       `json:"card"`
	Command   string     `json:"command,omitempty"`
	Budget    int        `json:"budget"` // trials a study
	Scenarios []Scenario `json:"scenarios,omitempty"`
	Cells     []Cell     `json:"cells,omitempty"`
	Curves    []Curve    `json:"curves,omitempty"`
	Leaders   [][]int    `json:"leaders,omitempty"` // of each scenario: the cells that have curves
	Workers   []Worker   `json:"workers"`
	Faults    []Fault    `json:"faults,omitempty"`
	Faulty    int        `json:"faulty"`  // trials without a score
	Further   int        `json:"further"` // of these: in no group, there are too many
}

// Scenario is a simulator and what is asked of it.
type Scenario struct {
	Name        string         `json:"name"`
	Simulator   string         `json:"simulator"`
	Version     string         `json:"version"`
	Objectives  []dataset.Term `json:"objectives"`
	Constraints []dataset.Term `json:"constraints"`
	Optimum     *float64       `json:"optimum,omitempty"`
	Axes        []string       `json:"axes"`
	Metrics     []string       `json:"metrics"` // keys
}

// Cell is one agent with one setting on one scenario.
type Cell struct {
	ID         int      `json:"id"`
	Scenario   int      `json:"scenario"`
	Agent      string   `json:"agent"` // label
	Kind       string   `json:"kind"`
	Studies    Share    `json:"studies"`
	Begun      int      `json:"begun"`
	Trials     int      `json:"trials"`
	Failed     int      `json:"failed"`
	Infeasible int      `json:"infeasible"`
	Best       []Number `json:"best"` // of each objective; null = no design meets every constraint yet
	Median     Number   `json:"median"`
	Reached    int      `json:"reached"` // studies with a design that meets every constraint
	Leader     *Leader  `json:"leader"`
}

// Leader is the best design of a cell by the first objective; the table of trials has it in full.
type Leader struct {
	Study  int    `json:"study"`
	Repeat int    `json:"repeat"`
	Trial  int    `json:"trial"`
	Design string `json:"design"` // its axes, in words
}

// Curve is the best-so-far of a cell.
type Curve struct {
	Cell   int          `json:"cell"`
	Points []CurvePoint `json:"points"`
}

// CurvePoint is the spread of a cell's studies after so many trials.
type CurvePoint struct {
	Trials  int    `json:"trials"`
	Studies int    `json:"studies"` // that came so far
	Best    Number `json:"best"`
	Median  Number `json:"median"` // null = half of them have no design that meets every constraint
	Worst   Number `json:"worst"`
}

// Worker is a process that works on a sweep.
type Worker struct {
	Name        string    `json:"name"`
	Joined      time.Time `json:"joined"`
	SilentS     float64   `json:"silent_s"` // since its last sign of life
	Left        bool      `json:"left"`
	Studies     []int     `json:"studies"` // that it is at, the first of them
	At          int       `json:"at"`      // how many they are
	Finished    int       `json:"finished"`
	Evaluations int       `json:"evaluations"`
}
