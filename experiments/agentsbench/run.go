package agentsbench

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/internal/functions"
	adapter "github.com/codesign-gym/codesign/simulators/functions"
)

// ErrUnfit says that an agent is not for a function: too large a space, more objectives than it handles.
var ErrUnfit = errors.New("the agent is not for this function")

// Checkpoints lists the trial counts at which a run of the given budget is recorded; the last one is the budget.
func Checkpoints(budget int) []int {
	counts := slices.DeleteFunc([]int{25, 50, 100, 200, 500, 1000}, func(n int) bool { return n >= budget })
	return append(counts, budget)
}

// Run measures an agent on a function with one seed: a row a checkpoint. An agent that finishes early keeps what it has at the later ones.
// The error is ErrUnfit when the agent cannot be made, that of ctx when it ends first, else the agent's own.
func Run(ctx context.Context, e Entry, f functions.Function, root, budget int) ([]Row, error) {
	sim := adapter.New(f)
	goal, err := objective.New(config(f), sim.Spec().Metrics)
	if err != nil {
		return nil, err
	}
	task := study.Task{Objective: goal, Trials: budget, Lag: 1}
	agent, err := e.new(f, task, uint64(root))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnfit, err)
	}
	r := recorder{agent: agent, function: f, checkpoints: Checkpoints(budget), row: Row{
		Source: Ours, Function: f.Name, Agent: e.Name(), Seed: root, Value: math.Inf(1),
	}}
	ending, err := study.RunAgent(ctx, task, sim, &r, nil)
	if err != nil {
		return nil, err
	}
	if ending.Reason == study.Interrupted {
		return nil, ctx.Err()
	}
	for len(r.rows) < len(r.checkpoints) { // finished early
		r.record(r.checkpoints[len(r.rows)])
	}
	return r.rows, nil
}

// config is the objective of a function: everything minimised, constraints at most 0.
func config(f functions.Function) objective.Config {
	c := objective.Config{Minimise: []string{"value"}}
	if f.Objectives > 1 {
		c.Kind, c.Minimise = objective.Pareto, nil
		for i := range f.Objectives {
			c.Minimise = append(c.Minimise, "f"+strconv.Itoa(i+1))
		}
	}
	for i := range f.Constraints {
		if c.AtMost == nil {
			c.AtMost = map[string]float64{}
		}
		c.AtMost["c"+strconv.Itoa(i+1)] = 0
	}
	return c
}

// recorder is an agent with a stop-watch that notes what was reached at the checkpoints.
type recorder struct {
	agent       agents.Agent
	function    functions.Function
	checkpoints []int
	told        int
	spent       time.Duration // in ask and tell
	vectors     [][]float64   // of several objectives: those of the feasible designs, maximised
	row         Row           // as it stands
	rows        []Row
}

// Ask implements agents.Agent.
func (r *recorder) Ask(n int) ([]space.Point, error) {
	start := time.Now()
	defer func() { r.spent += time.Since(start) }()
	return r.agent.Ask(n)
}

// Tell implements agents.Agent.
func (r *recorder) Tell(trials []agents.Trial) error {
	start := time.Now()
	err := r.agent.Tell(trials)
	r.spent += time.Since(start)
	for _, t := range trials {
		r.told++
		r.note(t)
		if r.told == r.checkpoints[len(r.rows)] {
			r.record(r.told)
		}
	}
	return err
}

// note keeps the best up to date with one told trial.
func (r *recorder) note(t agents.Trial) {
	if !t.Feasible() {
		return
	}
	if r.row.FirstFeasible == 0 {
		r.row.FirstFeasible = r.told
	}
	if r.function.Objectives == 1 {
		r.row.Value = min(r.row.Value, -t.Objectives[0])
	} else {
		r.vectors = append(r.vectors, t.Objectives)
	}
}

// record appends the row of a checkpoint.
func (r *recorder) record(trials int) {
	row := r.row
	row.Trials = trials
	row.SecondsPerTrial = r.spent.Seconds() / float64(max(1, r.told))
	if r.function.Objectives > 1 {
		worst := make([]float64, r.function.Objectives)
		for i, v := range r.function.Reference {
			worst[i] = -v
		}
		row.Value = stats.Hypervolume(r.vectors, worst)
	}
	r.rows = append(r.rows, row)
}
