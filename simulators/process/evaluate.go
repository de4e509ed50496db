package process

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// maxBatch is how many designs a program gets at a time.
const maxBatch = 4096

// Evaluate implements simulators.Simulator. It returns an error only when ctx ends or the program is not the one any more that it was.
func (p *Program) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, 0, len(points))
	for len(points) > 0 {
		batch := points[:min(len(points), maxBatch)]
		points = points[len(batch):]
		got, err := p.batch(ctx, batch)
		if err != nil && !final(ctx, err) {
			got, err = p.oneByOne(ctx, batch, err)
		}
		if err != nil {
			return nil, p.named(err)
		}
		results = append(results, got...)
	}
	return results, nil
}

// final tells whether an error ends everything, not this evaluation alone.
func final(ctx context.Context, err error) bool {
	_, changed := errors.AsType[changedError](err)
	return changed || ctx.Err() != nil || errors.Is(err, errClosed)
}

// oneByOne evaluates the points of a batch that failed each by itself, so that only those to blame fail. A single point is to blame, unless its
// copy was stale.
func (p *Program) oneByOne(ctx context.Context, points []space.Point, failure error) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i := range points {
		got, err := []simulators.Result(nil), failure
		if len(points) > 1 {
			got, err = p.batch(ctx, points[i:i+1])
		}
		if broken, ok := errors.AsType[brokenError](err); ok && broken.stale {
			got, err = p.batch(ctx, points[i:i+1])
		}
		switch {
		case err == nil:
			results[i] = got[0]
		case final(ctx, err):
			return nil, err
		default:
			results[i] = simulators.Failed(err.Error())
		}
	}
	return results, nil
}

// batch evaluates points in one request. What is wrong with the reply is the copy's end: nothing more that it says can be trusted.
func (p *Program) batch(ctx context.Context, points []space.Point) (results []simulators.Result, err error) {
	request := &wire.Evaluate{Points: wire.NewLevels(len(points), p.spec.Space.Len())}
	for i, point := range points {
		setLevels(request.Points.Row(i), point)
	}
	c, err := p.pool.take(ctx)
	if err != nil {
		return nil, err
	}
	reply, err := c.call(ctx, request, p.limit(len(points)))
	if err != nil && p.pool.wasKilled() {
		return nil, errClosed
	}
	if err == nil {
		if results, err = p.results(reply, len(points)); err != nil {
			err = brokenError{error: c.quote(err)}
		}
	}
	if _, broken := errors.AsType[brokenError](err); broken {
		p.pool.lost()
		c.end()
		return nil, err
	}
	p.pool.put(c)
	return results, err
}

// limit is how long n evaluations may take; 0 = as long as the context lasts.
func (p *Program) limit(n int) time.Duration {
	if p.timeout > math.MaxInt64/time.Duration(n) {
		return 0 // of centuries
	}
	return p.timeout * time.Duration(n)
}

// results checks a reply and takes it apart.
func (p *Program) results(reply wire.Reply, n int) ([]simulators.Result, error) {
	r, ok := reply.(*wire.Results)
	if !ok {
		return nil, errors.New("the program answers evaluate with something else")
	}
	if r.Values.Rows != n {
		return nil, fmt.Errorf("the program answers with %d rows of values for %d designs", r.Values.Rows, n)
	}
	results := make([]simulators.Result, n)
	for i := range results {
		values := r.Values.Row(i)
		if values != nil && len(values) != len(p.spec.Metrics) {
			return nil, fmt.Errorf("the program answers with %d values a design for %d metrics", len(values), len(p.spec.Metrics))
		}
		results[i] = simulators.Result{Values: values}
	}
	before := -1
	for _, reason := range r.Reasons {
		if reason.At <= before || reason.At >= n {
			return nil, fmt.Errorf("the program gives a reason for row %d after row %d of %d: they must ascend", reason.At, before, n)
		}
		before = reason.At
		results[reason.At].Infeasible, results[reason.At].Violation, results[reason.At].Failed = reason.Infeasible, reason.Violation, reason.Failed
	}
	for i, result := range results {
		if result.Values == nil && result.Infeasible == "" && result.Failed == "" {
			return nil, fmt.Errorf("row %d of the program's answer has neither values nor a reason (a NaN is no value)", i)
		}
		if err := p.spec.CheckResult(result); err != nil {
			return nil, fmt.Errorf("row %d of the program's answer: %w", i, err)
		}
	}
	return results, nil
}
