package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// Most designs of 31^6 are far from feasible: beyond 45 steps from the centre they do not fit, by a known distance; up to 20 a bound is missed by
// 5 times and less; a third of all designs crashes. No learner may take the crashes, whose violations sum to 1, for the better ones.
func TestLearnersClimbOutOfTheInfeasible(t *testing.T) {
	s := cube(t, 6, 31)
	evaluate := func(_ int, p space.Point) agents.Trial {
		steps, hash := 0, uint64(0)
		for _, level := range p {
			steps += max(level-15, 15-level)
			hash = (hash + uint64(level) + 1) * 0x9E3779B97F4A7C15
		}
		switch {
		case hash>>32%3 == 0:
			return agents.Trial{Infeasible: "failed: crash", Violations: []float64{1, 0}}
		case steps > 45:
			return agents.Trial{Infeasible: "does not fit", Violations: []float64{1, float64(steps)}}
		}
		return agents.Trial{Objectives: []float64{float64(-steps)}, Violations: []float64{float64(steps-5) / 5, 0}}
	}
	for _, f := range catalog.Agents() {
		if _, learner := bars()[f.Name]; !learner {
			continue
		}
		for root := range uint64(5) {
			agent, err := defaults(f)(agents.Problem{Space: s, Objectives: 1, Constraints: 1, Budget: 1000}, seed.New(root, "infeasible"))
			require.NoError(t, err)
			trials, err := agenttest.Study{Budget: 1000, Evaluate: evaluate}.Run(agent, s)
			require.NoError(t, err)
			found := 0
			for _, trial := range trials {
				if trial.Feasible() {
					found++
				}
			}
			t.Logf("%-6s seed %d: %d feasible designs", f.Name, root, found)
			require.Positive(t, found, "%s, seed %d", f.Name, root)
		}
	}
}

// cube is a space of equal ordinal axes.
func cube(t *testing.T, axes, levels int) space.Space {
	params := make([]space.Param, axes)
	for i := range params {
		params[i] = space.Param{Name: string(rune('a' + i)), Kind: space.Ordinal}
		for level := range levels {
			params[i].Values = append(params[i].Values, float64(level))
		}
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}
