package dramsim3

import "github.com/codesign-gym/codesign/dram/memory"

// source offers the requests of a job and collects the answers.
type source struct {
	feed     *memory.Feed
	recorder memory.Recorder
	limit    int // requests of one direction without an answer; 0 = any number

	head      memory.Demand // the next request
	more      bool          // there is one
	requested int64         // step in which it was first offered, if it was
	offered   bool
	offerAt   int64 // next step in which it is offered

	heldReads, heldWrites int   // without a column command of theirs yet
	atOnce                int64 // step in which the last answer without a column command arrives
	atOnceWrite           bool
	answers               clocks // of column commands still on their way; kept only if there is a limit
	end                   int64
	progress              int64 // clock of the last acceptance or column command

	waiters pool[waiter]
}

// load fetches the next request.
func (s *source) load() (err error) {
	s.head, s.more, err = s.feed.Next()
	s.offered = false
	return err
}

// mayOffer tells whether the limit lets the next request be offered in step c. If not, it is asked again when an answer has arrived.
func (s *source) mayOffer(c int64) bool {
	if s.limit == 0 {
		return true
	}
	s.answers.dropBefore(c)
	reads, writes := s.heldReads+s.answers.length, 0
	if c <= s.atOnce {
		if s.atOnceWrite {
			writes++
		} else {
			reads++
		}
	}
	if reads < s.limit && writes < s.limit {
		return true
	}
	s.offerAt = far
	if c <= s.atOnce {
		s.offerAt = s.atOnce + 1
	}
	if s.answers.length > 0 {
		s.offerAt = min(s.offerAt, s.answers.first()+1)
	}
	return false
}

// hold counts the next request, a write accepted in step c.
func (s *source) hold(c int64) {
	s.heldWrites++
	s.recorder.Queue.Change(c, 1)
}

// wait makes the next request, a read accepted in step c, wait for an entry.
func (s *source) wait(e *entry, c int64) {
	e.firstWait = s.waiters.put(waiter{arrival: s.arrival(), request: s.requested, accepted: c, next: e.firstWait})
	e.waits++
	s.heldReads++
	s.recorder.Queue.Change(c, 1)
}

// arrival is the arrival mark of the next request: the clock of the trace, or of the first offer if the source waits for answers.
func (s *source) arrival() int64 {
	if s.limit > 0 {
		return s.requested
	}
	return s.head.Cycle
}

// answerAtOnce answers the next request, accepted in step c, in the step after it.
func (s *source) answerAtOnce(c int64) {
	s.atOnce, s.atOnceWrite = c+1, s.head.Write
	s.end = max(s.end, c+1)
	l := &s.recorder.Reads
	if s.head.Write {
		l = &s.recorder.Writes
	}
	l.Request.Add(c + 1 - s.requested)
	l.Accepted.Add(1)
	l.Arrival.Add(c + 1 - s.arrival())
}

// answer answers in step at the reads of an entry whose RD issued in clock c.
func (s *source) answer(e *entry, c, at int64) {
	for slot := e.firstWait; slot != none; {
		w := s.waiters.slots[slot]
		s.recorder.Reads.Request.Add(at - w.request)
		s.recorder.Reads.Accepted.Add(at - w.accepted)
		s.recorder.Reads.Arrival.Add(at - w.arrival)
		s.waiters.drop(slot)
		slot = w.next
		if s.limit > 0 {
			s.answers.push(at)
			s.offerAt = min(s.offerAt, max(at+1, s.head.Cycle))
		}
	}
	s.heldReads -= int(e.waits)
	s.recorder.Queue.Change(c, -int(e.waits))
	s.end = max(s.end, at)
	s.progress = c
}

// written counts a write whose WR issued in clock c.
func (s *source) written(c int64) {
	s.heldWrites--
	s.recorder.Queue.Change(c, -1)
	s.progress = c
}

// roomAgain makes a refused request be offered again after a transfer in clock c.
func (s *source) roomAgain(c int64) {
	if s.offered {
		s.offerAt = min(s.offerAt, c+1)
	}
}
