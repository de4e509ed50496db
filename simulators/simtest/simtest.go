package simtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Option changes how much the suite evaluates.
type Option func(*subject)

// Points is the number of random designs that each clause works on, at least 1; 64 without it.
func Points(n int) Option { return func(s *subject) { s.points = max(n, 1) } }

// Whole is the largest size of a space that is evaluated whole; 4,096 without it, 0 = never.
func Whole(size int) Option { return func(s *subject) { s.whole = size } }

// Test checks every clause of the contract of a simulator and, where it has them, of its Detail, Repair, Advise and Features.
func Test(t *testing.T, in simulators.Instance, options ...Option) {
	t.Helper()
	s := newSubject(in, options...)
	for _, c := range clauses(in) {
		if !t.Run(c.name, func(t *testing.T) { c.run(t, s) }) && c.name == wellFormed {
			t.Log("the clauses that compare results are left out until results are well formed")
			return
		}
	}
}

// wellFormed is the clause that the later ones build on.
const wellFormed = "results are well formed"

// reporter is the part of *testing.T that the clauses use.
type reporter interface {
	require.TestingT
	Helper()
}

// clause is one sentence of the contract with its proof.
type clause struct {
	name, contract string
	check          func(t reporter, s *subject)
}

func (c clause) run(t reporter, s *subject) {
	t.Helper()
	c.check(explained{t, c.contract}, s)
}

// explained adds the contract's sentence to each failure.
type explained struct {
	reporter
	contract string
}

// Errorf reports a failure with the clause that it breaks.
func (e explained) Errorf(format string, args ...any) {
	e.Helper()
	e.reporter.Errorf("%s\nThe contract: %s", fmt.Sprintf(format, args...), e.contract)
}

// clauses lists the clauses that apply to an instance.
func clauses(in simulators.Instance) []clause {
	list := []clause{
		{"spec is complete", "a Spec names the simulator (family[/variant], lower case), its version, what it models, and metrics with unique keys in lower case; it never changes.", specIsComplete},
		{"space has axes", "a simulator closes a model over a scenario; what can be searched are the axes of its space.", spaceHasAxes},
		{wellFormed, "Evaluate returns one result a point: exactly one of values (one a metric, all finite), a reason of infeasibility, a reason of failure. It has no error for a canonical point.", resultsAreWellFormed},
		{"every level is evaluated", "each axis is active in some design, and each of its levels gives a well-formed result.", everyLevelIsEvaluated},
		{"small space is evaluated whole", "every canonical point of the space gives a well-formed result.", smallSpaceIsEvaluatedWhole},
		{"order and batches do not matter", "a result follows from the point alone, whatever was evaluated before, in whatever batches.", orderAndBatchesDoNotMatter},
		{"concurrent calls do not matter", "a simulator is safe for concurrent use and gives the same results under it.", concurrentCallsDoNotMatter},
		{"points are the caller's", "points belong to the caller: Evaluate neither changes them nor looks at them after it returned.", pointsAreTheCallers},
		{"results are the caller's", "results belong to the caller: their values share memory with no other result and with nothing that the simulator keeps.", resultsAreTheCallers},
		{"empty batch is empty", "an empty batch gives an empty result and no error.", emptyBatchIsEmpty},
		{"ended context ends the call", "when ctx has ended, Evaluate returns soon: with an error that wraps ctx.Err(), or with the results.", endedContextEndsTheCall},
	}
	if in.Repair != nil {
		list = append(list, clause{"repair is a projection", "Repair maps a canonical point to a canonical point, tells whether it changed anything, changes nothing the second time, and leaves its argument alone.", repairIsAProjection})
	}
	if in.Advise != nil {
		list = append(list, clause{"advice is changed designs", "Advise gives other canonical points than its argument, each with what it is about, the same at each call, and leaves its argument alone; for no design it gives designs to begin at.", adviceIsChangedDesigns})
	}
	if in.Detail != nil {
		list = append(list, clause{"detail explains a design", "Detail gives artifacts with unique file names, media types and data, the same at each call, for a feasible design.", detailExplainsADesign})
	}
	if in.Features != nil {
		list = append(list, clause{"features are numbers", "Features gives finite numbers with unique keys and documentation, the same at each call.", featuresAreNumbers})
	}
	return list
}

// subject is an instance with the designs to try it on.
type subject struct {
	simulators.Instance
	spec     simulators.Spec
	points   int
	whole    int
	patience time.Duration // for a call whose context has ended

	sample []space.Point       // distinct random designs
	told   []simulators.Result // of the sample, by the first evaluation
}

func newSubject(in simulators.Instance, options ...Option) *subject {
	s := &subject{Instance: in, spec: in.Simulator.Spec(), points: 64, whole: 4096, patience: 10 * time.Second}
	for _, o := range options {
		o(s)
	}
	rng := seed.New(1, "simtest")
	seen := map[string]bool{}
	for range 4 * s.points { // a small space has fewer designs than draws
		p := s.spec.Space.Sample(rng)
		if key := s.spec.Space.Key(p); !seen[key] && len(s.sample) < s.points {
			seen[key] = true
			s.sample = append(s.sample, p)
		}
	}
	return s
}

// evaluate is a call that must succeed with one well-formed result a point.
func (s *subject) evaluate(t reporter, points ...space.Point) []simulators.Result {
	t.Helper()
	results, err := s.Simulator.Evaluate(context.Background(), points)
	require.NoError(t, err, "Evaluate of %d points", len(points))
	require.Len(t, results, len(points), "the number of results")
	for i, r := range results {
		if err := s.spec.CheckResult(r); err != nil {
			require.FailNow(t, err.Error(), "point %d of %d: %s", i, len(points), s.design(points[i]))
		}
	}
	return results
}

// baseline is what the sample gave when it was evaluated first, in one batch.
func (s *subject) baseline(t reporter) []simulators.Result {
	t.Helper()
	if s.told == nil {
		s.told = clones(s.evaluate(t, clonePoints(s.sample)...))
	}
	return s.told
}

// same requires the result of sample point i to be the one told before.
func (s *subject) same(t reporter, i int, got simulators.Result, when string) {
	t.Helper()
	if want := s.baseline(t)[i]; !alike(got, want) {
		require.FailNow(t, "another result for the same point",
			"%s\nwas  %+v\nis   %+v %s", s.design(s.sample[i]), want, got, when)
	}
}

// design words a point by the names of its values.
func (s *subject) design(p space.Point) string {
	if s.spec.Space.Check(p) != nil {
		return fmt.Sprintf("levels %v", []int(p))
	}
	return fmt.Sprintf("design %v", s.spec.Space.Design(p))
}
