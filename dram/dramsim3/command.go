package dramsim3

import (
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// candidate is a command that an entry of a command queue asks for.
type candidate struct {
	number  int64 // of the entry
	slot    int32
	command device.Command
}

// command issues the command of clock c, if there is one, and says from when on there may be the next.
func (ch *controller) command(c int64) {
	refreshing, next := ch.refresh.rank(), int64(far)
	if refreshing >= 0 {
		if next = ch.issueRefresh(c, refreshing); next <= c {
			ch.commandAt = c + 1
			return
		}
	}
	b, choice, soonest := ch.choose(c, refreshing)
	next = min(next, soonest)
	if choice != nil {
		ch.turn = b.in
		ch.issue(c, b, choice)
		next = min(next, max(ch.ready(b), c+1)) // all others can only have become later
	}
	ch.commandAt = next
}

// choose goes once round the command queues, from the one after the last that issued, and chooses the first entry of the first queue whose
// command may issue in clock c. Queues of the refreshing rank are passed over. The other entries may issue from next on, at the earliest.
func (ch *controller) choose(c int64, refreshing int) (bank *bank, choice *candidate, next int64) {
	next = far
	i, _ := slices.BinarySearch(ch.busy, (ch.turn+1)*ch.span)
	for range ch.busy {
		if i >= len(ch.busy) {
			i = 0
		}
		b := &ch.banks[ch.busy[i]]
		i++
		if b.rank == refreshing {
			continue
		}
		if choice != nil && b.in != bank.in && next == c+1 {
			break // the choice is made, and the next clock is needed
		}
		for k := range b.plan[:b.plans] {
			candidate := &b.plan[k]
			at := ch.earliest(candidate.command, b)
			if at > c {
				next = min(next, at)
				continue
			}
			if choice == nil {
				bank, choice = b, candidate
				break // the further ones of the bank come later in the queue
			}
			next = c + 1
			if b.in == bank.in && candidate.number < choice.number {
				bank, choice = b, candidate
			}
			break
		}
	}
	return bank, choice, next
}

// ready is the first clock in which an entry of a bank may issue its command.
func (ch *controller) ready(b *bank) int64 {
	next := int64(far)
	for i := range b.plan[:b.plans] {
		next = min(next, ch.earliest(b.plan[i].command, b))
	}
	return next
}

// earliest is the first clock in which a command is legal for a bank.
func (ch *controller) earliest(command device.Command, b *bank) int64 {
	m := ch.memory
	return max(m.BankNotBefore(command, int(b.number)), m.GroupNotBefore(command, b.group), m.RankNotBefore(command, b.rank), m.BusFree(command))
}

// issue issues the command of a candidate.
func (ch *controller) issue(c int64, b *bank, choice *candidate) {
	slot, command := choice.slot, choice.command
	e := &ch.entries.slots[slot]
	ch.memory.Issue(c, command, int(b.number), e.row, e.column)
	switch {
	case command == device.ACT:
		b.accesses = 0
	case command.IsColumn():
		b.accesses++
		ch.serve(c, b, slot)
	}
	ch.countStandby(c, b.rank)
	ch.replan(b)
}

// serve takes an entry out of its command queue whose column command issued in clock c, and answers its reads.
func (ch *controller) serve(c int64, b *bank, slot int32) {
	entries := ch.entries.slots
	previous := none
	for s := b.queue.first; s != slot; s = entries[s].next {
		previous = s
	}
	b.queue.remove(entries, previous, slot)
	if b.queue.length == 0 {
		i, _ := slices.BinarySearch(ch.busy, b.number)
		ch.busy = slices.Delete(ch.busy, i, i+1)
	}
	ch.queues[b.in].length--
	ch.queued--
	if entries[slot].write {
		ch.pendingWrites.remove(entries, slot)
		ch.source.written(c)
		if !ch.Defects {
			ch.source.end = max(ch.source.end, c+ch.writeEnd)
		}
	} else {
		ch.pendingReads.remove(entries, slot)
		ch.source.answer(&entries[slot], c, c+ch.readData)
	}
	ch.entries.drop(slot)
	ch.transferAt = c // in this very clock the room is there
}

// replan finds what the entries of a bank ask for, in the order of the queue: every command that can come to be the first legal one.
func (ch *controller) replan(b *bank) {
	b.plans = 0
	head := b.queue.first
	if head == none {
		return
	}
	entries := ch.entries.slots
	open := ch.memory.Row(int(b.number))
	if open == memory.Closed {
		b.propose(entries, head, device.ACT)
		return
	}
	conflict := entries[head].row != open
	if conflict {
		b.propose(entries, head, device.PRE)
	}
	anyHit, readFound, writeFound := false, false, false
	for slot := head; slot != none && !(readFound && writeFound); slot = entries[slot].next {
		e := &entries[slot]
		if e.row != open {
			continue
		}
		anyHit = true
		switch {
		case !e.write && !readFound:
			readFound = true
			b.propose(entries, slot, ch.read)
		case e.write && !writeFound && ch.pendingReads.find(entries, e.burst) == none:
			writeFound = true
			b.propose(entries, slot, ch.write)
		}
	}
	if conflict && anyHit && b.accesses < ch.RowHitCap {
		b.withdrawFirst() // the PRE has to wait for the hits
	}
}

// propose appends a candidate.
func (b *bank) propose(entries []entry, slot int32, command device.Command) {
	b.plan[b.plans] = candidate{number: entries[slot].number, slot: slot, command: command}
	b.plans++
}

// withdrawFirst removes the first candidate.
func (b *bank) withdrawFirst() {
	b.plans--
	copy(b.plan[:b.plans], b.plan[1:])
}
