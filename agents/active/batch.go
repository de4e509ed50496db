package active

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// candidate is an unseen design.
type candidate struct {
	point    space.Point
	features []float64
	score    float64
	near     float64 // least squared distance to a design of the batch or in flight
}

// plan chooses the next batch. Where nothing can be told apart it stays empty.
func (a *Agent) plan() error {
	m, err := learn(a.problem, a.options, a.past.Trials(), a.rng)
	if err != nil || m == nil {
		return err
	}
	pool := a.pool(m)
	for range a.options.Batch {
		if a.rng.Float64() < a.options.RandomFrac || len(pool) == 0 {
			p := a.past.Fresh(a.draw, a.rng)
			a.planned = append(a.planned, proposal{p, true, m.predict(p)})
			continue
		}
		best := 0
		for i, c := range pool {
			if worth(c) > worth(pool[best]) {
				best = i
			}
		}
		chosen := pool[best]
		pool = slices.Delete(pool, best, best+1)
		a.planned = append(a.planned, proposal{point: chosen.point})
		draw(pool, chosen.features)
	}
	return nil
}

// worth is what the greedy choice is made by.
func worth(c candidate) float64 { return c.score * c.near }

// pool draws the candidates, each once, and scores them.
func (a *Agent) pool(m *model) []candidate {
	var pool []candidate
	seen := map[string]bool{}
	for range a.options.Candidates {
		p := a.past.Fresh(a.draw, a.rng)
		if key := a.problem.Space.Key(p); a.past.Has(p) || seen[key] {
			continue
		} else {
			seen[key] = true
		}
		x := a.problem.Space.AppendFeatures(nil, p)
		pool = append(pool, candidate{p, x, m.score(p, a.options.Acquisition), float64(len(x))})
	}
	for _, p := range a.past.Pending() {
		draw(pool, a.problem.Space.AppendFeatures(nil, p))
	}
	return pool
}

// draw brings the candidates' distances down to that to one more design.
func draw(pool []candidate, to []float64) {
	for i := range pool {
		d := 0.0
		for j, v := range pool[i].features {
			d += (v - to[j]) * (v - to[j])
		}
		pool[i].near = math.Min(pool[i].near, d)
	}
}
