package dashboard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Options say what is served, and to whom.
type Options struct {
	Root    string // a results folder, or a folder of them
	Catalog sweep.Catalog
	Token   string // that every request needs; empty = the server answers names of this machine only
	// Script and Style are the page's; empty = pages without scripts are served, which say so.
	Script, Style string
}

// Server serves a folder of results. It never writes.
type Server struct {
	o       Options
	board   *board
	streams chan struct{} // clients that events are sent to
	scans   chan struct{} // tables of trials that are being made
}

// Timeouts of connections. Events have their own, see stream.
const (
	headerWithin = 10 * time.Second
	answerWithin = time.Minute
	idleWithin   = 2 * time.Minute
	endWithin    = 3 * time.Second
)

var errNoSweep = errors.New("there is no such sweep (any more)")

// New is a server that follows its folder until ctx ends.
func New(ctx context.Context, o Options) (*Server, error) {
	if err := Check(o.Root); err != nil {
		return nil, err
	}
	s := &Server{o: o, board: newBoard(ctx, o.Root, o.Catalog), streams: make(chan struct{}, maxStreams), scans: make(chan struct{}, maxScans)}
	s.board.find()
	s.board.refresh()
	return s, nil
}

// Sweeps is how many sweeps there are now.
func (s *Server) Sweeps() int { return len(s.board.cards()) }

// Serve answers on a listener until the server's context ends, and closes it.
func (s *Server) Serve(l net.Listener) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerWithin, ReadTimeout: headerWithin, WriteTimeout: answerWithin, IdleTimeout: idleWithin, MaxHeaderBytes: 64 << 10,
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.board.run()
		ctx, cancel := context.WithTimeout(context.Background(), endWithin)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close() // somebody takes too long
		}
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-ended
	return nil
}

// Handler answers requests. The folder is followed while Serve runs.
func (s *Server) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", s.home)
	m.HandleFunc("GET /sweep/{id}", s.page)
	m.HandleFunc("GET /sweep/{id}/{file...}", s.file)
	m.HandleFunc("GET /assets/dashboard.js", asset("text/javascript; charset=utf-8", s.o.Script))
	m.HandleFunc("GET /assets/dashboard.css", asset("text/css; charset=utf-8", styled(s.o.Style)))
	m.HandleFunc("GET /api/sweeps", func(w http.ResponseWriter, r *http.Request) { answer(w, s.board.since(0), nil) })
	m.HandleFunc("GET /api/events", func(w http.ResponseWriter, r *http.Request) {
		s.stream(w, r, feed{s.board.epoch, s.board.signal, nil, func(version uint64) (any, uint64) { d := s.board.since(version); return d, d.Version }})
	})
	m.HandleFunc("GET /api/sweeps/{id}", s.withSweep(func(w http.ResponseWriter, r *http.Request, of *watch) { answer(w, of.since(0), nil) }))
	m.HandleFunc("GET /api/sweeps/{id}/events", s.withSweep(func(w http.ResponseWriter, r *http.Request, of *watch) {
		s.stream(w, r, feed{of.epoch, of.signal, of.left, func(version uint64) (any, uint64) { d := of.since(version); return d, d.Version }})
	}))
	m.HandleFunc("GET /api/sweeps/{id}/studies", s.withSweep(func(w http.ResponseWriter, r *http.Request, of *watch) {
		q, err := parseQuery(r.URL.Query())
		if err == nil {
			var page Studies
			if page, err = of.studyTable(q); err == nil {
				answer(w, page, nil)
				return
			}
		}
		fail(w, http.StatusBadRequest, err)
	}))
	m.HandleFunc("GET /api/sweeps/{id}/trials", s.withSweep(s.trials))
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusNotFound, errors.New("there is no such page"))
	})
	return guard{s.o.Token, m}
}

// withSweep finds the sweep of a request.
func (s *Server) withSweep(do func(http.ResponseWriter, *http.Request, *watch)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		of := s.board.watch(r.PathValue("id"))
		if of == nil {
			fail(w, http.StatusNotFound, errNoSweep)
			return
		}
		do(w, r, of)
	}
}

// trials answers with a table of trials, a few at a time.
func (s *Server) trials(w http.ResponseWriter, r *http.Request, of *watch) {
	q, err := parseQuery(r.URL.Query())
	if err != nil {
		fail(w, http.StatusBadRequest, err)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), scanWithin)
	defer cancel()
	select {
	case s.scans <- struct{}{}:
		defer func() { <-s.scans }()
	case <-ctx.Done():
		fail(w, http.StatusServiceUnavailable, errors.New("other tables are being made: try again"))
		return
	}
	page, err := of.trialTable(ctx, q)
	answer(w, page, err)
}

// answer sends a document, or why there is none: what was asked for is wrong.
func answer(w http.ResponseWriter, document any, err error) {
	if err != nil {
		fail(w, http.StatusBadRequest, err)
		return
	}
	text, err := json.Marshal(document)
	if err != nil {
		fail(w, http.StatusInternalServerError, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(text, '\n')) // who has gone away gets nothing
}

// fail sends an error as a document.
func fail(w http.ResponseWriter, status int, err error) {
	text, _ := json.Marshal(map[string]string{"error": err.Error()}) // a string always marshals
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n'))
}

// styled is the page's style behind what it has in common with plain pages.
func styled(style string) string {
	if style == "" {
		return ""
	}
	return chart.StyleSheet() + plainStyle + style
}

func asset(kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if text == "" {
			fail(w, http.StatusNotFound, fmt.Errorf("the program was built without the page's scripts"))
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write([]byte(text))
	}
}
