package serve_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	agentlist "github.com/codesign-gym/codesign/agents/catalog"
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
