package dramsys

import (
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// held is a request in the controller.
type held struct {
	marks
	number int64
	row    int32
	column int32
}

// queued is a request in the list of its bank.
type queued struct{ row, slot int32 }

// jumpBank is the list of a bank's requests in order of arrival, and what the bank wants.
type jumpBank struct {
	queue   []queued
	hits    int32 // requests to the open row
	choice  int32 // place in the list of the request that is served
	want    int32 // place of its want, or nobody
	command device.Command
}

// want is what the plan needs to know of a bank with requests.
type want struct {
	legal  int64 // clock from which on its command is legal as far as the bank is concerned
	tie    int64 // ticket of the request, then bank
	group  int32 // place of the register of the bank group
	floor  uint8 // place among the floors
	clocks uint8 // that the command takes on its bus
	bank   uint8
}

// enqueue appends a request to the list of its bank, and looks at the bank again unless that cannot change what it wants.
func (j *jump) enqueue(i int32, e queued) {
	b := &j.banks[i]
	b.queue = append(b.queue, e)
	row := j.channel.Row(int(i))
	if e.row == row {
		b.hits++
	}
	if len(b.queue) == 1 || row != memory.Closed && j.moves(b, e.row == row) {
		j.evaluate(i)
	}
}

// moves tells whether a request behind others, a hit or not, may change what its bank with an open row wants.
func (j *jump) moves(b *jumpBank, hit bool) bool {
	switch {
	case j.adaptive:
		return j.config.Scheduler != Fifo || len(b.queue) == 2
	case j.config.Scheduler == Fifo:
		return false
	}
	return hit && (b.hits == 1 || j.byWay)
}

// evaluate finds what a bank wants.
func (j *jump) evaluate(i int32) {
	b := &j.banks[i]
	if len(b.queue) == 0 {
		j.withdraw(b)
		return
	}
	b.command, b.choice = device.ACT, 0
	if row := j.channel.Row(int(i)); row != memory.Closed {
		j.serve(b, row)
	} else {
		b.hits = 0
	}
	if b.want < 0 {
		b.want = int32(len(j.wants))
		j.wants = append(j.wants, want{})
	}
	w := &j.wants[b.want]
	w.legal = j.channel.BankNotBefore(b.command, int(i))
	w.tie = (j.pool[b.queue[b.choice].slot].number-j.base)<<keyBankBits | int64(i)
	w.group = j.channel.Register(device.SameGroup, b.command, int(i))
	w.floor = uint8(j.managed.banks[i].rank*floorsOfRank + int(b.command))
	w.bank, w.clocks = uint8(i), uint8(j.lengths[b.command])
}

// renumber moves the base of the tickets up to the oldest request in the controller. The plan has to be made anew.
func (j *jump) renumber() {
	j.base = j.number - 1
	for i := range j.banks {
		for _, e := range j.banks[i].queue {
			j.base = min(j.base, j.pool[e.slot].number-1)
		}
	}
	for i := range j.banks {
		j.evaluate(int32(i))
	}
	j.plan.at = forever
}

// withdraw takes back what a bank without requests wanted.
func (j *jump) withdraw(b *jumpBank) {
	if b.want < 0 {
		return
	}
	if last := len(j.wants) - 1; int(b.want) != last {
		j.wants[b.want] = j.wants[last]
		j.banks[j.wants[b.want].bank].want = b.want
	}
	j.wants = j.wants[:len(j.wants)-1]
	b.want = nobody
}

// serve chooses request and command of a bank with an open row.
func (j *jump) serve(b *jumpBank, row int32) {
	choice := j.choose(b, row)
	if choice == nobody {
		b.command = device.PRE
		return
	}
	b.choice = int32(choice)
	closes := false
	switch j.config.PagePolicy {
	case OpenAdaptive:
		closes = len(b.queue) > 1 && !j.furtherHit(b, row)
	case Closed:
		closes = true
	case ClosedAdaptive:
		closes = !j.furtherHit(b, row)
	}
	isWrite := j.pool[b.queue[choice].slot].way == 1
	if closes {
		b.command = columnCommand(isWrite, device.RDA, device.WRA)
	} else {
		b.command = columnCommand(isWrite, device.RD, device.WR)
	}
}

// choose is the hit that the scheduler serves, or nobody.
func (j *jump) choose(b *jumpBank, row int32) int {
	switch {
	case b.hits == 0:
		return nobody
	case b.queue[0].row == row && (b.hits == 1 || !j.byWay):
		return 0
	case j.config.Scheduler == Fifo:
		return nobody
	}
	first := firstOf(b.queue, row)
	if b.hits == 1 || !j.byWay {
		return first
	}
	for i := first; i < len(b.queue); i++ {
		if e := b.queue[i]; e.row == row && int(j.pool[e.slot].way) == j.last && !j.overtakes(b.queue, i, first) {
			return i
		}
	}
	return first
}

// overtakes tells whether an older hit goes to the same place; there is none before the first one.
func (j *jump) overtakes(queue []queued, i, first int) bool {
	column := j.pool[queue[i].slot].column
	for _, e := range queue[first:i] {
		if e.row == queue[i].row && j.pool[e.slot].column == column {
			return true
		}
	}
	return false
}

// furtherHit tells whether another hit waits besides the one that is served.
func (j *jump) furtherHit(b *jumpBank, row int32) bool {
	if j.config.Scheduler == Fifo {
		return len(b.queue) > 1 && b.queue[1].row == row
	}
	return b.hits > 1
}

// firstOf is the place of the oldest request to a row; there is one.
func firstOf(queue []queued, row int32) int {
	i := 0
	for queue[i].row != row {
		i++
	}
	return i
}

// countHits counts the requests to a row that was opened.
func (b *jumpBank) countHits(row int32) {
	b.hits = 0
	for i := range b.queue {
		if b.queue[i].row == row {
			b.hits++
		}
	}
}

// remove takes the request that was served off the list.
func (b *jumpBank) remove() {
	last := len(b.queue) - 1
	for i := int(b.choice); i < last; i++ {
		b.queue[i] = b.queue[i+1]
	}
	b.queue = b.queue[:last]
	b.hits--
}
