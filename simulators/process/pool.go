package process

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/internal/wire"
)

// pool keeps idle copies of the program and starts new ones.
type pool struct {
	options Options
	words   []string
	folder  string
	first   *wire.Welcome // of the first copy; every other one must say the same

	mu       sync.Mutex
	idle     []*child // the last one used is the next one
	running  map[*child]bool
	failures int // copies that were lost since the last answer
	closed   bool
	killed   bool // and what still ran was ended
}

// The back-off after failures in a row.
const (
	firstDelay = 10 * time.Millisecond
	lastDelay  = time.Second
	startTries = 4 // copies that do not shake hands before an evaluation gives up
)

// changedError says that the program is no longer the one that it was: nothing that it says counts.
type changedError struct{ error }

var errClosed = errors.New("the program was closed")

// take is an idle copy, or a new one.
func (p *pool) take(ctx context.Context) (*child, error) {
	for try := 1; ; try++ {
		c, delay, err := p.takeIdle()
		if c != nil || err != nil {
			return c, err
		}
		if err := sleep(ctx, delay); err != nil {
			return nil, err
		}
		c, err = p.start(ctx)
		if err == nil {
			return c, nil
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if _, changed := errors.AsType[changedError](err); changed {
			return nil, err
		}
		p.lost()
		if try == startTries {
			return nil, fmt.Errorf("the program does not start, %d times in a row: %w", try, err)
		}
	}
}

// takeIdle is an idle copy, or nil and how long to wait before another one is started.
func (p *pool) takeIdle() (*child, time.Duration, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, 0, errClosed
	}
	for len(p.idle) > 0 {
		c := p.idle[len(p.idle)-1]
		p.idle = p.idle[:len(p.idle)-1]
		if c.alive() {
			return c, 0, nil
		}
		go c.end() // it ended while nobody asked it anything
	}
	if p.failures == 0 {
		return nil, 0, nil
	}
	return nil, min(firstDelay<<min(p.failures-1, 10), lastDelay), nil
}

// lost counts a copy that failed.
func (p *pool) lost() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures++
}

// put takes a copy back that has answered.
func (p *pool) put(c *child) {
	p.mu.Lock()
	p.failures = 0
	closed := p.closed
	if !closed {
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if closed {
		c.close()
	}
}

// start starts a copy and shakes hands.
func (p *pool) start(ctx context.Context) (*child, error) {
	c, err := start(p.words, p.folder)
	if err != nil {
		return nil, err
	}
	if !p.track(c) {
		c.end()
		return nil, errClosed
	}
	limit := p.options.StartTimeout
	if limit <= 0 {
		limit = DefaultStartTimeout
	}
	reply, err := c.call(ctx, &wire.Hello{Program: p.options.Program, Binary: true, Set: p.options.Set}, limit)
	if err == nil {
		err = p.greet(c, reply)
	}
	if err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// track keeps a copy among the running ones until it ends; false when none may run any more.
func (p *pool) track(c *child) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.killed {
		return false
	}
	if p.running == nil {
		p.running = map[*child]bool{}
	}
	p.running[c] = true
	go func() {
		<-c.ended
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.running, c)
	}()
	return true
}

// wasKilled tells whether kill was called.
func (p *pool) wasKilled() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.killed
}

// kill ends all copies at once, busy ones too.
func (p *pool) kill() {
	p.mu.Lock()
	p.idle, p.closed, p.killed = nil, true, true
	running := slices.Collect(maps.Keys(p.running))
	p.mu.Unlock()
	var ends sync.WaitGroup
	for _, c := range running {
		ends.Go(c.end)
	}
	ends.Wait()
}

// greet checks the answer to the hello.
func (p *pool) greet(c *child, reply wire.Reply) error {
	welcome, ok := reply.(*wire.Welcome)
	if !ok {
		return errors.New("the program answers the hello with something else")
	}
	c.welcome = welcome
	if welcome.Binary {
		c.conn.AgreeBinary()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.first == nil {
		p.first = welcome
	}
	if identity(p.first) != identity(welcome) {
		return changedError{errors.New("the program says something else in its hello than at first: was it changed during the run?")}
	}
	return nil
}

// close ends all copies; those that are busy end when they have answered.
func (p *pool) close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	var ends sync.WaitGroup
	for _, c := range idle {
		ends.Go(c.close)
	}
	ends.Wait()
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
