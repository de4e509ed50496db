package agents_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/random"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestFeasibleAndViolation(t *testing.T) {
	for _, c := range []struct {
		name      string
		trial     agents.Trial
		feasible  bool
		violation float64
	}{
		{"all constraints hold", agents.Trial{Objectives: []float64{1}, Violations: []float64{-2, 0, 0}}, true, 0},
		{"no constraint", agents.Trial{Objectives: []float64{1}}, true, 0},
		{"positive ones add up", agents.Trial{Objectives: []float64{1}, Violations: []float64{2, -5, 0.5}}, false, 2.5},
		{"infeasible by an unknown violation", agents.Trial{Infeasible: "no", Violations: []float64{1, 0}}, false, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.feasible, c.trial.Feasible())
			require.Equal(t, c.violation, c.trial.Violation())
		})
	}
}

// script is a policy that plays given levels on one axis and records what it learns.
type script struct {
	next    int
	learned []string
	err     error
}

func (s *script) Act(lanes [][]env.Obs) ([][]env.Action, error) {
	actions := make([][]env.Action, len(lanes))
	for lane, seen := range lanes {
		for range seen {
			actions[lane] = append(actions[lane], env.Action{s.next % 3})
			s.next++
		}
	}
	return actions, s.err
}

func (s *script) Learn(lanes [][]env.Outcome) error {
	text := ""
	for _, outcomes := range lanes {
		for _, o := range outcomes {
			text += fmt.Sprintf("%v%t ", o.Reward, o.Terminated)
		}
		text += "| "
	}
	s.learned = append(s.learned, text)
	return s.err
}

func perAxis(t require.TestingT) (space.Space, env.Split) {
	labels := []string{"a", "b", "c"}
	s, err := space.New(space.Param{Name: "x", Kind: space.Nominal, Labels: labels}, space.Param{Name: "y", Kind: space.Nominal, Labels: labels})
	require.NoError(t, err)
	split, err := env.NewSplit(s, env.PerAxis)
	require.NoError(t, err)
	return s, split
}

// design makes a designer of two axes.
func design(t require.TestingT, policy agents.Policy, reward func(agents.Trial) float64) agents.Agent {
	s, split := perAxis(t)
	designer, err := agents.Designer(agents.Problem{Space: s, Objectives: 1}, policy, split, reward)
	require.NoError(t, err)
	return designer
}

func told(id int, p ...int) agents.Trial {
	return agents.Trial{ID: id, Point: p, Objectives: []float64{0}, Violations: []float64{0}}
}

func TestDesignerLearnsActByActInOrder(t *testing.T) {
	policy := &script{}
	designer := design(t, policy, func(t agents.Trial) float64 { return float64(t.ID) })
	first, err := designer.Ask(2)
	require.NoError(t, err)
	require.Equal(t, []space.Point{{0, 1}, {2, 0}}, first)
	second, err := designer.Ask(1)
	require.NoError(t, err)
	require.Equal(t, []space.Point{{1, 2}}, second)
	start := told(7, 0, 0)
	start.Given = true
	require.NoError(t, designer.Tell([]agents.Trial{start, told(10, 0, 1)}))
	require.Empty(t, policy.learned, "the first act is told in part only")
	require.NoError(t, designer.Tell([]agents.Trial{told(11, 2, 0), told(12, 1, 2)}))
	require.Equal(t, []string{"10true 10true | 11true 11true | ", "12true 12true | "}, policy.learned)
	require.ErrorContains(t, designer.Tell([]agents.Trial{told(13, 1, 2)}), "designer: trial 13: not asked for")
}

func TestDesignerReportsErrors(t *testing.T) {
	policy := &script{}
	designer := design(t, policy, agents.Trial.Violation)
	_, err := designer.Ask(1)
	require.NoError(t, err)
	policy.err = errors.New("net diverged")
	require.EqualError(t, designer.Tell([]agents.Trial{told(0, 0, 1)}), "designer: net diverged")
	_, err = designer.Ask(1)
	require.EqualError(t, err, "designer: net diverged")
	_, split := perAxis(t)
	_, err = agents.Designer(agents.Problem{}, policy, split, agents.Trial.Violation)
	require.EqualError(t, err, "designer: a problem of 0 objectives: must be at least 1")
}

func BenchmarkDesigner(b *testing.B) {
	designer := design(b, &script{}, agents.Trial.Violation)
	trials := []agents.Trial{told(0)}
	b.ReportAllocs()
	for b.Loop() {
		points, err := designer.Ask(1)
		if err != nil {
			b.Fatal(err)
		}
		trials[0].Point = points[0]
		if err := designer.Tell(trials); err != nil {
			b.Fatal(err)
		}
		trials[0].ID++
	}
}

// The random policy, one agent an axis, searches designs.
func ExampleDesigner() {
	f := agenttest.TileAccel()
	split, err := env.NewSplit(f.Space, env.PerAxis)
	if err != nil {
		fmt.Println(err)
		return
	}
	policy := random.NewPolicy(split.Specs(nil), seed.New(1, "agent", "random"))
	designer, err := agents.Designer(f.Problem(0), policy, split, func(t agents.Trial) float64 { return -t.Violation() })
	if err != nil {
		fmt.Println(err)
		return
	}
	points, err := designer.Ask(3)
	fmt.Println(len(points), err, f.Space.Check(points[0]))
	trials := []agents.Trial{f.Trial(points[0]), f.Trial(points[1]), f.Trial(points[2])}
	for id := range trials {
		trials[id].ID = id
	}
	fmt.Println(designer.Tell(trials))
	// Output:
	// 3 <nil> <nil>
	// <nil>
}
