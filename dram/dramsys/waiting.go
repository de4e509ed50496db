package dramsys

// list is a chain of requests in order of arrival.
type list struct {
	head, tail int32
	n          int
}

// waiting counts and chains the requests from their acceptance to their column command.
type waiting struct {
	requests *pool
	banks    []bank
	count    [2]int // reads and writes
	lastBank int    // bank of the request stored last
	last     int    // direction of the last column command
	turned   bool   // evaluations depend on that direction
	drain    *watermarks
	version  int64 // changes when the choice of every bank may have changed
}

func newWaiting(c Config, banks []bank, requests *pool) waiting {
	w := waiting{requests: requests, banks: banks, turned: c.Scheduler == FrFcfsGrp || c.Scheduler == GrpFrFcfs}
	if c.Scheduler == GrpFrFcfsWm {
		w.drain = &watermarks{low: c.LowWatermark, high: c.HighWatermark}
	}
	return w
}

// total is how many requests wait.
func (w *waiting) total() int { return w.count[0] + w.count[1] }

// store appends a request to the list of its bank.
func (w *waiting) store(b *bank, i int32) {
	all := w.requests.all
	r := &all[i]
	r.before, r.after = b.list.tail, nobody
	if b.list.tail == nobody {
		b.list.head = i
	} else {
		all[b.list.tail].after = i
	}
	b.list.tail = i
	b.list.n++
	b.fresh = false
	w.count[direction(r.Write)]++
	w.lastBank = b.index
	w.changed()
}

// remove takes a request out after its column command.
func (w *waiting) remove(b *bank, i int32) {
	all := w.requests.all
	r := &all[i]
	if r.before == nobody {
		b.list.head = r.after
	} else {
		all[r.before].after = r.after
	}
	if r.after == nobody {
		b.list.tail = r.before
	} else {
		all[r.after].before = r.before
	}
	b.list.n--
	b.fresh = false
	served := direction(r.Write)
	w.count[served]--
	if w.turned && w.last != served {
		w.version++
	}
	w.last = served
	w.changed()
}

// changed lets the watermarks see the new counts.
func (w *waiting) changed() {
	if w.drain != nil && w.drain.update(w.count) {
		w.version++
	}
}

// firstHit is the oldest request to the open row, or nobody.
func (w *waiting) firstHit(b *bank) int32 {
	for i := b.list.head; i != nobody; i = w.requests.all[i].after {
		if w.requests.all[i].Row == b.row {
			return i
		}
	}
	return nobody
}

// best is the first hit of a direction, else the oldest request of it, else nobody.
func (w *waiting) best(b *bank, way int) int32 {
	oldest := int32(nobody)
	for i := b.list.head; i != nobody; i = w.requests.all[i].after {
		r := &w.requests.all[i]
		if direction(r.Write) != way {
			continue
		}
		if r.Row == b.row {
			return i
		}
		if oldest == nobody {
			oldest = i
		}
	}
	return oldest
}

// both directions, for hits.
const both = -1

// hits tells whether at least two requests of the direction wait for the open row.
func (w *waiting) hits(b *bank, way int) bool {
	found := false
	for i := b.list.head; i != nobody; i = w.requests.all[i].after {
		r := &w.requests.all[i]
		if r.Row == b.row && (way == both || direction(r.Write) == way) {
			if found {
				return true
			}
			found = true
		}
	}
	return false
}

// several tells whether at least two requests of the direction wait.
func (w *waiting) several(b *bank, way int) bool {
	found := false
	for i := b.list.head; i != nobody; i = w.requests.all[i].after {
		if direction(w.requests.all[i].Write) == way {
			if found {
				return true
			}
			found = true
		}
	}
	return false
}
