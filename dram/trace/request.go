package trace

// Request asks for one burst.
type Request struct {
	Cycle   int64  // clock in which it arrives, at the earliest
	Address uint64 // in bytes
	Write   bool
}

// Source is a stream of requests in order of their clocks.
type Source interface {
	// Next is the next request; false means that the stream has ended, or has failed: see Err.
	Next() (Request, bool)
	// Err is what went wrong, nil at a regular end.
	Err() error
}

// Slice is a stream of requests in memory.
type Slice struct {
	requests []Request
	next     int
}

// NewSlice streams requests, which it only reads.
func NewSlice(requests []Request) *Slice { return &Slice{requests: requests} }

// Next is the next request.
func (s *Slice) Next() (Request, bool) {
	if s.next == len(s.requests) {
		return Request{}, false
	}
	s.next++
	return s.requests[s.next-1], true
}

// Err is always nil.
func (*Slice) Err() error { return nil }
