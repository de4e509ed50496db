package queue_test

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// TestClocksMayDiffer runs one side in a bubble of testing/synctest, whose clock says the first second of the year 2000, decades behind the other side's, and stands still
// as long as a connection is open.
func TestClocksMayDiffer(t *testing.T) {
	text := one("ga", 300, "", "repeats = 3\n")
	want := local(t, text)
	t.Run("worker", func(t *testing.T) {
		p, dir := plan(t, text), filepath.Join(t.TempDir(), "out")
		f := newFleet(t, p, shortLease)
		url := f.server.URL()
		ended := make(chan error, 1)
		go func() {
			outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: dir, Fleet: f.c})
			f.c.Close(outcome.Status, err)
			ended <- err
		}()
		synctest.Test(t, func(t *testing.T) {
			require.Equal(t, 2000, time.Now().UTC().Year())
			conn, err := queue.Dial(t.Context(), queue.Dialing{URL: url, Name: "worker"})
			require.NoError(t, err)
			defer parked(conn)
			done, err := queue.Work(t.Context(), queue.Working{Conn: conn, Catalog: catalog(), Build: build(t), Workers: 2, Wait: 10 * time.Second})
			require.NoError(t, err)
			require.Equal(t, 3, done.Studies)
		})
		require.NoError(t, <-ended)
		same(t, want, contents(t, dir))
	})
	t.Run("coordinator", func(t *testing.T) {
		server, err := queue.Listen(queue.Serving{Address: "127.0.0.1:0"})
		require.NoError(t, err)
		defer server.Close()
		url, dir := server.URL(), filepath.Join(t.TempDir(), "out")
		f := &fleet{server: server}
		o := f.working(t, 2)
		worked := make(chan error, 1)
		go func() { _, err := queue.Work(context.Background(), o); worked <- err }()
		synctest.Test(t, func(t *testing.T) {
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
		})
		require.NoError(t, <-worked)
		same(t, want, contents(t, dir))
	})
}

// parked closes the connection, upon which the bubble's clock goes on, and waits until the goroutines that wrap.Timeout parks have ended.
func parked(conn *nats.Conn) {
	conn.Close()
	time.Sleep(5 * time.Second)
}
