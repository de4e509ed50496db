package dramsim3

import "slices"

// transfer moves one request from a transaction queue to its command queue.
func (ch *controller) transfer(c int64) {
	before := ch.draining
	from := ch.transferSource()
	slot, previous := ch.movable(from)
	if from == &ch.writes && slot != none {
		if ch.pendingReads.find(ch.entries.slots, ch.entries.slots[slot].burst) == none {
			ch.draining--
		} else {
			ch.draining = 0
			slot = none
			if !ch.Defects { // let the reads go on: the one that the write waits for is among them, or on its way
				from = &ch.reads
				slot, previous = ch.movable(from)
			}
		}
	}
	if slot != none {
		from.remove(ch.entries.slots, previous, slot)
		ch.queueForBank(c, slot)
		ch.source.roomAgain(c)
	}
	if slot != none || ch.draining != before {
		ch.transferAt = c + 1
	} else {
		ch.transferAt = far
	}
}

// transferSource is the queue whose turn it is.
func (ch *controller) transferSource() *queue {
	if ch.Unified {
		return &ch.reads
	}
	if ch.draining == 0 && ch.drainStarts() {
		ch.draining = ch.writes.length
	}
	if ch.draining > 0 {
		return &ch.writes
	}
	return &ch.reads
}

// drainStarts tells whether all that the write buffer now holds is to be moved before the reads.
func (ch *controller) drainStarts() bool {
	threshold := ch.WriteDrainThreshold
	if !ch.source.more && ch.reads.length == 0 && !ch.Defects {
		threshold = 0 // the last writes
	}
	return ch.writes.full() || ch.writes.length > threshold && ch.queued == 0
}

// movable is the first entry whose command queue has room, and the entry before it.
func (ch *controller) movable(q *queue) (slot, previous int32) {
	previous = none
	for slot = q.first; slot != none; slot = ch.entries.slots[slot].next {
		to := &ch.queues[ch.banks[ch.entries.slots[slot].bank].in]
		if to.length < to.size {
			return slot, previous
		}
		previous = slot
	}
	return none, none
}

// queueForBank appends an entry to its command queue; it can issue from the next clock on.
func (ch *controller) queueForBank(c int64, slot int32) {
	ch.moved++
	ch.queued++
	e := &ch.entries.slots[slot]
	e.number = ch.moved
	b := &ch.banks[e.bank]
	ch.queues[b.in].length++
	if b.queue.length == 0 {
		i, _ := slices.BinarySearch(ch.busy, b.number)
		ch.busy = slices.Insert(ch.busy, i, b.number)
	}
	b.queue.push(ch.entries.slots, slot)
	ch.replan(b)
	ch.commandAt = min(ch.commandAt, max(ch.ready(b), c+1))
}
