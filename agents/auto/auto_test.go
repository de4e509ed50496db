package auto

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// line is a space of one axis of n levels.
func line(t testing.TB, n int) space.Space {
	values := make([]float64, n)
	for i := range values {
		values[i] = float64(i)
	}
	s, err := space.New(space.Param{Name: "x", Values: values})
	require.NoError(t, err)
	return s
}

func TestTheRuleOfChoice(t *testing.T) {
	for _, c := range []struct {
		designs, objectives, constraints, budget int
		want                                     string
	}{
		{100, 1, 0, 100, "grid"},
		{100, 3, 2, 5000, "grid"},
		{101, 1, 0, 100, "bo"},
		{200, 1, 0, 0, "grid"},
		{201, 1, 0, 0, "bo"},
		{9999, 1, 3, 1000, "bo"},
		{9999, 2, 0, 1000, "bo"},
		{9999, 3, 0, 400, "bo"},
		{9999, 3, 0, 401, "nsga2"},
		{9999, 2, 0, 1001, "nsga2"},
		{9999, 1, 0, 1001, "turbo"},
		{9999, 1, 0, 5000, "turbo"},
		{9999, 1, 0, 5001, "regevo"},
	} {
		p := agents.Problem{Space: line(t, c.designs), Objectives: c.objectives, Constraints: c.constraints, Budget: c.budget}
		require.Equal(t, c.want, Choose(p).Name, "%+v", c)
	}
}

// What is picked is the agent of that kind itself, with the same generator: the same designs.
func TestItIsTheChosenAgent(t *testing.T) {
	none, err := simulators.NewSettings(nil, nil)
	require.NoError(t, err)
	for _, budget := range []int{60, 1500, 8000} {
		p := agents.Problem{Space: agenttest.Trap30().Problem(0).Space, Objectives: 1, Budget: budget}
		defaults, err := simulators.NewSettings(Choose(p).Options, nil)
		require.NoError(t, err)
		ours, err := Factory().New(p, none, seed.New(1))
		require.NoError(t, err)
		theirs, err := Choose(p).New(p, defaults, seed.New(1))
		require.NoError(t, err)
		for range 3 {
			a, err := ours.Ask(2)
			require.NoError(t, err)
			b, err := theirs.Ask(2)
			require.NoError(t, err)
			require.Equal(t, b, a)
		}
	}
}

func TestAProblemThatNoAgentCanHave(t *testing.T) {
	none, err := simulators.NewSettings(nil, nil)
	require.NoError(t, err)
	_, err = Factory().New(agents.Problem{Space: line(t, 300), Objectives: 0, Budget: 10}, none, seed.New(1))
	require.ErrorContains(t, err, "auto: bo: a problem of 0 objectives")
}

func ExampleChoose() {
	p := agenttest.Hartmann6().Problem(80)
	fmt.Println(Choose(p).Name)
	// Output: bo
}
