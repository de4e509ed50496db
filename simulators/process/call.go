package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/codesign-gym/codesign/internal/wire"
)

// brokenError says why a child is of no use any more.
type brokenError struct {
	error
	stale bool // it had answered before and then ended without a word: what it was asked may not be to blame
}

func (e brokenError) Unwrap() error { return e.error }

// errTimeout is the cause of a time limit.
var errTimeout = errors.New("time limit")

// call sends a request and waits for the reply, at most limit (0 = none) and as long as ctx lasts. A *wire.Error leaves the child as it was; any
// other error is a brokenError, and the child must be ended.
func (c *child) call(ctx context.Context, request wire.Request, limit time.Duration) (wire.Reply, error) {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limit, errTimeout)
		defer cancel()
	}
	stop := context.AfterFunc(ctx, c.kill)
	reply, err := c.exchange(request)
	if !stop() && err == nil {
		err = context.Cause(ctx) // killed just behind the reply
	}
	if err == nil {
		if refused, ok := reply.(*wire.Error); ok {
			return nil, refused
		}
		c.answered = c.nextID > 1 // more than the hello
		return reply, nil
	}
	if ctx.Err() != nil {
		if context.Cause(ctx) == errTimeout {
			return nil, brokenError{error: c.explain(fmt.Errorf("no answer within %v: killed", limit))}
		}
		return nil, brokenError{error: context.Cause(ctx)}
	}
	return nil, brokenError{error: c.explain(err), stale: err == io.EOF && c.answered}
}

// sendGrace is how long a request may still be on its way when its reply is there.
const sendGrace = time.Second

// exchange sends a request and reads up to its reply. Both at once: a program that writes before it has read all must not block both sides.
func (c *child) exchange(request wire.Request) (wire.Reply, error) {
	id := c.nextID
	c.nextID++
	sent := make(chan error, 1)
	go func() { sent <- c.conn.Request(id, request) }()
	reply, err := c.receive(id)
	if err == nil {
		grace := time.NewTimer(sendGrace)
		defer grace.Stop()
		select {
		case err := <-sent:
			return reply, err
		case <-grace.C:
			err = errors.New("the program answers a request that it has not read")
		}
	}
	c.unblock(sent)
	return nil, err
}

// receive reads up to the reply to a request.
func (c *child) receive(id int64) (wire.Reply, error) {
	for {
		got, reply, err := c.conn.NextReply()
		if err != nil {
			return nil, err
		}
		if e, ok := reply.(*wire.Error); ok && got < 0 {
			return nil, fmt.Errorf("the program gives up: %w", e)
		}
		if got != id {
			return nil, fmt.Errorf("the program answers request %d, but %d was asked", got, id)
		}
		if _, ok := reply.(*wire.Progress); !ok {
			return reply, nil
		}
	}
}

// unblock ends the sending of a request whose reply will not come.
func (c *child) unblock(sent <-chan error) {
	select {
	case <-sent:
	default:
		c.kill()
		<-sent
	}
}

// explain adds to what went wrong how the child ended, if it did, and what it wrote to standard error.
func (c *child) explain(err error) error {
	if err != io.EOF && !errors.Is(err, os.ErrClosed) {
		return c.quote(err)
	}
	grace := time.NewTimer(stderrGrace)
	defer grace.Stop()
	select { // a reader sees the end of the output a little before the process is gone
	case <-c.exited:
		<-c.ended
		err = fmt.Errorf("the program ended (%s)", c.status)
	case <-grace.C:
		err = errors.New("the program closed its standard output")
	}
	return c.quote(err)
}

// quote adds to what went wrong what the child wrote to standard error.
func (c *child) quote(err error) error {
	if said := c.stderr.String(); said != "" {
		return fmt.Errorf("%w; it wrote to standard error: %s", err, said)
	}
	return err
}
