package serve_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/internal/wire"
)

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
