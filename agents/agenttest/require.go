package agenttest

import (
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Settings are the options of a factory as an experiment file gives them; nil is all at their defaults.
func Settings(t require.TestingT, f agents.Factory, given map[string]any) simulators.Settings {
	settings, err := simulators.NewSettings(f.Options, given)
	require.NoError(t, err, "options of %q", f.Name)
	return settings
}

// RequireMistakes fails the test unless the error has all of the parts.
func RequireMistakes(t require.TestingT, err error, parts ...string) {
	for _, part := range parts {
		require.ErrorContains(t, err, part)
	}
}

// RequireEachOnce fails the test unless the agent, made for a problem without constraints, proposes each design of the problem's small space once before any
// twice, with so many trials in flight. The first axis is the only one that counts.
func RequireEachOnce(t require.TestingT, p agents.Problem, agent agents.Agent, lag int) {
	size := int(p.Space.Size().Int64())
	seen := map[string]bool{}
	_, err := Study{Budget: size, Lag: lag, Evaluate: func(id int, x space.Point) agents.Trial {
		require.False(t, seen[p.Space.Key(x)], "trial %d of %d is %v again", id, size, x)
		seen[p.Space.Key(x)] = true
		result := agents.Trial{Violations: []float64{0}}
		for i := range p.Objectives {
			result.Objectives = append(result.Objectives, float64(x[0]*(1-2*(i%2))))
		}
		return result
	}}.Run(agent, p.Space)
	require.NoError(t, err)
	require.Len(t, seen, size)
}
