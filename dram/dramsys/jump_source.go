package dramsys

import "github.com/codesign-gym/codesign/dram/memory"

// jumpSource is the way of a request to the controller's input slot: source and arbiter in closed form.
type jumpSource struct {
	next    memory.Demand
	more    bool // next is a request
	waiting bool // it lies in the input slot

	queues      bool // the arbiter queues
	limited     bool // the source bounds its outstanding requests
	outstanding [2]credits
	active      credits
	accepted    int64 // clock in which the source learned that the previous request was accepted
	taken       int64 // clock in which the controller took it

	arrival, begin, admit int64 // of next
	arrive                int64 // of next; forever = there is none, or its clock is not known yet
	early                 bool  // it is there before the controller acts in that clock
}

// credits are permits that are taken and come back at known clocks, in order of time.
type credits struct {
	unused int
	back   ring[int64]
}

// head is the clock from which on the next credit is free; false if that is not known yet.
func (c *credits) head() (int64, bool) {
	switch {
	case c.unused > 0:
		return 0, true
	case c.back.n > 0:
		return *c.back.front(), true
	}
	return 0, false
}

func (c *credits) take() {
	if c.unused > 0 {
		c.unused--
	} else {
		c.back.pop()
	}
}

func newJumpSource(c Config, maxOutstanding int) jumpSource {
	limit := credits{unused: maxOutstanding}
	return jumpSource{
		queues: c.Arbiter != ArbiterSimple, limited: maxOutstanding > 0,
		outstanding: [2]credits{limit, limit}, active: credits{unused: c.MaxActiveTransactions},
		accepted: -1, taken: -forever, arrive: forever,
	}
}

// schedule works out when the next request arrives, as far as that is known.
func (s *jumpSource) schedule() {
	s.arrive = forever
	if !s.more || s.waiting {
		return
	}
	s.arrival = s.next.Cycle
	s.begin = max(s.next.Cycle, s.accepted+1)
	if s.limited {
		read, readKnown := s.outstanding[0].head()
		write, writeKnown := s.outstanding[1].head()
		if !readKnown || !writeKnown {
			return
		}
		credit := max(read, write)
		s.begin = max(s.begin, credit)
		if credit > s.accepted {
			s.arrival = s.begin // it depended on the response
		}
	}
	s.admit, s.early = s.begin, false
	if s.queues {
		credit, known := s.active.head()
		if !known {
			return
		}
		s.admit = max(s.begin, credit)
		s.early = s.admit <= s.taken
	}
	s.arrive = s.admit
	if s.early {
		s.arrive = s.taken + 1
	}
}

// send puts the request into the input slot.
func (s *jumpSource) send() {
	s.waiting, s.arrive = true, forever
	if s.limited {
		s.outstanding[direction(s.next.Write)].take()
	}
	if s.queues {
		s.active.take()
	}
}

// answered gives back the credits of a request of which the source has the response at clock t.
func (s *jumpSource) answered(t int64, way int) {
	if s.limited {
		s.outstanding[way].back.push(t)
	}
	if s.queues {
		s.active.back.push(t)
	}
	if s.arrive == forever {
		s.schedule()
	}
}

// fetch reads the next request of the trace.
func (j *jump) fetch() {
	s := &j.source
	s.waiting = false
	s.more, j.err = j.feed.Read(&s.next)
	s.schedule()
}

// arrive puts the next request into the input slot at clock t and lets the controller run.
func (j *jump) arrive(t int64) {
	i := j.source.next.Bank
	j.source.send()
	taken := j.take(t)
	switch {
	case !j.calm || t >= j.wake:
		j.fullRun(t)
	case taken:
		j.consider(t, i)
	}
}

// take takes the request in the input slot if the buffer has room. Its bank may want something else then.
func (j *jump) take(t int64) bool {
	s := &j.source
	k := j.managed
	if !s.waiting || !k.buffer.hasRoom(&k.waiting) {
		return false
	}
	way := direction(s.next.Write)
	if s.taken = t; s.queues {
		s.accepted = s.admit
	} else {
		s.accepted = t
	}
	j.since = t
	if j.number++; j.number-j.base >= j.tickets {
		j.renumber()
	}
	slot := j.slot()
	h := &j.pool[slot]
	h.arrival, h.begin, h.accepted, h.way = s.arrival, s.begin, s.accepted, int32(way)
	h.number, h.row, h.column = j.number, s.next.Row, s.next.Column
	b := &k.banks[s.next.Bank]
	rank := &k.ranks[b.rank]
	if rank.held == 0 {
		rank.power.notice(t, requestCame)
	}
	rank.held++
	k.waiting.count[way]++
	k.waiting.lastBank = b.index
	b.list.n++
	b.current = slot
	j.recorder.Queue.Change(t, 1)
	j.enqueue(s.next.Bank, queued{row: s.next.Row, slot: slot})
	j.fetch()
	return true
}

// slot is a free place of the pool.
func (j *jump) slot() int32 {
	if n := len(j.unused); n > 0 {
		slot := j.unused[n-1]
		j.unused = j.unused[:n-1]
		return slot
	}
	j.pool = append(j.pool, held{})
	return int32(len(j.pool) - 1)
}
