package wrap_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// fake is a simulator of 100 × 100 designs with the metrics sum_cycles and twice_pj of levels x and y.
type fake struct {
	before func(ctx context.Context, p space.Point) error        // called for each point
	result func(p space.Point) simulators.Result                 // instead of the sum
	after  func(results []simulators.Result) []simulators.Result // changes a call's results
	calls  atomic.Int64                                          // of Evaluate
	points atomic.Int64                                          // evaluated
}

func (f *fake) Spec() simulators.Spec {
	s, err := space.New(
		space.Param{Name: "x", Unit: "PE", Values: hundred()},
		space.Param{Name: "y", Unit: "PE", Values: hundred()},
	)
	if err != nil {
		panic(err)
	}
	return simulators.Spec{
		Name: "fake", Version: "1", Doc: "The sum of two numbers.", Space: s,
		Metrics: []simulators.Metric{{Name: "sum", Unit: "cycles", Doc: "x + y"}, {Name: "twice", Unit: "pJ", Doc: "2(x + y)"}},
	}
}

func hundred() []float64 {
	values := make([]float64, 100)
	for i := range values {
		values[i] = float64(i)
	}
	return values
}

func (f *fake) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	f.calls.Add(1)
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		f.points.Add(1)
		if f.before != nil {
			if err := f.before(ctx, p); err != nil {
				return nil, err
			}
		}
		results[i] = sum(p)
		if f.result != nil {
			results[i] = f.result(p)
		}
	}
	if f.after != nil {
		results = f.after(results)
	}
	return results, nil
}

func sum(p space.Point) simulators.Result {
	return simulators.OK(float64(p[0]+p[1]), float64(2*(p[0]+p[1])))
}

func sums(points []space.Point) []simulators.Result {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		results[i] = sum(p)
	}
	return results
}

// line is the points (first, 0), (first+1, 0), …
func line(first, n int) []space.Point {
	points := make([]space.Point, n)
	for i := range points {
		points[i] = space.Point{first + i, 0}
	}
	return points
}

// memory is a recorder in memory.
type memory struct {
	kept []wrap.Evaluation
	fail error // from the next Record on
}

func (m *memory) Record(id int, p space.Point, r simulators.Result) error {
	if m.fail != nil {
		return m.fail
	}
	p, r.Values = append(space.Point(nil), p...), append([]float64(nil), r.Values...)
	m.kept = append(m.kept, wrap.Evaluation{ID: id, Point: p, Result: r})
	return nil
}

// tape replays evaluations and then says how it ends.
type tape struct {
	rest []wrap.Evaluation
	err  error
}

func (t *tape) Next() (wrap.Evaluation, bool, error) {
	if len(t.rest) == 0 {
		return wrap.Evaluation{}, false, t.err
	}
	e := t.rest[0]
	t.rest = t.rest[1:]
	return e, true, nil
}

// recorded is a tape of n trials on line(0, n).
func recorded(n int) *tape {
	t := &tape{}
	for id, p := range line(0, n) {
		t.rest = append(t.rest, wrap.Evaluation{ID: id, Point: p, Result: sum(p)})
	}
	return t
}

func evaluate(t *testing.T, s simulators.Simulator, first int, points []space.Point) []simulators.Result {
	t.Helper()
	results, err := s.Evaluate(wrap.WithTrial(t.Context(), first), points)
	require.NoError(t, err)
	return results
}
