package process

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/internal/wire"
)

// Session is one running copy of a program that is asked something else than a simulator is: of an agent. It serves one goroutine.
type Session struct {
	child   *child
	command string
	welcome *wire.Welcome
	broken  error
}

// Begin starts a copy of the program and shakes hands. The hello brings what the options have not: the problem of an agent. The program must serve
// the given types of requests.
func Begin(ctx context.Context, o Options, problem *wire.Problem, serves ...string) (*Session, error) {
	s := &Session{command: strings.Join(o.Command, " ")}
	words, folder, err := o.command()
	if err != nil {
		return nil, err
	}
	if s.child, err = start(words, folder); err != nil {
		return nil, s.named(err)
	}
	limit := o.StartTimeout
	if limit <= 0 {
		limit = DefaultStartTimeout
	}
	reply, err := s.child.call(ctx, &wire.Hello{Program: o.Program, Binary: true, Set: o.Set, Problem: problem}, limit)
	if err == nil {
		err = s.greet(reply, serves)
	}
	if err != nil {
		s.child.end()
		return nil, s.named(err)
	}
	return s, nil
}

// greet checks the answer to the hello.
func (s *Session) greet(reply wire.Reply, serves []string) error {
	welcome, ok := reply.(*wire.Welcome)
	if !ok {
		return errors.New("the program answers the hello with something else")
	}
	for _, request := range serves {
		if !slices.Contains(welcome.Serves, request) {
			return fmt.Errorf("it serves %q, and not %s", welcome.Serves, request)
		}
	}
	if s.welcome = welcome; welcome.Binary {
		s.child.conn.AgreeBinary()
	}
	return nil
}

// Welcome is what the program says of itself.
func (s *Session) Welcome() *wire.Welcome { return s.welcome }

// Call sends a request and waits for the reply, at most limit (0 = none) and as long as ctx lasts. A *wire.Error is the program's refusal, and the
// session goes on; any other error has ended it, and is what every later call returns.
func (s *Session) Call(ctx context.Context, request wire.Request, limit time.Duration) (wire.Reply, error) {
	if s.broken != nil {
		return nil, s.broken
	}
	reply, err := s.child.call(ctx, request, limit)
	if err == nil {
		return reply, nil
	}
	if _, refused := errors.AsType[*wire.Error](err); !refused {
		return nil, s.Broken(err)
	}
	return nil, s.named(err)
}

// Broken ends the session of a program that did what it must not, and words that, with what it wrote to standard error.
func (s *Session) Broken(err error) error {
	s.child.kill()
	if _, quoted := errors.AsType[brokenError](err); !quoted {
		err = s.child.quote(err)
	}
	s.broken = s.named(err)
	return s.broken
}

// Close ends the program: an idle one is asked to.
func (s *Session) Close() error {
	if s.broken != nil {
		s.child.end()
		return nil
	}
	s.child.close()
	s.broken = s.named(errClosed)
	return nil
}

// named says which program an error is about.
func (s *Session) named(err error) error { return fmt.Errorf("program %s: %w", s.command, err) }
