package linas

import (
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/genetic"
	"github.com/codesign-gym/codesign/agents/history"
	"github.com/codesign-gym/codesign/agents/predictor"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/boost"
)

// plan fits the predictors, runs NSGA-II inside them and returns the best designs that were not seen; none while nothing can be predicted.
func (a *Agent) plan() ([]space.Point, error) {
	known := inQuantiles(a.remembered(), a.problem.Objectives)
	fit := boost.Options{Trees: a.options.Trees, MaxDepth: a.options.Depth, LearningRate: a.options.LearningRate}
	o, err := newOracle(a.problem, a.encoder, known, predictor.Options{Options: fit}, a.rng)
	if err != nil || o == nil {
		return nil, err
	}
	inner, err := a.inner()
	if err != nil {
		return nil, err
	}
	pool := make([]agents.Trial, 0, len(known)+a.options.Inner)
	for i, t := range known {
		t.ID, t.Given = i, true
		pool = append(pool, t)
	}
	if err := inner.Tell(pool); err != nil {
		return nil, err
	}
	for range a.options.Inner {
		points, err := inner.Ask(1)
		if err != nil || len(points) == 0 {
			return nil, err
		}
		t := agents.Trial{ID: len(pool), Point: points[0]}
		o.predict(&t)
		if err := inner.Tell([]agents.Trial{t}); err != nil {
			return nil, err
		}
		pool = append(pool, t)
	}
	return a.best(pool, len(known)), nil
}

// remembered are the told trials that the predictors learn from: the best half of the memory and the newest.
func (a *Agent) remembered() (known []agents.Trial) {
	trials := a.Past.Trials()
	if len(trials) <= a.options.Memory {
		return trials
	}
	for _, i := range history.Remembered(rank.Order(trials), a.options.Memory) {
		known = append(known, trials[i])
	}
	return known
}

// inner is the search inside the predictors.
func (a *Agent) inner() (agents.Agent, error) {
	const population = 50
	p := a.problem
	p.Budget, p.Advise = 0, nil
	return genetic.NewNSGA2(p, genetic.Options{Population: population, Offspring: population}, rand.New(rand.NewPCG(a.rng.Uint64(), a.rng.Uint64())))
}

// best are the best predicted designs of the pool that were not seen, as many as a batch has. The measured ones, which come first in the pool, take part in the
// ranking, so that what they dominate comes late.
func (a *Agent) best(pool []agents.Trial, measured int) (batch []space.Point) {
	chosen := map[string]bool{}
	for _, i := range rank.Order(pool) {
		key := a.problem.Space.Key(pool[i].Point)
		if i < measured || chosen[key] || a.Past.Has(pool[i].Point) {
			continue
		}
		chosen[key] = true
		if batch = append(batch, pool[i].Point); len(batch) == a.options.Batch {
			break
		}
	}
	return batch
}
