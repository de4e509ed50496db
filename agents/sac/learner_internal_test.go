package sac

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// bandit is one agent of three actions without observations.
func bandit(t *testing.T, o learning) *learner {
	e, err := games.Matrix([][]float64{{1, 2}, {3, 4}, {5, 6}})()
	require.NoError(t, err)
	return newLearner(e.Agents()[0], o, seed.New(1))
}

// batch is one step of each action with its reward, terminated.
func batch(rewards ...float64) *offpolicy.Batch {
	b := &offpolicy.Batch{
		Rows: len(rewards), Now: make([]offpolicy.Side, 1), Next: make([]offpolicy.Side, 1), Rewards: [][]float64{rewards}, Actions: make([][]space.Point, 1),
	}
	for i := range rewards {
		b.Now[0].Masks, b.Next[0].Masks = append(b.Now[0].Masks, nil), append(b.Next[0].Masks, nil)
		b.Actions[0], b.Goes = append(b.Actions[0], env.Action{i}), append(b.Goes, false)
	}
	return b
}

func probabilities(l *learner) []float64 {
	p := make([]float64, 3)
	for i := range p {
		logP, _ := l.actor.Evaluate(categorical.Batch{Points: []space.Point{{i}}})
		p[i] = math.Exp(logP[0])
	}
	return p
}

// The policy that a fixed temperature α aims at is softmax(Q/α): of Q = 0, 1, 2 and α = 1 it is 0.0900, 0.2447, 0.6652.
func TestTheActorTendsToTheSoftmaxOfItsValues(t *testing.T) {
	l := bandit(t, learning{entropy: 0.757, temperature: 1}) // that policy's entropy is 0.8324 = 0.757 ln 3
	for range 2000 {
		l.learn(batch(0, 1, 2), 0, 0.02, seed.New(1))
	}
	require.InDeltaSlice(t, []float64{0.0900, 0.2447, 0.6652}, probabilities(l), 0.005)
	require.InDelta(t, 1, l.temperature.value(), 0.02)
}

// Whatever the temperature at first, the entropy tends to the share of ln 3 = 1.0986 that is asked for.
func TestTheTemperatureHoldsTheEntropy(t *testing.T) {
	for _, first := range []float64{0.01, 10} {
		l := bandit(t, learning{entropy: 0.5, temperature: first})
		for range 2500 {
			l.learn(batch(0, 1, 2), 0, 0.02, seed.New(1))
		}
		entropy := 0.0
		for _, p := range probabilities(l) {
			entropy -= p * math.Log(p)
		}
		require.InDelta(t, 0.5493, entropy, 0.02)
	}
}

// A step that goes on adds γ times the soft value of what follows: with zero critics and a uniform policy, α times its entropy.
func TestGoalsAddTheSoftValueOfWhatFollows(t *testing.T) {
	l := bandit(t, learning{gamma: 0.9, temperature: 2})
	b := batch(5, 5, 5)
	b.Goes[1] = true
	l.setGoals(b, 0, seed.New(1))
	require.InDeltaSlice(t, []float64{5, 5 + 0.9*2*1.0986, 5}, l.goals, 1e-3)
}
