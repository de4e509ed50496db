package dramsim3

// clocks is a queue of clocks that never decrease.
type clocks struct {
	ring   []int64 // of a length that is a power of two
	head   int
	length int
}

// push appends a clock.
func (q *clocks) push(c int64) {
	if q.length == len(q.ring) {
		ring := make([]int64, max(2*len(q.ring), 16))
		for i := range q.length {
			ring[i] = q.ring[(q.head+i)&(len(q.ring)-1)]
		}
		q.ring, q.head = ring, 0
	}
	q.ring[(q.head+q.length)&(len(q.ring)-1)] = c
	q.length++
}

// first is the earliest clock of a queue that is not empty.
func (q *clocks) first() int64 { return q.ring[q.head] }

// dropBefore removes the clocks before c.
func (q *clocks) dropBefore(c int64) {
	for q.length > 0 && q.first() < c {
		q.head = (q.head + 1) & (len(q.ring) - 1)
		q.length--
	}
}
