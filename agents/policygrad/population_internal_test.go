package policygrad

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

// several makes a designer of several rivals on a space of two axes, an agent each.
func several(t *testing.T, o DesignOptions) *Designer {
	s, err := space.New(functions.Nominals("axis", 2, 4)...)
	require.NoError(t, err)
	d, err := NewDesigner("ippo", agents.Problem{Space: s, Objectives: 1}, "axis", o, seed.New(1))
	require.NoError(t, err)
	return d
}

func worth(values ...float64) []agents.Trial {
	trials := make([]agents.Trial, len(values))
	for i, v := range values {
		trials[i] = agents.Trial{Objectives: []float64{v}, Violations: []float64{0}}
	}
	return trials
}

func TestFirstHyperParametersOfAPopulation(t *testing.T) {
	o := DesignPPO()
	o.Population = 4
	d := several(t, o)
	require.Equal(t, o, d.rivals[0].options)
	for _, r := range d.rivals[1:] {
		require.NotEqual(t, o.LearningRate, r.options.LearningRate)
		for _, ratio := range []float64{r.options.LearningRate / o.LearningRate, r.options.Entropy / o.Entropy, r.options.Imitation / o.Imitation} {
			require.GreaterOrEqual(t, ratio, 0.25)
			require.LessOrEqual(t, ratio, 4.0)
		}
	}
}

// After three updates of each rival the worst has the best one's parameters, and hyper-parameters that are 1.25 times or over 1.25 of its.
func TestTheWorstCopiesTheBest(t *testing.T) {
	o := DesignPPO()
	o.Population = 3
	d := several(t, o)
	d.rivals[0].last, d.rivals[1].last, d.rivals[2].last = worth(5, 6), worth(1, 2), worth(8, 9)
	marked := d.rivals[2].learners[1].nets[0].Params()
	marked[2] = 7
	before := d.rivals[1].learners[1].nets[0].Params()[2]
	for update := range 3 {
		for _, r := range d.rivals {
			if update == 2 && r == d.rivals[2] {
				require.Equal(t, before, d.rivals[1].learners[1].nets[0].Params()[2], "not before the last one's third update")
			}
			d.compete(r)
		}
	}
	require.InDelta(t, 7, d.rivals[1].learners[1].nets[0].Params()[2], 0)
	ratio := d.rivals[1].options.LearningRate / d.rivals[2].options.LearningRate
	require.True(t, ratio > 1.2499 && ratio < 1.2501 || ratio > 0.7999 && ratio < 0.8001, "ratio %v", ratio)
	require.Equal(t, o, d.rivals[0].options)
	require.Zero(t, d.rivals[0].updates)
}

// Of the objective 10 [a = 1] + b, the agent of a is credited for level 1 against its likeliest, 0, and not for b. It is so in ranks, whose steps depend on the
// design.
func TestDifferenceRewardsAreTheAgentsOwn(t *testing.T) {
	o := DesignPPO()
	o.Credit = Difference
	d := several(t, o)
	for range 4 {
		for p := range d.problem.Space.Points() {
			value := float64(p[1])
			if p[0] == 1 {
				value += 10
			}
			d.recent.add(agents.Trial{Point: p, Objectives: []float64{value}, Violations: []float64{0}})
		}
	}
	for _, l := range d.rivals[0].learners {
		l.Actor.Nets()[0].OutputBias()[0] = 1 // level 0 is the likeliest
	}
	var batch []Deed
	var trials []agents.Trial
	for _, p := range []space.Point{{1, 0}, {1, 3}, {0, 3}, {2, 0}} {
		deed := d.foreign(d.rivals[0], p)
		batch, trials = append(batch, deed), append(trials, worth(float64(p[1]))[0])
	}
	credits := d.credits(d.rivals[0], batch, trials)
	require.Greater(t, credits[0][0], 0.4)
	require.Greater(t, credits[0][1], 0.2, "the one level that is worth something: ranks are nearer to each other there")
	require.InDelta(t, 0, credits[0][2], 0, "the likeliest level itself")
	require.InDelta(t, 0, credits[0][3], 0.1, "as bad as the likeliest level")
	require.InDelta(t, 0, credits[1][0], 0)
	require.Greater(t, credits[1][2], 0.05)

	d.options.Credit = Shared
	credits = d.credits(d.rivals[0], batch, worth(1, 2, 3, 4))
	require.InDeltaSlice(t, []float64{-0.5, -0.5 + 1.0/3, 0.5 - 1.0/3, 0.5}, credits[0], 1e-12)
	require.Equal(t, credits[0], credits[1])
}

// A sequential update of agents: the second one's advantages are those of the batch times the first one's new over its old probabilities.
func TestFactorsCompound(t *testing.T) {
	d := several(t, DesignPPO())
	l := d.rivals[0].learners[0]
	points := []space.Point{{0}, {1}}
	d.options.Sequential = true
	before := d.before(l, points)
	l.Actor.Nets()[0].OutputBias()[1] += 1
	factors := []float64{1, 2}
	Compound(factors, l.Actor, categorical.Batch{Points: points}, before)
	// p = 1/4 each before, up to 1 % of first weights; then e/(3+e) = 0.4754 for level 1 and 0.1749 for the others
	require.InDelta(t, 0.1749/0.25, factors[0], 0.01)
	require.InDelta(t, 2*0.4754/0.25, factors[1], 0.03)
	Compound(factors, l.Actor, categorical.Batch{Points: points}, nil)
	require.InDelta(t, 0.1749/0.25, factors[0], 0.01)
	require.ElementsMatch(t, []int{0, 1}, d.order(2))
}

// Axes move to new agents with what was learned of each.
func TestRegroupingKeepsWhatWasLearnedOfAxes(t *testing.T) {
	s, err := space.New(functions.Nominals("axis", 3, 4)...)
	require.NoError(t, err)
	d, err := NewDesigner("ippo", agents.Problem{Space: s, Objectives: 1}, "learned", DesignPPO(), seed.New(1))
	require.NoError(t, err)
	rng := seed.New(2)
	id := 0
	for len(d.rivals[0].learners) == 3 && id < 500 {
		points, err := d.Ask(1)
		require.NoError(t, err)
		p := points[0]
		value := float64(3*((p[0]+p[2])%2)) + 0.01*rng.NormFloat64() // nothing but the joint effect of the first and the last axis
		if id%60 == 59 {                                             // it may look: updates come every ten trials, which this one is
			for _, l := range d.rivals[0].learners {
				l.Actor.Nets()[0].OutputBias()[3] = 50
			}
		}
		require.NoError(t, d.Tell([]agents.Trial{{ID: id, Point: p, Objectives: []float64{value}, Violations: []float64{0}}}))
		id++
	}
	require.Len(t, d.rivals[0].learners, 2, "after %d trials", id)
	var likeliest []int
	for axis := range 3 {
		agent, own := d.split.Owner(axis)
		mode, err := d.rivals[0].learners[agent].Actor.Mode(categorical.View{})
		require.NoError(t, err)
		likeliest = append(likeliest, mode[own])
	}
	require.Equal(t, []int{3, 3, 3}, likeliest, "after %d trials", id)
	_, err = d.Ask(5)
	require.NoError(t, err)
}
