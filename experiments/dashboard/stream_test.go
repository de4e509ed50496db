package dashboard

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// event is a server-sent event.
type event struct{ id, kind, data string }

// events are what a path of a site sends, from an event's ID on.
func (s site) events(ctx context.Context, path, after string) <-chan event {
	s.t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+path, nil)
	require.NoError(s.t, err)
	if after != "" {
		r.Header.Set("Last-Event-ID", after)
	}
	response, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	require.Equal(s.t, "text/event-stream", response.Header.Get("Content-Type"))
	out := make(chan event, 100)
	go func() {
		defer close(out)
		defer response.Body.Close()
		var e event
		for lines := bufio.NewReader(response.Body); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			switch key {
			case "id":
				e.id = value
			case "event":
				e.kind = value
			case "data":
				e.data = value
			case "":
				if e.kind != "" {
					out <- e
				}
				e = event{}
			}
		}
	}()
	return out
}

// next is the next event.
func next(t *testing.T, from <-chan event) event {
	t.Helper()
	select {
	case e, open := <-from:
		require.True(t, open, "the stream has ended")
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("no event")
		return event{}
	}
}

func sweepOf(t *testing.T, e event) (d Sweep) {
	t.Helper()
	require.Equal(t, "change", e.kind)
	require.NoError(t, json.Unmarshal([]byte(e.data), &d))
	return d
}

// TestEventsTellWhatHasChanged appends to a journal by hand: a study that was read up to its middle gets its second half.
func TestEventsTellWhatHasChanged(t *testing.T) {
	root, id := finished(t)
	dir := filepath.Join(root, "toys")
	unfinish(t, dir)
	path, ending := filepath.Join(dir, "journals", "000007.journal"), filepath.Join(dir, "journals", "000007.json")
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	kept, err := os.ReadFile(ending)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, int64(len(whole)/2)))
	require.NoError(t, os.Remove(ending))
	s := serve(t, root, Options{})
	s.whole(id)

	stream := s.events(t.Context(), "/api/sweeps/"+id+"/events", "")
	first := next(t, stream)
	d := sweepOf(t, first)
	require.True(t, d.Whole)
	require.Len(t, d.Cells, 4)
	require.Len(t, d.Curves, 4)

	began := time.Now()
	require.NoError(t, os.WriteFile(path, whole, 0o644))
	require.NoError(t, os.WriteFile(ending, kept, 0o644))
	var last event
	cells := map[int]Cell{}
	for d.Card.Studies.Done < 8 {
		last = next(t, stream)
		d = sweepOf(t, last)
		require.False(t, d.Whole)
		require.Empty(t, d.Scenarios, "what does not change is not told again")
		for _, c := range d.Cells {
			cells[c.ID] = c
		}
	}
	require.Less(t, time.Since(began), 10*time.Second)
	require.Equal(t, 272, d.Card.Trials.Done)
	require.Len(t, cells, 1, "one cell has changed")
	require.Equal(t, Share{2, 2}, cells[3].Studies)

	// Who comes back gets the rest, who comes from elsewhere all of it.
	again := sweepOf(t, next(t, s.events(t.Context(), "/api/sweeps/"+id+"/events", first.id)))
	require.False(t, again.Whole)
	require.Len(t, again.Cells, 1)
	require.True(t, sweepOf(t, next(t, s.events(t.Context(), "/api/sweeps/"+id+"/events", "another.7"))).Whole)

	require.NoError(t, os.RemoveAll(dir))
	for {
		if e := next(t, stream); e.kind == "gone" {
			break
		}
	}
	_, open := <-stream
	require.False(t, open, "and that is the end of it")
}

func TestEventsOfTheBoard(t *testing.T) {
	root, id := finished(t)
	s := serve(t, root, Options{})
	stream := s.events(t.Context(), "/api/events", "")
	var d Board
	require.NoError(t, json.Unmarshal([]byte(next(t, stream).data), &d))
	require.True(t, d.Whole)
	require.Equal(t, []string{id}, d.Order)
	require.NoError(t, os.CopyFS(filepath.Join(root, "more"), os.DirFS(filepath.Join(root, "toys"))))
	for len(d.Order) < 2 {
		d = Board{}
		require.NoError(t, json.Unmarshal([]byte(next(t, stream).data), &d))
	}
	require.Len(t, d.Cards, 1, "of the one that is new")
}

// TestClientsThatDoNotListenAreDroppedAndFewAreServed opens more streams than there are places.
func TestClientsThatDoNotListenAreDroppedAndFewAreServed(t *testing.T) {
	root, _ := finished(t)
	s := serve(t, root, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	for range maxStreams {
		s.events(ctx, "/api/events", "")
	}
	response, err := http.Get(s.URL + "/api/events")
	require.NoError(t, err)
	require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
	require.NoError(t, response.Body.Close())
	cancel()
	s.eventually(func() bool { return len(s.of.streams) == 0 }, "their places are free again")
}

// stuck is a connection that takes nothing any more.
type stuck struct {
	http.ResponseWriter
	deadline time.Time
}

func (s *stuck) SetWriteDeadline(at time.Time) error          { s.deadline = at; return nil }
func (s *stuck) Write([]byte) (int, error)                    { return 0, os.ErrDeadlineExceeded }
func (s *stuck) Header() http.Header                          { return http.Header{} }
func (s *stuck) WriteHeader(int)                              {}
func (s *stuck) Hijack() (net.Conn, *bufio.ReadWriter, error) { return nil, nil, http.ErrNotSupported }

func TestASlowClientIsGivenUp(t *testing.T) {
	root, _ := finished(t)
	s := serve(t, root, Options{})
	w := &stuck{}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/api/events", nil)
	require.NoError(t, err)
	s.of.Handler().ServeHTTP(w, r) // returns
	require.WithinDuration(t, time.Now().Add(eventWithin), w.deadline, 5*time.Second)
}

func TestServeEndsWithItsContext(t *testing.T) {
	root, _ := finished(t)
	ctx, cancel := context.WithCancel(t.Context())
	s, err := New(ctx, Options{Root: root, Catalog: catalog(nil)})
	require.NoError(t, err)
	require.Equal(t, 1, s.Sweeps())
	l, _, _, err := Listen("127.0.0.1:0", "")
	require.NoError(t, err)
	ended := make(chan error)
	go func() { ended <- s.Serve(l) }()
	response, err := http.Get("http://" + l.Addr().String() + "/api/events")
	require.NoError(t, err)
	cancel()
	select {
	case err := <-ended:
		require.NoError(t, err)
	case <-time.After(10 * time.Second):
		t.Fatal("it goes on")
	}
	_ = response.Body.Close()
}
