package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

// Why a study that is being played is left.
var (
	errSuperseded = errors.New("another worker has taken the study over")
	errGap        = errors.New("earlier trials are missing at the coordinator")
	errOver       = errors.New("the study is over")
	errGone       = errors.New("the coordinator is gone")
)

// refusedError is a request that the coordinator does not take.
type refusedError struct{ why string }

func (e *refusedError) Error() string { return "the coordinator refuses: " + e.why }

// Refused tells whether the coordinator has refused a worker: it is another build.
func Refused(err error) bool {
	_, ok := errors.AsType[*refusedError](err)
	return ok
}

// asker makes requests of the coordinator, and repeats them until there is a reply.
type asker struct {
	conn   *nats.Conn
	prefix prefix
	wait   time.Duration // without an answer, after which the coordinator is gone
}

const (
	oneTry    = 5 * time.Second
	notYet    = 200 * time.Millisecond
	laterFor  = 30 * time.Second // that "later" is believed
	firstWait = 20 * time.Millisecond
	maxWait   = time.Second
)

// ask makes a request. The error is ctx's, or says what the coordinator said.
func (a asker) ask(ctx context.Context, verb string, q request, payload []byte) (reply, []byte, error) {
	body, began := encode(q, payload), time.Now()
	for pause := firstWait; ; pause = min(2*pause, maxWait) {
		try, cancel := context.WithTimeout(ctx, oneTry)
		m, err := a.conn.RequestWithContext(try, a.prefix.subject(verb), body)
		cancel()
		var r reply
		var out []byte
		if err == nil {
			out, err = decode(m.Data, &r)
		}
		switch {
		case ctx.Err() != nil:
			return r, nil, ctx.Err()
		case errors.Is(err, nats.ErrMaxPayload), errors.Is(err, nats.ErrConnectionClosed):
			return r, nil, err
		case err != nil && time.Since(began) > a.wait:
			return r, nil, fmt.Errorf("%w: no answer for %v: %w", errGone, a.wait, err)
		case err == nil && (r.State != stateLater || time.Since(began) > laterFor):
			return r, out, r.err()
		case err == nil:
			pause = notYet
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// err is what a reply means for who asked; nil = go on.
func (r reply) err() error {
	switch r.State {
	case stateOK:
		return nil
	case stateSuperseded:
		return errSuperseded
	case stateGap:
		return fmt.Errorf("%w: %s", errGap, r.Error)
	case stateOver:
		return errOver
	case stateLater:
		return fmt.Errorf("%w: nobody knows of it", errSuperseded)
	}
	return &refusedError{r.Error}
}
