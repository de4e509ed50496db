package queue_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// sideVariable makes TestClocksMayDiffer the process with the other clock, which plays that side.
const sideVariable = "CODESIGN_TEST_SIDE"

// TestClocksMayDiffer runs one side in a bubble of testing/synctest, whose clock says the first second of the year 2000, decades behind the other side's, and stands still
// as long as a connection is open. The sides are processes: the NATS client has timers that all its connections in a process share, and those of a bubble may not be
// used outside.
func TestClocksMayDiffer(t *testing.T) {
	url, dir, text := os.Getenv(addrVariable), os.Getenv(outVariable), one("ga", 300, "", "repeats = 3\n")
	switch os.Getenv(sideVariable) {
	case "worker":
		synctest.Test(t, func(t *testing.T) { workLongAgo(t, url) })
		return
	case "coordinator":
		synctest.Test(t, func(t *testing.T) { coordinateLongAgo(t, url, dir, text) })
		return
	}
	want := local(t, text)
	t.Run("worker", func(t *testing.T) {
		p, dir := plan(t, text), filepath.Join(t.TempDir(), "out")
		f := newFleet(t, p, shortLease)
		ended := longAgo(t, "worker", f.server.URL(), dir)
		outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: dir, Fleet: f.c})
		f.c.Close(outcome.Status, err)
		require.NoError(t, err)
		ended()
		same(t, want, contents(t, dir))
	})
	t.Run("coordinator", func(t *testing.T) {
		server, err := queue.Listen(queue.Serving{Address: "127.0.0.1:0"})
		require.NoError(t, err)
		t.Cleanup(server.Close)
		dir := filepath.Join(t.TempDir(), "out")
		ended := longAgo(t, "coordinator", server.URL(), dir)
		_, err = queue.Work(context.Background(), (&fleet{server: server}).working(t, 2))
		require.NoError(t, err)
		ended()
		same(t, want, contents(t, dir))
	})
}

// longAgo starts this test in another process, which plays a side in its bubble; what it gives waits for the end.
func longAgo(t *testing.T, side, url, dir string) (ended func()) {
	t.Helper()
	executable, err := os.Executable()
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(stop)
	child := exec.CommandContext(ctx, executable, "-test.run", "^TestClocksMayDiffer$", "-test.v")
	child.Env = append(os.Environ(), sideVariable+"="+side, addrVariable+"="+url, outVariable+"="+dir, "GORACE=atexit_sleep_ms=0")
	result := make(chan error, 1)
	var said []byte
	go func() {
		var err error
		said, err = child.CombinedOutput()
		result <- err
	}()
	return func() {
		t.Helper()
		require.NoError(t, <-result, "%s", said)
		require.Contains(t, string(said), "the year 2000")
	}
}

func workLongAgo(t *testing.T, url string) {
	t.Logf("the year %d", time.Now().UTC().Year())
	conn, err := queue.Dial(t.Context(), queue.Dialing{URL: url, Name: "worker"})
	require.NoError(t, err)
	defer parked(conn)
	done, err := queue.Work(t.Context(), queue.Working{Conn: conn, Catalog: catalog(), Build: build(t), Workers: 2, Wait: 10 * time.Second})
	require.NoError(t, err)
	require.Equal(t, 3, done.Studies)
}

func coordinateLongAgo(t *testing.T, url, dir, text string) {
	t.Logf("the year %d", time.Now().UTC().Year())
	conn, err := queue.Dial(t.Context(), queue.Dialing{URL: url, Name: "coordinator"})
	require.NoError(t, err)
	defer parked(conn)
	p := plan(t, text)
	c, err := queue.Coordinate(t.Context(), queue.Coordinating{Conn: conn, Plan: p, Catalog: catalog().Hash(), Build: build(t), Lease: shortLease})
	require.NoError(t, err)
	outcome, err := sweep.Run(t.Context(), p, sweep.Options{Out: dir, Fleet: c})
	c.Close(outcome.Status, err)
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
}

// parked closes the connection, upon which the bubble's clock goes on, and waits until the goroutines that wrap.Timeout parks have ended.
func parked(conn *nats.Conn) {
	conn.Close()
	time.Sleep(5 * time.Second)
}
