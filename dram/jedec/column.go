package jedec

import "github.com/codesign-gym/codesign/dram/device"

// column checks RD, RDA, WR and WRA.
func (c *Checker) column(ch *channel, r *rank, g *recent, b *bank, group int, now *record) {
	w := &c.delays
	auto := now.Command == device.RDA || now.Command == device.WRA
	c.columnState(r, b, auto, now)
	c.need(TXSDLL, &r.last[device.SREFEX], w.wakeRefreshColumn, now)
	if now.Command.IsRead() {
		c.need(TRCD, &b.last[device.ACT], w.rcdRead, now)
		c.need(TCCDL, g.read, w.ccdL, now)
		c.need(TWTRL, g.write, w.writeReadL, now)
		if r.readGroup != group {
			c.need(TCCDS, r.read, w.ccdS, now)
		}
		if r.writeGroup != group {
			c.need(TWTRS, r.write, w.writeReadS, now)
		}
		if auto { // its precharge may not cut the recovery from an earlier write short
			c.need(TWR, &b.last[device.WR], w.writePre-w.readPre, now)
		}
	} else {
		c.need(TRCD, &b.last[device.ACT], w.rcdWrite, now)
		c.need(TCCDLWR, g.write, w.ccdLWrite, now)
		c.need(TRTW, g.read, w.readWriteL, now)
		if r.writeGroup != group {
			c.need(TCCDS, r.write, w.ccdS, now)
		}
		if r.readGroup != group {
			c.need(TRTW, r.read, w.readWriteS, now)
		}
	}
	c.dataBus(ch, now)
}

// columnState checks that the row is open, and closes it after RDA and WRA.
func (c *Checker) columnState(r *rank, b *bank, auto bool, now *record) {
	switch {
	case !b.open:
		closer := newer(newer(&b.last[device.PRE], &b.last[device.RDA]), newer(&b.last[device.WRA], &r.last[device.PREA]))
		c.report(BankClosed, closer, &now.Issued, -1)
	case b.row != now.Row:
		c.report(WrongRow, &b.last[device.ACT], &now.Issued, -1)
	}
	if auto && b.open {
		b.open = false
		r.open--
	}
}
