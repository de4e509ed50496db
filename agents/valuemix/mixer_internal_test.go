package valuemix

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
)

// mixers are of two agents, with and without a state of three numbers.
func mixers() map[string]*mixer {
	return map[string]*mixer{
		"state":    newMixer(2, 3, MixOptions{Width: 4, Hyper: 5}, seed.New(1)),
		"no state": newMixer(2, 0, MixOptions{Width: 4, Hyper: 5}, seed.New(1)),
	}
}

func statesOf(m *mixer) []float64 {
	states := make([]float64, 2*m.states)
	for i := range states {
		states[i] = float64(i%3) - 0.7
	}
	return states
}

// Every gradient against central differences of the loss Σ by · value.
func TestGradientsOfTheMixer(t *testing.T) {
	q, by := []float64{0.3, -0.8, 1.2, 0.1}, []float64{0.5, -2}
	for name, m := range mixers() {
		loss := func() float64 {
			values := m.forward(nil, q, statesOf(m), 2)
			return by[0]*values[0] + by[1]*values[1]
		}
		slope := func(x *float64) float64 {
			const h = 1e-6
			was := *x
			*x = was + h
			up := loss()
			*x = was - h
			down := loss()
			*x = was
			return (up - down) / (2 * h)
		}
		loss()
		byQ := append([]float64(nil), m.backward(by)...)
		for i := range q {
			require.InDelta(t, slope(&q[i]), byQ[i], 1e-6, name)
		}
		for k, n := range m.nets() {
			grads := append([]float64(nil), n.Grads()...)
			for i := range n.Params() {
				require.InDelta(t, slope(&n.Params()[i]), grads[i], 1e-6, "%s: net %d, parameter %d", name, k, i)
			}
		}
	}
}

// No utility that rises lowers the value: each agent's best action is best for all.
func TestMixingIsMonotone(t *testing.T) {
	all := mixers()
	rapid.Check(t, func(t *rapid.T) {
		m := all[rapid.SampledFrom([]string{"state", "no state"}).Draw(t, "mixer")]
		q := []float64{rapid.Float64Range(-5, 5).Draw(t, "first"), rapid.Float64Range(-5, 5).Draw(t, "second")}
		states := statesOf(m)[:m.states]
		before := m.forward(nil, q, states, 1)[0]
		q[rapid.IntRange(0, 1).Draw(t, "agent")] += rapid.Float64Range(0, 3).Draw(t, "rise")
		require.GreaterOrEqual(t, m.forward(nil, q, states, 1)[0], before-1e-12)
	})
}

func TestExploringFalls(t *testing.T) {
	e := Explore{Last: 0.2, Steps: 100}
	for age, want := range map[int]float64{0: 1, 50: 0.6, 100: 0.2, 1000: 0.2} {
		require.InDelta(t, want, e.at(age), 1e-12)
	}
	require.InDelta(t, 0.3, Explore{Last: 0.3}.at(0), 0)
}
