package jedec

import "github.com/codesign-gym/codesign/dram/device"

// awake checks that a command finds its rank out of power-down and self refresh, and long enough so.
func (c *Checker) awake(r *rank, now *record) {
	if r.entry != nil {
		c.report(PowerState, r.entry, &now.Issued, -1)
		return
	}
	wakeUp := newer(&r.last[device.PDXA], &r.last[device.PDXP])
	if now.Command == device.PDEA || now.Command == device.PDEP {
		c.needStart(TCKE, wakeUp, c.delays.stay, now)
		// From first clock to first clock.
		c.needStart(TXS, &r.last[device.SREFEX], c.delays.wakeRefresh-c.delays.length[device.SREFEX]+1, now)
		return
	}
	c.needStart(TXP, wakeUp, c.delays.wake, now)
	c.need(TXS, &r.last[device.SREFEX], c.delays.wakeRefresh, now)
}

// enter checks PDEA, PDEP and SREFEN.
func (c *Checker) enter(r *rank, now *record) {
	w := &c.delays
	c.needStart(TRDPDEN, r.read, w.readEntry, now)
	c.needStart(TWRPDEN, r.writePlain, w.writeEntry, now)
	c.needStart(TWRPDEN, r.writeAuto, w.autoEntry, now)
	if now.Command == device.SREFEN {
		c.closed(r, now)
		return
	}
	if now.Command == device.PDEA && r.open == 0 {
		c.report(BankClosed, nil, &now.Issued, -1)
	}
	if now.Command == device.PDEP && r.open > 0 {
		c.report(BankOpen, r.openBank(), &now.Issued, -1)
	}
	c.needStart(TACTPDEN, r.act, w.actEntry, now)
	c.needStart(TPRPDEN, r.pre, w.preEntry, now)
	c.needStart(TPRPDEN, &r.last[device.PREA], w.preEntry, now)
	c.needStart(TREFPDEN, &r.last[device.REF], w.refreshEntry, now)
	c.needStart(TREFPDEN, r.refresh, w.refreshEntry, now)
}

// exit checks PDXA, PDXP and SREFEX.
func (c *Checker) exit(r *rank, now *record) {
	entry, rule, clocks := device.PDEA, TCKE, c.delays.stay
	switch now.Command {
	case device.PDXP:
		entry = device.PDEP
	case device.SREFEX:
		entry, rule, clocks = device.SREFEN, TCKESR, c.delays.stayRefresh
		r.refreshes = refreshes{since: now.Cycle, last: now.Cycle}
		r.newRound()
	}
	if r.entry == nil || r.entry.Command != entry {
		c.report(PowerState, r.entry, &now.Issued, -1)
	} else {
		c.need(rule, r.entry, clocks, now)
	}
	r.entry = nil
}
