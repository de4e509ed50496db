package dramsys

import (
	"math"

	"github.com/codesign-gym/codesign/dram/device"
)

// A candidate's place in the contest is one word, the smaller the better: clocks to the end of its command, number of its request, bank.
const (
	keyBankBits   = 8
	keyNumberBits = 36
	keyClockAt    = keyBankBits + keyNumberBits

	jumpBanks  = 1 << keyBankBits
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

// larger and smaller are max and min of numbers far from overflow. The compiler makes branches of max and min, which nobody can predict here.
func larger(a, b int64) int64  { return a + (b-a)&^((b-a)>>63) }
func smaller(a, b int64) int64 { return a + (b-a)&((b-a)>>63) }

// planBanks makes the plan at clock t from the banks alone: all ranks are calm.
func (j *jump) planBanks(t int64) {
	p := &j.plan
	p.at, p.base, p.rank = forever, t, nobody
	if len(j.wants) == 0 {
		return
	}
	free := j.free(t)
	best := int64(worst)
	for i := range j.wants {
		best = smaller(best, j.key(&j.wants[i], &free, t))
	}
	p.key = best
	p.read(j)
}

// free is from when on each command bus can take a command, not before clock t.
func (j *jump) free(t int64) [2]int64 {
	return [2]int64{larger(t, j.channel.BusFree(device.ACT)), larger(t, j.channel.BusFree(device.RD))}
}

// key is the place of a bank in the contest, counted from clock base.
func (j *jump) key(w *want, free *[2]int64, base int64) int64 {
	start := larger(larger(w.legal, j.registers[w.group]), larger(j.registers[w.rank], free[w.bus&1]))
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
	free := j.free(t)
	if key := j.key(&j.wants[j.banks[i].want], &free, p.base); key < p.key {
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
		j.evaluate(i)
		return
	}
	turned := j.byWay && j.last != int(h.way)
	j.last = int(h.way)
	j.serveSlot(t, i, slot)
	if turned {
		j.evaluateAll()
	} else {
		j.evaluate(i)
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

func (j *jump) evaluateAll() {
	for i := range j.banks {
		j.evaluate(int32(i))
	}
}
