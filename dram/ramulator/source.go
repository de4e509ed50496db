package ramulator

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/memory"
)

// source plays the requests: the head request is offered once a clock until it is accepted.
type source struct {
	feed        *memory.Feed
	limit       int // requests of a direction without a response; 0 = any number
	watchdog    int64
	everyClock  bool
	controllers []*controller

	head    memory.Demand
	waiting bool  // there is a head request
	first   int64 // clock in which it was offered first, or forever
	next    int64 // clock of the next offer, forever if it depends on a command to come
}

// play runs the clocks until every request is answered: each clock, or only those in which something can happen.
func (s *source) play() error {
	if err := s.read(0); err != nil {
		return err
	}
	for t := int64(0); ; t++ {
		if !s.everyClock {
			t = max(t, s.soonest())
		}
		if t > s.end() && !s.busy() {
			return nil
		}
		if err := s.watch(t); err != nil {
			return err
		}
		if s.waiting && s.next <= t {
			if err := s.offer(t); err != nil {
				return err
			}
		}
		for _, m := range s.controllers {
			if (m.wake <= t || s.everyClock) && m.tick(t) && s.next == forever {
				s.next = t + 1
			}
		}
	}
}

// read takes the next request off the feed; it is offered from clock t on.
func (s *source) read(t int64) (err error) {
	s.head, s.waiting, err = s.feed.Next()
	s.first, s.next = forever, forever
	if s.waiting {
		s.next = max(s.head.Cycle, t)
	}
	return err
}

// offer offers the head request in clock t.
func (s *source) offer(t int64) error {
	if s.limit > 0 {
		if free := s.free(t); free > t {
			s.retry(t, free)
			return nil
		}
	}
	s.first = min(s.first, t)
	if !s.controllers[s.head.Channel].offer(t, s.first, &s.head) {
		s.retry(t, forever)
		return nil
	}
	return s.read(t + 1)
}

// retry offers the head request again in clock later, or in the next one.
func (s *source) retry(t, later int64) {
	s.next = later
	if s.everyClock {
		s.next = t + 1
	}
}

// soonest is the first clock in which something can happen.
func (s *source) soonest() int64 {
	t := s.next
	for _, m := range s.controllers {
		t = min(t, m.wake)
	}
	return t
}

// busy tells whether any request is yet to be served.
func (s *source) busy() bool {
	for _, m := range s.controllers {
		if m.holds() {
			return true
		}
	}
	return s.waiting
}

// end is the clock of the last response so far, -1 if there was none.
func (s *source) end() int64 {
	end := int64(-1)
	for _, m := range s.controllers {
		end = max(end, m.end)
	}
	return end
}

// rows sums up how the requests found their rows, by the peer's rule.
func (s *source) rows() (hits, misses, conflicts int64) {
	for _, m := range s.controllers {
		hits += m.rows[rowOpen]
		misses += m.rows[rowClosed]
		conflicts += m.rows[otherRow]
	}
	return hits, misses, conflicts
}

// watch reports a controller that holds requests and has served none for too long.
func (s *source) watch(t int64) error {
	for i, m := range s.controllers {
		if m.holds() && t-m.progress > s.watchdog {
			return &memory.Stuck{Cycle: m.progress + s.watchdog, Since: m.progress, Waiting: fmt.Sprintf("channel %d: %s", i, m.waiting())}
		}
	}
	return nil
}
