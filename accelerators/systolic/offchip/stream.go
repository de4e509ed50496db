package offchip

import "github.com/codesign-gym/codesign/dram/trace"

// stream is one operand's bursts, in the order of their addresses, around its region.
type stream struct {
	start, bursts int64 // of the region
	write         bool
	turns         int64 // partial sums: so many bursts are written, then read; 0 = one direction
	total         int64 // bursts to move
	moved         int64
}

// next is the next burst.
func (s *stream) next() (burst int64, write bool) {
	i, write := s.moved, s.write
	if s.turns > 0 {
		group, within := s.moved/(2*s.turns), s.moved%(2*s.turns)
		size := min(s.turns, (s.total-group*2*s.turns)/2) // the last group may be shorter
		i, write = group*s.turns+within%size, within < size
	}
	s.moved++
	return s.start + i%s.bursts, write
}

// source interleaves streams in proportion, transfer by transfer. It is a trace.Source.
type source struct {
	streams        []stream
	burstBytes     uint64
	transferBursts int64
	current, left  int64 // stream and bursts of the transfer under way
}

var _ trace.Source = (*source)(nil)

// Next is the next request.
func (s *source) Next() (trace.Request, bool) {
	if s.left == 0 && !s.choose() {
		return trace.Request{}, false
	}
	s.left--
	burst, write := s.streams[s.current].next()
	return trace.Request{Address: uint64(burst) * s.burstBytes, Write: write}, true
}

// Err is always nil.
func (*source) Err() error { return nil }

// choose takes the stream that has moved the least of its bursts, the first of several.
func (s *source) choose() bool {
	best := -1
	for i := range s.streams {
		c := &s.streams[i]
		if c.moved == c.total {
			continue
		}
		if b := best; b < 0 || float64(c.moved)*float64(s.streams[b].total) < float64(s.streams[b].moved)*float64(c.total) {
			best = i
		}
	}
	if best < 0 {
		return false
	}
	s.current = int64(best)
	s.left = min(s.transferBursts, s.streams[best].total-s.streams[best].moved)
	return true
}
