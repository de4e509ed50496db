package study_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
)

// levels of the one axis of the tests' simulator.
const levels = 100

// line is a simulator of one axis x whose latency is x; what happens on the way is the test's to say.
type line struct {
	space  space.Space
	delay  func(x int) time.Duration                                   // nil = none
	answer func(ctx context.Context, x int) (simulators.Result, error) // nil = the latency

	mu   sync.Mutex
	seen []int // in the order of the calls
}

func newLine(t testing.TB) *line {
	t.Helper()
	values := make([]float64, levels)
	for i := range values {
		values[i] = float64(i)
	}
	s, err := space.New(space.Param{Name: "x", Kind: space.Ordinal, Values: values})
	require.NoError(t, err)
	return &line{space: s}
}

func (l *line) Spec() simulators.Spec {
	return simulators.Spec{Name: "line", Version: "1", Doc: "A line.", Space: l.space, Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}}}
}

func (l *line) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		l.mu.Lock()
		l.seen = append(l.seen, p[0])
		l.mu.Unlock()
		if l.delay != nil {
			select {
			case <-time.After(l.delay(p[0])):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		results[i] = simulators.OK(float64(p[0]))
		if l.answer != nil {
			var err error
			if results[i], err = l.answer(ctx, p[0]); err != nil {
				return nil, err
			}
		}
	}
	return results, nil
}

// script is an agent that proposes 0, 1, 2, … one level after the other and writes down what happens to it.
type script struct {
	most     int                                // designs it ever proposes; 0 = no end
	perAsk   int                                // designs of one answer at most; 0 = as many as asked
	propose  func(n int) ([]space.Point, error) // instead of the count; nil = the count
	tellErr  error
	next     int
	log      []string
	told     []agents.Trial
	askedFor []int // for the trial that an Ask begins with: trials told by then
}

func (s *script) Ask(n int) ([]space.Point, error) {
	s.log = append(s.log, fmt.Sprintf("ask %d", n))
	if s.propose != nil {
		return s.propose(n)
	}
	if s.perAsk > 0 {
		n = min(n, s.perAsk)
	}
	var points []space.Point
	for range n {
		if s.most > 0 && s.next == s.most {
			break
		}
		points = append(points, space.Point{s.next % levels})
		s.askedFor = append(s.askedFor, len(s.told))
		s.next++
	}
	return points, nil
}

func (s *script) Tell(trials []agents.Trial) error {
	for _, t := range trials {
		s.log = append(s.log, fmt.Sprintf("tell %d", t.ID))
	}
	s.told = append(s.told, trials...)
	return s.tellErr
}

// least is the objective of the tests: the least latency.
func least(t testing.TB, term string) objective.Objective {
	t.Helper()
	o, err := objective.New(objective.Config{Minimise: []string{term}}, []simulators.Metric{{Name: "latency", Unit: "ns"}})
	require.NoError(t, err)
	return o
}

func task(t testing.TB, trials, lag int) study.Task {
	return study.Task{Objective: least(t, "latency_ns"), Trials: trials, Lag: lag, MaxFailed: 3}
}
