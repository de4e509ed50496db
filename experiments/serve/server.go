package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"

	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators/process"
)

// server is one conversation.
type server struct {
	catalog sweep.Catalog
	options Options
	program string
	conn    *wire.Conn

	offer  *offer  // nil before the hello, and for an agent without a simulator
	lanes  *lanes  // nil without an environment
	search *search // nil without an agent
	serves []string
}

// Serve answers the requests of one client until it says close or its stream ends. Mistakes in the options are a *UsageError before anything is
// read; a client that breaks the protocol is told so, and is an error, too.
func Serve(ctx context.Context, c sweep.Catalog, program string, o Options, in io.Reader, out io.Writer) (err error) {
	s := &server{catalog: c, options: o, program: program, conn: wire.NewConn(in, out)}
	if s.offer, err = o.open(c, nil); err != nil {
		return err
	}
	if o.Agent != "" && s.offer != nil { // an agent that cannot be made is known before anybody waits for a hello
		if s.search, err = s.searchOffer(); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.hello(); err != nil {
		return err
	}
	for {
		id, request, err := s.conn.NextRequest()
		if done, err := s.unreadable(err); done || err != nil {
			return err
		}
		if request == nil {
			continue
		}
		reply, broken := s.answer(ctx, request)
		if broken != nil {
			reply = &wire.Error{Text: broken.Error(), Broken: !isRefusal(broken)}
		}
		if err := s.conn.Reply(id, reply); err != nil {
			return err
		}
		if _, ends := request.(*wire.Close); ends {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// unreadable deals with a request that could not be read: done at the end of the stream; an error when the conversation cannot go on.
func (s *server) unreadable(err error) (done bool, _ error) {
	if err == nil {
		return false, nil
	}
	if err == io.EOF {
		return true, nil
	}
	if wrong, ok := errors.AsType[*wire.RequestError](err); ok {
		return false, s.conn.Reply(wrong.ID, &wire.Error{Text: wrong.Error()})
	}
	if _, ok := errors.AsType[*wire.LineError](err); ok {
		return true, usage(errors.Join(fmt.Errorf("the client breaks the protocol: %w", err), s.conn.Reply(-1, &wire.Error{Text: err.Error()})))
	}
	return true, err
}

// hello answers the first request.
func (s *server) hello() error {
	id, request, err := s.conn.NextRequest()
	if wrong, ok := errors.AsType[*wire.RequestError](err); ok { // another version, or something that is no hello
		return usage(errors.Join(wrong, s.conn.Reply(wrong.ID, &wire.Error{Text: wrong.Error()})))
	}
	if done, err := s.unreadable(err); done || err != nil {
		return err
	}
	hello, ok := request.(*wire.Hello)
	if !ok {
		err := errors.New("the first request must be a hello")
		return usage(errors.Join(err, s.conn.Reply(id, &wire.Error{Text: err.Error()})))
	}
	welcome, err := s.welcome(hello)
	if err != nil {
		return errors.Join(err, s.conn.Reply(id, &wire.Error{Text: err.Error()}))
	}
	if err := s.conn.Reply(id, welcome); err != nil {
		return err
	}
	if hello.Binary {
		s.conn.AgreeBinary()
	}
	return nil
}

// welcome opens what the client asked for, and describes it.
func (s *server) welcome(hello *wire.Hello) (_ *wire.Welcome, err error) {
	if len(hello.Set) > 0 {
		if s.offer, err = s.options.open(s.catalog, hello.Set); err != nil {
			return nil, err
		}
		if s.search != nil {
			if s.search, err = s.searchOffer(); err != nil {
				return nil, err
			}
		}
	}
	w := &wire.Welcome{Program: s.program, Binary: hello.Binary, Set: map[string]any{}}
	if f := s.offer; f != nil {
		w.Spec, w.Settings, w.Nondeterministic = process.Describe(f.spec), process.DescribeSettings(f.declared), s.options.Nondeterministic
		w.Spec.Doc = f.doc
		maps.Copy(w.Set, f.settings.Map())
		if s.lanes, err = newLanes(f, 1); err != nil {
			return nil, err
		}
		w.Agents, w.Horizon = s.lanes.describe(), f.horizon
		if f.objective != nil {
			w.Objective = describeObjective(f.objective)
		}
	}
	if err := s.problem(hello.Problem); err != nil {
		return nil, err
	}
	if s.search != nil {
		w.Agent = &wire.Searcher{Kind: s.options.Agent, Options: s.search.options.Map()}
	}
	s.serves = s.list()
	w.Serves = s.serves
	return w, nil
}

// problem makes the agent for the client's own problem.
func (s *server) problem(p *wire.Problem) (err error) {
	switch {
	case p == nil && s.offer == nil:
		return usage(errors.New("the agent has no problem to solve: name a simulator, or let the hello bring a problem"))
	case p == nil:
		return nil
	case s.options.Agent == "":
		return usage(errors.New("the hello brings a problem, but no agent is served: start the server with one"))
	case s.offer != nil:
		return usage(fmt.Errorf("the hello brings a problem, but the agent searches %s", s.offer.spec.Name))
	}
	s.search, err = s.searchProblem(*p)
	return err
}

// list is the types of requests that are answered.
func (s *server) list() []string {
	var names []string
	if f := s.offer; f != nil {
		if f.simulator != nil {
			names = append(names, "evaluate")
			if f.instance.Repair != nil {
				names = append(names, "repair")
			}
			if f.instance.Detail != nil {
				names = append(names, "detail")
			}
		}
		names = append(names, "reset", "step")
	}
	if s.search != nil {
		names = append(names, "ask", "tell")
	}
	return names
}

// refusal is an error of a request that changed nothing.
type refusal struct{ error }

func refuse(format string, args ...any) error { return refusal{fmt.Errorf(format, args...)} }

func isRefusal(err error) bool {
	_, ok := errors.AsType[refusal](err)
	return ok
}

// answer answers a request; a refusal is the client's mistake, another error ours.
func (s *server) answer(ctx context.Context, request wire.Request) (wire.Reply, error) {
	switch r := request.(type) {
	case *wire.Close:
		return &wire.Closed{}, nil
	case *wire.Hello:
		return nil, refuse("a second hello: there is one a conversation")
	case *wire.Evaluate:
		if s.offer != nil && s.offer.simulator != nil {
			return s.offer.evaluate(ctx, r)
		}
	case *wire.Repair:
		if s.offer != nil && s.offer.instance.Repair != nil {
			return s.offer.repair(r)
		}
	case *wire.Detail:
		if s.offer != nil && s.offer.instance.Detail != nil {
			return s.offer.detail(ctx, r)
		}
	case *wire.Reset:
		if s.lanes != nil {
			return s.reset(ctx, r)
		}
	case *wire.Step:
		if s.lanes != nil {
			return s.lanes.step(ctx, r)
		}
	case *wire.Ask:
		if s.search != nil {
			return s.search.ask(r)
		}
	case *wire.Tell:
		if s.search != nil {
			return s.search.tell(r)
		}
	}
	return nil, refusal{suggest.Unknown("request", wire.TypeOf(request), append(s.serves, "close"))}
}

// close ends what holds something.
func (s *server) close() error {
	if s.lanes == nil {
		return nil
	}
	return s.lanes.vector.Close()
}
