package hill

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	require.Equal(t, Options{}, options(settings))
	_, err := New(agents.Problem{}, Options{Reach: -1}, seed.New(1))
	require.EqualError(t, err, "hill: reach -1 must be at least 0")
}

// line is one ordinal axis of 100 levels; the value of a level is peak - |level - peak|.
func line(t require.TestingT) space.Space {
	p := space.Param{Name: "x", Kind: space.Ordinal}
	for i := range 100 {
		p.Values = append(p.Values, float64(i))
	}
	s, err := space.New(p)
	require.NoError(t, err)
	return s
}

func peakAt(peak int) func(int, space.Point) agents.Trial {
	return func(_ int, p space.Point) agents.Trial {
		return agents.Trial{Objectives: []float64{-float64(max(p[0]-peak, peak-p[0]))}, Violations: []float64{0}}
	}
}

// One climb reaches the peak of a line by steps of 1, 2, 4, … levels long before it has tried half of them, and then restarts elsewhere.
func TestClimbsToThePeakAndRestarts(t *testing.T) {
	s := line(t)
	agent, err := New(agents.Problem{Space: s, Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	trials, err := agenttest.Study{Budget: 100, Evaluate: peakAt(71)}.Run(agent, s)
	require.NoError(t, err)
	found := -1
	seen := map[int]bool{}
	for i, trial := range trials {
		require.False(t, seen[trial.Point[0]], "design %v was proposed twice", trial.Point)
		seen[trial.Point[0]] = true
		if trial.Point[0] == 71 {
			found = i
		}
	}
	require.True(t, found >= 0 && found < 40, "found the peak in trial %d", found)
	require.Len(t, seen, 100, "restarts go on until every design has been tried")
	require.Greater(t, agent.climb, 1)
}

func TestReachOneMovesToNeighboursOnly(t *testing.T) {
	s := line(t)
	agent, err := New(agents.Problem{Space: s, Objectives: 1}, Options{Reach: 1}, seed.New(1))
	require.NoError(t, err)
	start := agents.Trial{Point: space.Point{50}, Objectives: []float64{0}, Violations: []float64{0}, Given: true}
	require.NoError(t, agent.Tell([]agents.Trial{start}))
	points, err := agent.Ask(2)
	require.NoError(t, err)
	require.ElementsMatch(t, []space.Point{{49}, {51}}, points)
}

func TestTheFirstClimbStartsAtTheBestGivenDesign(t *testing.T) {
	s := line(t)
	agent, err := New(agents.Problem{Space: s, Objectives: 1}, Options{Reach: 1}, seed.New(1))
	require.NoError(t, err)
	for id, level := range []int{10, 60, 90} {
		trial := peakAt(71)(id, space.Point{level})
		trial.ID, trial.Point, trial.Given = id, space.Point{level}, true
		require.NoError(t, agent.Tell([]agents.Trial{trial}))
	}
	points, err := agent.Ask(1)
	require.NoError(t, err)
	require.Contains(t, []int{59, 61}, points[0][0])
}

func TestATrialThatWasNotAskedForIsAnError(t *testing.T) {
	agent, err := New(agents.Problem{Space: line(t), Objectives: 1}, Options{}, seed.New(1))
	require.NoError(t, err)
	require.EqualError(t, agent.Tell([]agents.Trial{valued(3, 1, 0)}), "hill: trial 3: not asked for and not given: no design is waited for")
}

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

// Single steps on a quadratic of 101^3 designs: most climbs need over a hundred improvements, of which none may get lost in flight.
func TestTrialsInFlightDoNotEndTheClimb(t *testing.T) {
	s := cube(t)
	for _, lag := range []int{1, 4, 8, 16} {
		for root := range uint64(10) {
			agent, err := New(agents.Problem{Space: s, Objectives: 1}, Options{Reach: 1}, seed.New(root, "lag"))
			require.NoError(t, err)
			best := math.Inf(-1)
			_, err = agenttest.Study{Budget: 600, Lag: lag, Evaluate: func(_ int, p space.Point) agents.Trial {
				x, y, z := p[0]-30, p[1]-50, p[2]-70
				value := -float64(x*x + y*y + z*z)
				best = max(best, value)
				return agents.Trial{Objectives: []float64{value}, Violations: []float64{0}}
			}}.Run(agent, s)
			require.NoError(t, err)
			require.Zero(t, best, "%d in flight, seed %d", lag, root)
		}
	}
}

// From level 50 of a line both moves are proposed, then starts of the next climb while the moves are in flight.
func TestTheBestStartAheadBeginsTheNextClimb(t *testing.T) {
	agent, err := New(agents.Problem{Space: line(t), Objectives: 1}, Options{Reach: 1}, seed.New(1))
	require.NoError(t, err)
	require.NoError(t, agent.Tell([]agents.Trial{valued(-1, 50, 9)}))
	points, err := agent.Ask(5)
	require.NoError(t, err)
	require.ElementsMatch(t, []int{49, 51}, []int{points[0][0], points[1][0]})
	for i, value := range []float64{1, 2, 3, 5, 4} {
		require.NoError(t, agent.Tell([]agents.Trial{valued(i, points[i][0], value)}))
		require.Equal(t, 50, agent.top.Point[0])
	}
	_, err = agent.Ask(1)
	require.NoError(t, err)
	require.Equal(t, points[3], agent.top.Point)
}

func TestAStartAheadThatIsBetterIsTheIncumbentAtOnce(t *testing.T) {
	agent, err := New(agents.Problem{Space: line(t), Objectives: 1}, Options{Reach: 1}, seed.New(1))
	require.NoError(t, err)
	require.NoError(t, agent.Tell([]agents.Trial{valued(-1, 50, 9)}))
	points, err := agent.Ask(3)
	require.NoError(t, err)
	for i, value := range []float64{1, 2, 10} {
		require.NoError(t, agent.Tell([]agents.Trial{valued(i, points[i][0], value)}))
	}
	require.Equal(t, points[2], agent.top.Point)
	require.Zero(t, agent.climb)
}

// valued is a feasible trial of a level of the line, a given one when its ID is negative.
func valued(id, level int, objectives ...float64) agents.Trial {
	return agents.Trial{ID: id, Point: space.Point{level}, Objectives: objectives, Violations: []float64{0}, Given: id < 0}
}

func TestAnEqualMoveIsTaken(t *testing.T) {
	for after, taken := range map[float64]bool{3: true, 4: true, 2: false} {
		agent, err := New(agents.Problem{Space: line(t), Objectives: 1}, Options{}, seed.New(1))
		require.NoError(t, err)
		require.NoError(t, agent.Tell([]agents.Trial{valued(-1, 50, 3)}))
		points, err := agent.Ask(1)
		require.NoError(t, err)
		require.NoError(t, agent.Tell([]agents.Trial{valued(0, points[0][0], after)}))
		require.Equal(t, taken, agent.top.Point[0] != 50, "%v after 3", after)
	}
}

func TestTheAxesThatWereTriedLeastComeFirst(t *testing.T) {
	agent, err := New(agents.Problem{Space: cube(t), Objectives: 1}, Options{Reach: 1}, seed.New(1))
	require.NoError(t, err)
	agent.tries = []int{5, 0, 2}
	start := agents.Trial{Point: space.Point{50, 50, 50}, Objectives: []float64{0}, Violations: []float64{0}, Given: true}
	require.NoError(t, agent.Tell([]agents.Trial{start}))
	points, err := agent.Ask(6)
	require.NoError(t, err)
	var axes []int
	for _, p := range points {
		axes = append(axes, slices.IndexFunc(p, func(level int) bool { return level != 50 }))
	}
	require.Equal(t, []int{1, 1, 2, 2, 0, 0}, axes)
}

func ExampleNew() {
	f := agenttest.Hartmann6()
	agent, err := New(f.Problem(300), Options{}, seed.New(1, "agent", "hill"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 300)
	fmt.Printf("%d trials, within 5 %% of the optimum: %t %v\n", trials, least < f.Best*0.95, err)
	// Output: 300 trials, within 5 % of the optimum: true <nil>
}
