package serve_test

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	agentlist "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
	simlist "github.com/codesign-gym/codesign/simulators/catalog"
)

// tile is the configuration of the toy.
type tile struct {
	Rows, Cols, Stages int
	Mode               string
	gain               float64
}

// toy is a simulator with a conditional axis, a setting, a repair and a detail; more than 1024 elements are infeasible.
func toy() simulators.Factory {
	return simulators.Factory{
		Name: "toy", Doc: "A toy.", Settings: []simulators.Setting{{Name: "gain", Doc: "of the latency", Default: 1.0, Min: 0.5, Max: 8}}, New: newToy,
	}
}

func newToy(s simulators.Settings) (simulators.Instance, error) {
	powers := []int{1, 8, 32, 64}
	built, err := simulators.Model[tile]{
		Name: "toy", Version: "1.0.0", Doc: "A toy.", Base: tile{gain: s.Float("gain")},
		Metrics: []simulators.Metric{{Name: "latency", Unit: "ns", Doc: "made up"}, {Name: "area", Unit: "mm2", Doc: "made up"}},
		Fields: []simulators.Field[tile]{
			simulators.Int("rows", "", "", powers, func(c *tile) *int { return &c.Rows }).In("array"),
			simulators.Int("cols", "", "", powers, func(c *tile) *int { return &c.Cols }).In("array"),
			simulators.Choice("mode", "", []string{"flat", "deep"}, func(c *tile) *string { return &c.Mode }),
			simulators.Int("stages", "", "", []int{2, 4}, func(c *tile) *int { return &c.Stages }).When("mode", "deep"),
		},
		Eval: func(_ context.Context, c tile) simulators.Result {
			if n := c.Rows * c.Cols; n > 1024 {
				return simulators.Infeasible("more than 1024 elements", float64(n)/1024-1)
			}
			return simulators.OK(c.gain*4096/float64(c.Rows*c.Cols)+float64(c.Stages), float64(c.Rows*c.Cols))
		},
	}.Build()
	if err != nil {
		return simulators.Instance{}, err
	}
	return simulators.Instance{
		Simulator: built,
		Detail: func(context.Context, space.Point) ([]simulators.Artifact, error) {
			return []simulators.Artifact{
				{Name: "why.txt", MediaType: "text/plain", Data: []byte("because")}, {Name: "why.bin", MediaType: "application/octet-stream", Data: []byte{0xff, 0}},
			}, nil
		},
		Repair: func(p space.Point) (space.Point, bool) {
			if p[2] == 1 && p[3] == 1 { // four stages do not fit: two
				return space.Point{p[0], p[1], 1, 0}, true
			}
			return p, false
		},
	}, nil
}

func catalog() sweep.Catalog {
	return sweep.Catalog{Simulators: []simulators.Factory{toy()}, Environments: simlist.Environments(), Agents: agentlist.Agents()}
}

// client talks to a server in this process.
type client struct {
	t      testing.TB
	conn   *wire.Conn
	id     int64
	ended  chan error
	hangUp func() error
}

// connect starts a server and does not yet say hello.
func connect(t testing.TB, o serve.Options) *client {
	t.Helper()
	theirIn, ourOut, err := os.Pipe()
	require.NoError(t, err)
	ourIn, theirOut, err := os.Pipe()
	require.NoError(t, err)
	c := &client{t: t, conn: wire.NewConn(ourIn, ourOut), ended: make(chan error, 1), hangUp: ourOut.Close}
	go func() {
		err := serve.Serve(context.Background(), catalog(), "test", o, theirIn, theirOut)
		c.ended <- errors.Join(err, theirOut.Close(), theirIn.Close())
	}()
	t.Cleanup(func() {
		_ = ourOut.Close() // some tests have closed it
		_ = ourIn.Close()
	})
	return c
}

// ask sends a request and gives the reply.
func (c *client) ask(m wire.Request) wire.Reply {
	c.t.Helper()
	c.id++
	require.NoError(c.t, c.conn.Request(c.id, m))
	id, reply, err := c.conn.NextReply()
	require.NoError(c.t, err)
	require.Equal(c.t, c.id, id)
	return reply
}

// refused asks what must be refused, and gives the reason.
func (c *client) refused(m wire.Request) string {
	c.t.Helper()
	reply, ok := c.ask(m).(*wire.Error)
	require.True(c.t, ok, "not refused")
	require.False(c.t, reply.Broken)
	return reply.Text
}

// dial is connect with the hello done.
func dial(t testing.TB, o serve.Options, hello *wire.Hello) (*client, *wire.Welcome) {
	t.Helper()
	c := connect(t, o)
	reply := c.ask(hello)
	welcome, ok := reply.(*wire.Welcome)
	require.True(t, ok, "%v", reply)
	if hello.Binary {
		require.True(t, welcome.Binary)
		c.conn.AgreeBinary()
	}
	return c, welcome
}

// levels is a table of levels.
func levels(rows ...[]uint32) wire.Levels {
	table := wire.NewLevels(len(rows), len(rows[0]))
	for i, row := range rows {
		copy(table.Row(i), row)
	}
	return table
}

// both runs a test in both framings.
func both(t *testing.T, test func(t *testing.T, hello *wire.Hello)) {
	for name, binary := range map[string]bool{"lines": false, "binary": true} {
		t.Run(name, func(t *testing.T) { test(t, &wire.Hello{Binary: binary}) })
	}
}

func TestTheWelcomeDescribesWhatIsServed(t *testing.T) {
	_, w := dial(t, serve.Options{
		Name: "toy", Set: map[string]any{"gain": 2.0}, Groups: env.Subsystem, Horizon: 3,
		Objective: &objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 300}},
	}, &wire.Hello{})
	require.Equal(t, []string{"evaluate", "repair", "detail", "reset", "step"}, w.Serves)
	require.Equal(t, "test", w.Program)
	require.Equal(t, map[string]any{"gain": 2.0}, w.Set)
	require.Equal(t, 3, w.Horizon)
	require.False(t, w.Nondeterministic)
	require.Equal(t, "latency_ns", w.Spec.Metrics[0].Key)
	require.Equal(t, wire.Axis{Name: "stages", Kind: "ordinal", Values: []float64{2, 4}, When: []wire.Condition{{Axis: "mode", In: []string{"deep"}}}}, w.Spec.Axes[3])
	require.Equal(t, "float", w.Settings[0].Type)
	require.Equal(t, []wire.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}}, w.Objective.Objectives)
	require.Equal(t, []wire.Term{{Name: "area_mm2", Unit: "mm2", Bound: 300, Scale: 300}}, w.Objective.Constraints)
	require.Equal(t, "array", w.Agents[0].ID)
	require.Equal(t, "rest", w.Agents[1].ID)
	require.Len(t, w.Agents[0].Axes, 2)
	require.Len(t, w.Agents[1].Observations, 4, "two metrics, feasible, violation")
	require.Nil(t, w.Agents[1].Observations[0].Low)
	require.Equal(t, 1.0, *w.Agents[1].Observations[2].High)
}

func TestTheHelloMayBringSettings(t *testing.T) {
	c, w := dial(t, serve.Options{Name: "toy", Set: map[string]any{"gain": 2.0}}, &wire.Hello{Set: map[string]any{"gain": 4.0}})
	require.Equal(t, map[string]any{"gain": 4.0}, w.Set)
	results := c.ask(&wire.Evaluate{Points: levels([]uint32{0, 0, 0, 0})}).(*wire.Results)
	require.Equal(t, []float64{4 * 4096, 1}, results.Values.Row(0))

	wrong := connect(t, serve.Options{Name: "toy"})
	require.Equal(t, `toy: setting "gain": 9 is not a number in [0.5, 8]`, wrong.refused(&wire.Hello{Set: map[string]any{"gain": 9.0}}))
	require.ErrorContains(t, <-wrong.ended, "gain", "and the server ends")
}

func TestEvaluate(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, _ := dial(t, serve.Options{Name: "toy", Objective: &objective.Config{Minimise: []string{"latency_ns"}, AtMost: map[string]float64{"area_mm2": 100}}}, hello)
		points := levels([]uint32{1, 1, 0, 1}, []uint32{3, 3, 0, 0}, []uint32{0, 1, 1, 1}) // the first with a level of an inactive axis, the last one is repaired
		r := c.ask(&wire.Evaluate{Points: points, Score: true}).(*wire.Results)
		require.Equal(t, []float64{64, 64}, r.Values.Row(0))
		require.Nil(t, r.Values.Row(1))
		require.Equal(t, []float64{514, 8}, r.Values.Row(2))
		require.Equal(t, []wire.Reason{{At: 1, Infeasible: "more than 1024 elements", Violation: 3}}, r.Reasons)
		require.Equal(t, []float64{-64}, r.Objectives.Row(0))
		require.Nil(t, r.Objectives.Row(1))
		require.InDeltaSlice(t, []float64{-0.36, 0}, r.Violations.Row(0), 1e-12)
		require.Equal(t, []float64{1, 3}, r.Violations.Row(1))
		require.Equal(t, -1.75, r.Reward[1], "-1 - U/(1+U) with U = 3")

		plain := c.ask(&wire.Evaluate{Points: points}).(*wire.Results)
		require.Equal(t, r.Values.Row(2), plain.Values.Row(2))
		require.Empty(t, plain.Reward)
		require.Zero(t, c.ask(&wire.Evaluate{}).(*wire.Results).Values.Rows, "an empty batch")

		require.Contains(t, c.refused(&wire.Evaluate{Points: levels([]uint32{4, 0, 0, 0})}), `level 4 of "rows" out of range [0, 4)`)
		require.Contains(t, c.refused(&wire.Evaluate{Points: levels([]uint32{0, 0})}), "designs of 2 levels for 4 axes")
	})
}

func TestRepairAndDetail(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, _ := dial(t, serve.Options{Name: "toy"}, hello)
		r := c.ask(&wire.Repair{Points: levels([]uint32{1, 1, 0, 0}, []uint32{2, 3, 1, 1})}).(*wire.Repaired)
		require.Equal(t, []uint32{1}, r.Changed)
		require.Equal(t, []uint32{1, 1, 0, 0, 2, 3, 1, 0}, r.Points.Data)

		d := c.ask(&wire.Detail{Point: []uint32{1, 1, 0, 0}}).(*wire.Explained)
		require.Equal(t, "because", *d.Artifacts[0].Text)
		require.Nil(t, d.Artifacts[1].Text)
		require.Equal(t, []byte{0xff, 0}, d.Artifacts[1].Base64)
	})
}

// TestStepsAreThoseOfAVector compares a served environment with env.NewVector.
func TestStepsAreThoseOfAVector(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, w := dial(t, serve.Options{Name: "toy", Horizon: 2, Groups: env.Subsystem, Workers: 2}, hello)
		in, err := newToy(defaults(t))
		require.NoError(t, err)
		o, err := objective.New(objective.Config{Minimise: []string{"latency_ns"}}, in.Simulator.Spec().Metrics)
		require.NoError(t, err)
		v, err := env.NewVector(in.Simulator, o, env.Options{Horizon: 2, Groups: env.Subsystem}, 3)
		require.NoError(t, err)

		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{0, 0, 0, 0})}), "call Reset first")
		first := c.ask(&wire.Reset{Lanes: 3, Seed: 5}).(*wire.Started)
		_, err = v.Reset(t.Context(), 5)
		require.NoError(t, err)
		require.Equal(t, flat(v), first.Observations.Data)
		require.Zero(t, first.Masks.Rows)
		for step := range uint32(5) {
			table := levels([]uint32{step % 4, 0, 1, 0}, []uint32{3, step % 4, 0, 0}, []uint32{1, 1, 1, 0})
			got := c.ask(&wire.Step{Actions: table, Results: step%2 == 0}).(*wire.Stepped)
			actions := make([][]env.Action, 3)
			for lane := range actions {
				p := table.Row(lane)
				actions[lane] = []env.Action{{int(p[0]), int(p[1])}, {int(p[2]), int(p[3])}}
			}
			outcomes, infos, err := v.Step(t.Context(), actions)
			require.NoError(t, err)
			require.Equal(t, flat(v), got.Observations.Data)
			if step%2 == 1 {
				require.Equal(t, []uint32{0, 1, 2}, got.Terminated)
				require.Empty(t, got.Truncated)
				require.Equal(t, 3, got.Final.Rows)
				require.Equal(t, outcomes[1][1].Obs.Values, got.Final.Row(1)[len(w.Agents[0].Observations):])
			} else {
				require.Empty(t, got.Terminated)
				require.Zero(t, got.Final.Rows)
				require.Equal(t, infos[2].Result.Values, got.Values.Row(2))
				require.Equal(t, infos[2].Score.Objectives, got.Objectives.Row(2))
				require.Equal(t, []uint32{1, 1, 1, 0}, got.Points.Row(2))
			}
			for lane := range outcomes {
				require.Equal(t, []float64{outcomes[lane][0].Reward, outcomes[lane][1].Reward}, got.Rewards.Row(lane))
			}
		}
		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{0, 0, 0, 0})}), "actions of 1 lanes with 4 levels each, for 3 lanes with 4 axes")
		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{9, 0, 0, 0}, []uint32{0, 0, 0, 0}, []uint32{0, 0, 0, 0})}), `lane 0: agent "array"`)
	})
}

func defaults(t *testing.T) simulators.Settings {
	t.Helper()
	s, err := simulators.NewSettings(toy().Settings, nil)
	require.NoError(t, err)
	return s
}

// flat is all observations one after the other.
func flat(v *env.Vector) []float64 {
	var all []float64
	for _, agents := range v.Observations() {
		for _, o := range agents {
			all = append(all, o.Values...)
		}
	}
	return all
}

func TestAnEnvironmentWithStateHasMasks(t *testing.T) {
	both(t, func(t *testing.T, hello *wire.Hello) {
		c, w := dial(t, serve.Options{Name: "games/corridor"}, hello)
		require.Equal(t, []string{"reset", "step"}, w.Serves)
		require.Nil(t, w.Objective)
		first := c.ask(&wire.Reset{Lanes: 2}).(*wire.Started)
		require.Equal(t, []uint32{0, 1, 0, 1}, first.Masks.Data, "left is a wall in both lanes")
		require.Contains(t, c.refused(&wire.Step{Actions: levels([]uint32{1}, []uint32{0})}), `lane 1: env: agent "walker": "left" is not legal`)
		var last *wire.Stepped
		for range 4 {
			last = c.ask(&wire.Step{Actions: levels([]uint32{1}, []uint32{1}), Results: true}).(*wire.Stepped)
		}
		require.Equal(t, []uint32{0, 1}, last.Terminated)
		require.Equal(t, []float64{4, 4}, last.Final.Data, "the goal")
		for _, cell := range last.Observations.Data {
			require.Less(t, cell, 4.0, "and the start of the next episode")
		}
		require.NotNil(t, last.Objectives.Row(0), "the episode's return")
		require.Equal(t, []float64{0}, last.Violations.Row(0))
	})
}

func TestTwoAgentsActAtOnce(t *testing.T) {
	c, w := dial(t, serve.Options{Name: "games/matrix"}, &wire.Hello{})
	require.Equal(t, "row", w.Agents[0].ID)
	require.Equal(t, 1, c.ask(&wire.Reset{}).(*wire.Started).Observations.Rows)
	got := c.ask(&wire.Step{Actions: levels([]uint32{0, 0})}).(*wire.Stepped)
	require.Equal(t, []float64{11, 11}, got.Rewards.Data, "the best cell of the climbing game")
}

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

func TestMistakesInTheOptionsEndTheServerFirst(t *testing.T) {
	for name, c := range map[string]struct {
		options serve.Options
		want    string
	}{
		"nothing":            {serve.Options{}, "nothing to serve"},
		"unknown simulator":  {serve.Options{Name: "toi"}, `unknown simulator "toi", did you mean "toy"?`},
		"unknown setting":    {serve.Options{Name: "toy", Set: map[string]any{"again": 1}}, `unknown setting "again"`},
		"unknown metric":     {serve.Options{Name: "toy", Objective: &objective.Config{Minimise: []string{"speed"}}}, "speed"},
		"unknown axis":       {serve.Options{Name: "toy", Fix: map[string][]string{"row": {"1"}}}, `"row"`},
		"unknown grouping":   {serve.Options{Name: "toy", Groups: "all"}, `unknown grouping "all"`},
		"negative horizon":   {serve.Options{Name: "toy", Horizon: -1}, "horizon -1"},
		"unknown agent":      {serve.Options{Name: "toy", Agent: "gaa"}, `unknown agent "gaa"`},
		"unknown option":     {serve.Options{Name: "toy", Agent: "ga", AgentOptions: map[string]any{"size": 1}}, `unknown setting "size"`},
		"groups of an agent": {serve.Options{Name: "toy", Agent: "ga", Groups: env.PerAxis}, "cannot be split into groups"},
		"state": {
			serve.Options{Name: "games/corridor", Horizon: 2, Agent: "ga", Objective: &objective.Config{}},
			"it takes settings only, not a horizon, an agent, an objective",
		},
		"settings of nothing": {serve.Options{Agent: "ga", Set: map[string]any{"a": 1}}, "settings without a simulator"},
	} {
		err := serve.Serve(t.Context(), catalog(), "test", c.options, strings.NewReader(""), io.Discard)
		_, ok := errors.AsType[*serve.UsageError](err)
		require.True(t, ok, "%s: %v", name, err)
		require.ErrorContains(t, err, c.want, name)
	}
}

func TestTheConversationsRules(t *testing.T) {
	c := connect(t, serve.Options{Name: "toy"})
	require.Equal(t, "the first request must be a hello", c.refused(&wire.Close{}))
	require.ErrorContains(t, <-c.ended, "the first request must be a hello")

	c = connect(t, serve.Options{Name: "toy"})
	require.Contains(t, c.refused(&wire.Hello{Problem: &wire.Problem{}}), "no agent is served")
	<-c.ended
	c = connect(t, serve.Options{Name: "toy", Agent: "ga"})
	require.Contains(t, c.refused(&wire.Hello{Problem: &wire.Problem{}}), "but the agent searches toy")
	<-c.ended
	c = connect(t, serve.Options{Agent: "ga"})
	require.Contains(t, c.refused(&wire.Hello{}), "the agent has no problem to solve")
	<-c.ended

	c, _ = dial(t, serve.Options{Name: "toy"}, &wire.Hello{})
	require.Contains(t, c.refused(&wire.Hello{}), "a second hello")
	require.Contains(t, c.refused(&wire.Ask{N: 1}), `unknown request "ask" (known: evaluate, repair, detail, reset, step, close)`)
	require.Contains(t, c.refused(&wire.Reset{Lanes: wire.MaxRows + 1}), "at most 1048576")
	require.IsType(t, &wire.Closed{}, c.ask(&wire.Close{}))
	require.NoError(t, <-c.ended)

	c, _ = dial(t, serve.Options{Name: "toy"}, &wire.Hello{})
	require.NoError(t, c.hangUp())
	require.NoError(t, <-c.ended, "the end of the stream is a close")
}

// TestWhatTheServerCannotReadEndsIt writes raw lines.
func TestWhatTheServerCannotReadEndsIt(t *testing.T) {
	for lines, want := range map[string][2]string{
		`{"type":"hello","id":3,"protocol":2,"new":1}`: {`{"type":"error","id":3,"error":"hello: the other side speaks version 2 of the protocol, this program speaks version 1"}`, "version 2"},
		"EHLO": {`{"type":"error","error":"not JSON: an object: { is expected at byte 1, found \"EHLO\", in the line EHLO"}`, "EHLO"},
	} {
		var out strings.Builder
		err := serve.Serve(t.Context(), catalog(), "test", serve.Options{Name: "toy"}, strings.NewReader(lines+"\n"), &out)
		_, ok := errors.AsType[*serve.UsageError](err)
		require.True(t, ok, "%v", err)
		require.ErrorContains(t, err, want[1])
		require.Equal(t, want[0]+"\n", out.String())
	}
	var out strings.Builder
	hello := `{"type":"hello","id":0,"protocol":1}` + "\n"
	err := serve.Serve(t.Context(), catalog(), "test", serve.Options{Name: "toy"}, strings.NewReader(hello+`{"type":"evaluate","id":1,"points":[[0,0,0,NaN]]}`+"\n"+"[]\n"+hello), &out)
	require.ErrorContains(t, err, "the client breaks the protocol")
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 3, "the hello, the refusal of the request, the end")
	require.Contains(t, lines[1], `"id":1,"error":"evaluate: field \"points\"`)
	require.NotContains(t, lines[2], `"id"`)
}
