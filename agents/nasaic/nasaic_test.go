package nasaic_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/nasaic"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// That work is steady takes 20,000 trials; the tests of the catalogue prove it.
func TestConformance(t *testing.T) {
	o := nasaic.Default()
	o.Width = 4 // the behaviour is the same, the time is not
	agenttest.TestNew(t, func(p agents.Problem, rng *rand.Rand) (agents.Agent, error) { return nasaic.New(p, o, rng) }, "steady-work")
}

// joint has a network of two axes and two sub-accelerators that share 8 PEs.
func joint(t testing.TB) space.Space {
	ordinal := func(name, group string, values ...float64) space.Param {
		return space.Param{Name: name, Kind: space.Ordinal, Group: group, Values: values}
	}
	s, err := space.New(
		ordinal("depth", "network1", 1, 2, 3), ordinal("width", "network1", 8, 16, 32, 64),
		ordinal("pes1", "sub1", 0, 2, 4, 6, 8), ordinal("pes2", "sub2", 0, 2, 4, 6, 8),
	)
	require.NoError(t, err)
	return s
}

// tell answers a design of that space: accuracy grows with the network, and a network needs as many PEs as it is deep, on each sub-accelerator.
func tell(s space.Space, id int, p space.Point, staged bool) agents.Trial {
	value := func(axis int) float64 { return s.Param(axis).Values[p[axis]] }
	accuracy, missing := value(0)+value(1)/64, max(2*value(0)-value(2), 0)+max(2*value(0)-value(3), 0)
	t := agents.Trial{ID: id, Point: p, Objectives: []float64{accuracy}, Violations: []float64{missing / 8, 0}}
	if staged && missing > 0 {
		t.Objectives, t.Infeasible, t.Violations = nil, "accuracy was not evaluated", []float64{1, missing / 8}
	}
	return t
}

// play runs a study and returns its designs and the best accuracy within the specs.
func play(t *testing.T, o nasaic.Options, trials int, staged bool, rng *rand.Rand) (points []space.Point, best float64) {
	s := joint(t)
	a, err := nasaic.New(agents.Problem{Space: s, Objectives: 1, Constraints: 1, Budget: trials}, o, rng)
	require.NoError(t, err)
	for id := range trials {
		asked, err := a.Ask(1)
		require.NoError(t, err)
		told := tell(s, id, asked[0], staged)
		require.NoError(t, a.Tell([]agents.Trial{told}))
		points = append(points, asked[0])
		if told.Feasible() {
			best = max(best, told.Objectives[0])
		}
	}
	return points, best
}

func TestEpisodesKeepTheNetworksAndTheBudget(t *testing.T) {
	o := nasaic.Default()
	o.Width = 8
	o.HardwareSteps, o.Budgets = 3, "pes1 + pes2 <= 8"
	points, _ := play(t, o, 400, false, seed.New(1))
	changed := 0
	for i, p := range points {
		require.LessOrEqual(t, p[2]+p[3], 4, "levels of 2 PEs: at most 8 in all")
		if i%4 != 0 {
			require.Equal(t, points[i-1][:2], p[:2], "a hardware step keeps the networks")
		} else if i > 0 && (p[0] != points[i-1][0] || p[1] != points[i-1][1]) {
			changed++
		}
	}
	require.Greater(t, changed, 20, "joint steps draw networks")
}

// Staged or not, the best network that the hardware can run is found: depth 2 (4 PEs on each of the two) and all widths.
func TestFindsTheBestNetworkWithinTheSpecs(t *testing.T) {
	o := nasaic.Default()
	o.Width, o.Budgets = 8, "pes1 + pes2 <= 8"
	for _, staged := range []bool{false, true} {
		found := 0
		for root := range uint64(5) {
			if _, best := play(t, o, 220, staged, seed.New(root)); best == 3 {
				found++
			}
		}
		require.Equal(t, 5, found, "staged = %v", staged)
	}
}

// On fixed hardware every step is a joint one.
func TestFixedHardwareLeavesNetworksOnly(t *testing.T) {
	s, err := space.New(
		space.Param{Name: "depth", Kind: space.Ordinal, Group: "network1", Values: []float64{1, 2, 3, 4, 5, 6}},
		space.Param{Name: "pes", Kind: space.Ordinal, Group: "sub1", Values: []float64{8}},
	)
	require.NoError(t, err)
	a, err := nasaic.New(agents.Problem{Space: s, Objectives: 1}, nasaic.Default(), seed.New(1))
	require.NoError(t, err)
	points, err := a.Ask(8)
	require.NoError(t, err)
	drawn := map[int]bool{}
	for _, p := range points {
		drawn[p[0]] = true
	}
	require.Len(t, drawn, 6)
}

func TestBudgetsAreParsedStrictly(t *testing.T) {
	for text, want := range map[string]string{
		"pes1 + pes2":                      `is not of the form "axis + axis <= number"`,
		"pes1 + pes2 <= x":                 `is not of the form`,
		"pes1 + pes9 <= 8":                 `unknown axis "pes9", did you mean "pes1"?`,
		"pes1 + pes1 <= 8":                 `axis "pes1" stands in two places`,
		"pes1 <= 8; pes2 + pes1 <= 8":      `axis "pes1" stands in two places`,
		"depth + width <= 5; pes1 <= -0.5": `the least levels already sum to 9`,
	} {
		o := nasaic.Default()
		o.Budgets = text
		_, err := nasaic.New(agents.Problem{Space: joint(t), Objectives: 1}, o, seed.New(1))
		require.ErrorContains(t, err, want)
	}
}

func TestOptionsOutOfRange(t *testing.T) {
	_, err := nasaic.New(agents.Problem{Space: joint(t), Objectives: 1}, nasaic.Options{HardwareSteps: -1, LearningRate: 11, BaselineDecay: 2}, seed.New(1))
	for _, want := range []string{"hardware_steps -1 must be in [0, 1e+06]", "width 0 must be in [1, 4096]", "learning_rate 11", "baseline_decay 2 must be in [0, 1]"} {
		require.ErrorContains(t, err, want)
	}
}
