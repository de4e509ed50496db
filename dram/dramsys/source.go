package dramsys

import (
	"math"

	"github.com/codesign-gym/codesign/dram/memory"
)

// source sends the requests of the trace one after the other and receives their responses.
type source struct {
	feed        *memory.Feed
	box         mailbox
	limit       int    // requests of one direction without a response; 0 = any number
	outstanding [2]int // reads and writes sent and not answered
	postponed   bool   // the next request waits for a response
	lastAccept  int64  // clock of the last acceptance
	lastBegin   int64  // clock in which the last request reaches the arbiter
	progress    int64  // clock of the last acceptance or response
	sent, done  int64
	ended       bool // the trace is over
	err         error
}

func newSource(j *memory.Job, wake int32) source {
	return source{feed: j.NewFeed(), box: mailbox{wake: wake}, limit: j.MaxOutstanding, lastAccept: math.MinInt64}
}

// finished tells that every request has its response, or that the trace is faulty.
func (s *source) finished() bool { return s.ended && s.done == s.sent || s.err != nil }

// run reads the messages.
func (s *source) run(m *model) {
	for {
		message, ok := s.box.receive(m.agenda)
		if !ok {
			return
		}
		if message.kind == accepted {
			s.accepted(m, message.request)
		} else {
			s.responded(m, message)
		}
	}
}

func (s *source) accepted(m *model, i int32) {
	s.lastAccept, s.progress = m.agenda.now, m.agenda.now
	m.requests.all[i].accepted = m.agenda.now
	if s.mayExceed() {
		s.postponed = true
	} else {
		s.send(m)
	}
}

func (s *source) responded(m *model, message item) {
	now := m.agenda.now
	s.progress = now
	m.arbiterBox.send(m.agenda, item{kind: acknowledged, channel: message.channel, request: nobody}, 0)
	r := &m.requests.all[message.request]
	latencies := &m.recorder.Reads
	if r.Write {
		latencies = &m.recorder.Writes
	}
	latencies.Request.Add(now - r.begun)
	latencies.Accepted.Add(now - r.accepted)
	latencies.Arrival.Add(now - r.arrival)
	s.outstanding[direction(r.Write)]--
	s.done++
	m.requests.release(message.request)
	if s.postponed && !s.mayExceed() {
		s.send(m)
		s.postponed = false
	}
}

// mayExceed tells that one more request might be one too many.
func (s *source) mayExceed() bool {
	return s.limit > 0 && (s.outstanding[0] >= s.limit || s.outstanding[1] >= s.limit)
}

// send sends the next request of the trace, if there is one: not before its clock, and not in the clock of the last acceptance.
func (s *source) send(m *model) {
	demand, ok, err := s.feed.Next()
	if !ok {
		s.ended, s.err = true, err
		return
	}
	at := max(demand.Cycle, m.agenda.now)
	if at == s.lastAccept {
		at++
	}
	i := m.requests.acquire()
	r := &m.requests.all[i]
	*r = request{Demand: demand, arrival: demand.Cycle, begun: at}
	if s.postponed {
		r.arrival = at
	}
	s.outstanding[direction(r.Write)]++
	s.sent++
	s.lastBegin = at
	m.arbiterBox.send(m.agenda, item{kind: requested, request: i, channel: r.Channel}, at-m.agenda.now)
}

// direction is 0 for reads and 1 for writes.
func direction(write bool) int {
	if write {
		return 1
	}
	return 0
}
