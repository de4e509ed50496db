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
	choice  int32 // place in the list of the request that is served
	want    int32 // place of its want, or nobody
	command device.Command
}

// want is what the plan needs to know of a bank with requests.
type want struct {
	legal  int64 // clock from which on its command is legal as far as the bank is concerned
	tie    int64 // number of the request, then bank
	group  int32 // places of the registers that it shares with other banks
	rank   int32
	bank   uint8
	clocks uint8 // that the command takes on its bus
	bus    uint8
}

// enqueue appends a request to the list of its bank, and looks at the bank again unless that cannot change what it wants.
func (j *jump) enqueue(i int32, e queued) {
	b := &j.banks[i]
	b.queue = append(b.queue, e)
	if len(b.queue) == 1 || j.moves(b, e.row, j.channel.Row(int(i))) {
		j.evaluate(i)
	}
}

// moves tells whether a request behind others may change what its bank wants.
func (j *jump) moves(b *jumpBank, newcomer, row int32) bool {
	switch {
	case row == memory.Closed:
		return false
	case j.adaptive:
		return j.config.Scheduler != Fifo || len(b.queue) == 2
	case newcomer != row || j.config.Scheduler == Fifo:
		return false
	}
	return b.command == device.PRE || j.byWay
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
	}
	if b.want < 0 {
		b.want = int32(len(j.wants))
		j.wants = append(j.wants, want{})
	}
	w := &j.wants[b.want]
	w.legal = j.channel.BankNotBefore(b.command, int(i))
	w.tie = j.pool[b.queue[b.choice].slot].number<<keyBankBits | int64(i)
	w.group = j.channel.Register(device.SameGroup, b.command, int(i))
	w.rank = j.channel.Register(device.SameRank, b.command, int(i))
	w.bank, w.clocks, w.bus = uint8(i), uint8(j.lengths[b.command]), j.buses[b.command]
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
	choice := j.choose(b.queue, row)
	if choice == nobody {
		b.command = device.PRE
		return
	}
	b.choice = int32(choice)
	closes := false
	switch j.config.PagePolicy {
	case OpenAdaptive:
		closes = len(b.queue) > 1 && !j.furtherHit(b.queue, row, choice)
	case Closed:
		closes = true
	case ClosedAdaptive:
		closes = !j.furtherHit(b.queue, row, choice)
	}
	isWrite := j.pool[b.queue[choice].slot].way == 1
	if closes {
		b.command = columnCommand(isWrite, device.RDA, device.WRA)
	} else {
		b.command = columnCommand(isWrite, device.RD, device.WR)
	}
}

// choose is the hit that the scheduler serves, or nobody.
func (j *jump) choose(queue []queued, row int32) int {
	if j.config.Scheduler == Fifo {
		queue = queue[:1]
	}
	first := firstOf(queue, row)
	if first == nobody || !j.byWay {
		return first
	}
	for i := first; i < len(queue); i++ {
		if queue[i].row == row && int(j.pool[queue[i].slot].way) == j.last && !j.overtakes(queue, i, first) {
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
func (j *jump) furtherHit(queue []queued, row int32, choice int) bool {
	if j.config.Scheduler == Fifo {
		return len(queue) > 1 && queue[1].row == row
	}
	return firstOf(queue[choice+1:], row) != nobody || firstOf(queue[:choice], row) != nobody
}

// firstOf is the place of the oldest request to a row, or nobody.
func firstOf(queue []queued, row int32) int {
	for i := range queue {
		if queue[i].row == row {
			return i
		}
	}
	return nobody
}

// remove takes the request that was served off the list.
func (b *jumpBank) remove() {
	last := len(b.queue) - 1
	for i := int(b.choice); i < last; i++ {
		b.queue[i] = b.queue[i+1]
	}
	b.queue = b.queue[:last]
}
