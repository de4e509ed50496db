package jedec

import "github.com/codesign-gym/codesign/dram/device"

// activate checks ACT.
func (c *Checker) activate(r *rank, g *recent, b *bank, group int, now *record) {
	w := &c.delays
	if b.open {
		c.report(BankOpen, &b.last[device.ACT], &now.Issued, -1)
	} else {
		r.open++
	}
	b.open, b.row = true, now.Row

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
	c.need(w.refreshActRule, r.refresh, w.refreshAct, now)
	c.activation(r, now)
}

// activation checks the windows of the rank and enters an activation there.
func (c *Checker) activation(r *rank, now *record) {
	for i := range r.windows {
		w := &r.windows[i]
		if w.clocks > 0 {
			c.need(w.rule, &w.acts[w.oldest], w.clocks, now)
			w.add(now)
		}
	}
}

// precharge checks PRE. A closed bank may be precharged; that starts tRP again.
func (c *Checker) precharge(r *rank, b *bank, now *record) {
	w := &c.delays
	if b.open {
		b.open = false
		r.open--
	}
	c.need(TRAS, &b.last[device.ACT], w.ras, now)
	c.need(TRTP, &b.last[device.RD], w.readPre, now)
	c.need(TRTP, &b.last[device.RDA], w.readPre, now)
	c.need(TWR, &b.last[device.WR], w.writePre, now)
	c.need(TWR, &b.last[device.WRA], w.writePre, now)
	c.need(TPPD, r.pre, w.ppd, now)
	c.need(TRFC, &r.last[device.REF], w.rfc, now)
	c.need(TRFCPB, &b.last[device.REFPB], w.rfcBank, now)
}

// prechargeAll checks PREA: what PRE needs, for every bank.
func (c *Checker) prechargeAll(r *rank, now *record) {
	w := &c.delays
	for i := range r.banks {
		r.banks[i].open = false
	}
	r.open = 0
	c.need(TRAS, r.act, w.ras, now)
	c.need(TRTP, r.read, w.readPre, now)
	c.need(TWR, r.write, w.writePre, now)
	c.need(TPPD, r.pre, w.ppd, now)
	c.need(TRFC, &r.last[device.REF], w.rfc, now)
	c.need(TRFCPB, r.refresh, w.rfcBank, now)
}
