package proxy

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"

	"github.com/codesign-gym/codesign/agents"
)

// Problem is one search: what both sides are asked for.
type Problem struct {
	Truth, Proxy simulators.Instance
	Goal, Guess  objective.Objective // the objective over the metrics of each
	Optimum      *float64            // of the only objective, in its own direction; nil = unknown
	Random       []simulators.Result // of random designs on the true simulator
}

// SearchOptions say how to search.
type SearchOptions struct {
	Agent       func(s space.Space, o objective.Objective, budget int, repeat int) (agents.Agent, error)
	Repeats     int
	TrueTrials  int // of the agent on the true simulator
	ProxyTrials int // of the agent on the proxy
	Verify      int // designs that the true simulator evaluates after the search on the proxy
}

// Found is how one repeat went. Values are those of the only objective, in its own direction.
type Found struct {
	OnTruth, OnProxy float64 // best verified value of each search; NaN where no design met the constraints
	Drift            float64 // mean of |predicted - true| / |true| over the verified designs that exist
	Verified         int     // designs
}

// Search runs the repeats. The objective must be one term.
func Search(ctx context.Context, p Problem, o SearchOptions) ([]Found, error) {
	if n := len(p.Goal.Objectives()); n != 1 {
		return nil, fmt.Errorf("a search on a proxy is judged by one objective, there are %d", n)
	}
	var list []Found
	for repeat := range o.Repeats {
		truly, err := run(ctx, p.Truth, p.Goal, o, o.TrueTrials, repeat)
		if err != nil {
			return nil, err
		}
		guessed, err := run(ctx, p.Proxy, p.Guess, o, o.ProxyTrials, repeat)
		if err != nil {
			return nil, err
		}
		f := Found{OnTruth: truly.best(p.Goal)}
		if err := f.verify(ctx, p, guessed, o.Verify); err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// verify asks the true simulator about the best designs.
func (f *Found) verify(ctx context.Context, p Problem, guessed *visits, most int) error {
	guessed.order(p.Guess)
	n := min(most, len(guessed.points))
	truth, err := p.Truth.Simulator.Evaluate(ctx, guessed.points[:n])
	if err != nil {
		return err
	}
	f.OnProxy, f.Verified = (&visits{points: guessed.points[:n], results: truth}).best(p.Goal), n
	sum, count := 0.0, 0.0
	for i, r := range truth {
		y, f := value(p.Goal, r), value(p.Guess, guessed.results[i])
		if !math.IsNaN(y) && !math.IsNaN(f) && y != 0 {
			sum, count = sum+math.Abs((f-y)/y), count+1
		}
	}
	f.Drift = sum / count
	return nil
}

// visits are the different designs of a search with their results.
type visits struct {
	points  []space.Point
	results []simulators.Result
}

// run lets an agent search, and keeps what it saw.
func run(ctx context.Context, in simulators.Instance, goal objective.Objective, o SearchOptions, trials, repeat int) (*visits, error) {
	s := in.Simulator.Spec().Space
	agent, err := o.Agent(s, goal, trials, repeat)
	if err != nil {
		return nil, err
	}
	seen, kept := map[string]bool{}, &visits{}
	sim, _ := wrap.Stack(in, wrap.Options{Store: wrap.NewStore(max(1000, trials))})
	keep := keeper{sim, func(p space.Point, r simulators.Result) {
		if in.Repair != nil {
			p, _ = in.Repair(p)
		}
		if key := s.Key(p); !seen[key] {
			seen[key] = true
			kept.points, kept.results = append(kept.points, slices.Clone(p)), append(kept.results, r)
		}
	}}
	_, err = study.RunAgent(ctx, study.Task{Objective: goal, Trials: trials, Lag: 1, MaxFailed: 10}, keep, agent, nil)
	if err == nil {
		err = ctx.Err()
	}
	return kept, err
}

// keeper shows every evaluation to a function.
type keeper struct {
	simulators.Simulator
	see func(space.Point, simulators.Result)
}

func (k keeper) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results, err := k.Simulator.Evaluate(ctx, points)
	for i := range results {
		k.see(points[i], results[i])
	}
	return results, err
}

// order sorts the visits, the best first: those that meet the constraints by their objective, then those that miss them least.
func (v *visits) order(goal objective.Objective) {
	type graded struct {
		at          int
		miss, score float64
	}
	list := make([]graded, len(v.points))
	for i, r := range v.results {
		list[i] = graded{i, math.Inf(1), 0}
		if score, err := goal.Score(r); err == nil && score.Objectives != nil {
			list[i].miss, list[i].score = 0, -score.Objectives[0]
			for _, violation := range score.Violations {
				list[i].miss += math.Max(violation, 0)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b graded) int { return cmp.Or(cmp.Compare(a.miss, b.miss), cmp.Compare(a.score, b.score)) })
	sorted := visits{}
	for _, g := range list {
		sorted.points, sorted.results = append(sorted.points, v.points[g.at]), append(sorted.results, v.results[g.at])
	}
	*v = sorted
}

// best is the best value among those that meet the constraints; NaN when none does.
func (v *visits) best(goal objective.Objective) float64 {
	best, minimise := math.NaN(), goal.Objectives()[0].Minimise
	for _, r := range v.results {
		if !meets(goal, r) {
			continue
		}
		y := value(goal, r)
		if math.IsNaN(best) || y < best == minimise {
			best = y
		}
	}
	return best
}

// value is the only objective of a result in its own direction; NaN where there is none.
func value(goal objective.Objective, r simulators.Result) float64 {
	score, err := goal.Score(r)
	if err != nil || score.Objectives == nil {
		return math.NaN()
	}
	if goal.Objectives()[0].Minimise {
		return -score.Objectives[0]
	}
	return score.Objectives[0]
}

// meets tells whether a result exists and meets every constraint.
func meets(goal objective.Objective, r simulators.Result) bool {
	score, err := goal.Score(r)
	return err == nil && score.Objectives != nil && !slices.ContainsFunc(score.Violations, func(v float64) bool { return v > 0 })
}

// Regrets are those of both searches of each repeat: 0 = the optimum, 1 = the median of the random designs that meet the constraints.
func Regrets(p Problem, found []Found) (onTruth, onProxy []float64, optimum float64) {
	minimise := p.Goal.Objectives()[0].Minimise
	better := func(a, b float64) bool { return math.IsNaN(b) || a < b == minimise && a != b }
	var random []float64
	optimum = math.NaN()
	for _, r := range p.Random {
		if meets(p.Goal, r) {
			y := value(p.Goal, r)
			random = append(random, y)
			if better(y, optimum) {
				optimum = y
			}
		}
	}
	for _, f := range found {
		for _, y := range []float64{f.OnTruth, f.OnProxy} {
			if !math.IsNaN(y) && better(y, optimum) {
				optimum = y
			}
		}
	}
	if p.Optimum != nil {
		optimum = *p.Optimum
	}
	median := math.NaN()
	if len(random) > 0 {
		slices.Sort(random)
		median = random[len(random)/2]
	}
	regret := func(y float64) float64 {
		if math.IsNaN(y) {
			return 1 // found nothing: as bad as chance
		}
		return (y - optimum) / (median - optimum)
	}
	for _, f := range found {
		onTruth, onProxy = append(onTruth, regret(f.OnTruth)), append(onProxy, regret(f.OnProxy))
	}
	return onTruth, onProxy, optimum
}
