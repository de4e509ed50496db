package dramsim3

import "math/bits"

// none is the slot of nothing.
const none int32 = -1

// entry is a request that needs a column command, in a transaction queue or in a command queue.
type entry struct {
	burst            uint64 // address in bursts
	number           int64  // order of transfer to the command queues
	bank, row        int32
	column           int32
	next             int32 // in its queue
	chain            int32 // in its bucket of the index
	firstWait, waits int32 // the reads that it answers: slot of the latest one, and how many
	write            bool
}

// waiter is a read that waits for its entry.
type waiter struct {
	arrival, request, accepted int64
	next                       int32
}

// pool holds values in slots that are reused.
type pool[T any] struct {
	slots []T
	free  []int32
}

// put stores a value and returns its slot.
func (p *pool[T]) put(value T) int32 {
	if n := len(p.free); n > 0 {
		slot := p.free[n-1]
		p.free = p.free[:n-1]
		p.slots[slot] = value
		return slot
	}
	p.slots = append(p.slots, value)
	return int32(len(p.slots) - 1)
}

// drop gives a slot back.
func (p *pool[T]) drop(slot int32) { p.free = append(p.free, slot) }

// queue is a list of entries in order of arrival.
type queue struct {
	first, last  int32
	length, size int
}

func newQueue(size int) queue { return queue{first: none, last: none, size: size} }

func (q *queue) full() bool { return q.length >= q.size }

// push appends a slot.
func (q *queue) push(entries []entry, slot int32) {
	entries[slot].next = none
	if q.last == none {
		q.first = slot
	} else {
		entries[q.last].next = slot
	}
	q.last = slot
	q.length++
}

// remove takes out a slot; previous is the one before it, or none.
func (q *queue) remove(entries []entry, previous, slot int32) {
	next := entries[slot].next
	if previous == none {
		q.first = next
	} else {
		entries[previous].next = next
	}
	if next == none {
		q.last = previous
	}
	q.length--
}

// index finds the entry of a burst: chains of entries, by a hash of the burst.
type index struct {
	buckets []int32
	shift   uint
}

// newIndex has at least as many buckets as there are entries at a time.
func newIndex(entries int) index {
	width := bits.Len(uint(entries))
	x := index{buckets: make([]int32, 1<<width), shift: uint(64 - width)}
	for i := range x.buckets {
		x.buckets[i] = none
	}
	return x
}

// bucket is the head of the chain of a burst. The factor is 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming,
// volume 3, section 6.4).
func (x *index) bucket(burst uint64) *int32 {
	return &x.buckets[burst*0x9E3779B97F4A7C15>>x.shift]
}

// find is the slot of a burst, or none.
func (x *index) find(entries []entry, burst uint64) int32 {
	slot := *x.bucket(burst)
	for slot != none && entries[slot].burst != burst {
		slot = entries[slot].chain
	}
	return slot
}

func (x *index) add(entries []entry, slot int32) {
	head := x.bucket(entries[slot].burst)
	entries[slot].chain = *head
	*head = slot
}

func (x *index) remove(entries []entry, slot int32) {
	link := x.bucket(entries[slot].burst)
	for *link != slot {
		link = &entries[*link].chain
	}
	*link = entries[slot].chain
}
