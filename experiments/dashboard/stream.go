package dashboard

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxStreams  = 64 // clients that events are sent to
	eventEvery  = 250 * time.Millisecond
	eventWithin = 10 * time.Second // that a client may take
	quietFor    = 15 * time.Second // after which a client hears that the server is alive
)

// feed is what a stream of events tells: documents since a version.
type feed struct {
	epoch  string
	signal signal
	left   <-chan struct{} // the end of it; nil = never
	since  func(version uint64) (document any, now uint64)
}

// stream sends events until the client, the feed or the server ends.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, f feed) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		fail(w, http.StatusServiceUnavailable, fmt.Errorf("%d clients are being sent events already", maxStreams))
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	out := eventWriter{w, http.NewResponseController(w), f.epoch}
	version := lastVersion(r.Header.Get("Last-Event-ID"), f.epoch)
	for {
		next := f.signal.next() // before the document, so that no change is missed between them
		document, now := f.since(version)
		if now > version {
			if out.event("change", now, document) != nil {
				return
			}
			version = now
		}
		pause := time.NewTimer(eventEvery)
		select {
		case <-pause.C:
		case <-r.Context().Done():
			return
		case <-s.board.ctx.Done():
			return
		}
		quiet := time.NewTimer(quietFor)
		select {
		case <-next:
		case <-quiet.C:
			if out.comment() != nil {
				return
			}
		case <-f.left:
			_ = out.event("gone", version, struct{}{}) // the last one, whether it arrives or not
			return
		case <-r.Context().Done():
			return
		case <-s.board.ctx.Done():
			return
		}
		quiet.Stop()
	}
}

// lastVersion is the version that a client has; 0 = none, or one of another process.
func lastVersion(id, epoch string) uint64 {
	version, ok := strings.CutPrefix(id, epoch+".")
	if !ok {
		return 0
	}
	n, err := strconv.ParseUint(version, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// eventWriter writes events. A client that does not take one in time is given up.
type eventWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	epoch   string
}

func (e eventWriter) event(kind string, version uint64, document any) error {
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return e.send(fmt.Sprintf("id: %s.%d\nevent: %s\ndata: %s\n\n", e.epoch, version, kind, text))
}

func (e eventWriter) comment() error { return e.send(": still here\n\n") }

func (e eventWriter) send(text string) error {
	if err := e.control.SetWriteDeadline(time.Now().Add(eventWithin)); err != nil {
		return err
	}
	if _, err := e.Write([]byte(text)); err != nil {
		return err
	}
	return e.control.Flush()
}
