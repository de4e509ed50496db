package wrap

import (
	"sync"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// worker is a goroutine that evaluates one batch after the other for callers that may stop waiting. It is parked between two calls: a new
// goroutine would grow its stack again for each, which costs more than the hand-over itself.
type worker struct {
	next   simulators.Simulator
	calls  chan *limited // to the goroutine, which ends when it is closed
	points []space.Point // of the call, in memory of their own: an abandoned model may read them after the caller's call has ended
	flat   []int         // that memory
	answer answer        // of the call
	events chan bool     // to the caller: the answer is there (false), the deadline has passed (true); room for both, nobody waits to send

	// Guarded by workers.mu.
	deadline time.Time // while busy: of the call; while parked: of the goroutine
	at       int       // place in workers.busy
	late     bool      // the deadline has been told
}

// answer is what an evaluation gave.
type answer struct {
	results []simulators.Result
	err     error
	caught  *panicked
	gone    bool // runtime.Goexit ended the goroutine
}

func (w *worker) loop() {
	for ctx := range w.calls {
		w.evaluate(ctx)
	}
}

func (w *worker) evaluate(ctx *limited) {
	returned := false
	defer func() {
		if value := recover(); value != nil {
			w.answer = answer{caught: catch(value)}
		} else if !returned {
			w.answer = answer{caught: catch("the model called runtime.Goexit"), gone: true}
		}
		w.events <- false
	}()
	w.answer.results, w.answer.err = evaluate(ctx, w.next, w.points)
	returned = true
}

// copyPoints makes the worker's points those of the call.
func (w *worker) copyPoints(points []space.Point) {
	w.points, w.flat = w.points[:0], w.flat[:0]
	for _, p := range points {
		w.flat = append(w.flat, p...)
	}
	start := 0
	for _, p := range points {
		end := start + len(p)
		w.points = append(w.points, w.flat[start:end:end])
		start = end
	}
}

const (
	maxParked = 64          // workers above it end instead of being parked
	parkedFor = time.Second // a parked worker whose last call began that long ago ends
)

// workers are the workers of one Timeout and the one timer that watches over them: setting a timer for each call would cost more than
// the hand-over.
type workers struct {
	mu     sync.Mutex
	busy   []*worker
	parked []*worker   // the latest last
	timer  *time.Timer // nil until the first call
	due    time.Time   // when the timer fires, at the earliest deadline or before; zero = it does not
}

// start hands a call over to a parked worker or a new one.
func (ws *workers) start(next simulators.Simulator, ctx *limited, points []space.Point) *worker {
	w := ws.take(next, ctx.deadline)
	w.copyPoints(points)
	w.calls <- ctx
	return w
}

func (ws *workers) take(next simulators.Simulator, deadline time.Time) *worker {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	var w *worker
	if last := len(ws.parked) - 1; last >= 0 {
		w, ws.parked = ws.parked[last], ws.parked[:last]
	} else {
		w = &worker{next: next, calls: make(chan *limited, 1), events: make(chan bool, 2)}
		go w.loop()
	}
	w.deadline, w.at, w.late = deadline, len(ws.busy), false
	ws.busy = append(ws.busy, w)
	ws.watch(deadline)
	return w
}

// release takes a worker off the busy ones; the caller holds the lock.
func (ws *workers) release(w *worker) {
	last := len(ws.busy) - 1
	ws.busy[w.at] = ws.busy[last]
	ws.busy[w.at].at = w.at
	ws.busy[last] = nil
	ws.busy = ws.busy[:last]
}

// abandon lets a worker end after the call that it is in, whenever that is.
func (ws *workers) abandon(w *worker) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.release(w)
	close(w.calls)
}

// park takes back a worker whose answer has been read, of a call that began then.
func (ws *workers) park(w *worker, began time.Time) {
	gone := w.answer.gone
	w.answer = answer{}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.release(w)
	if w.late {
		<-w.events // the deadline passed after the answer
	}
	if gone || len(ws.parked) == maxParked {
		close(w.calls)
		return
	}
	w.deadline = began.Add(parkedFor)
	ws.parked = append(ws.parked, w)
	ws.watch(w.deadline)
}

// watch makes the timer fire at the deadline or before; the caller holds the lock.
func (ws *workers) watch(deadline time.Time) {
	switch {
	case ws.timer == nil:
		ws.timer = time.AfterFunc(time.Until(deadline), ws.look)
	case ws.due.IsZero() || deadline.Before(ws.due):
		ws.timer.Reset(time.Until(deadline))
	default:
		return
	}
	ws.due = deadline
}

// look tells the callers whose deadline has passed, ends the workers that were parked too long, and sets the timer for the next deadline.
func (ws *workers) look() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	now := time.Now()
	ws.due = time.Time{}
	for _, w := range ws.busy {
		switch {
		case w.late:
		case w.deadline.After(now):
			ws.watch(w.deadline)
		default:
			w.late = true
			w.events <- true
		}
	}
	kept := ws.parked[:0]
	for _, w := range ws.parked {
		if w.deadline.After(now) {
			ws.watch(w.deadline)
			kept = append(kept, w)
		} else {
			close(w.calls)
		}
	}
	clear(ws.parked[len(kept):])
	ws.parked = kept
}
