package policygrad

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// gamma = lambda = 1/2; rewards 1 0 2 0 1, values 1 2 3 2 1. Going on, with a value of 4 after the last step, the errors r + V'/2 - V are
// 1, -1/2, 0, -3/2, 2, and each advantage is its error and a quarter of the next advantage.
func TestAdvantagesByHand(t *testing.T) {
	for _, c := range []struct {
		name string
		done bool // of step 2
		next float64
		want []float64
	}{
		{"going on", false, 0, []float64{0.859375, -0.5625, -0.25, -1, 2}},
		{"terminated after step 2", true, 0, []float64{0.8125, -0.75, -1, -1, 2}},      // its error is 2 - 3
		{"truncated after step 2 at a value of 6", true, 6, []float64{1, 0, 2, -1, 2}}, // its error is 2 + 3 - 3
	} {
		t.Run(c.name, func(t *testing.T) {
			var steps []Transition
			for i, reward := range []float64{1, 0, 2, 0, 1} {
				value := []float64{1, 2, 3, 2, 1}[i]
				steps = append(steps, Transition{Lane: 7, Reward: reward, Value: value}, Transition{Lane: i, Reward: 9, Value: 1, Next: 4})
			}
			steps[4].Done, steps[4].Next = c.done, c.next
			steps[8].Next = 4
			got := make([]float64, len(steps))
			Advantages(got, steps, 0.5, 0.5)
			for i, want := range c.want {
				require.InDelta(t, want, got[2*i], 1e-15, "step %d", i)
				require.InDelta(t, 10, got[2*i+1], 1e-15, "the other lanes have steps of their own") // 9 + 4/2 - 1
			}
		})
	}
}

// With gamma = lambda = 1 and no values the advantages are the returns.
func TestAdvantagesOfREINFORCEAreReturns(t *testing.T) {
	steps := []Transition{{Reward: 1}, {Reward: 2}, {Reward: 4, Done: true}, {Reward: 8, Done: true}}
	got := make([]float64, 4)
	Advantages(got, steps, 1, 1)
	require.Equal(t, []float64{7, 6, 4, 8}, got)
}

func TestSurrogateByHand(t *testing.T) {
	for _, c := range []struct {
		name                                 string
		ratio, advantage, clip, loss, byLogP float64
	}{
		{"at once", 1, 2, 0.2, -2, -2},
		{"better, inside", 1.1, 2, 0.2, -2.2, -2.2},
		{"better, grown enough", 1.5, 2, 0.2, -2.4, 0},
		{"better, shrunk", 0.5, 2, 0.2, -1, -1},
		{"worse, shrunk enough", 0.5, -2, 0.2, 1.6, 0},
		{"worse, grown", 1.5, -2, 0.2, 3, 3},
		{"no clip", 1.5, 2, 0, -3, -3},
	} {
		t.Run(c.name, func(t *testing.T) {
			loss, by := Surrogate(c.ratio, c.advantage, c.clip)
			require.InDelta(t, c.loss, loss, 1e-15)
			require.InDelta(t, c.byLogP, by, 1e-15)
		})
	}
}

func TestValueLossByHand(t *testing.T) {
	for _, c := range []struct {
		name                                    string
		value, old, target, clip, loss, byValue float64
	}{
		{"near the old value", 1.1, 1, 2, 0.2, 0.405, -0.9},
		{"moved enough", 1.5, 1, 2, 0.2, 0.32, 0}, // held at 1.2
		{"moved away", 0.5, 1, 2, 0.2, 1.125, -1.5},
		{"no clip", 1.5, 1, 2, 0, 0.125, -0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			loss, by := ValueLoss(c.value, c.old, c.target, c.clip)
			require.InDelta(t, c.loss, loss, 1e-12)
			require.InDelta(t, c.byValue, by, 1e-12)
		})
	}
}

func TestStandardise(t *testing.T) {
	x := []float64{1, 2, 3, 6} // mean 3, squares 4 + 1 + 0 + 9 = 14, deviation sqrt(14/3)
	Standardise(x)
	require.InDeltaSlice(t, []float64{-0.925820, -0.462910, 0, 1.388730}, x, 1e-6)
	x = []float64{5, 5}
	Standardise(x)
	require.Equal(t, []float64{0, 0}, x)
}

// samples are random ones whose ratios lie inside and outside the clip.
func samples(t *testing.T) (*Learner, Samples) {
	s, err := space.New(
		space.Param{Name: "a", Kind: space.Nominal, Labels: []string{"x", "y", "z"}},
		space.Param{Name: "b", Kind: space.Ordinal, Values: []float64{1, 2, 3, 4}, When: []space.Cond{{Param: "a", In: []string{"x", "z"}}}},
	)
	require.NoError(t, err)
	rng := seed.New(1)
	o := PPO()
	o.Hidden = []int{6}
	l := NewLearner(categorical.New(s, 2, categorical.Options{Hidden: o.Hidden, Gain: 1}, rng), NewCritic(2, o, rng))
	var r Rollout
	for i := range 12 {
		obs := []float64{rng.NormFloat64(), rng.NormFloat64()}
		point, logProb, err := l.Actor.Sample(categorical.View{Obs: obs}, rng)
		require.NoError(t, err)
		r.Add(i, Choice{obs, obs, nil, point, logProb + 0.3*rng.NormFloat64(), l.Value(obs) + 0.3*rng.NormFloat64()}, rng.NormFloat64(), true, 0)
	}
	return l, r.Samples(0.9, 0.9)
}

// The gradient of the whole loss (surrogate, entropy and value terms, clipped and not) against central differences.
func TestGradientOfTheClippedLoss(t *testing.T) {
	const h = 1e-6
	l, s := samples(t)
	o := PPO()
	o.Entropy, o.Optimism = 0.1, 0.25
	rows := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	loss := func() float64 {
		l.gather(s, rows)
		defer func() {
			for _, n := range l.nets {
				n.Clear()
			}
		}()
		return l.gradients(o)
	}
	l.gather(s, rows)
	l.gradients(o)
	var grads [][]float64
	for _, n := range l.nets {
		grads = append(grads, append([]float64(nil), n.Grads()...))
		n.Clear()
	}
	for k, n := range l.nets {
		for i, v := range n.Params() {
			n.Params()[i] = v + h
			up := loss()
			n.Params()[i] = v - h
			down := loss()
			n.Params()[i] = v
			want := (up - down) / (2 * h)
			require.InDelta(t, want, grads[k][i], 1e-5*max(1, math.Abs(want)), "net %d, parameter %d", k, i)
		}
	}
}

// Before the first gradient step the actor gives the learned actions the probabilities with which they were chosen.
func TestTheRatioIsOneAtTheFirstEpoch(t *testing.T) {
	specs := []env.AgentSpec{{ID: "a", Obs: make([]env.Channel, 1), Actions: mustSpace(t)}}
	p, err := NewPolicy("ppo", specs, PPO(), seed.New(1))
	require.NoError(t, err)
	p.members[0].observer.moments[0] = settled
	for i := range 20 {
		mask := [][]bool{{i%2 == 0, true, i%3 == 0}, {true, i%4 == 0}}
		_, err := p.Act([][]env.Obs{{{Values: []float64{float64(i)}, Mask: mask}}})
		require.NoError(t, err)
		require.NoError(t, p.Learn([][]env.Outcome{{{Obs: env.Obs{Values: []float64{0}}}}}))
	}
	s := p.members[0].rollout.Samples(0.99, 0.95)
	logProbs, _ := p.members[0].learner.Actor.Evaluate(categorical.Batch{Obs: s.Obs, Masks: s.Masks, Points: s.Points})
	require.Len(t, logProbs, 20)
	require.InDeltaSlice(t, s.LogProbs, logProbs, 1e-12)
}

func mustSpace(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "move", Kind: space.Nominal, Labels: []string{"left", "stay", "right"}},
		space.Param{Name: "speed", Kind: space.Ordinal, Values: []float64{1, 2}, When: []space.Cond{{Param: "move", In: []string{"left", "right"}}}},
	)
	require.NoError(t, err)
	return s
}

func TestUpdatesAllocateNothing(t *testing.T) {
	l, s := samples(t)
	o, rng := PPO(), seed.New(2)
	l.Update(s, o, 1e-3, rng)
	require.Zero(t, testing.AllocsPerRun(3, func() { l.Update(s, o, 1e-3, rng) }))
}
