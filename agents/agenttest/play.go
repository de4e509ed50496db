package agenttest

import (
	"context"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
)

// lateEpisodes is of how many episodes, the last ones, Play returns the mean return.
const lateEpisodes = 100

// Play has a policy act and learn for so many steps over all lanes of a vector that is reset with the seed, and returns the mean return of the last hundred
// episodes that ended; NaN when none did. A frozen policy is told the outcomes as well.
func Play(t require.TestingT, v *env.Vector, p agents.Policy, root uint64, steps int) float64 {
	var returns []float64
	ctx := context.Background()
	_, err := v.Reset(ctx, root)
	require.NoError(t, err)
	for range steps / v.Lanes() {
		actions, err := p.Act(v.Observations())
		require.NoError(t, err)
		outcomes, infos, err := v.Step(ctx, actions)
		require.NoError(t, err)
		require.NoError(t, p.Learn(outcomes))
		for lane, o := range outcomes {
			if o[0].Done() {
				returns = append(returns, infos[lane].Score.Objectives[0])
			}
		}
	}
	return stat.Mean(returns[max(0, len(returns)-lateEpisodes):], nil)
}
