package serve

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
)

// search is an agent with its problem.
type search struct {
	agent   agents.Agent
	options simulators.Settings
	problem agents.Problem
	asked   []space.Point // not told yet, the oldest first
	told    int
	begun   bool // something was asked for
}

// searchOffer makes the agent for the offered simulator.
func (s *server) searchOffer() (*search, error) {
	o := s.offer.objective
	p := agents.Problem{
		Space: s.offer.spec.Space, Objectives: len(o.Objectives()), Constraints: len(o.Constraints()), Budget: s.options.Budget,
		Advise: s.offer.instance.Advise,
	}
	return s.newSearch(p, s.options.Seed, o)
}

// searchProblem makes the agent for the client's problem.
func (s *server) searchProblem(w wire.Problem) (*search, error) {
	design, err := process.Space(w.Axes)
	if err != nil {
		return nil, usage(err)
	}
	p := agents.Problem{Space: design, Objectives: max(w.Objectives, 1), Constraints: w.Constraints, Budget: w.Budget}
	if p.Budget == 0 {
		p.Budget = s.options.Budget
	}
	const most = 100
	if w.Objectives < 0 || w.Constraints < 0 || w.Budget < 0 || w.Objectives > most || w.Constraints > most {
		return nil, usage(fmt.Errorf("a problem of %d objectives, %d constraints and a budget of %d: at most %d each, none below 0", w.Objectives, w.Constraints, w.Budget, most))
	}
	o, err := anyObjective(p)
	if err != nil {
		return nil, err
	}
	seed := w.Seed
	if seed == 0 {
		seed = s.options.Seed
	}
	return s.newSearch(p, seed, o)
}

// anyObjective is an objective with as many terms as the problem has, for its law of rewards.
func anyObjective(p agents.Problem) (objective.Objective, error) {
	cfg := objective.Config{AtMost: map[string]float64{}}
	var metrics []simulators.Metric
	for i := range p.Objectives {
		cfg.Maximise = append(cfg.Maximise, fmt.Sprint("o", i))
		metrics = append(metrics, simulators.Metric{Name: fmt.Sprint("o", i)})
	}
	for i := range p.Constraints {
		cfg.AtMost[fmt.Sprint("c", i)] = 0
		metrics = append(metrics, simulators.Metric{Name: fmt.Sprint("c", i)})
	}
	return objective.New(cfg, metrics)
}

func (s *server) newSearch(p agents.Problem, seed uint64, o objective.Objective) (*search, error) {
	reward := func(t agents.Trial) float64 {
		return o.Reward(objective.Score{Objectives: t.Objectives, Violations: t.Violations})
	}
	agent, options, err := s.options.searcher(s.catalog, p, seed, reward)
	return &search{agent: agent, options: options, problem: p}, err
}

// maxAsked bounds one question.
const maxAsked = 100_000

// ask answers Ask.
func (s *search) ask(r *wire.Ask) (wire.Reply, error) {
	if r.N < 1 || r.N > maxAsked {
		return nil, refuse("ask: n is %d, not in [1, %d]", r.N, maxAsked)
	}
	s.begun = true
	points, err := s.agent.Ask(r.N)
	if err != nil {
		return nil, err
	}
	reply := &wire.Asked{Points: wire.NewLevels(len(points), s.problem.Space.Len())}
	for i, p := range points {
		setLevels(reply.Points.Row(i), p)
		s.asked = append(s.asked, slices.Clone(p))
	}
	return reply, nil
}

// tell answers Tell.
func (s *search) tell(r *wire.Tell) (wire.Reply, error) {
	trials, err := s.trials(r)
	if err != nil {
		return nil, err
	}
	if err := s.agent.Tell(trials); err != nil {
		return nil, err
	}
	s.told += len(trials)
	if !r.Given {
		s.asked = s.asked[len(trials):]
	}
	return &wire.Told{}, nil
}

// trials is what the client tells, checked against what was asked.
func (s *search) trials(r *wire.Tell) ([]agents.Trial, error) {
	points, err := pointsOf(s.problem.Space, r.Points)
	if err != nil {
		return nil, err
	}
	n := len(points)
	switch {
	case r.Given && s.begun:
		return nil, refuse("tell: given designs come before the first ask")
	case !r.Given && n > len(s.asked):
		return nil, refuse("tell: %d designs, but only %d were asked for and not told yet", n, len(s.asked))
	case r.Objectives.Rows != n || r.Violations.Rows != 0 && r.Violations.Rows != n:
		return nil, refuse("tell: %d designs, %d rows of objectives and %d of violations", n, r.Objectives.Rows, r.Violations.Rows)
	case !fits(r.Objectives, s.problem.Objectives):
		return nil, refuse("tell: rows of %d objectives; the problem has %d", r.Objectives.Cols, s.problem.Objectives)
	case !fits(r.Violations, s.problem.Constraints+1):
		return nil, refuse("tell: rows of %d violations; the problem has %d constraints, and the last one is the design's own", r.Violations.Cols, s.problem.Constraints)
	}
	reasons, err := reasonsOf(r)
	if err != nil {
		return nil, err
	}
	trials := make([]agents.Trial, n)
	for i, p := range points {
		if !r.Given && !slices.Equal(p, s.asked[i]) {
			return nil, refuse("tell: design %d is %v, but %v was asked for: trials are told in the order of asking", i, p, s.asked[i])
		}
		t := agents.Trial{ID: s.told + i, Point: p, Objectives: r.Objectives.Row(i), Given: r.Given, Violations: make([]float64, s.problem.Constraints+1)}
		if t.Objectives == nil {
			for k := range s.problem.Constraints {
				t.Violations[k] = 1
			}
			t.Infeasible = cmp.Or(reasons[i].Infeasible, reasons[i].Failed)
			t.Violations[s.problem.Constraints] = reasons[i].Violation
		}
		if r.Violations.Rows > 0 {
			if row := r.Violations.Row(i); row != nil {
				t.Violations = row
			}
		}
		trials[i] = t
	}
	return trials, nil
}

// fits tells whether all rows with values have so many.
func fits(t wire.Table, cols int) bool {
	for i := range t.Rows {
		if row := t.Row(i); row != nil && len(row) != cols {
			return false
		}
	}
	return true
}

// reasonsOf is why rows have no objectives, by row.
func reasonsOf(r *wire.Tell) (map[int]wire.Reason, error) {
	reasons := map[int]wire.Reason{}
	for _, reason := range r.Reasons {
		reasons[reason.At] = reason
	}
	for i := range r.Objectives.Rows {
		_, given := reasons[i]
		if given != (r.Objectives.Row(i) == nil) {
			return nil, refuse("tell: row %d must have either objectives or a reason why it has none", i)
		}
		delete(reasons, i)
	}
	if len(reasons) > 0 {
		return nil, refuse("tell: a reason for a row that is not there")
	}
	for _, reason := range r.Reasons {
		reasons[reason.At] = reason
	}
	return reasons, nil
}
