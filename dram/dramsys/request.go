package dramsys

import "github.com/codesign-gym/codesign/dram/memory"

// nobody is the index of no request.
const nobody = -1

// request is a request on its way from the source and back.
type request struct {
	memory.Demand
	arrival   int64 // clock in which the source wanted it
	begun     int64 // clock in which it reached the arbiter
	accepted  int64 // clock in which the source learned of its acceptance
	admission int64 // number that a queueing arbiter gave it
	number    int64 // number that its controller gave it: 1, 2, ...
	before    int32 // neighbours in the list of its bank
	after     int32
	waits     stage
}

// stage is where a request waits; only the watchdog reads it.
type stage uint8

const (
	atArbiter    stage = iota // for the arbiter to pass it on
	atController              // in the input slot, for room in the buffer
	atBank                    // for its column command
	atReturn                  // for its response to leave
)

// pool keeps the requests under way. Indices stay valid until a request is released; pointers only until the next acquire.
type pool struct {
	all  []request
	free []int32
}

func (p *pool) acquire() int32 {
	if n := len(p.free); n > 0 {
		i := p.free[n-1]
		p.free = p.free[:n-1]
		return i
	}
	p.all = append(p.all, request{})
	return int32(len(p.all) - 1)
}

func (p *pool) release(i int32) { p.free = append(p.free, i) }
