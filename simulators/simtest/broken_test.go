package simtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// verdict is a reporter that keeps what it is told.
type verdict struct{ messages []string }

func (v *verdict) Errorf(format string, args ...any) {
	v.messages = append(v.messages, fmt.Sprintf(format, args...))
}
func (v *verdict) FailNow() { runtime.Goexit() }
func (v *verdict) Helper()  {}

// judge runs one clause on an instance and returns what it reports; empty = it passes.
func judge(t *testing.T, in simulators.Instance, name string) string {
	t.Helper()
	list := clauses(in)
	i := slices.IndexFunc(list, func(c clause) bool { return c.name == name })
	require.GreaterOrEqual(t, i, 0, "no clause %q", name)
	s := newSubject(in)
	s.patience = 50 * time.Millisecond
	var v verdict
	ended := make(chan struct{})
	go func() { // FailNow ends the goroutine
		defer close(ended)
		list[i].run(&v, s)
	}()
	<-ended
	return strings.Join(v.messages, "\n")
}

// TestClausesFailWhenTheyMust shows each clause a simulator that breaks it, and that the report names the breach.
func TestClausesFailWhenTheyMust(t *testing.T) {
	csv := simulators.Artifact{Name: "a.csv", MediaType: "text/csv", Data: []byte("a")}
	tests := []struct {
		clause, breach string
		in             simulators.Instance
		want           string // in the report
	}{
		{"spec is complete", "capitals in the name", respecced(func(s *simulators.Spec) { s.Name = "Toy" }), "the name"},
		{"spec is complete", "no version", respecced(func(s *simulators.Spec) { s.Version = "" }), "the version"},
		{"spec is complete", "no documentation", respecced(func(s *simulators.Spec) { s.Doc = " " }), "the documentation"},
		{"spec is complete", "no metrics", respecced(func(s *simulators.Spec) { s.Metrics = nil }), "the metrics"},
		{"spec is complete", "capitals in a key", respecced(func(s *simulators.Spec) { s.Metrics[0].Name = "Latency" }), "the key of metric"},
		{"spec is complete", "strange unit", respecced(func(s *simulators.Spec) { s.Metrics[0].Unit = "mm^2" }), "the key of metric"},
		{"spec is complete", "space around a unit", respecced(func(s *simulators.Spec) { s.Metrics[0].Unit = "pJ " }), "space around the unit"},
		{"spec is complete", "one key twice", respecced(func(s *simulators.Spec) { s.Metrics[0] = s.Metrics[1] }), "two metrics have one key"},
		{"spec is complete", "undocumented metric", respecced(func(s *simulators.Spec) { s.Metrics[0].Doc = "" }), "the documentation of metric"},
		{"spec is complete", "spec changes", respecced(new(growing).change), "Spec changed"},
		{"space has axes", "no axes", respecced(func(s *simulators.Spec) { s.Space = space.Space{} }), "the number of axes"},

		{"results are well formed", "error", reevaluated(func(evaluator) evaluator {
			return func(context.Context, []space.Point) ([]simulators.Result, error) {
				return nil, errors.New("no licence")
			}
		}), "no licence"},
		{"results are well formed", "missing result", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				return right(ctx, points[:max(len(points)-1, 0)])
			}
		}), "the number of results"},
		{"results are well formed", "not a number", spoiled(func(_ space.Point, r *simulators.Result) {
			if r.Values != nil {
				r.Values[1] = math.NaN()
			}
		}), `metric "area_mm2" is NaN`},
		{"results are well formed", "infeasible without a reason", spoiled(func(_ space.Point, r *simulators.Result) { r.Infeasible = "" }), "exactly one must be set"},
		{"every level is evaluated", "unreachable axis", unreachable(), "is active in no design"},
		{"every level is evaluated", "one bad level", spoiled(func(p space.Point, r *simulators.Result) {
			if p[3] == 5 {
				*r = simulators.Result{}
			}
		}), "x>c>k"},
		{"small space is evaluated whole", "one bad design", spoiled(func(p space.Point, r *simulators.Result) {
			if slices.Equal(p, space.Point{2, 1, 2, 4}) {
				*r = simulators.OK(1)
			}
		}), "the result has 1 values for 2 metrics"},

		{"order and batches do not matter", "depends on the place", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				results, err := right(ctx, points)
				for i := range results {
					if results[i].Values != nil {
						results[i].Values[0] += float64(i)
					}
				}
				return results, err
			}
		}), "another result for the same point"},
		{"order and batches do not matter", "depends on the past", spoiled(new(growing).spoil), "another result for the same point"},
		{"concurrent calls do not matter", "one scratch for all", sharedScratch(), "beside other calls"},
		{"concurrent calls do not matter", "refuses to be busy", busy(), "one at a time"},
		{"points are the caller's", "sorts its points", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				results, err := right(ctx, points)
				for _, p := range points {
					slices.Sort(p)
				}
				return results, err
			}
		}), "Evaluate changed its points"},
		{"points are the caller's", "remembers the slice", forgetless(), "one slice for all points"},
		{"results are the caller's", "one array for all values", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				results, err := right(ctx, points)
				if len(results) > 1 {
					results[0].Values = results[1].Values
				}
				return results, err
			}
		}), "share memory"},
		{"results are the caller's", "hands out its memory", memoising(), "after the caller wrote into earlier results"},
		{"results are the caller's", "writes into earlier results", rewriting(), "after a later call"},
		{"empty batch is empty", "error", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				if len(points) == 0 {
					return nil, errors.New("nothing to do")
				}
				return right(ctx, points)
			}
		}), "nothing to do"},
		{"empty batch is empty", "a result", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				results, err := right(ctx, points)
				return append(results, simulators.Failed("nothing")), err
			}
		}), "the results of no points"},
		{"ended context ends the call", "hangs", reevaluated(func(evaluator) evaluator {
			return func(context.Context, []space.Point) ([]simulators.Result, error) { select {} }
		}), "Evaluate went on under an ended context"},
		{"ended context ends the call", "hides the cause", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				if ctx.Err() != nil {
					return nil, errors.New("stopped")
				}
				return right(ctx, points)
			}
		}), "the error under an ended context"},
		{"ended context ends the call", "half the results", reevaluated(func(right evaluator) evaluator {
			return func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
				return right(context.WithoutCancel(ctx), points[:len(points)/2])
			}
		}), "the number of results under an ended context"},

		{"repair is a projection", "not canonical", repairing(func(p space.Point) (space.Point, bool) {
			return space.Point{0, 0, 1, 0}, true
		}), "the axis is inactive"},
		{"repair is a projection", "changes its argument", repairing(func(p space.Point) (space.Point, bool) {
			changed := p[0] != 0
			p[0] = 0
			return p, changed
		}), "Repair changed its argument"},
		{"repair is a projection", "says nothing", repairing(func(p space.Point) (space.Point, bool) {
			return make(space.Point, len(p)), false
		}), "what Repair says"},
		{"repair is a projection", "not idempotent", repairing(func(p space.Point) (space.Point, bool) {
			q := slices.Clone(p)
			q[0] = (q[0] + 1) % 4
			return q, true
		}), "Repair changed its own result"},
		{"advice is changed designs", "not canonical", advising(func(space.Point) []simulators.Advice {
			return []simulators.Advice{{Point: space.Point{0, 0, 1, 0}, About: "latency"}}
		}), "the axis is inactive"},
		{"advice is changed designs", "about nothing", advising(func(space.Point) []simulators.Advice {
			return []simulators.Advice{{Point: space.Point{0, 0, 0, 0}}}
		}), "what advice 0 is about"},
		{"advice is changed designs", "the design itself", advising(func(p space.Point) []simulators.Advice {
			if p == nil {
				return nil
			}
			return []simulators.Advice{{Point: slices.Clone(p), About: "latency"}}
		}), "is the design itself"},
		{"advice is changed designs", "changes its argument", advising(func(p space.Point) []simulators.Advice {
			if len(p) > 0 {
				p[0] = (p[0] + 1) % 4
			}
			return nil
		}), "Advise changed its argument"},
		{"advice is changed designs", "another at each call", advising(counted()), "Advise of the same design again"},
		{"features are numbers", "nothing", featuring(), "the features"},
		{"features are numbers", "not a number", featuring(simulators.Feature{Name: "macs", Doc: "all", Value: math.NaN()}), `feature "macs" is NaN`},
		{"features are numbers", "one name twice", featuring(simulators.Feature{Name: "macs", Doc: "all"}, simulators.Feature{Name: "macs", Doc: "all"}), `feature "macs" is there twice`},
		{"features are numbers", "strange name", featuring(simulators.Feature{Name: "MACs/s", Doc: "all"}), "its name must be a letter"},
		{"features are numbers", "undocumented", featuring(simulators.Feature{Name: "macs"}), "the documentation of feature"},
		{"features are numbers", "changes", func() simulators.Instance {
			in, calls := toy(), 0.0
			in.Features = func() []simulators.Feature {
				calls++
				return []simulators.Feature{{Name: "macs", Doc: "all", Value: calls}}
			}
			return in
		}(), "Features again"},
		{"detail explains a design", "nothing", detailing(), "the artifacts of"},
		{"detail explains a design", "no extension", detailing(simulators.Artifact{Name: "a", MediaType: "text/csv", Data: []byte("a")}), "the file extension"},
		{"detail explains a design", "a path", detailing(simulators.Artifact{Name: "../a.csv", MediaType: "text/csv", Data: []byte("a")}), "not a path"},
		{"detail explains a design", "no media type", detailing(simulators.Artifact{Name: "a.csv", Data: []byte("a")}), "the media type"},
		{"detail explains a design", "no data", detailing(simulators.Artifact{Name: "a.csv", MediaType: "text/csv"}), "the data of artifact"},
		{"detail explains a design", "one name twice", detailing(csv, csv), "two artifacts have one name"},
	}
	proved := map[string]bool{}
	for _, test := range tests {
		proved[test.clause] = true
		t.Run(test.clause+"/"+test.breach, func(t *testing.T) {
			require.Empty(t, judge(t, toy(), test.clause), "the correct toy")
			report := judge(t, test.in, test.clause)
			require.Contains(t, report, test.want)
			require.Contains(t, report, "The contract: ")
		})
	}
	for _, c := range clauses(toy()) {
		require.True(t, proved[c.name], "no broken simulator for clause %q", c.name)
	}
}
