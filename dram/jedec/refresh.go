package jedec

import "github.com/codesign-gym/codesign/dram/device"

// closed checks that all banks of the rank are precharged, as REF and self refresh need them.
func (c *Checker) closed(r *rank, now *record) {
	if r.open > 0 {
		c.report(BankOpen, r.openBank(), &now.Issued, -1)
	}
	w := &c.delays
	c.need(TRC, r.act, w.rc, now)
	c.need(TRP, r.readAuto, w.readPre+w.rp, now)
	c.need(TRP, r.writeAuto, w.writePre+w.rp, now)
	c.need(TRP, r.pre, w.rp, now)
	c.need(TRPAB, &r.last[device.PREA], w.rpAll, now)
	c.need(TRFC, &r.last[device.REF], w.rfc, now)
	c.need(TRFCPB, r.refresh, w.rfcBank, now)
}

// openBank is the last ACT of an open bank.
func (r *rank) openBank() *record {
	for i := range r.banks {
		if r.banks[i].open {
			return &r.banks[i].last[device.ACT]
		}
	}
	return nil
}

// refreshAll checks REF.
func (c *Checker) refreshAll(r *rank, now *record) {
	c.closed(r, now)
	r.newRound()
	c.refreshed(r, len(r.banks), now)
}

// refreshBank checks REFPB.
func (c *Checker) refreshBank(r *rank, g *recent, b *bank, group int, now *record) {
	w := &c.delays
	if b.open {
		c.report(BankOpen, &b.last[device.ACT], &now.Issued, -1)
	}
	c.need(TRC, &b.last[device.ACT], w.rc, now)
	c.need(TRRDL, g.act, w.rrdL, now)
	if r.actGroup != group {
		c.need(TRRDS, r.act, w.rrdS, now)
	}
	c.need(TRP, &b.last[device.RDA], w.readPre+w.rp, now)
	c.need(TRP, &b.last[device.WRA], w.writePre+w.rp, now)
	c.need(TRP, &b.last[device.PRE], w.rp, now)
	c.need(TRPAB, &r.last[device.PREA], w.rpAll, now)
	c.need(TRFC, &r.last[device.REF], w.rfc, now)
	c.need(TRFCPB, &b.last[device.REFPB], w.rfcBank, now)
	if r.refresh != &b.last[device.REFPB] {
		c.need(w.refreshRefreshRule, r.refresh, w.refreshRefresh, now)
	}
	c.activation(r, now)
	if b.refreshed {
		c.report(RefreshRound, &b.last[device.REFPB], &now.Issued, -1)
	} else {
		b.refreshed = true
		if r.due--; r.due == 0 {
			r.newRound()
		}
	}
	c.refreshed(r, 1, now)
}

// newRound makes every bank due again.
func (r *rank) newRound() {
	for i := range r.banks {
		r.banks[i].refreshed = false
	}
	r.due = len(r.banks)
}

// refreshes counts the banks refreshed since the clock from which they are due: the start, or the last exit from self refresh.
type refreshes struct {
	banks int64
	since int64
	last  int64 // when the last one came; since, if none
}

// postponable is how many refreshes of all banks a standard lets a controller postpone, or do in advance.
func postponable(s device.Standard) int64 {
	if s == device.DDR5 {
		return 4
	}
	return 8
}

// refreshed checks that a refresh of so many banks comes neither too late nor too early, and counts it.
func (c *Checker) refreshed(r *rank, banks int, now *record) {
	if !c.options.Refresh {
		return
	}
	c.overdue(r, now)
	n := &r.refreshes
	n.banks += int64(banks)
	n.last = now.Cycle
	per, interval := int64(len(r.banks)), int64(c.device.Timing.TREFI)
	// So many banks are due at since + banks · tREFI / per.
	if due := n.since + (n.banks*interval)/per - postponable(c.device.Standard)*interval; now.Cycle < due {
		c.report(RefreshEarly, nil, &now.Issued, due)
	}
}

// overdue reports a refresh that is missing: the next round is later than the limit after it was due, or no refresh came for that long.
func (c *Checker) overdue(r *rank, now *record) {
	if !c.options.Refresh || r.entry != nil && r.entry.Command == device.SREFEN {
		return
	}
	n := &r.refreshes
	interval := int64(c.device.Timing.TREFI)
	limit := postponable(c.device.Standard) * interval
	due := n.since + (n.banks/int64(len(r.banks))+1)*interval
	last := min(due, n.last+interval) + limit + c.options.RefreshSlackCycles
	if now.Cycle > last {
		c.report(RefreshLate, nil, &now.Issued, last)
	}
}
