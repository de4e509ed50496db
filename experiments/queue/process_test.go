package queue_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// The variables that make the test binary a coordinator or a worker that can be killed.
const (
	roleVariable = "CODESIGN_TEST_ROLE"
	addrVariable = "CODESIGN_TEST_ADDRESS"
	outVariable  = "CODESIGN_TEST_OUT"
	textVariable = "CODESIGN_TEST_FILE"
)

// shortLease is long for a worker that lives and short for a test.
const shortLease = time.Second

func TestMain(m *testing.M) {
	var err error
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(m.Run())
	case "coordinator":
		err = asCoordinator(os.Getenv(addrVariable), os.Getenv(outVariable), os.Getenv(textVariable))
	case "worker":
		err = asWorker(os.Getenv(addrVariable))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func asCoordinator(address, out, text string) error {
	f, err := file.Parse("x.toml", []byte(text))
	if err != nil {
		return err
	}
	p, err := sweep.NewPlan(f, catalog())
	if err != nil {
		return err
	}
	server, err := queue.Listen(queue.Serving{Address: address})
	if err != nil {
		return err
	}
	defer server.Close()
	conn, err := server.Connect()
	if err != nil {
		return err
	}
	b, err := sweep.CurrentBuild("test")
	if err != nil {
		return err
	}
	c, err := queue.Coordinate(context.Background(), queue.Coordinating{Conn: conn, Plan: p, Catalog: catalog().Hash(), Build: b, Lease: shortLease})
	if err != nil {
		return err
	}
	outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: out, Fleet: c, Resume: true})
	c.Close(outcome.Status, err)
	return err
}

func asWorker(address string) error {
	var err error
	for range 200 { // the coordinator may start later
		var b sweep.Build
		if b, err = sweep.CurrentBuild("test"); err != nil {
			return err
		}
		conn, unreachable := queue.Dial(context.Background(), queue.Dialing{URL: "nats://" + address, Name: "worker"})
		if unreachable != nil {
			err = unreachable
			time.Sleep(50 * time.Millisecond)
			continue
		}
		_, err = queue.Work(context.Background(), queue.Working{Conn: conn, Catalog: catalog(), Build: b, Workers: 2, Wait: 20 * time.Second})
		return err
	}
	return err
}

// site is a run in processes: one coordinator at a fixed address, and workers.
type site struct {
	t       *testing.T
	address string
	dir     string
	text    string

	mu    sync.Mutex
	procs []*exec.Cmd
}

func newSite(t *testing.T, text string) *site {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &site{t: t, address: free.Addr().String(), dir: filepath.Join(t.TempDir(), "out"), text: text}
	require.NoError(t, free.Close())
	t.Cleanup(func() {
		for _, c := range s.procs {
			_ = c.Process.Kill() // most have ended
		}
	})
	return s
}

// process is one that was started, and how it ended.
type process struct {
	cmd    *exec.Cmd
	stderr strings.Builder
	ended  chan error
}

func (s *site) start(role string) *process {
	s.t.Helper()
	executable, err := os.Executable()
	require.NoError(s.t, err)
	p := &process{cmd: exec.Command(executable), ended: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), roleVariable+"="+role, addrVariable+"="+s.address, outVariable+"="+s.dir, textVariable+"="+s.text, "GORACE=atexit_sleep_ms=0")
	p.cmd.Stderr = &p.stderr
	require.NoError(s.t, p.cmd.Start())
	s.mu.Lock()
	s.procs = append(s.procs, p.cmd)
	s.mu.Unlock()
	go func() { p.ended <- p.cmd.Wait() }()
	return p
}

// wait waits for the end of a process, which must be a good one.
func (s *site) wait(p *process) {
	s.t.Helper()
	select {
	case err := <-p.ended:
		require.NoError(s.t, err, p.stderr.String())
	case <-time.After(time.Minute):
		s.t.Fatal("the process does not end")
	}
}

// until waits for the journals to hold so many bytes; false when the run has ended before.
func (s *site) until(coordinator *process, bytes int64) bool {
	for {
		select {
		case err := <-coordinator.ended:
			coordinator.ended <- err
			return false
		case <-time.After(2 * time.Millisecond):
			if s.journalled() >= bytes {
				return true
			}
		}
	}
}

func (s *site) journalled() (bytes int64) {
	paths, _ := filepath.Glob(filepath.Join(s.dir, "journals", "*.journal"))
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil {
			bytes += info.Size()
		}
	}
	return bytes
}

// slow is a sweep that takes long enough to be disturbed: about 4 s of evaluation in one process.
func slow() string { return mixed(1, 4000, "") }

func TestKillingAndPausingNeverChangesTheDataset(t *testing.T) {
	want := local(t, slow())
	s := newSite(t, slow())
	rng := seed.New(3, "kills")
	coordinator := s.start("coordinator")
	workers := []*process{s.start("worker"), s.start("worker"), s.start("worker")}
	kinds := []string{"kill a worker", "kill the coordinator", "pause a worker", "kill a worker", "kill the coordinator", "pause a worker", "kill a worker", "kill a worker"}
	rng.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	for k, kind := range kinds {
		require.True(t, s.until(coordinator, int64(k+1)*4000), "the run ended before all was done to it")
		i := rng.IntN(len(workers))
		switch kind {
		case "kill a worker":
			require.NoError(t, workers[i].cmd.Process.Kill())
			workers[i] = s.start("worker")
		case "kill the coordinator": // and its server with it
			require.NoError(t, coordinator.cmd.Process.Kill())
			require.Error(t, <-coordinator.ended)
			coordinator = s.start("coordinator")
		case "pause a worker": // beyond its lease
			worker := workers[i].cmd.Process
			require.NoError(t, worker.Signal(syscall.SIGSTOP))
			time.AfterFunc(3*shortLease/2, func() { _ = worker.Signal(syscall.SIGCONT) }) // it may have been killed
		}
	}
	s.wait(coordinator)
	same(t, want, contents(t, s.dir))
}

func TestDuplicatedDeliveriesNeverChangeTheDataset(t *testing.T) {
	text := mixed(1, 1000, "")
	want := local(t, text)
	s := newSite(t, text)
	coordinator := s.start("coordinator")
	workers := []*process{s.start("worker"), s.start("worker")}
	require.True(t, s.until(coordinator, 2000))
	conn, err := queue.Dial(t.Context(), queue.Dialing{URL: "nats://" + s.address, Name: "duplicates"})
	require.NoError(t, err)
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	for range 2 {
		for study := range 16 {
			_, err := js.Publish(t.Context(), "codesign.work", fmt.Appendf(nil, `{"study":%d}`, study))
			require.NoError(t, err)
		}
	}
	conn.Close()
	s.wait(coordinator)
	same(t, want, contents(t, s.dir))
	for _, w := range workers {
		s.wait(w)
	}
}
