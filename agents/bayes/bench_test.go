package bayes

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
)

// One design asked and told after 1,000 told trials of 20 axes: at most 50 ms.
func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	f := agenttest.Ackley20()
	a, err := New(f.Problem(0), Options{}, seed.New(1))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, a, 1000)
}
