package hill

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// cube has three ordinal axes of 101 levels.
func cube(t require.TestingT) space.Space {
	var params []space.Param
	for _, name := range []string{"x", "y", "z"} {
		p := space.Param{Name: name, Kind: space.Ordinal}
		for i := range 101 {
			p.Values = append(p.Values, float64(i))
		}
		params = append(params, p)
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

func TestLag(t *testing.T) {
	s := cube(t)
	for _, lag := range []int{1, 2, 4, 8, 16, 32} {
		worst, found := 0.0, 0
		climbs := 0
		for root := range uint64(20) {
			agent, err := New(agents.Problem{Space: s, Objectives: 1}, Options{Reach: 1}, seed.New(root, "lag"))
			require.NoError(t, err)
			best := -1e9
			_, err = agenttest.Study{Budget: 600, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial {
				v := 0.0
				for axis, at := range []int{30, 50, 70} {
					d := float64(p[axis] - at)
					v -= d * d
				}
				best = max(best, v)
				return agents.Trial{Objectives: []float64{v}, Violations: []float64{0}}
			}}.Run(agent, s)
			require.NoError(t, err)
			if best == 0 {
				found++
			}
			worst = min(worst, best)
			climbs += agent.climb
		}
		fmt.Println(lag, found, worst, climbs)
	}
}
