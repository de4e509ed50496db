package dramsys

// grpFrFcfsWm serves only reads, or only writes while it drains them: the first hit, else the oldest.
type grpFrFcfsWm struct{ *waiting }

func (g grpFrFcfsWm) pick(b *bank) int32 { return g.best(b, direction(g.drain.writing)) }

func (g grpFrFcfsWm) further(b *bank) (request, hit bool) { return furtherOfWay(g.waiting, b) }

// watermarks decide when the writes are drained.
type watermarks struct {
	low, high int
	writing   bool
}

// update sees the counts of waiting reads and writes. It tells whether the direction changed.
func (w *watermarks) update(count [2]int) bool {
	before := w.writing
	if w.writing {
		w.writing = count[1] > w.low || count[0] == 0
	} else {
		w.writing = count[1] > w.high || count[0] == 0
	}
	return w.writing != before
}
