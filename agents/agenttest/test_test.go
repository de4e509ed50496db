package agenttest

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// fake is a random agent whose behaviour a test breaks in one place.
type fake struct {
	p     agents.Problem
	rng   *rand.Rand
	guard agents.Guard
	ask   func(f *fake, n int) ([]space.Point, error)
	tell  func(f *fake, trials []agents.Trial) error

	told    []agents.Trial
	asked   []space.Point
	calls   int
	history []byte
}

// made is a copy of the fake for a problem.
func (f fake) made(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
	var err error
	f.p, f.rng = p, rng
	f.guard, err = agents.NewGuard(p)
	return &f, err
}

func (f *fake) Ask(n int) ([]space.Point, error) {
	ask := f.ask
	if ask == nil {
		ask = func(f *fake, n int) ([]space.Point, error) { return f.sample(n), nil }
	}
	points, err := ask(f, n)
	f.guard.Ask(points...)
	return points, err
}

func (f *fake) Tell(trials []agents.Trial) error {
	if f.tell != nil {
		return f.tell(f, trials)
	}
	return f.guard.Tell(trials)
}

func (f *fake) sample(n int) []space.Point {
	points := make([]space.Point, n)
	for i := range points {
		points[i] = f.p.Space.Sample(f.rng)
	}
	f.asked = append(f.asked, points...)
	return points
}

// broken lists, for each clause, agents that break it; shared is state that two agents of one process wrongly share.
func broken(shared *int) map[string][]fake {
	remember := func(f *fake, trials []agents.Trial) error { f.told = append(f.told, trials...); return nil }
	return map[string][]fake{
		"points": {
			{ask: func(f *fake, n int) ([]space.Point, error) { return f.sample(n + 1), nil }},
			{ask: func(f *fake, n int) ([]space.Point, error) { // ignores conditions
				points := f.sample(n)
				for _, p := range points {
					for axis := range p {
						p[axis] = f.rng.IntN(f.p.Space.Levels(axis))
					}
				}
				return points, nil
			}},
			{ask: func(f *fake, n int) ([]space.Point, error) { // out of range
				points := f.sample(n)
				for _, p := range points {
					for axis := range p {
						p[axis]++
					}
				}
				return points, nil
			}},
			{ask: func(f *fake, n int) ([]space.Point, error) { return nil, nil }},
		},
		"determinism": {
			{ask: func(f *fake, n int) ([]space.Point, error) {
				*shared++
				f.rng.Uint64()
				points := f.sample(n)
				for _, p := range points {
					p[0] = *shared % f.p.Space.Levels(0)
				}
				return points, nil
			}},
		},
		"asking": {
			{ask: func(f *fake, n int) ([]space.Point, error) { // counts calls, not points
				points := f.sample(n)
				if f.calls++; f.calls > 10 {
					for _, p := range points {
						clear(p)
					}
				}
				return points, nil
			}},
		},
		"in-flight": {
			{ask: func(f *fake, n int) ([]space.Point, error) { // waits for results
				if len(f.asked) > len(f.told) {
					return nil, nil
				}
				return f.sample(n), nil
			}, tell: remember},
		},
		"infeasible": {
			{tell: func(f *fake, trials []agents.Trial) error { // trusts that there are objectives
				for _, t := range trials {
					if t.Objectives == nil {
						return errors.New("no objectives")
					}
				}
				return nil
			}},
		},
		"given": {
			{tell: func(f *fake, trials []agents.Trial) error { // thinks that every trial was asked for
				if f.told = append(f.told, trials...); len(f.told) > len(f.asked) {
					return errors.New("more told than asked")
				}
				return nil
			}},
		},
		"objectives": {
			{tell: func(f *fake, trials []agents.Trial) error {
				for _, t := range trials {
					if len(t.Objectives) > 1 {
						return errors.New("one objective only")
					}
				}
				return nil
			}},
		},
		"refusal": {
			{tell: func(*fake, []agents.Trial) error { return nil }}, // believes everything
			{tell: func(f *fake, trials []agents.Trial) error { // takes the trials before the wrong one
				for _, t := range trials {
					if err := f.guard.Tell([]agents.Trial{t}); err != nil {
						return err
					}
				}
				return nil
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // notices when it has learned already
				f.rng.Uint64()
				return f.guard.Tell(trials)
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // makes numbers of what is none
				trials = slices.Clone(trials)
				for i := range trials {
					trials[i].Objectives = []float64{0}
				}
				return f.guard.Tell(trials)
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // does not look at violations
				trials = slices.Clone(trials)
				for i := range trials {
					trials[i].Violations = make([]float64, f.p.Constraints+1)
				}
				return f.guard.Tell(trials)
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // does not look at IDs
				trials = slices.Clone(trials)
				for i := range trials {
					f.calls++
					trials[i].ID = f.calls
				}
				return f.guard.Tell(trials)
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // does not look at designs
				f.told = append(f.told, trials...)
				if len(f.told) > len(f.asked) {
					f.told = f.told[:len(f.told)-len(trials)]
					return errors.New("more told than asked")
				}
				return nil
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // takes what it did not ask for
				trials = slices.Clone(trials)
				for i := range trials {
					trials[i].Given = true
				}
				return f.guard.Tell(trials)
			}},
		},
		"finished": {
			{ask: func(f *fake, n int) ([]space.Point, error) { // pauses
				if f.calls++; f.calls == 31 {
					return nil, nil
				}
				return f.sample(n), nil
			}},
		},
		"ownership": {
			{tell: func(f *fake, trials []agents.Trial) error {
				for _, t := range trials {
					if len(t.Objectives) > 0 {
						t.Objectives[0] = 0.123
					}
				}
				return nil
			}},
			{tell: func(f *fake, trials []agents.Trial) error { // goes on using the points that it handed out
				for axis := range f.asked[0] {
					f.asked[0][axis] = (f.asked[0][axis] + 1) % f.p.Space.Levels(axis)
				}
				f.asked[0] = f.p.Space.Canonical(f.asked[0])
				return nil
			}},
		},
		"steady-work": {
			{ask: func(f *fake, n int) ([]space.Point, error) { // copies its history
				f.history = append(slices.Clone(f.history), 1)
				return f.sample(n), nil
			}},
		},
	}
}

func TestBrokenAgentsFailTheirClause(t *testing.T) {
	shared := 0
	all := broken(&shared)
	for _, c := range clauses() {
		t.Run(c.name, func(t *testing.T) {
			require.NotEmpty(t, all[c.name], "no broken agent for this clause")
			for i, f := range all[c.name] {
				err := c.check(func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) {
					agent := f
					if c.name == "determinism" && p.Space.Len() == 0 {
						agent.ask = nil
					}
					return agent.made(p, rng)
				})
				require.Error(t, err, "broken agent %d passes", i)
				t.Log(err)
			}
		})
	}
}

// An objective with as many constraints scores a result without values alike.
func TestMadeUpResultsAreThoseOfAnObjective(t *testing.T) {
	o, err := objective.New(objective.Config{
		Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"latency_ns": 100}, AtLeast: map[string]float64{"latency_ns": 10},
	}, []simulators.Metric{{Name: "latency", Unit: "ns"}})
	require.NoError(t, err)
	for _, violation := range []float64{0, 0.25} {
		want, err := o.Score(simulators.Infeasible("does not fit", violation))
		require.NoError(t, err)
		r := results{constraints: 2, infeasible: func(int) (string, float64) { return "does not fit", violation }}
		got := r.evaluate(0, space.Point{0})
		require.Equal(t, want.Objectives, got.Objectives)
		require.Equal(t, want.Violations, got.Violations)
	}
}

func TestASoundAgentPasses(t *testing.T) {
	TestNew(t, fake{}.made)
}

// blind is a random policy that can be broken: it ignores masks, changes what it sees, or counts on one Learn an Act.
type blind struct {
	specs                                []env.AgentSpec
	rng                                  *rand.Rand
	ignoresMasks, writes, strict, shared bool
	calls                                *int
	owed                                 int
}

func (b *blind) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	if b.owed++; b.strict && b.owed > 1 {
		return nil, errors.New("act before learn")
	}
	if *b.calls++; b.shared && *b.calls%7 == 0 {
		b.rng.Uint64()
	}
	actions := make([][]env.Action, len(lanes))
	for lane, seen := range lanes {
		for i, spec := range b.specs {
			action := spec.Actions.Sample(b.rng)
			for !b.ignoresMasks && env.CheckActions(b.specs[i:i+1], seen[i:i+1], []env.Action{action}) != nil {
				action = spec.Actions.Sample(b.rng)
			}
			actions[lane] = append(actions[lane], action)
		}
	}
	return actions, nil
}

func (b *blind) Learn(lanes [][]env.Outcome) error {
	b.owed--
	if b.writes {
		lanes[0][0].Reward = 0.5
	}
	return nil
}

func TestBrokenPoliciesFailTheirClause(t *testing.T) {
	calls := 0
	for name, b := range map[string]blind{
		"actions": {ignoresMasks: true}, "determinism": {shared: true}, "ahead": {strict: true}, "ownership": {writes: true},
	} {
		i := slices.IndexFunc(policyClauses(), func(c policyClause) bool { return c.name == name })
		policy := func(b blind) NewPolicy {
			return func(specs []env.AgentSpec, rng *rand.Rand) (agents.Policy, error) {
				b.specs, b.rng, b.calls = specs, rng, &calls
				return &b, nil
			}
		}
		require.Error(t, policyClauses()[i].check(policy(b)), name)
		require.NoError(t, policyClauses()[i].check(policy(blind{})), name)
	}
}
