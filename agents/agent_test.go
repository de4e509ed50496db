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

func TestDesignerLearnsActByActInOrder(t *testing.T) {
	_, split := perAxis(t)
	policy := &script{}
	designer := agents.Designer(policy, split, func(t agents.Trial) float64 { return float64(t.ID) })
	first, err := designer.Ask(2)
	require.NoError(t, err)
	require.Equal(t, []space.Point{{0, 1}, {2, 0}}, first)
	second, err := designer.Ask(1)
	require.NoError(t, err)
	require.Equal(t, []space.Point{{1, 2}}, second)
	require.NoError(t, designer.Tell([]agents.Trial{{ID: 7, Given: true}, {ID: 10}}))
	require.Empty(t, policy.learned, "the first act is told in part only")
	require.NoError(t, designer.Tell([]agents.Trial{{ID: 11}, {ID: 12}}))
	require.Equal(t, []string{"10true 10true | 11true 11true | ", "12true 12true | "}, policy.learned)
	require.EqualError(t, designer.Tell([]agents.Trial{{ID: 13}}), "designer: trial 13 was not asked for")
}

func TestDesignerReportsThePolicysErrors(t *testing.T) {
	_, split := perAxis(t)
	policy := &script{}
	designer := agents.Designer(policy, split, agents.Trial.Violation)
	_, err := designer.Ask(1)
	require.NoError(t, err)
	policy.err = errors.New("net diverged")
	require.EqualError(t, designer.Tell([]agents.Trial{{ID: 0}}), "designer: net diverged")
	_, err = designer.Ask(1)
	require.EqualError(t, err, "designer: net diverged")
}

func BenchmarkDesigner(b *testing.B) {
	_, split := perAxis(b)
	designer := agents.Designer(&script{}, split, agents.Trial.Violation)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := designer.Ask(1); err != nil {
			b.Fatal(err)
		}
		if err := designer.Tell([]agents.Trial{{}}); err != nil {
			b.Fatal(err)
		}
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
	designer := agents.Designer(policy, split, func(t agents.Trial) float64 { return -t.Violation() })
	points, err := designer.Ask(3)
	fmt.Println(len(points), err, f.Space.Check(points[0]))
	trials := []agents.Trial{f.Trial(points[0]), f.Trial(points[1]), f.Trial(points[2])}
	fmt.Println(designer.Tell(trials))
	// Output:
	// 3 <nil> <nil>
	// <nil>
}
