package dramsys

// fifo serves each bank in order of arrival.
type fifo struct{ *waiting }

func (fifo) pick(b *bank) int32 { return b.list.head }

func (f fifo) further(b *bank) (request, hit bool) {
	if b.list.n < 2 {
		return false, false
	}
	second := f.requests.all[b.list.head].after
	return true, f.requests.all[second].Row == b.row
}
