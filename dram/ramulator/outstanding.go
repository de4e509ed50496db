package ramulator

// outstanding are the requests of one direction that the source has no response for. It is kept up only if the source waits for responses.
type outstanding struct {
	n    int
	back queue // clocks of the known responses
}

// free is the first clock, not before t, in which the source may offer a request: in each direction fewer than the limit are without a
// response of an earlier clock. It is forever if that depends on commands to come.
func (s *source) free(t int64) int64 {
	from := t
	for direction := range directions {
		n, next := 0, int64(forever)
		for _, m := range s.controllers {
			o := &m.owed[direction]
			o.n -= o.back.drop(t)
			n += o.n
			next = min(next, o.back.head())
		}
		if n >= s.limit && next == forever {
			return forever
		}
		if n >= s.limit {
			from = max(from, next+1)
		}
	}
	return from
}

// queue holds clocks in ascending order, in a ring that grows to the most it held. The zero value is empty.
type queue struct {
	ring  []int64 // its length is a power of two
	first int
	n     int
}

func (q *queue) push(t int64) {
	if q.n == len(q.ring) {
		ring := make([]int64, max(2*q.n, 8))
		for i := range q.n {
			ring[i] = q.ring[(q.first+i)&(q.n-1)]
		}
		q.ring, q.first = ring, 0
	}
	q.ring[(q.first+q.n)&(len(q.ring)-1)] = t
	q.n++
}

// drop removes the clocks before t and tells how many there were.
func (q *queue) drop(t int64) (dropped int) {
	for q.n > 0 && q.ring[q.first] < t {
		q.first = (q.first + 1) & (len(q.ring) - 1)
		q.n--
		dropped++
	}
	return dropped
}

// head is the first clock, forever if there is none.
func (q *queue) head() int64 {
	if q.n == 0 {
		return forever
	}
	return q.ring[q.first]
}
