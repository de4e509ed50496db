package dramsys

import "github.com/codesign-gym/codesign/dram/memory"

// frFcfs serves the first hit, else the oldest request.
type frFcfs struct{ *waiting }

func (f frFcfs) pick(b *bank) int32 {
	if b.row != memory.Closed {
		if hit := f.firstHit(b); hit != nobody {
			return hit
		}
	}
	return b.list.head
}

func (f frFcfs) further(b *bank) (request, hit bool) { return b.list.n >= 2, f.hits(b, both) }
