package trace

import (
	"fmt"
	"math"
)

// MaxTransferBytes bounds the transfer that one line of a DRAMSys trace may ask for.
const MaxTransferBytes = 4096

// transfer is the first request of a transfer, and leaves the others to piece: one for each further burst that it touches, in the same clock.
func (r *Reader) transfer(q Request, bytes uint64, text []byte) (Request, error) {
	if bytes < 1 || bytes > MaxTransferBytes {
		return Request{}, r.fault("length", text, fmt.Sprintf("is out of range [1, %d] bytes", MaxTransferBytes))
	}
	if q.Address > math.MaxInt64-(bytes-1) {
		return Request{}, r.fault("length", text, fmt.Sprintf("at address %#x ends above 2^63-1", q.Address))
	}
	r.keep(q, bytes)
	return q, nil
}

// piece is the next request of the transfer in hand.
func (r *Reader) piece() Request {
	q := r.rest.request
	r.keep(q, r.rest.bytes)
	return q
}

// keep notes what remains of a transfer of bytes once q has been given out.
func (r *Reader) keep(q Request, bytes uint64) {
	taken := r.burst - q.Address%r.burst
	if bytes <= taken {
		r.rest.bytes = 0
		return
	}
	q.Address += taken
	r.rest = rest{request: q, bytes: bytes - taken}
}
