package systolic

// skew is a stream that enters or leaves a fold one lane later for each lane: lane x carries its elements 0 … length−1 in the cycles
// start + x … start + x + length − 1. Within a cycle lanes come in ascending order.
type skew struct{ lanes, length, start int64 }

// ramp is the sum of min(lanes, 1) … min(lanes, u): what lanes that never end have carried after u cycles.
func (s skew) ramp(u int64) int64 {
	switch {
	case u <= 0:
		return 0
	case u <= s.lanes:
		return u * (u + 1) / 2
	}
	return s.lanes*u - s.lanes*(s.lanes-1)/2
}

// through is the number of elements carried up to the end of cycle t.
func (s skew) through(t int64) int64 {
	u := t - s.start + 1
	if u >= s.lanes+s.length {
		return s.lanes * s.length
	}
	return s.ramp(u) - s.ramp(u-s.length)
}

// cycle is when the n-th element is carried, n from 1 to lanes·length.
func (s skew) cycle(n int64) int64 {
	low, high := s.start, s.last()
	for low < high {
		middle := (low + high) / 2
		if s.through(middle) >= n {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// present is the range of lanes [from, to) that carry an element in cycle t; it is empty before and after the stream.
func (s skew) present(t int64) (from, to int64) {
	u := t - s.start
	return min(max(0, u-s.length+1), s.lanes), max(0, min(s.lanes, u+1))
}

// last is the cycle of the last element.
func (s skew) last() int64 { return s.start + s.lanes + s.length - 2 }
