package bayes

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
)

// One design asked and told after 1,000 told trials of 20 axes: at most 50 ms.
func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	f := agenttest.Ackley20()
	a, err := New(f.Problem(0), Options{}, seed.New(1))
	require.NoError(b, err)
	rng := seed.New(2)
	for id := range 1000 {
		t := f.Trial(f.Space.Sample(rng))
		t.ID, t.Given = id, true
		require.NoError(b, a.Tell([]agents.Trial{t}))
	}
	id := 1000
	for b.Loop() {
		points, err := a.Ask(1)
		require.NoError(b, err)
		t := f.Trial(points[0])
		t.ID = id
		require.NoError(b, a.Tell([]agents.Trial{t}))
		id++
	}
}
