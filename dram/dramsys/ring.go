package dramsys

// ring is a queue that reuses its room. The zero value is empty.
type ring[T any] struct {
	slots   []T // a power of two of them
	head, n int
}

func (r *ring[T]) push(v T) {
	if r.n == len(r.slots) {
		r.grow(r.n + 1)
	}
	r.slots[(r.head+r.n)&(len(r.slots)-1)] = v
	r.n++
}

// front is the oldest entry of a ring that is not empty.
func (r *ring[T]) front() *T { return &r.slots[r.head] }

func (r *ring[T]) pop() T {
	v := r.slots[r.head]
	r.head = (r.head + 1) & (len(r.slots) - 1)
	r.n--
	return v
}

// grow makes room for at least so many entries.
func (r *ring[T]) grow(entries int) {
	size := max(len(r.slots), 8)
	for size < entries {
		size *= 2
	}
	slots := make([]T, size)
	for i := range r.n {
		slots[i] = r.slots[(r.head+i)&(len(r.slots)-1)]
	}
	r.slots, r.head = slots, 0
}

// sequence is a queue of requests in the order of turns 0, 1, 2, ..., which may be filled in any order.
type sequence struct {
	ring ring[turn]
	base int64 // turn at the head
	held int   // turns that are filled
}

type turn struct {
	request int32
	filled  bool
	at      int64
}

// put fills a turn with a request that may leave from clock at on.
func (s *sequence) put(number int64, request int32, at int64) {
	i := int(number - s.base)
	if i >= len(s.ring.slots) {
		s.ring.grow(i + 1)
	}
	for s.ring.n <= i {
		s.ring.push(turn{})
	}
	s.ring.slots[(s.ring.head+i)&(len(s.ring.slots)-1)] = turn{request: request, filled: true, at: at}
	s.held++
}

// head is the clock from which on the next turn may leave; false if it is not filled.
func (s *sequence) head() (int64, bool) {
	if s.ring.n == 0 || !s.ring.front().filled {
		return 0, false
	}
	return s.ring.front().at, true
}

// take removes the next turn, which must be filled.
func (s *sequence) take() int32 {
	s.base++
	s.held--
	return s.ring.pop().request
}
