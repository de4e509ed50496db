package cmaes

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }

func TestFactoryDefaultsAreTheZeroOptions(t *testing.T) {
	settings := agenttest.Settings(t, Factory(), nil)
	p := agenttest.Ackley20().Problem(1000)
	made, err := Factory().New(p, settings, seed.New(1))
	require.NoError(t, err)
	// Coordinates: 8 ordinal axes, 6 of two labels, 6 of five: 8 + 6 + 30 = 44; 4 + floor(3 ln 44) = 4 + floor(11.35).
	require.Equal(t, Options{Population: 15, Sigma: 0.2, Growth: 2}, made.(*Agent).options)
	zero, err := New(p, Options{}, seed.New(1))
	require.NoError(t, err)
	require.Equal(t, made.(*Agent).options, zero.options)
}

func TestBadOptionsAreAllReported(t *testing.T) {
	p := agenttest.Trap30().Problem(10)
	_, err := New(p, Options{Population: 3, Sigma: -1, Growth: -2}, seed.New(1))
	require.EqualError(t, err, "cmaes: population 3 must be at least 4\nsigma -1 must be above 0 and at most 10\ngrowth -2 must be at least 1")
	_, err = New(p, Options{Population: 11}, seed.New(1))
	require.EqualError(t, err, "cmaes: population 11 must be at most 10, the budget in trials")
}

func mixed(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{1, 2, 4, 8}},
		space.Param{Name: "one", Kind: space.Nominal, Labels: []string{"only"}},
		space.Param{Name: "two", Kind: space.Nominal, Labels: []string{"off", "on"}},
		space.Param{Name: "flow", Kind: space.Nominal, Labels: []string{"is", "os", "ws"}},
		space.Param{Name: "ways", Kind: space.Ordinal, Values: []float64{1, 2, 4}, When: []space.Cond{{Param: "two", In: []string{"on"}}}},
		space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"m", "n", "k"}},
	)
	require.NoError(t, err)
	return s
}

func TestDesignOfAPlaceByHand(t *testing.T) {
	c := newCode(mixed(t))
	require.Equal(t, 1+0+1+3+1+3, c.size)
	// rows floor(0.6*4) = 2; two on; flow: the greatest is the second; ways floor(2.9) = 2; ascending keys n (0.1), k (0.2), m (0.9):
	// orders mnk, mkn, nmk, nkm: rank 3.
	require.Equal(t, space.Point{2, 0, 1, 1, 2, 3}, c.design([]float64{0.6, 0.5, 0.1, 0.4, 0.3, 0.97, 0.9, 0.1, 0.2}))
	// Beyond the ends are the ends; "two" off switches "ways" off.
	require.Equal(t, space.Point{3, 0, 0, 0, 0, 0}, c.design([]float64{7, -3, 1, 0, 0, 5, 0, 1, 2}))
}

func TestPlaceOfADesignIsInIt(t *testing.T) {
	s := mixed(t)
	c := newCode(s)
	for p := range s.Points() {
		require.Equal(t, p, c.design(c.place(p)))
	}
}

// Whatever the distribution has become, the margin leaves no level out of reach, and keeping it twice changes nothing.
func TestMarginKeepsEveryLevelInReach(t *testing.T) {
	in := newCode(mixed(t))
	rapid.Check(t, func(t *rapid.T) {
		mean := make([]float64, in.size)
		for i := range mean {
			mean[i] = rapid.Float64Range(-2, 3).Draw(t, "mean")
		}
		c := newCore(mean, math.Exp(rapid.Float64Range(-9, 0).Draw(t, "ln sigma")), 10)
		c.keepMargin(in)
		const rare = 1.0 / (9 * 10)
		leaves := func(i, levels int) (below, above float64) {
			at, s := cell(mean[i], levels), c.deviation(i)
			low, high := float64(at)/float64(levels), float64(at+1)/float64(levels)
			if at > 0 {
				below = normal((low - mean[i]) / s)
			}
			if at < levels-1 {
				above = normal((mean[i] - high) / s)
			}
			return below, above
		}
		for _, p := range in.parts {
			switch p.shape {
			case steps:
				below, above := leaves(p.first, p.levels)
				if below+above < rare*(1-1e-6) {
					t.Fatalf("coordinate %d leaves its level with probability %v, below %v", p.first, below+above, rare)
				}
			case argmax:
				best := p.first + greatest(mean[p.first:p.first+p.size])
				for i := p.first; i < p.first+p.size; i++ {
					beats := normal((mean[i] - mean[best]) / math.Hypot(c.deviation(i), c.deviation(best)))
					if i != best && beats < rare/2*(1-1e-6) {
						t.Fatalf("label %d beats the first with probability %v", i-p.first, beats)
					}
				}
			case keys:
				order := ascending(mean[p.first : p.first+p.size])
				for k := 1; k < p.size; k++ {
					a, b := p.first+order[k-1], p.first+order[k]
					if swaps := normal((mean[a] - mean[b]) / math.Hypot(c.deviation(a), c.deviation(b))); swaps < rare/2*(1-1e-6) {
						t.Fatalf("neighbours %d and %d change places with probability %v", a, b, swaps)
					}
				}
			}
		}
		before := slices.Clone(mean)
		c.keepMargin(in)
		for i := range mean {
			if math.Abs(mean[i]-before[i]) > 1e-7 {
				t.Fatalf("coordinate %d moved again: %v to %v", i, before[i], mean[i])
			}
		}
	})
}

// λ = 4: ln 2.5 - ln {1, 2} = 0.9163, 0.2231, of the sum 1.1394: 0.8042, 0.1958; μ = 1 / (0.8042² + 0.1958²) = 1.4598.
func TestWeightsByHand(t *testing.T) {
	c := newConstants(3, 4)
	require.InDelta(t, 0.8042, c.weights[0], 1e-4)
	require.InDelta(t, 0.1958, c.weights[1], 1e-4)
	require.InDelta(t, 1.4598, c.muEff, 1e-4)
	require.Negative(t, c.weights[3])
	require.Less(t, c.weights[3], c.weights[2])
}

// 4 = 2², 2 = 2·1, 10 = 1² + 3².
func TestFactoriseByHand(t *testing.T) {
	l := identity(2)
	triangle{{4}, {2, 10}}.factorise(l)
	require.Equal(t, triangle{{2}, {1, 3}}, l)
	z := make([]float64, 2)
	l.solve(z, []float64{2, 7})
	require.Equal(t, []float64{1, 2}, z)
	singular := triangle{{1}, {1, 1}}
	singular.factorise(l)
	require.Positive(t, l[1][1])
}

// In a space of few designs the strategy proposes each once before it repeats any.
func TestNoDesignTwiceWhileSomeAreNew(t *testing.T) {
	p := agents.Problem{Space: mixed(t), Objectives: 1}
	agent, err := New(p, Options{}, seed.New(4))
	require.NoError(t, err)
	agenttest.RequireEachOnce(t, p, agent, 3)
	require.Greater(t, agent.lambda, agent.options.Population, "it started again")
}

func TestTheFirstStartIsTheBestGivenDesign(t *testing.T) {
	s := mixed(t)
	agent, err := New(agents.Problem{Space: s, Objectives: 1}, Options{Sigma: 1e-6}, seed.New(5))
	require.NoError(t, err)
	best := space.Point{3, 0, 1, 2, 1, 4}
	require.NoError(t, agent.Tell([]agents.Trial{
		{ID: 0, Point: space.Point{0, 0, 0, 0, 0, 0}, Objectives: []float64{1}, Violations: []float64{0}, Given: true},
		{ID: 1, Point: best, Objectives: []float64{2}, Violations: []float64{0}, Given: true},
	}))
	_, err = agent.Ask(1)
	require.NoError(t, err)
	require.Equal(t, best, agent.code.design(agent.core.mean))
}

func BenchmarkAskAndTell(b *testing.B) {
	f := agenttest.Ackley20()
	agent, err := New(f.Problem(1000), Options{}, seed.New(1))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, agent, 1000)
}

func ExampleNew() {
	f := agenttest.TileAccel()
	agent, err := New(f.Problem(500), Options{}, seed.New(1, "agent", "cmaes"))
	if err != nil {
		fmt.Println(err)
		return
	}
	trials, least, err := f.Search(agent, 500)
	fmt.Printf("%d trials, within 2 %% of the optimum: %t %v\n", trials, least < f.Best*0.98, err)
	// Output: 500 trials, within 2 % of the optimum: true <nil>
}
