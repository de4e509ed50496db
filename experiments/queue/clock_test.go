package queue_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// The roles of a process with another clock, and the variable that says how many years it has moved on.
const (
	clockedWorker      = "clocked worker"
	clockedCoordinator = "clocked coordinator"
	yearsVariable      = "CODESIGN_TEST_YEARS"
)

// TestClocksMayDiffer runs one side in a process of its own, in a bubble of testing/synctest: its clock says the first second of the year 2000, or a hundred years later, and
// stands still as long as a connection is open.
func TestClocksMayDiffer(t *testing.T) {
	switch os.Getenv(roleVariable) {
	case clockedWorker, clockedCoordinator:
		synctest.Test(t, inBubble)
		return
	}
	text := one("ga", 200, "", "repeats = 3\n")
	want := local(t, text)
	for _, years := range []int{0, 100} {
		t.Run(fmt.Sprintf("worker in %d", 2000+years), func(t *testing.T) {
			p, dir := plan(t, text), filepath.Join(t.TempDir(), "out")
			f := newFleet(t, p, 5*time.Second)
			ended := clocked(t, clockedWorker, years, f.server.URL(), "", "")
			outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: dir, Fleet: f.c})
			f.c.Close(outcome.Status, err)
			require.NoError(t, err)
			ended()
			same(t, want, contents(t, dir))
		})
	}
	t.Run("coordinator in 2000", func(t *testing.T) {
		server, err := queue.Listen(queue.Serving{Address: "127.0.0.1:0"})
		require.NoError(t, err)
		defer server.Close()
		dir := filepath.Join(t.TempDir(), "out")
		ended := clocked(t, clockedCoordinator, 0, server.URL(), dir, text)
		o := (&fleet{server: server}).working(t, 2)
		o.Wait = time.Minute // until the coordinator is there
		done, err := queue.Work(context.Background(), o)
		require.NoError(t, err)
		require.Equal(t, 3, done.Studies)
		ended()
		same(t, want, contents(t, dir))
	})
}

// clocked starts this test in a process with another clock, and returns what waits for its end.
func clocked(t *testing.T, role string, years int, url, dir, text string) (ended func()) {
	t.Helper()
	executable, err := os.Executable()
	require.NoError(t, err)
	c := exec.Command(executable, "-test.run=^TestClocksMayDiffer$", "-test.timeout=2m")
	c.Env = append(os.Environ(), roleVariable+"="+role, addrVariable+"="+url, outVariable+"="+dir, textVariable+"="+text, yearsVariable+"="+strconv.Itoa(years))
	output := &notices{}
	c.Stdout, c.Stderr = output, output
	require.NoError(t, c.Start())
	t.Cleanup(func() { _ = c.Process.Kill() }) // most have ended
	return func() {
		t.Helper()
		require.NoError(t, c.Wait(), output.text())
	}
}

// Write keeps what a process prints.
func (n *notices) Write(text []byte) (int, error) {
	n.add("%s", text)
	return len(text), nil
}

// inBubble is one side of a run, beside the clock.
func inBubble(t *testing.T) {
	years, err := strconv.Atoi(os.Getenv(yearsVariable))
	require.NoError(t, err)
	time.Sleep(time.Duration(years) * 8766 * time.Hour)
	require.InDelta(t, 2000+years, time.Now().UTC().Year(), 1)
	conn, err := queue.Dial(t.Context(), queue.Dialing{URL: os.Getenv(addrVariable), Name: "beside the clock"})
	require.NoError(t, err)
	defer parked(conn)
	if os.Getenv(roleVariable) == clockedWorker {
		done, err := queue.Work(t.Context(), queue.Working{Conn: conn, Catalog: catalog(), Build: build(t), Workers: 2, Wait: 10 * time.Second})
		require.NoError(t, err)
		require.Equal(t, 3, done.Studies)
		return
	}
	p := plan(t, os.Getenv(textVariable))
	c, err := queue.Coordinate(t.Context(), queue.Coordinating{Conn: conn, Plan: p, Catalog: catalog().Hash(), Build: build(t), Lease: 5 * time.Second})
	require.NoError(t, err)
	outcome, err := sweep.Run(t.Context(), p, sweep.Options{Out: os.Getenv(outVariable), Fleet: c})
	c.Close(outcome.Status, err)
	require.NoError(t, err)
}

// parked closes the connection, upon which the bubble's clock goes on, and waits until the goroutines that wrap.Timeout parks have ended.
func parked(conn *nats.Conn) {
	conn.Close()
	time.Sleep(5 * time.Second)
}
