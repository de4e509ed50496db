package queue

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// line is a simulator of six designs.
func line() simulators.Factory {
	return simulators.Factory{Name: "line", Doc: "A line.", New: func(simulators.Settings) (simulators.Instance, error) {
		levels := make([]int, 6)
		for i := range levels {
			levels[i] = i
		}
		s, err := simulators.Model[int]{
			Name: "line", Version: "1", Doc: "A line.", Metrics: []simulators.Metric{{Name: "x", Unit: "cycles"}},
			Fields: []simulators.Field[int]{simulators.Int("x", "", "", levels, func(c *int) *int { return c })},
			Eval:   func(_ context.Context, x int) simulators.Result { return simulators.OK(float64(x)) },
		}.Build()
		return simulators.Instance{Simulator: s}, err
	}}
}

// bench is a run whose only worker is the test: it makes the requests itself.
type bench struct {
	t     *testing.T
	plan  *sweep.Plan
	conn  *nats.Conn
	c     *Coordinator
	ended chan error
	asker asker
}

func newBench(t *testing.T, more string) *bench {
	t.Helper()
	const text = "[[scenario]]\nsimulator = \"line\"\nobjective = { minimise = [\"x_cycles\"] }\n[[agent]]\nkind = \"grid\"\n"
	f, err := file.Parse("x.toml", []byte("name = \"line\"\nbudget = 6\n"+more+text))
	require.NoError(t, err)
	b := &bench{t: t, ended: make(chan error, 1)}
	b.plan, err = sweep.NewPlan(f, sweep.Catalog{Simulators: []simulators.Factory{line()}, Agents: agentcatalog.Agents()})
	require.NoError(t, err)
	server, err := Listen(Serving{Address: ":0"})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	b.conn, err = server.Connect()
	require.NoError(t, err)
	b.c, err = Coordinate(t.Context(), Coordinating{Conn: b.conn, Plan: b.plan})
	require.NoError(t, err)
	b.asker = asker{b.conn, DefaultPrefix, time.Second}
	dir := filepath.Join(t.TempDir(), "out")
	go func() {
		outcome, err := sweep.Run(context.Background(), b.plan, sweep.Options{Out: dir, Fleet: b.c})
		b.c.Close(outcome.Status, err)
		b.ended <- err
	}()
	return b
}

// ask makes a request about the only study.
func (b *bench) ask(verb string, q request, payload []byte) (reply, []byte, error) {
	b.t.Helper()
	q.Identity = b.plan.StudyIdentity(0)
	return b.asker.ask(b.t.Context(), verb, q, payload)
}

// commit sends the trials in [first, end), those from odd on with another result than the simulator's.
func (b *bench) commit(token string, first, end, odd int) error {
	b.t.Helper()
	var batch []byte
	for id := first; id < end; id++ {
		x := float64(id)
		if id >= odd {
			x += 0.5
		}
		batch = journal.Append(batch, journal.Record{ID: id, Point: space.Point{id}, Result: simulators.OK(x)})
	}
	_, _, err := b.ask(verbCommit, request{Token: token}, batch)
	return err
}

func TestARepeatThatDiffersStopsTheRunAndShowsBoth(t *testing.T) {
	b := newBench(t, "")
	r, _, err := b.ask(verbOpen, request{Token: "a"}, nil)
	require.NoError(t, err)
	require.Zero(t, r.Committed)
	require.NoError(t, b.commit("a", 0, 4, 9))
	require.NoError(t, b.commit("a", 0, 4, 9), "an equal repeat changes nothing")
	require.NoError(t, b.commit("a", 2, 5, 9), "nor does one that overlaps")
	require.ErrorIs(t, b.commit("a", 3, 6, 4), errOver)
	require.EqualError(t, <-b.ended, "study 0 (line, grid, repeat 0): study 0, trial 4 came twice and differs: the journal has levels [4]: [4]; "+
		"the repeat has levels [4]: [4.5]: the simulator, the agent or the machines are not deterministic")
}

func TestATimeLimitIsNoDifference(t *testing.T) {
	b := newBench(t, "")
	_, _, err := b.ask(verbOpen, request{Token: "a"}, nil)
	require.NoError(t, err)
	require.NoError(t, b.commit("a", 0, 2, 9))
	late := journal.Append(nil, journal.Record{ID: 1, Point: space.Point{1}, Result: simulators.Failed("timeout after 5m0s: design [x:1]")})
	_, _, err = b.ask(verbCommit, request{Token: "a"}, late)
	require.NoError(t, err, "the first one counts")
	_, batch, err := b.ask(verbRecords, request{From: 1}, nil)
	require.NoError(t, err)
	rec, err := one(batch)
	require.NoError(t, err)
	require.Equal(t, simulators.OK(1), rec.Result)
	b.finish("a", 2, 6)
}

// finish commits the rest and ends the study.
func (b *bench) finish(token string, first, end int) {
	b.t.Helper()
	require.NoError(b.t, b.commit(token, first, end, end))
	played, err := sweep.NewPlayer(b.plan, 1).Play(b.t.Context(), 0, &scripted{}, nil)
	require.NoError(b.t, err)
	_, _, err = b.ask(verbFinish, request{Token: token, Played: &played, Trials: 6}, nil)
	require.NoError(b.t, err)
	require.NoError(b.t, <-b.ended)
}

// scripted is a log that keeps nothing.
type scripted struct{}

func (*scripted) Kept() int                                        { return 0 }
func (*scripted) Next() (e wrap.Evaluation, ok bool, err error)    { return e, false, nil }
func (*scripted) Record(int, space.Point, simulators.Result) error { return nil }

func TestWhoOpenedAStudyLastOwnsIt(t *testing.T) {
	b := newBench(t, "")
	_, _, err := b.ask(verbOpen, request{Token: "a"}, nil)
	require.NoError(t, err)
	require.NoError(t, b.commit("a", 0, 2, 9))
	r, _, err := b.ask(verbOpen, request{Token: "b"}, nil)
	require.NoError(t, err)
	require.Equal(t, 2, r.Committed)
	require.ErrorIs(t, b.commit("a", 2, 4, 9), errSuperseded)
	require.NoError(t, b.commit("b", 2, 3, 9), "what a sent is committed all the same, and equal")
	require.ErrorIs(t, b.commit("b", 5, 6, 9), errGap)
	played, err := sweep.NewPlayer(b.plan, 1).Play(t.Context(), 0, &scripted{}, nil)
	require.NoError(t, err)
	_, _, err = b.ask(verbFinish, request{Token: "b", Played: &played, Trials: 6}, nil)
	require.ErrorIs(t, err, errGap, "four of six trials are there")
	_, _, err = b.ask(verbFinish, request{Token: "b", Played: &played, Trials: 3}, nil)
	require.ErrorIs(t, err, errSuperseded, "of another rung")
	b.finish("b", 4, 6)
	_, _, err = b.ask(verbOpen, request{Token: "c"}, nil)
	require.ErrorIs(t, err, errGone, "the run is over")
}

func TestAStudyThatEndsItsWorkersEndsTheRun(t *testing.T) {
	b := newBench(t, "")
	for i := range maxFruitless {
		_, _, err := b.ask(verbOpen, request{Token: fmt.Sprint(i)}, nil)
		require.NoError(t, err)
	}
	_, _, err := b.ask(verbOpen, request{Token: "last"}, nil)
	require.ErrorIs(t, err, errOver)
	require.EqualError(t, <-b.ended, "study 0 (line, grid, repeat 0): 10 workers in a row began it and none of them committed trial 0: it probably ends them")
}

func TestMalformedRequestsAreRefused(t *testing.T) {
	b := newBench(t, "")
	for _, c := range []struct {
		verb, body, want string
	}{
		{verbOpen, "nothing", "a message of 7 bytes without a head"},
		{verbOpen, "{]\n", "invalid character"},
		{verbPlan, `{"from":-1}` + "\n", "the plan has no such piece"},
		{verbResult, "{}\n", "the answer to an evaluation is one record"},
	} {
		m, err := b.conn.Request("codesign."+c.verb, []byte(c.body), 5*time.Second)
		require.NoError(t, err)
		var r reply
		_, err = decode(m.Data, &r)
		require.NoError(t, err)
		require.Equal(t, stateRefused, r.State)
		require.Contains(t, r.Error, c.want)
	}
	q := request{Study: 7, Token: "a"}
	_, _, err := b.asker.ask(t.Context(), verbOpen, q, nil)
	require.ErrorIs(t, err, errOver, "a study that the file does not have")
	_, _, err = b.asker.ask(t.Context(), verbOpen, request{Identity: "beef", Token: "a"}, nil)
	require.ErrorIs(t, err, errOver)
	require.ErrorContains(t, <-b.ended, "has another study: identity beef, not ")
}

func TestPoliciesArriveInPieces(t *testing.T) {
	b := newBench(t, "")
	e := func() *entrusted { b.c.mu.Lock(); defer b.c.mu.Unlock(); return b.c.studies[0] }
	require.Eventually(t, func() bool { return e() != nil }, 5*time.Second, time.Millisecond)
	send := func(token string, from int, piece string) state {
		r, _ := b.c.policy(request{Token: token, From: from}, []byte(piece))
		return r.State
	}
	require.Equal(t, stateOK, send("a", 0, "abc"))
	require.Equal(t, stateOK, send("a", 3, "def"))
	require.Equal(t, stateOK, send("a", 3, "def"), "a repeat")
	require.Equal(t, stateGap, send("a", 7, "x"))
	require.Equal(t, "abcdef", string(e().policy))
	require.Equal(t, stateOK, send("b", 0, "xy"), "another worker begins anew")
	require.Equal(t, "xy", string(e().policy))
	_, _, err := b.ask(verbOpen, request{Token: "a"}, nil)
	require.NoError(t, err)
	b.finish("a", 0, 6)
}

func TestEvaluationsThatDifferStopTheRun(t *testing.T) {
	b := newBench(t, "distribute = \"evaluations\"\n")
	var first task
	require.Eventually(t, func() bool {
		list := b.c.waiting()
		if len(list) > 0 {
			first = list[0]
		}
		return len(list) > 0
	}, 5*time.Second, time.Millisecond)
	answer := func(x float64) error {
		frame := journal.Append(nil, journal.Record{Point: first.Point, Result: simulators.OK(x)})
		_, _, err := b.ask(verbResult, request{Worker: "w", Evaluation: first.Evaluation}, frame)
		return err
	}
	require.NoError(t, answer(0))
	require.ErrorIs(t, answer(0), errOver, "an equal repeat")
	require.Eventually(t, func() bool { return len(b.c.waiting()) > 0 }, 5*time.Second, time.Millisecond)
	require.ErrorIs(t, answer(1), errOver)
	require.ErrorContains(t, <-b.ended, "the design with levels [0] was evaluated twice and differs: {[0]  0 }, then {[1]  0 } by worker w")
}
