package wrap

import (
	"context"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Cache answers from the store what was evaluated before. It is single-flight: of all calls that need a design at the same time, and of all
// its copies inside one batch, one leads and evaluates, the others follow and wait. Results are kept, infeasible ones too; errors
// and failures never: a follower whose leader got one evaluates for itself. Results handed out are copies.
func Cache(store *Store) Wrapper {
	return func(next simulators.Simulator) simulators.Simulator {
		return &cache{next, next.Spec().Space, store}
	}
}

type cache struct {
	simulators.Simulator
	space space.Space
	store *Store
}

// claim is a point of a batch that is not answered yet: the batch leads its entry or follows it.
type claim struct {
	at int // index in the batch
	e  *entry
}

func (c *cache) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	var few [2][4]claim // room for small batches without allocation
	lead, follow, results := c.look(points, few[0][:0], few[1][:0])
	if len(lead) > 0 {
		fresh, err := c.lead(ctx, pick(points, lead), lead)
		if err != nil {
			return nil, err
		}
		if len(lead) == len(points) {
			return fresh, nil
		}
		place(results, fresh, lead)
	}
	alone, err := c.wait(ctx, follow, results)
	if err != nil || len(alone) == 0 {
		return results, err
	}
	fresh, err := evaluate(ctx, c.Simulator, pick(points, alone))
	if err != nil {
		return nil, err
	}
	place(results, fresh, alone)
	return results, nil
}

// look answers what the store holds, claims what nobody evaluates, and lists what is being evaluated. It appends to lead and follow; the
// results are nil when the batch leads every point.
func (c *cache) look(points []space.Point, lead, follow []claim) (_, _ []claim, results []simulators.Result) {
	var buf [64]byte
	s := c.store
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, p := range points {
		key := c.space.AppendKey(buf[:0], p)
		e := s.entries[string(key)]
		if e == nil {
			e = &entry{key: string(key)}
			s.entries[e.key] = e
			s.misses++
			lead = append(lead, claim{i, e})
			continue
		}
		s.hits++
		if results == nil {
			results = make([]simulators.Result, len(points))
		}
		if e.state == done {
			e.used = true
			results[i] = clone(e.result)
			continue
		}
		if e.wait == nil {
			e.wait = make(chan struct{})
		}
		follow = append(follow, claim{i, e})
	}
	return lead, follow, results
}

// lead evaluates the claimed points and tells the followers, whatever happens below.
func (c *cache) lead(ctx context.Context, points []space.Point, claims []claim) (results []simulators.Result, err error) {
	ended := false
	defer func() {
		c.store.mu.Lock()
		defer c.store.mu.Unlock()
		for k, claim := range claims {
			if ended && err == nil {
				c.store.finish(claim.e, results[k], results[k].Failed == "")
			} else {
				c.store.finish(claim.e, simulators.Result{}, false)
			}
		}
	}()
	results, err = evaluate(ctx, c.Simulator, points)
	ended = true // else it panics
	return results, err
}

// wait fills in the results of followed entries and lists those whose leader got none.
func (c *cache) wait(ctx context.Context, follow []claim, results []simulators.Result) (alone []claim, err error) {
	for _, f := range follow {
		select {
		case <-f.e.wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if f.e.state == done { // a closed wait publishes the entry, which never changes again
			results[f.at] = clone(f.e.result)
		} else {
			alone = append(alone, f)
		}
	}
	return alone, nil
}

// pick lists the claimed points; all of them are the batch itself.
func pick(points []space.Point, claims []claim) []space.Point {
	if len(claims) == len(points) {
		return points
	}
	picked := make([]space.Point, len(claims))
	for k, claim := range claims {
		picked[k] = points[claim.at]
	}
	return picked
}

// place puts the results of claimed points where they belong.
func place(results, fresh []simulators.Result, claims []claim) {
	for k, claim := range claims {
		results[claim.at] = fresh[k]
	}
}
