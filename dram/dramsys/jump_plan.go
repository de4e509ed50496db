package dramsys

import (
	"math"

	"github.com/codesign-gym/codesign/dram/device"
)

// A candidate's place in the contest is one word, the smaller the better: clocks to the end of its command, ticket of its request, bank.
// Tickets are the numbers of requests, counted from a base that follows them.
const (
	keyBankBits   = 8
	keyTicketBits = 36
	keyClockAt    = keyBankBits + keyTicketBits

	jumpBanks  = 1 << keyBankBits
	lastTicket = 1<<keyTicketBits - 1       // of power managers
	jumpClocks = 1 << (63 - keyClockAt - 1) // of a rule, so that the sum of two fits
	worst      = math.MaxInt64
)

// plan is the winner of the command multiplexer.
type plan struct {
	at      int64 // clock in which it issues; forever = there is none
	key     int64 // counted from clock base
	base    int64
	bank    int32
	rank    int32          // of the manager whose command it is, or nobody
	command device.Command // of a manager
}

// floors holds, by rank and command, the first clock in which the rank and the bus allow the command.
type floors [256]int64

// floorsOfRank is the number of places that a rank has among the floors.
const floorsOfRank = 8

// raiseFloors works out the floors at clock t.
func (j *jump) raiseFloors(t int64) {
	for r := range j.managed.ranks {
		for _, command := range j.wanted {
			j.floors[uint8(r*floorsOfRank+int(command))] = max(t, j.channel.RankNotBefore(command, r), j.channel.BusFree(command))
		}
	}
}

// planBanks makes the plan at clock t from the banks alone: all ranks are calm.
func (j *jump) planBanks(t int64) {
	p := &j.plan
	p.at, p.base, p.rank = forever, t, nobody
	if len(j.wants) == 0 {
		return
	}
	j.raiseFloors(t)
	p.key = smallest(j.wants, j.registers, &j.floors, t)
	p.read(j)
}

// smallest is the key of the winner, counted from clock base. Inside another function the compiler would turn its conditions into branches,
// which nobody can predict: twice the time.
//
//go:noinline
func smallest(wants []want, registers []int64, floors *floors, base int64) int64 {
	best := int64(worst)
	for i := range wants {
		w := &wants[i]
		start := w.legal
		if group := registers[w.group]; group > start {
			start = group
		}
		if floor := floors[w.floor]; floor > start {
			start = floor
		}
		if key := (start+int64(w.clocks)-base)<<keyClockAt | w.tie; key < best {
			best = key
		}
	}
	return best
}

// key is the place in the contest of one bank at clock t, counted from clock base.
func (j *jump) key(w *want, t, base int64) int64 {
	start := max(t, w.legal, j.registers[w.group], j.floors[w.floor])
	return (start+int64(w.clocks)-base)<<keyClockAt | w.tie
}

// read takes bank and clock from the key.
func (p *plan) read(j *jump) {
	p.bank = int32(p.key & (1<<keyBankBits - 1))
	p.at = p.base + p.key>>keyClockAt - j.lengths[j.banks[p.bank].command]
}

// consider compares a bank that took a request at clock t with the plan.
func (j *jump) consider(t int64, i int32) {
	p := &j.plan
	if p.at == forever || p.bank == i {
		j.planBanks(t)
		return
	}
	if key := j.key(&j.wants[j.banks[i].want], t, p.base); key < p.key {
		p.key = key
		p.read(j)
	}
}

// issuePlanned issues the planned command of a bank at clock t and makes the next plan.
func (j *jump) issuePlanned(t int64) {
	j.ranAt = t
	j.issue(t, j.plan.bank)
	if j.calm {
		j.planBanks(t)
	} else {
		j.rearm(t, false)
	}
}

// issue issues what a bank wants.
func (j *jump) issue(t int64, i int32) {
	b := &j.banks[i]
	slot := b.queue[b.choice].slot
	h := &j.pool[slot]
	command := b.command
	j.channel.Issue(t, command, int(i), h.row, h.column)
	if !command.IsColumn() {
		if command == device.ACT {
			b.countHits(h.row)
		}
		j.evaluate(i)
		return
	}
	turned := j.byWay && j.last != int(h.way)
	j.last = int(h.way)
	j.serveSlot(t, i, slot)
	j.evaluate(i)
	if turned {
		j.turn()
	}
}

// serveSlot takes a request whose column command issued at clock t out of the buffer, gives its place away and works out its response.
func (j *jump) serveSlot(t int64, i, slot int32) {
	k := j.managed
	b := &k.banks[i]
	h := &j.pool[slot]
	j.banks[i].remove()
	if b.list.n--; b.list.n == 0 {
		b.current = nobody
	}
	k.waiting.count[h.way]--
	j.since = t
	j.respond(h, t+j.dataEnd[h.way])
	if j.source.waiting {
		j.take(t)
	}
	j.unused = append(j.unused, slot)
	j.recorder.Queue.Change(t, -1)
	rank := &k.ranks[b.rank]
	if rank.held--; rank.held == 0 {
		rank.power.notice(t, ranOut)
		j.calm = j.calm && j.config.PowerDown == NoPowerDown
	}
}

// turn looks again at the banks that have a choice of directions.
func (j *jump) turn() {
	for i := range j.banks {
		if j.banks[i].hits > 1 {
			j.evaluate(int32(i))
		}
	}
}
