package dramsys

import (
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// none is no command.
const none = device.Command(device.Commands)

// The wake-ups of a controller, in the order of their numbers.
const (
	wakeCommand = iota // a command is due
	wakeData           // the data of the head response are complete
	wakeRequest        // a request arrived
	wakeReply          // a response was received
	wakesOfOne         // how many a controller has
)

// controller serves one channel.
type controller struct {
	number    int32
	firstWake int32
	channel   *memory.Channel
	rules     *device.Rules
	requests  *pool

	slot      int32 // the offered request, or nobody
	slotFrom  int64 // clock from which on it may be accepted
	accepted  int64 // requests so far
	commands  int64 // commands so far
	columns   int64 // column commands so far
	next      int64 // clock of the next look at the commands
	calm      bool  // at the last look no manager wanted a command, and all candidates competed
	waiting   waiting
	banks     []bank
	ranks     []rank
	scheduler scheduler
	page      pagePolicy
	buffer    buffer
	mux       commandMux

	responses sequence
	turn      responseOrder
	answering bool  // a response is with the source, not acknowledged or not released
	replied   int64 // clock of its acknowledgement; -1 = none
	released  int64 // clock in which the last response was released
}

func newController(c Config, j *memory.Job, channel *memory.Channel, rules *device.Rules, requests *pool, number, firstWake int32) *controller {
	k := &controller{
		number: number, firstWake: firstWake, channel: channel, rules: rules, requests: requests,
		slot: nobody, replied: -1, released: -1,
		buffer: newBuffer(c), mux: newCommandMux(c), turn: newResponseOrder(c), page: newPagePolicy(c),
	}
	k.banks = make([]bank, channel.Banks())
	for i := range k.banks {
		k.banks[i] = bank{index: i, rank: channel.Rank(i), row: memory.Closed, current: nobody, list: list{head: nobody, tail: nobody}, next: none}
	}
	k.waiting = newWaiting(c, k.banks, requests)
	k.scheduler = newScheduler(c, &k.waiting)
	perRank := j.Device.Banks()
	k.ranks = make([]rank, j.Ranks)
	for i := range k.ranks {
		k.ranks[i] = rank{first: i * perRank, end: (i + 1) * perRank}
		k.ranks[i].refresh = newRefreshManager(c, j.Device, k, i)
		k.ranks[i].power = newPowerManager(c, k, i)
	}
	return k
}

// offer puts a request into the input slot at once; the wake-up obeys the delay.
func (k *controller) offer(m *model, i int32, delay int64) {
	k.slot, k.slotFrom = i, m.agenda.now+delay
	m.requests.all[i].waits = atController
	m.agenda.ask(k.firstWake+wakeRequest, delay)
}

// run is one run of the controller: at most one response, one acceptance and one command. If nothing was accepted since the last look at the
// commands, the clock of the next one has not come and all was calm, another look would find the same: the candidate that held back the
// others still ends before them.
func (k *controller) run(m *model) {
	now := m.agenda.now
	k.respond(m)
	if !k.accept(m) && k.calm && now < k.next {
		k.sleep(m)
		return
	}
	for i := range k.ranks {
		k.ranks[i].refreshing = k.ranks[i].refresh.evaluate(now)
	}
	for i := range k.ranks {
		k.ranks[i].powering = k.ranks[i].power.evaluate(now)
	}
	chosen, any := k.choose(now)
	if chosen.command != none {
		k.issue(m, chosen)
	}
	k.rearm(m, any && chosen.command == none)
}

// accept moves the request of the input slot to the buffer if there is room. It tells whether it did.
func (k *controller) accept(m *model) bool {
	if k.slot == nobody || k.slotFrom > m.agenda.now || !k.buffer.hasRoom(&k.waiting) {
		return false
	}
	i := k.slot
	k.slot = nobody
	k.accepted++
	r := &m.requests.all[i]
	r.number, r.waits = k.accepted, atBank
	b := &k.banks[r.Bank]
	rank := &k.ranks[b.rank]
	if rank.held == 0 {
		rank.power.notice(m.agenda.now, requestCame)
	}
	rank.held++
	m.recorder.Queue.Change(m.agenda.now, 1)
	k.waiting.store(b, i)
	k.evaluate(b)
	m.arbiterBox.send(m.agenda, item{kind: accepted, request: i, channel: k.number}, 0)
	return true
}

// issue issues a command and tells everybody.
func (k *controller) issue(m *model, c candidate) {
	now := m.agenda.now
	k.commands++
	rank := &k.ranks[c.rank]
	served := int32(nobody)
	if c.command.OfBank() {
		b := &k.banks[c.bank]
		served = b.current
		var row, column int32
		if served != nobody {
			row, column = m.requests.all[served].Row, m.requests.all[served].Column
		}
		k.channel.Issue(now, c.command, c.bank, row, column)
		b.update(c.command, row)
	} else {
		k.channel.IssueToRank(now, c.command, c.rank)
		for i := rank.first; i < rank.end; i++ {
			k.banks[i].update(c.command, memory.Closed)
		}
	}
	rank.refresh.issued(now, c.command, c.bank)
	rank.power.issued(now, c.command)
	if c.command.IsColumn() {
		k.complete(m, c, served)
	}
	if rank.held == 0 {
		rank.power.notice(now, ranOut)
	}
}

// complete removes the request of a column command from the buffer, gives its place away and queues its response.
func (k *controller) complete(m *model, c candidate, served int32) {
	now := m.agenda.now
	k.columns++
	k.waiting.remove(&k.banks[c.bank], served)
	k.accept(m)
	ready := now + int64(k.rules.WriteData)
	if c.command.IsRead() {
		ready = now + int64(k.rules.ReadData)
	}
	r := &m.requests.all[served]
	r.waits = atReturn
	k.responses.put(k.turn(r.number, k.columns), served, ready)
	k.awaitData(m)
	k.ranks[c.rank].held--
	m.recorder.Queue.Change(now, -1)
}

// rearm asks for a wake-up when the next command can issue or the next manager has to be asked. A run that held all its candidates back
// leaves out those that are ready now: they wait for the one that goes first.
func (k *controller) rearm(m *model, heldBack bool) {
	now := m.agenda.now
	k.next, k.calm = forever, true
	consider := func(at int64) {
		if at = max(at, now); !heldBack || at > now {
			k.next = min(k.next, at)
		}
	}
	for i := range k.banks {
		b := &k.banks[i]
		if k.evaluate(b) && heldBack {
			k.calm = false // it may have been left out without having competed
		}
		if b.next != none {
			consider(k.earliest(b))
		}
	}
	for i := range k.ranks {
		r := &k.ranks[i]
		r.refreshing = r.refresh.evaluate(now)
		consider(k.when(i, r.refreshing))
	}
	for i := range k.ranks {
		r := &k.ranks[i]
		r.powering = r.power.evaluate(now)
		consider(k.when(i, r.powering))
		k.calm = k.calm && r.refreshing.command == none && r.powering.command == none
	}
	k.sleep(m)
}

// sleep asks for the next look at the commands.
func (k *controller) sleep(m *model) {
	if k.next != forever {
		m.agenda.ask(k.firstWake+wakeCommand, k.next-m.agenda.now)
	}
}

// when is the clock of a manager's command, or of its next question.
func (k *controller) when(rank int, p proposal) int64 {
	switch {
	case p.command == none:
		return p.wake
	case p.command.OfBank():
		return k.channel.Earliest(p.command, p.bank)
	}
	return k.channel.EarliestOfRank(p.command, rank)
}
