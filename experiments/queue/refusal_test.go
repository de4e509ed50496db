package queue_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestAWorkerOfAnotherBuildIsRefused(t *testing.T) {
	f := newFleet(t, plan(t, mixed(1, 0, "")), time.Second)
	for _, c := range []struct {
		name   string
		change func(*queue.Working)
		want   string
	}{
		{"version", func(o *queue.Working) { o.Build.Version = "v9" }, "the coordinator refuses: its version is v9, the coordinator's test: results would not be reproducible"},
		{"Go", func(o *queue.Working) { o.Build.Go = "go1.1" }, "its Go release is go1.1, the coordinator's go"},
		{"architecture", func(o *queue.Working) { o.Build.Arch = "pdp11" }, "its architecture is pdp11, the coordinator's "},
		{"executable", func(o *queue.Working) { o.Build.SHA256 = "beef" }, "its executable is beef, the coordinator's "},
		{"catalogue", func(o *queue.Working) { o.Catalog.Simulators = nil }, "its catalogue is "},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := f.working(t, 1)
			c.change(&o)
			_, err := queue.Work(t.Context(), o)
			require.ErrorContains(t, err, c.want)
			require.Contains(t, f.said.text(), " refused: ", "the coordinator says so too")
		})
	}
	f.c.Close(sweep.Complete, nil)
}

func TestAPrefixCarriesOneRun(t *testing.T) {
	p := plan(t, mixed(1, 0, ""))
	f := newFleet(t, p, time.Second)
	conn, err := f.server.Connect()
	require.NoError(t, err)
	defer conn.Close()
	second := queue.Coordinating{Conn: conn, Plan: p, Build: build(t)}
	_, err = queue.Coordinate(t.Context(), second)
	require.ErrorContains(t, err, `the run of mixed on `)
	require.ErrorContains(t, err, ` uses the subject prefix "codesign": choose another one`)
	second.Prefix = "team.two"
	c, err := queue.Coordinate(t.Context(), second)
	require.NoError(t, err)
	c.Close(sweep.Complete, nil)
	for _, bad := range []string{"a..b", "a.", "a b", "*", ">", "a.>", strings.Repeat("a", 101)} {
		second.Prefix = bad
		_, err = queue.Coordinate(t.Context(), second)
		require.ErrorContains(t, err, "subject prefix "+`"`+bad+`"`)
	}
	f.c.Close(sweep.Complete, nil)
}

func TestServersListenOnThisMachineUnlessToldOtherwise(t *testing.T) {
	s, err := queue.Listen(queue.Serving{Address: ":0"})
	require.NoError(t, err)
	defer s.Close()
	require.Regexp(t, `^nats://127\.0\.0\.1:\d+$`, s.URL())
	require.True(t, s.Local())
	require.Empty(t, s.Token())

	_, err = queue.Listen(queue.Serving{Address: strings.TrimPrefix(s.URL(), "nats://")})
	require.ErrorContains(t, err, "address already in use")

	open, err := queue.Listen(queue.Serving{Address: "0.0.0.0:0"})
	require.NoError(t, err)
	defer open.Close()
	require.Len(t, open.Token(), 26, "beyond this machine there is always a token")
	require.Contains(t, open.URL(), "nats://"+open.Token()+"@")
	require.False(t, open.Local())

	for _, bad := range []string{"", "4222", "host:port", ":70000", ":-1"} {
		_, err = queue.Listen(queue.Serving{Address: bad})
		require.ErrorContains(t, err, "is not host:port with a port in [0, 65535]", bad)
	}
}

func TestUnusableServersAreNamed(t *testing.T) {
	guarded, err := queue.Listen(queue.Serving{Address: ":0", Token: "right"})
	require.NoError(t, err)
	defer guarded.Close()
	address := strings.TrimPrefix(guarded.URL(), "nats://right@")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := free.Addr().String()
	require.NoError(t, free.Close())
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))

	for _, c := range []struct {
		name string
		d    queue.Dialing
		want string
	}{
		{"nobody there", queue.Dialing{URL: "nats://" + nobody}, "no NATS server answers at nats://" + nobody + ": dial tcp " + nobody + ": connect: connection refused"},
		{"no token", queue.Dialing{URL: "nats://" + address}, "the server at nats://" + address + " refuses these credentials: "},
		{"wrong token", queue.Dialing{URL: "nats://wrong@" + address}, "the server at nats://…@" + address + " refuses these credentials: "},
		{"wrong password", queue.Dialing{URL: "nats://me:wrong@" + address}, "the server at nats://…@" + address + " refuses these credentials: "},
		{"no credentials file", queue.Dialing{URL: "nats://" + address, Credentials: empty + "x"}, "credentials: stat "},
		{"no certificates", queue.Dialing{URL: "nats://" + address, CA: empty}, "holds none"},
		{"half a certificate", queue.Dialing{URL: "nats://" + address, Cert: empty}, "certificate: "},
		{"TLS where there is none", queue.Dialing{URL: "tls://right@" + address}, "NATS server at tls://…@" + address + ": "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := queue.Dial(t.Context(), c.d)
			require.ErrorContains(t, err, c.want)
		})
	}
	conn, err := queue.Dial(t.Context(), queue.Dialing{URL: "nats://" + address, Token: "right"})
	require.NoError(t, err)
	conn.Close()
}

func TestAServerWithoutJetStreamIsNamed(t *testing.T) {
	plain, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true})
	require.NoError(t, err)
	plain.Start()
	defer plain.Shutdown()
	require.True(t, plain.ReadyForConnections(10*time.Second))
	conn, err := queue.Dial(t.Context(), queue.Dialing{URL: plain.ClientURL()})
	require.NoError(t, err)
	defer conn.Close()
	_, err = queue.Coordinate(t.Context(), queue.Coordinating{Conn: conn, Plan: plan(t, mixed(1, 0, "")), Build: build(t)})
	require.EqualError(t, err, "the NATS server has no JetStream (nats-server -js)")
}

func TestAWorkerDoesNotWaitForEverForACoordinator(t *testing.T) {
	s, err := queue.Listen(queue.Serving{Address: ":0"})
	require.NoError(t, err)
	defer s.Close()
	conn, err := s.Connect()
	require.NoError(t, err)
	defer conn.Close()
	_, err = queue.Work(t.Context(), queue.Working{Conn: conn, Catalog: catalog(), Build: build(t), Workers: 1, Wait: 50 * time.Millisecond})
	require.ErrorContains(t, err, "the coordinator is gone: no answer for 50ms")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = queue.Work(ctx, queue.Working{Conn: conn, Catalog: catalog(), Build: build(t), Workers: 1})
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestANameThatDoesNotResolveMayDoSoLater(t *testing.T) {
	_, err := queue.Dial(t.Context(), queue.Dialing{URL: "nats://codesign.invalid:4222", Name: "worker"})
	require.ErrorIs(t, err, queue.ErrUnreachable)
	require.ErrorContains(t, err, "codesign.invalid")
}

func TestAnotherProtocolIsRefused(t *testing.T) {
	_, err := queue.Dial(t.Context(), queue.Dialing{URL: "nats://127.0.0.1:1,http://a", Name: "worker"})
	require.EqualError(t, err, `unknown scheme of a NATS server "http" (known: nats, tls, ws, wss)`)
}
