package agenttest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"

	"github.com/codesign-gym/codesign/agents/random"
)

// log records the calls of a study; it proposes the designs 0, 1, 0, 1, … of a space of two and finishes after 4.
type log struct {
	calls []string
	asked int
	err   error
}

func (l *log) Ask(int) ([]space.Point, error) {
	if l.asked++; l.asked > 4 {
		return nil, l.err
	}
	l.calls = append(l.calls, "ask")
	return []space.Point{{l.asked % 2}}, nil
}

func (l *log) Tell(trials []agents.Trial) error {
	for _, t := range trials {
		l.calls = append(l.calls, fmt.Sprintf("tell %d", t.ID))
	}
	return nil
}

// Trial t is asked when exactly the trials 0 … t-lag are told; given trials come first and have the first IDs.
func TestStudyKeepsTheLag(t *testing.T) {
	two, err := space.New(space.Param{Name: "x", Kind: space.Nominal, Labels: []string{"a", "b"}})
	require.NoError(t, err)
	evaluate := func(int, space.Point) agents.Trial { return agents.Trial{Objectives: []float64{1}} }
	for _, c := range []struct {
		lag  int
		want []string
	}{
		{0, []string{"tell 0", "ask", "tell 1", "ask", "tell 2", "ask", "tell 3", "ask", "tell 4"}},
		{3, []string{"tell 0", "ask", "ask", "ask", "tell 1", "ask", "tell 2", "tell 3", "tell 4"}},
	} {
		l := &log{}
		given := []agents.Trial{{ID: 0, Point: space.Point{0}, Given: true}}
		trials, err := agenttest.Study{Evaluate: evaluate, Budget: 9, Lag: c.lag, Given: given}.Run(l, two)
		require.NoError(t, err)
		require.Len(t, trials, 4)
		require.Equal(t, c.want, l.calls, "lag %d", c.lag)
	}
	_, err = agenttest.Study{Evaluate: evaluate, Budget: 9}.Run(&log{err: errors.New("broken")}, two)
	require.EqualError(t, err, "trial 4: ask(1): broken")
}

func BenchmarkTileAccel(b *testing.B) {
	f := agenttest.TileAccel()
	p := space.Point{3, 4, 5, 4, 4, 6, 0, 2}
	b.ReportAllocs()
	for b.Loop() {
		f.Eval(p)
	}
}

func ExampleStudy() {
	f := agenttest.Branin()
	agent, err := random.New(f.Problem(50), seed.New(1, "agent", "random"))
	if err != nil {
		fmt.Println(err)
		return
	}
	study := agenttest.Study{Budget: 50, Lag: 4, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}
	trials, err := study.Run(agent, f.Space)
	fmt.Println(len(trials), trials[49].ID, err)
	// Output: 50 49 <nil>
}
