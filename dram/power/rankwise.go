package power

import (
	"math/bits"

	"github.com/codesign-gym/codesign/dram/device"
)

// powerState is what a rank does besides opening and closing banks.
type powerState uint8

const (
	awake powerState = iota
	slowActiveDown
	fastActiveDown
	slowPrechargedDown
	fastPrechargedDown
	selfRefresh
)

// rankwise counts as DRAMPower 4 does: one state for the whole rank. Marks tell since when the open interval runs; intervals are added
// to the counts when they close.
type rankwise struct {
	delays   *delays
	counts   Counts
	open     uint64 // banks
	state    powerState
	since    int64 // entry into the power-down or self refresh
	firstAct int64 // from here the rank is active, if a bank is open
	lastPre  int64 // from here it is precharged, if none is

	// Ends of intervals that were counted when they began: of the active part of a refresh, of both parts of a refresh that an early
	// exit from self refresh leaves to do.
	refreshUntil, powerUpActiveUntil, powerUpUntil int64
}

// span is the time from one clock to another, 0 if that is negative.
func span(from, to int64) int64 { return max(0, to-from) }

func (r *rankwise) activate(t int64, bank int) {
	if r.open>>bank&1 == 1 {
		return
	}
	r.counts.Activates++
	if r.open == 0 {
		r.firstAct = t
		r.counts.PrechargedCycles += span(r.lastPre, t)
	}
	r.open |= 1 << bank
}

func (r *rankwise) precharge(t int64, bank int) {
	if r.open>>bank&1 == 1 {
		r.close(t, r.open&^(1<<bank))
	}
}

func (r *rankwise) prechargeAll(t int64) {
	if r.open != 0 {
		r.close(t, 0)
	}
}

// close closes the open banks that are not to stay open; there is at least one.
func (r *rankwise) close(t int64, stay uint64) {
	r.counts.Precharges += int64(bits.OnesCount64(r.open &^ stay))
	if stay == 0 {
		r.counts.ActiveCycles += span(r.firstAct, t)
		r.lastPre = t
	}
	r.open = stay
}

func (r *rankwise) refresh(t int64) {
	r.counts.Refreshes++
	r.counts.PrechargedCycles += span(r.lastPre, t)
	r.counts.ActiveCycles += r.delays.refreshActive()
	r.firstAct = t
	r.lastPre = t + r.delays.refreshActive()
	r.refreshUntil = r.lastPre
	r.open = 0
}

// refreshBank leaves the state of the rank as it is. A bank must be closed for it.
func (r *rankwise) refreshBank(bank int) {
	if r.open>>bank&1 == 0 {
		r.counts.BankRefreshes++
	}
}

// special handles the commands that change the power state.
func (r *rankwise) special(t int64, c device.Command, fastExit bool) {
	switch c {
	case device.PDEA:
		r.counts.ActiveCycles += span(r.firstAct, t)
		r.enter(t, slowActiveDown, fastActiveDown, fastExit)
	case device.PDEP:
		r.counts.PrechargedCycles += span(r.lastPre, t)
		r.enter(t, slowPrechargedDown, fastPrechargedDown, fastExit)
	case device.PDXA:
		r.leaveActive(t)
	case device.PDXP:
		r.leavePrecharged(t)
	case device.SREFEN:
		r.counts.PrechargedCycles += span(r.lastPre, t)
		r.state, r.since = selfRefresh, t
	case device.SREFEX:
		r.leaveSelfRefresh(t)
	}
}

func (r *rankwise) enter(t int64, slow, fast powerState, fastExit bool) {
	r.state, r.since = slow, t
	if fastExit {
		r.state = fast
	}
}

func (r *rankwise) leaveActive(t int64) {
	switch r.state {
	case fastActiveDown:
		r.counts.FastActivePowerDownCycles += span(r.since, t)
		r.counts.ActivePowerUpCycles += r.delays.fastPowerUp
	case slowActiveDown:
		r.counts.SlowActivePowerDownCycles += span(r.since, t)
		r.counts.ActivePowerUpCycles += r.delays.slowPowerUp
	}
	r.state, r.firstAct = awake, t
}

func (r *rankwise) leavePrecharged(t int64) {
	switch r.state {
	case fastPrechargedDown:
		r.counts.FastPrechargedPowerDownCycles += span(r.since, t)
		r.counts.PrechargedPowerUpCycles += r.delays.fastPowerUp
	case slowPrechargedDown:
		r.counts.SlowPrechargedPowerDownCycles += span(r.since, t)
		r.counts.PrechargedPowerUpCycles += r.delays.slowPowerUp
	}
	r.state, r.lastPre = awake, t
}

// leaveSelfRefresh splits the time in self refresh; what its first refresh still needs follows after the exit.
func (r *rankwise) leaveSelfRefresh(t int64) {
	r.countSelfRefresh(&r.counts, t)
	done := span(r.since, t)
	active := span(done, r.delays.refreshActive())
	left := span(done, r.delays.trfc)
	r.counts.PowerUpActiveCycles += active
	r.counts.PowerUpPrechargedCycles += left - active
	r.counts.SelfRefreshPowerUpCycles += r.delays.selfRefreshPowerUp - left
	r.powerUpActiveUntil, r.powerUpUntil = t+active, t+left
	r.state, r.lastPre = awake, t+left
}

func (r *rankwise) countSelfRefresh(c *Counts, t int64) {
	d := span(r.since, t)
	c.SelfRefreshActiveCycles += min(d, r.delays.refreshActive())
	c.SelfRefreshPrechargedCycles += min(span(r.delays.refreshActive(), d), r.delays.trp)
	c.SelfRefreshCycles += span(r.delays.trfc, d)
}

// at is what was counted if the open interval closes at t.
func (r *rankwise) at(t int64) Counts {
	c := r.counts
	switch r.state {
	case awake:
		if r.open != 0 {
			c.ActiveCycles += span(r.firstAct, t)
		} else {
			c.PrechargedCycles += span(r.lastPre, t)
		}
	case slowActiveDown:
		c.SlowActivePowerDownCycles += span(r.since, t)
	case fastActiveDown:
		c.FastActivePowerDownCycles += span(r.since, t)
	case slowPrechargedDown:
		c.SlowPrechargedPowerDownCycles += span(r.since, t)
	case fastPrechargedDown:
		c.FastPrechargedPowerDownCycles += span(r.since, t)
	case selfRefresh:
		r.countSelfRefresh(&c, t)
	}
	return c
}

// elapsed is at without the cycles that were counted in advance.
func (r *rankwise) elapsed(t int64) Counts {
	c := r.at(t)
	c.ActiveCycles -= span(t, r.refreshUntil)
	c.PowerUpActiveCycles -= span(t, r.powerUpActiveUntil)
	c.PowerUpPrechargedCycles -= span(max(t, r.powerUpActiveUntil), r.powerUpUntil)
	return c
}

// steadyFrom is the time from which the power stays as it is until the next command or event.
func (r *rankwise) steadyFrom() int64 {
	t := max(r.refreshUntil, r.powerUpUntil, r.lastPre, r.firstAct)
	if r.state == selfRefresh {
		t = max(t, r.since+r.delays.trfc)
	}
	return t
}
