package hill

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// The number of starts follows from objectives and budget; given designs stand for starts.
func TestAClimbOnSeveralObjectivesBeginsWithStarts(t *testing.T) {
	for _, c := range []struct{ objectives, budget, given, want int }{
		{2, 0, 0, 20}, {3, 0, 0, 30}, {2, 40, 0, 10}, {2, 1, 0, 1}, {2, 0, 15, 5}, {2, 0, 25, 0}, {1, 0, 0, 0},
	} {
		a, err := New(agents.Problem{Space: cube(t), Objectives: c.objectives, Budget: c.budget}, Options{}, seed.New(1))
		require.NoError(t, err)
		for id := range c.given {
			require.NoError(t, a.Tell([]agents.Trial{{
				ID: id, Point: space.Point{id, 0, 0}, Objectives: make([]float64, c.objectives), Violations: []float64{0}, Given: true,
			}}))
		}
		require.Equal(t, c.want, a.starts, "%+v", c)
	}
}

// The objectives pull to opposite ends of a line, so that every design is an incumbent: all are proposed, none twice.
func TestEveryTradeOffIsFound(t *testing.T) {
	s := line(t)
	for _, lag := range []int{1, 8} {
		a, err := New(agents.Problem{Space: s, Objectives: 2, Budget: 100}, Options{}, seed.New(1))
		require.NoError(t, err)
		seen := map[int]bool{}
		study := agenttest.Study{Budget: 100, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial {
			seen[p[0]] = true
			return agents.Trial{Objectives: []float64{float64(p[0]), float64(-p[0])}, Violations: []float64{0}}
		}}
		_, err = study.Run(a, s)
		require.NoError(t, err)
		require.Len(t, seen, 100, "%d in flight", lag)
		require.Len(t, a.front, 100)
		require.Zero(t, a.climb)
	}
}
