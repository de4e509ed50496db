package dramsys

// heap is the reference's queue of future wake-ups. Entry i, counted from 1, is not later than entries 2i and 2i + 1. Entries of equal clocks
// leave in the order that the moves below happen to give, and the actors of a clock run in that order. A replaced wake-up leaves
// its entry behind: it takes part in all moves and is dropped when it comes to the top.
type heap struct {
	entries []entry // entries[0] is not used
}

type entry struct {
	at     int64
	wake   int32
	serial int64
}

func (h *heap) add(a *agenda, w int32) {
	if len(h.entries) == 0 {
		h.entries = append(h.entries, entry{})
	}
	e := entry{at: a.wakes[w].at, wake: w, serial: a.wakes[w].serial}
	h.entries = append(h.entries, e)
	i := len(h.entries) - 1
	for ; i > 1 && h.entries[i/2].at > e.at; i /= 2 {
		h.entries[i] = h.entries[i/2]
	}
	h.entries[i] = e
}

func (h *heap) advance(a *agenda) bool {
	for h.size() > 0 && !h.live(a, h.entries[1]) {
		h.remove()
	}
	if h.size() == 0 {
		return false
	}
	a.now = h.entries[1].at
	for h.size() > 0 && h.entries[1].at == a.now {
		if e := h.remove(); h.live(a, e) {
			a.next = append(a.next, e.wake)
		}
	}
	return true
}

func (h *heap) size() int { return max(len(h.entries)-1, 0) }

func (h *heap) live(a *agenda, e entry) bool { return a.wakes[e.wake].serial == e.serial }

// remove takes the top away: the last entry goes to the top and moves down.
func (h *heap) remove() entry {
	top := h.entries[1]
	last := h.size()
	e := h.entries[last]
	h.entries = h.entries[:last]
	last--
	if last == 0 {
		return top
	}
	i := 1
	for child := 2; child <= last; child = 2 * i {
		if child < last && h.entries[child+1].at < h.entries[child].at {
			child++
		}
		if h.entries[child].at >= e.at {
			break
		}
		h.entries[i] = h.entries[child]
		i = child
	}
	h.entries[i] = e
	return top
}
