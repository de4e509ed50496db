package ramulator

import "slices"

// request is a request that the controller holds.
type request struct {
	address           uint64
	arrival, offered  int64 // marks of the latencies
	accepted          int64 // clock of acceptance, by which requests are ordered
	number            int64 // in the trace, from 0
	bank, row, column int32
	write             bool
	begun             bool // a command was issued for it
	held              bool // a write that an older read of its address must go before
}

// The directions of requests.
const (
	reading = iota
	writing
	directions
)

func (r *request) direction() int {
	if r.write {
		return writing
	}
	return reading
}

// list holds requests, the oldest first.
type list []request

// insert puts a request at its place by age.
func (l *list) insert(r request) {
	i := len(*l)
	for i > 0 && (*l)[i-1].accepted > r.accepted {
		i--
	}
	*l = slices.Insert(*l, i, r)
}

// remove takes the i-th request out.
func (l *list) remove(i int) request {
	r := (*l)[i]
	*l = slices.Delete(*l, i, i+1)
	return r
}

// has tells whether a request of the direction asks for the address.
func (l list) has(address uint64, write bool) bool {
	for i := range l {
		if l[i].address == address && l[i].write == write {
			return true
		}
	}
	return false
}
