package dramsim3

import "fmt"

// explain says which request waits for what.
func (r *run) explain() string {
	s := &r.source
	text := fmt.Sprintf("%d reads and %d writes wait for their column commands", s.heldReads, s.heldWrites)
	if s.more && s.offered {
		ch := r.controllers[s.head.Channel]
		q, name := ch.queueOf(s.head.Write)
		text = fmt.Sprintf("request %d (%s %#x) waits for room in the %s of channel %d, which holds %d of %d",
			s.head.Number+1, direction(s.head.Write), s.head.Address, name, ch.number, q.length, q.size)
	}
	for _, ch := range r.controllers {
		text += ch.explain()
	}
	return text
}

// explain adds which write keeps the transfer of a channel from going on.
func (ch *controller) explain() string {
	if ch.Unified || !ch.drainStarts() {
		return ""
	}
	slot, _ := ch.movable(&ch.writes)
	if slot == none {
		return ""
	}
	burst := ch.entries.slots[slot].burst
	if ch.pendingReads.find(ch.entries.slots, burst) == none {
		return ""
	}
	return fmt.Sprintf("; channel %d drains its write buffer (%d of %d), whose first movable write, to %#x, waits for an older read of that address, "+
		"which cannot leave the read queue while the write buffer drains", ch.number, ch.writes.length, ch.writes.size, burst<<ch.offset)
}

// queueOf is the transaction queue of a direction.
func (ch *controller) queueOf(write bool) (*queue, string) {
	switch {
	case ch.Unified:
		return &ch.reads, "transaction queue"
	case write:
		return &ch.writes, "write buffer"
	}
	return &ch.reads, "read queue"
}

func direction(write bool) string {
	if write {
		return "write"
	}
	return "read"
}
