package power

import (
	"math/bits"

	"github.com/codesign-gym/codesign/dram/device"
)

// interval is an open span of time.
type interval struct {
	open bool
	from int64
}

func (i *interval) startIfClosed(t int64) {
	if !i.open {
		*i = interval{true, t}
	}
}

// close ends the interval and is its length, 0 if it was not open.
func (i *interval) close(t int64) int64 {
	length := i.at(t)
	i.open = false
	return length
}

// at is the length up to t.
func (i *interval) at(t int64) int64 {
	if !i.open {
		return 0
	}
	return span(i.from, t)
}

// bankwise counts as DRAMPower 5 does: active time of every bank and of the rank. What a command brings about later (the end of a
// refresh, an auto-precharge, a power-down that has to wait) is an event of the agenda.
type bankwise struct {
	delays     *delays
	agenda     *agenda
	counts     Bankwise
	active     uint64 // banks open or refreshing
	refreshing uint64 // those of them that a refresh keeps active
	running    uint64 // banks whose active time runs
	from       []int64
	ever       uint64  // banks that were activated
	closed     []int64 // last closing + tRP of each bank, 0 before it
	busy       []int64 // end of the last refresh of each bank

	rank                       interval // active
	activeDown, prechargedDown interval
	fastActive, fastPrecharged bool
	selfRefresh                interval
	refreshUntil               int64
	late                       bool // a change of the power-down state had to wait
}

func (b *bankwise) reset() {
	clear(b.from)
	clear(b.closed)
	clear(b.busy)
	*b = bankwise{delays: b.delays, agenda: b.agenda, from: b.from, closed: b.closed, busy: b.busy}
}

// activate opens a bank. A command that takes several clocks may issue before the refresh that it waits for ends (LPDDR4); the bank then
// stays active from the one to the other.
func (b *bankwise) activate(t int64, bank int) {
	bit := uint64(1) << bank
	b.begin(t)
	b.stop(t, bank)
	b.counts.Activates++
	b.active |= bit
	b.refreshing &^= bit
	b.running |= bit
	b.ever |= bit
	b.from[bank] = t
}

// begin starts the activity of the rank. If a change of the power-down state still waits for earlier work, the rank is at work again before
// it comes: a power-down that did not begin never does, one that did ends now.
func (b *bankwise) begin(t int64) {
	if b.late {
		b.late = false
		b.agenda.drop(activePowerDown, fastActivePowerDown, powerUp, prechargedPowerDown, fastPrechargedPowerDown)
		b.wake(t)
	}
	b.rank.startIfClosed(t)
}

// wake ends the power-down, if there is one. The active time of the open banks runs again.
func (b *bankwise) wake(t int64) {
	if !b.activeDown.open && !b.prechargedDown.open {
		return
	}
	b.countDown(&b.counts, t)
	b.activeDown.open, b.prechargedDown.open = false, false
	b.running = b.active
	for running := b.running; running != 0; running &= running - 1 {
		b.from[bits.TrailingZeros64(running)] = t
	}
	if b.active != 0 {
		b.rank.startIfClosed(t)
	}
}

func (b *bankwise) precharge(t int64, bank int) {
	if b.active>>bank&1 == 0 {
		return
	}
	b.counts.Precharges++
	b.closed[bank] = t + b.delays.trp
	b.rest(t, bank)
}

func (b *bankwise) prechargeAll(t int64) {
	for open := b.active; open != 0; open &= open - 1 {
		b.precharge(t, bits.TrailingZeros64(open))
	}
}

// rest ends the activity of a bank, and of the rank if it was the last.
func (b *bankwise) rest(t int64, bank int) {
	b.active &^= 1 << bank
	b.stop(t, bank)
	if b.active == 0 && t >= b.refreshUntil {
		b.counts.ActiveCycles += b.rank.close(t)
	}
}

// stop ends the active time of a bank.
func (b *bankwise) stop(t int64, bank int) {
	if b.running>>bank&1 == 1 {
		b.counts.BankActiveCycles += span(b.from[bank], t)
		b.running &^= 1 << bank
	}
}

func (b *bankwise) stopAll(t int64) {
	for running := b.running; running != 0; running &= running - 1 {
		b.stop(t, bits.TrailingZeros64(running))
	}
}

// refreshOne makes a bank active until the refresh ends.
func (b *bankwise) refreshOne(t, end int64, bank int) {
	b.begin(t)
	b.active |= 1 << bank
	b.refreshing |= 1 << bank
	b.busy[bank] = end
	if b.running>>bank&1 == 0 {
		b.running |= 1 << bank
		b.from[bank] = t
	}
}

func (b *bankwise) refreshBank(t int64, bank int) {
	b.counts.BankRefreshes++
	end := t + b.delays.trfcpb
	b.refreshOne(t, end, bank)
	b.agenda.add(event{at: end, kind: bankRefreshEnd, bank: uint8(bank)})
}

func (b *bankwise) refresh(t int64) {
	b.counts.Refreshes++
	end := t + b.delays.trfc
	for bank := range b.from {
		b.refreshOne(t, end, bank)
	}
	b.refreshUntil = end
	b.agenda.add(event{at: end, kind: refreshEnd})
}

// special handles the commands that change the power state.
func (b *bankwise) special(t int64, c device.Command, fastExit bool) {
	switch c {
	case device.PDEA:
		b.later(t, activePowerDown, fastActivePowerDown, fastExit)
	case device.PDEP:
		b.later(t, prechargedPowerDown, fastPrechargedPowerDown, fastExit)
	case device.PDXA, device.PDXP:
		b.later(t, powerUp, powerUp, false)
	case device.SREFEN:
		b.refresh(t)
		b.agenda.add(event{at: b.refreshUntil, kind: selfRefreshStart})
	case device.SREFEX:
		b.agenda.drop(selfRefreshStart)
		b.counts.SelfRefreshCycles += b.selfRefresh.close(t)
	}
}

// later puts a change of the power-down state where the work of the banks allows it: not before tRCD after the active time of a bank began,
// tRP after it was closed, or the end of its refresh.
func (b *bankwise) later(t int64, slow, fast eventKind, fastExit bool) {
	if fastExit {
		slow = fast
	}
	at := t
	for bank, from := range b.from {
		if b.ever>>bank&1 == 1 {
			at = max(at, from+b.delays.trcd)
		}
		at = max(at, b.closed[bank], b.busy[bank])
	}
	b.late = b.late || at > t
	b.agenda.add(event{at: at, kind: slow})
}

// happen makes an event of the agenda happen.
func (b *bankwise) happen(e event) {
	switch e.kind {
	case autoPrecharge:
		b.precharge(e.at, int(e.bank))
	case bankRefreshEnd:
		b.endRefresh(e.at, int(e.bank))
	case refreshEnd:
		for bank := range b.from {
			b.endRefresh(e.at, bank)
		}
	case selfRefreshStart:
		b.selfRefresh = interval{true, e.at}
	case activePowerDown, fastActivePowerDown:
		b.fall(e.at)
		b.activeDown, b.fastActive = interval{true, e.at}, e.kind == fastActivePowerDown
	case prechargedPowerDown, fastPrechargedPowerDown:
		b.fall(e.at)
		b.prechargedDown, b.fastPrecharged = interval{true, e.at}, e.kind == fastPrechargedPowerDown
	case powerUp:
		b.wake(e.at)
	}
}

// endRefresh lets a bank rest after its refresh, unless it was opened meanwhile.
func (b *bankwise) endRefresh(t int64, bank int) {
	if b.refreshing>>bank&1 == 1 {
		b.refreshing &^= 1 << bank
		b.rest(t, bank)
	}
}

// fall ends the active time of the banks and the rank on entry into power-down.
func (b *bankwise) fall(t int64) {
	b.stopAll(t)
	b.counts.ActiveCycles += b.rank.close(t)
}

// countDown adds the open power-down up to t.
func (b *bankwise) countDown(c *Bankwise, t int64) {
	if b.fastActive {
		c.FastActivePowerDownCycles += b.activeDown.at(t)
	} else {
		c.SlowActivePowerDownCycles += b.activeDown.at(t)
	}
	if b.fastPrecharged {
		c.FastPrechargedPowerDownCycles += b.prechargedDown.at(t)
	} else {
		c.SlowPrechargedPowerDownCycles += b.prechargedDown.at(t)
	}
}

// at is what was counted if the open intervals close at t. The DRAMPower 4 window may end a clock before the last command, when an interval
// that ended in the clock of that command is longer than the window; then no time is left to be precharged.
func (b *bankwise) at(t int64) Bankwise {
	c := b.counts
	for running := b.running; running != 0; running &= running - 1 {
		c.BankActiveCycles += span(b.from[bits.TrailingZeros64(running)], t)
	}
	c.ActiveCycles += b.rank.at(t)
	c.SelfRefreshCycles += b.selfRefresh.at(t)
	b.countDown(&c, t)
	c.PrechargedCycles = span(c.ActiveCycles+c.SelfRefreshCycles+c.FastActivePowerDownCycles+c.SlowActivePowerDownCycles+
		c.FastPrechargedPowerDownCycles+c.SlowPrechargedPowerDownCycles, t)
	return c
}
