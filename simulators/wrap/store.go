package wrap

import (
	"sync"

	"github.com/codesign-gym/codesign/simulators"
)

// Store keeps the results of one simulator by point, for the Cache wrappers of any number of stacks of that simulator: the same model, version
// and settings, which nothing here can check. It is safe for concurrent use.
//
// At most the given number of results is kept; then the clock rule replaces one that was not asked for again since the hand passed it
// last. An entry takes about 150 to 200 bytes, 8 more a metric and 1 more an axis: a million entries of 20 metrics and 10 axes about 350 MB.
type Store struct {
	mu       sync.Mutex
	entries  map[string]*entry
	ring     []*entry // the finished entries, at most capacity
	hand     int      // the next entry of a full ring to look at
	capacity int
	hits     int
	misses   int
}

// entry is one design: being evaluated (in no ring) or finished (in the ring).
type entry struct {
	key    string
	result simulators.Result
	state  state
	used   bool          // asked for since the hand passed it
	wait   chan struct{} // made by the first follower, closed when the leader finishes; nil = nobody waits
}

type state uint8

const (
	running state = iota // its leader evaluates it
	done                 // result holds
	dropped              // its leader got no result; the entry is in the map no more
)

// NewStore is an empty store for at most capacity results; it panics when that is below 1.
func NewStore(capacity int) *Store {
	if capacity < 1 {
		panic("wrap: a store needs a capacity of at least 1")
	}
	return &Store{entries: map[string]*entry{}, capacity: capacity}
}

// Counts is how many points were found (those that waited for another call's evaluation included) and how many were not.
func (s *Store) Counts() (hits, misses int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hits, s.misses
}

// Len is the number of results kept.
func (s *Store) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ring)
}

// finish ends a leader's work on an entry; ok false drops it. The caller holds the lock.
func (s *Store) finish(e *entry, r simulators.Result, ok bool) {
	if ok {
		e.result, e.state = clone(r), done
		s.keep(e)
	} else {
		e.state = dropped
		delete(s.entries, e.key)
	}
	if e.wait != nil {
		close(e.wait)
	}
}

// keep puts a finished entry into the ring, in the place of another one when the ring is full.
func (s *Store) keep(e *entry) {
	if len(s.ring) < s.capacity {
		s.ring = append(s.ring, e)
		return
	}
	for ; s.ring[s.hand].used; s.hand = (s.hand + 1) % s.capacity {
		s.ring[s.hand].used = false
	}
	delete(s.entries, s.ring[s.hand].key)
	s.ring[s.hand] = e
	s.hand = (s.hand + 1) % s.capacity
}
