package proxy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// FileName is the proxy in a results folder: that of the first split of the largest training set.
const FileName = "model.proxy"

// Study is the [proxy] section of an experiment file, done.
type Study struct {
	Asked       *file.Proxy
	Evaluations []Evaluation
	Sources     []SourceErrors
	Transfers   []Transferred
	Searches    []Searched
	TruthNS     float64 // wall-clock of one evaluation on the true simulator, on one goroutine: the mean over random designs, of the slowest scenario
}

// Searched is the search of one scenario.
type Searched struct {
	Scenario          string
	Objective         string
	Optimum           float64
	Found             []Found
	OnTruth, OnProxy  []float64 // regrets
	TrueTrials        int
	VerifiedPerRepeat int
}

// Check reports what is wrong with the [proxy] section of a plan's file before anything is run.
func Check(plan *sweep.Plan, c sweep.Catalog) error {
	asked := plan.File.Proxy
	if asked == nil {
		return nil
	}
	var errs []error
	bad := func(key string, err error) {
		errs = append(errs, plan.File.Errorf(plan.File.At("proxy", key), "%v", err))
	}
	if asked.Kind != "" && !slices.Contains(regress.Kinds(), asked.Kind) {
		bad("kind", suggest.Unknown("kind of model", asked.Kind, regress.Kinds()))
	}
	if _, err := agentFactory(c, asked.Agent); asked.Agent != "" && err != nil {
		bad("agent", err)
	}
	simulator := plan.File.Scenarios[0].Simulator
	for i, s := range plan.Scenarios {
		in, goal, err := s.Designs()
		if err != nil {
			bad("metrics", err)
			continue
		}
		if plan.File.Scenarios[i].Simulator != simulator || simulator == "" {
			bad("metrics", errors.New("a proxy is of one simulator of the catalogue, which all scenarios share"))
		}
		keys := in.Simulator.Spec().Keys()
		for _, key := range asked.Metrics {
			if !slices.Contains(keys, key) {
				bad("metrics", suggest.Unknown("metric", key, keys))
			}
		}
		if asked.Agent != "" && len(goal.Objectives()) != 1 {
			bad("agent", fmt.Errorf("scenario %s has %d objectives: a search on a proxy is judged by one", s.Name, len(goal.Objectives())))
		}
	}
	return file.Join(errs...)
}

func agentFactory(c sweep.Catalog, kind string) (agents.Factory, error) {
	var names []string
	for _, f := range c.Agents {
		if f.Name == kind {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return agents.Factory{}, suggest.Unknown("agent", kind, names)
}

// RunStudy does what the [proxy] section of a plan's file asks with the dataset of a results folder, and leaves the proxy there. progress, which may be nil, is told
// what begins.
func RunStudy(ctx context.Context, plan *sweep.Plan, c sweep.Catalog, dir string, progress func(string)) (*Study, error) {
	s := &Study{Asked: plan.File.Proxy}
	rows, err := s.rows(c, dir)
	if err != nil {
		return nil, err
	}
	t := rows.table
	var p *proxy.Proxy
	if len(s.Asked.Sources) > 0 {
		p, err = s.compare(ctx, plan, rows, progress)
	} else {
		p, err = s.evaluate(ctx, plan, t, progress)
	}
	if err != nil {
		return nil, err
	}
	if err := save(p, filepath.Join(dir, FileName)); err != nil {
		return nil, err
	}
	if len(s.Asked.Shots) > 0 {
		o := TransferOptions{Seeds: s.Asked.Splits, TestFrac: s.Asked.TestFrac, Fit: s.options(plan.File.Seed)}
		for _, n := range s.Asked.Shots {
			o.Shots = append(o.Shots, int(n))
		}
		if s.Transfers, err = Transfer(ctx, t, o, progress); err != nil {
			return nil, err
		}
	}
	if s.Asked.Agent == "" {
		return s, nil
	}
	for i, scenario := range plan.Scenarios {
		progress("searching: " + scenario.Name)
		if err := s.search(ctx, plan, c, i, t, p); err != nil {
			return nil, fmt.Errorf("scenario %s: %w", scenario.Name, err)
		}
	}
	return s, nil
}

// collected is the rows of a results folder.
type collected struct {
	table   *proxy.Table
	of      []int // study of each row
	studies []dataset.StudyInfo
}

func (s *Study) rows(c sweep.Catalog, dir string) (collected, error) {
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	if err != nil {
		return collected{}, err
	}
	t, of, err := load(r, c.Simulators, LoadOptions{Metrics: s.Asked.Metrics, Others: len(s.Asked.Sources) == 0, By: dataset.ByOutcome})
	return collected{t, of, r.Studies()}, errors.Join(err, r.Close())
}

// evaluate fits and judges all splits of all sizes; it returns the proxy of the first split of the last size.
func (s *Study) evaluate(ctx context.Context, plan *sweep.Plan, t *proxy.Table, progress func(string)) (*proxy.Proxy, error) {
	sizes := s.Asked.TrainRows
	if len(sizes) == 0 {
		sizes = []int64{0}
	}
	var kept *proxy.Proxy
	for _, rows := range sizes {
		for k := range s.Asked.Splits {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress(fmt.Sprintf("fitting to %s rows, split %d of %d", count(int(rows)), k+1, s.Asked.Splits))
			split := Split{Seed: plan.File.Seed + uint64(k), TestFrac: s.Asked.TestFrac, TrainRows: int(rows)}
			e, p, err := Evaluate(t, split, s.options(split.Seed))
			if err != nil {
				return nil, err
			}
			s.Evaluations = append(s.Evaluations, e)
			if k == 0 {
				kept = p
			}
		}
	}
	return kept, nil
}

// search lets the agent search one scenario on both sides.
func (s *Study) search(ctx context.Context, plan *sweep.Plan, c sweep.Catalog, i int, t *proxy.Table, p *proxy.Proxy) error {
	truth, goal, err := plan.Scenarios[i].Designs()
	if err != nil {
		return err
	}
	declared := plan.File.Scenarios[i]
	task := slices.IndexFunc(t.Tasks, func(k proxy.Task) bool { return k.Name == declared.Name })
	if task < 0 {
		return errors.New("another scenario has the same settings: give the search one scenario for each")
	}
	guess, metrics, err := s.onProxy(c, p, t.Tasks[task], declared)
	if err != nil {
		return err
	}
	raw, err := objective.Parse(declared.Objective)
	if err != nil {
		return err
	}
	guessed, err := objective.New(raw, metrics)
	if err != nil {
		return fmt.Errorf("the objective needs a metric that the proxy does not predict: %w", err)
	}
	problem := Problem{Truth: truth, Proxy: guess, Goal: goal, Guess: guessed, Optimum: declared.Optimum, Random: random(t, task, truth)}
	factory, err := agentFactory(c, s.Asked.Agent)
	if err != nil {
		return err
	}
	settings, err := simulators.NewSettings(factory.Options, nil)
	if err != nil {
		return err
	}
	found, err := Search(ctx, problem, SearchOptions{
		Repeats: s.Asked.Repeats, TrueTrials: s.Asked.Trials, ProxyTrials: s.Asked.Trials, Verify: s.Asked.Verify,
		Agent: func(sp space.Space, o objective.Objective, budget, repeat int) (agents.Agent, error) {
			root := seed.Derive(plan.File.Seed, "proxy", "search", fmt.Sprint(repeat))
			return sweep.NewAgent(factory, agents.Problem{Space: sp, Objectives: 1, Constraints: len(o.Constraints()), Budget: budget}, settings, "", root,
				func(trial agents.Trial) float64 {
					return o.Reward(objective.Score{Objectives: trial.Objectives, Violations: trial.Violations})
				})
		},
	})
	if err != nil {
		return err
	}
	out := Searched{Scenario: declared.Name, Objective: goal.Objectives()[0].Name, Found: found, TrueTrials: s.Asked.Trials}
	out.OnTruth, out.OnProxy, out.Optimum = Regrets(problem, found)
	for _, f := range found {
		out.VerifiedPerRepeat = max(out.VerifiedPerRepeat, f.Verified)
	}
	s.Searches = append(s.Searches, out)
	s.TruthNS = max(s.TruthNS, timeTruth(ctx, truth))
	return nil
}

// onProxy is the proxy as the scenario's simulator.
func (s *Study) onProxy(c sweep.Catalog, p *proxy.Proxy, task proxy.Task, declared file.Scenario) (simulators.Instance, []simulators.Metric, error) {
	f, err := p.Factory(c.Simulators)
	if err != nil {
		return simulators.Instance{}, nil, err
	}
	set := map[string]any{}
	for name := range p.File().Tasks[0].Settings {
		set[name] = task.Settings[name]
	}
	in, _, err := f.Open(set)
	if err == nil {
		in, err = simulators.Narrow(in, declared.Fix)
	}
	if err != nil {
		return in, nil, err
	}
	return in, in.Simulator.Spec().Metrics, nil
}

// random is what the rows say of the scenario, in the true simulator's metrics: those that are not in the table are 0, which the objective does not look at.
func random(t *proxy.Table, task int, truth simulators.Instance) []simulators.Result {
	keys, own := truth.Simulator.Spec().Keys(), t.Spec.Keys()
	var out []simulators.Result
	for _, r := range t.Rows {
		if r.Task != task || r.Infeasible {
			continue
		}
		values := make([]float64, len(keys))
		for k, key := range own {
			values[slices.Index(keys, key)] = r.Values[k]
		}
		out = append(out, simulators.OK(values...))
	}
	return out
}

// timedDesigns is how many evaluations tell the true simulator's time.
const timedDesigns = 20

// timeTruth is the mean time of one evaluation of a random design on the true simulator.
func timeTruth(ctx context.Context, in simulators.Instance) float64 {
	rng := seed.New(1, "proxy", "time")
	total := 0.0
	for range timedDesigns {
		p := in.Simulator.Spec().Space.Sample(rng)
		start := time.Now()
		if _, err := in.Simulator.Evaluate(ctx, []space.Point{p}); err != nil {
			return 0
		}
		total += float64(time.Since(start).Nanoseconds())
	}
	return total / timedDesigns
}

// save writes a proxy into a file, in the place of an earlier one.
func save(p *proxy.Proxy, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(p.Write(f), f.Sync(), f.Close())
}
