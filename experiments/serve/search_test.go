package serve_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	agentlist "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// TestOurAgentsAnswerAsInASweep asks a served agent and the same agent of a sweep the same things.
func TestOurAgentsAnswerAsInASweep(t *testing.T) {
	for _, kind := range []string{"random", "ga", "tpe", "reinforce"} {
		both(t, func(t *testing.T, hello *wire.Hello) {
			factory := factoryOf(t, kind)
			c, w := dial(t, serve.Options{Name: "toy", Agent: kind, Seed: 11, Budget: 40}, hello)
			require.Equal(t, []string{"evaluate", "repair", "detail", "reset", "step", "ask", "tell"}, w.Serves)
			require.Equal(t, kind, w.Agent.Kind)

			in, err := newToy(defaults(t))
			require.NoError(t, err)
			o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, in.Simulator.Spec().Metrics)
			require.NoError(t, err)
			options, err := simulators.NewSettings(factory.Options, nil)
			require.NoError(t, err)
			direct, err := sweep.NewAgent(factory, agents.Problem{Space: in.Simulator.Spec().Space, Objectives: 1, Budget: 40}, options, "", 11,
				func(t agents.Trial) float64 {
					return o.Reward(objective.Score{Objectives: t.Objectives, Violations: t.Violations})
				})
			require.NoError(t, err)

			for round := range 10 {
				asked := c.ask(&wire.Ask{N: 4}).(*wire.Asked)
				points, err := direct.Ask(4)
				require.NoError(t, err)
				require.Equal(t, len(points), asked.Points.Rows)
				for i, p := range points {
					for axis, level := range p {
						require.Equal(t, uint32(level), asked.Points.Row(i)[axis], "round %d, design %d", round, i)
					}
				}
				r := c.ask(&wire.Evaluate{Points: asked.Points, Score: true}).(*wire.Results)
				require.IsType(t, &wire.Told{}, c.ask(&wire.Tell{Points: asked.Points, Objectives: r.Objectives, Violations: r.Violations, Reasons: r.Reasons}))
				trials := make([]agents.Trial, len(points))
				for i := range points {
					trials[i] = agents.Trial{ID: 4*round + i, Point: points[i], Objectives: r.Objectives.Row(i), Violations: r.Violations.Row(i)}
				}
				for _, reason := range r.Reasons {
					trials[reason.At].Infeasible = reason.Infeasible
				}
				require.NoError(t, direct.Tell(trials))
			}
		})
	}
}

func factoryOf(t *testing.T, kind string) agents.Factory {
	t.Helper()
	for _, f := range agentlist.Agents() {
		if f.Name == kind {
			return f
		}
	}
	t.Fatalf("no agent %s", kind)
	return agents.Factory{}
}

func TestAnAgentForTheClientsProblem(t *testing.T) {
	problem := &wire.Problem{
		Axes: []wire.Axis{{Name: "x", Kind: "ordinal", Values: []float64{1, 2, 3, 4}}, {Name: "y", Kind: "nominal", Labels: []string{"a", "b"}}}, Constraints: 1, Seed: 3,
	}
	c, w := dial(t, serve.Options{Agent: "ga", AgentOptions: map[string]any{"population": 4.0}}, &wire.Hello{Problem: problem})
	require.Equal(t, []string{"ask", "tell"}, w.Serves)
	require.Equal(t, 4.0, w.Agent.Options["population"])
	require.IsType(t, &wire.Told{}, c.ask(&wire.Tell{Given: true, Points: levels([]uint32{3, 1}), Objectives: wire.Table{Rows: 1, Cols: 1, Data: []float64{9}}}))
	asked := c.ask(&wire.Ask{N: 3}).(*wire.Asked)
	require.Equal(t, 3, asked.Points.Rows)

	objectives := wire.NewTable(3, 1)
	objectives.Set(1, nil)
	tell := &wire.Tell{Points: asked.Points, Objectives: objectives}
	require.Equal(t, "tell: row 1 must have either objectives or a reason why it has none", c.refused(tell))
	tell.Reasons = []wire.Reason{{At: 1, Infeasible: "too large", Violation: 2}, {At: 7, Failed: "what?"}}
	require.Equal(t, "tell: a reason for a row that is not there", c.refused(tell))
	tell.Reasons = tell.Reasons[:1]
	tell.Violations = wire.NewTable(3, 1)
	require.Contains(t, c.refused(tell), "tell: rows of 1 violations; the problem has 1 constraints")
	tell.Violations = wire.Table{}
	tell.Points = wire.NewLevels(3, 2)
	require.Contains(t, c.refused(tell), "was asked for: trials are told in the order of asking")
	tell.Points = asked.Points
	require.IsType(t, &wire.Told{}, c.ask(tell))
	require.Contains(t, c.refused(tell), "tell: 3 designs, but only 0 were asked for")
	require.Contains(t, c.refused(&wire.Tell{Given: true, Points: levels([]uint32{0, 0}), Objectives: wire.NewTable(1, 1)}), "before the first ask")
	require.Contains(t, c.refused(&wire.Ask{}), "ask: n is 0")
	require.Contains(t, c.refused(&wire.Evaluate{}), `unknown request "evaluate" (known: ask, tell, close)`)
}
