package dramsys

import (
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// bank is a bank machine: it chooses the next command of its bank.
type bank struct {
	index, rank int
	list        list           // waiting requests in order of arrival
	current     int32          // request that it works for, or nobody
	number      int64          // of the current request
	row         int32          // open row, or memory.Closed
	next        device.Command // what it wants to issue, or none
	keep        bool           // a row was opened for the current request: only another hit may take its place
	asleep      bool           // the rank is in a low-power state
	blocked     bool           // a refresh is due first
	evaluated   int64          // version of the waiting requests at the last evaluation
	fresh       bool           // nothing of the bank itself changed since
	ready       int64          // clock from which on the next command is legal
	readyAt     int64          // commands of the channel when that was computed
}

// idle tells that the bank works for no request.
func (b *bank) idle() bool { return b.current == nobody }

// block takes the next command back until the bank was refreshed.
func (b *bank) block() {
	b.blocked, b.next = true, none
	b.fresh = false
}

// evaluate chooses the current request and the next command. It looks only if something changed since the last time, and tells whether it did.
func (k *controller) evaluate(b *bank) bool {
	if b.fresh && b.evaluated == k.waiting.version {
		return false
	}
	b.fresh, b.evaluated = true, k.waiting.version
	b.next, b.readyAt = none, -1
	if b.asleep || b.blocked || b.list.n == 0 {
		return true
	}
	i := k.scheduler.pick(b)
	if i == nobody {
		return true
	}
	if !b.keep || k.requests.all[i].Row == b.row {
		b.current = i
	}
	r := &k.requests.all[b.current]
	b.number = r.number
	switch {
	case b.row == memory.Closed:
		b.next = device.ACT
	case b.row != r.Row:
		b.next = device.PRE
	case k.page.closes(k.scheduler, b):
		b.next = columnCommand(r.Write, device.RDA, device.WRA)
	default:
		b.next = columnCommand(r.Write, device.RD, device.WR)
	}
	return true
}

// earliest is the clock from which on the next command of the bank is legal: it changes only when a command issues.
func (k *controller) earliest(b *bank) int64 {
	if b.readyAt != k.commands {
		b.ready, b.readyAt = k.channel.Earliest(b.next, b.index), k.commands
	}
	return b.ready
}

func columnCommand(isWrite bool, read, write device.Command) device.Command {
	if isWrite {
		return write
	}
	return read
}

// update follows a command to the bank or to its rank. The row is that of an ACT.
func (b *bank) update(c device.Command, row int32) {
	b.fresh = false
	switch c {
	case device.ACT:
		b.row, b.keep = row, true
	case device.PRE, device.PREA:
		b.row, b.keep = memory.Closed, false
	case device.RD, device.WR:
		b.current, b.keep = nobody, false
	case device.RDA, device.WRA:
		b.row, b.current, b.keep = memory.Closed, nobody, false
	case device.REF, device.REFPB:
		b.asleep, b.blocked = false, false
	case device.PDEA, device.PDEP, device.SREFEN:
		b.asleep = true
	case device.PDXA, device.PDXP:
		b.asleep = false
	}
}
