package device

// columnRules are those that a column command waits for.
func (r *Rules) columnRules(t *Timing, v derived) {
	r.after(SameBank, act, reads, t.TRCDRD-t.AL)
	r.after(SameBank, act, writes, t.TRCDWR-t.AL)
	r.after(SameGroup, reads, reads, t.TCCDL)
	r.after(SameRank, reads, reads, t.TCCDS)
	r.after(SameGroup, writes, writes, t.TCCDLWR)
	r.after(SameRank, writes, writes, t.TCCDS)
	r.after(SameGroup, reads, writes, v.readToWriteL)
	r.after(SameRank, reads, writes, v.readToWriteS)
	r.after(SameGroup, writes, reads, v.writeToReadL)
	r.after(SameRank, writes, reads, v.writeToReadS)
	r.after(SameBank, wr, rda, v.writeToPre-v.readToPre) // its precharge waits for the write recovery
	r.apart(SameRank, pdxa, columns, t.TXP)
	r.after(SameRank, srefex, columns, t.TXSDLL)
}

// rankSwitchRules keep the bursts of two ranks apart on the data bus, with tRTRS idle clocks between them.
func (r *Rules) rankSwitchRules(d *Device) {
	burst, gap := d.BurstClocks(), d.Timing.TRTRS
	readStart, writeStart := r.ReadData-burst, r.WriteData-burst
	r.apart(OtherRank, reads, reads, burst+gap)
	r.apart(OtherRank, writes, writes, burst+gap)
	r.apart(OtherRank, reads, writes, r.ReadData+gap-writeStart)
	r.apart(OtherRank, writes, reads, r.WriteData+gap-readStart)
}

// rowRules are those that ACT, PRE, PREA, REF and SREFEN wait for.
func (r *Rules) rowRules(t *Timing, v derived) {
	r.after(SameBank, act, act, t.TRC)
	r.after(SameGroup, act, act, t.TRRDL)
	r.after(SameRank, act, act, t.TRRDS)
	r.after(SameBank, rda, act, v.readToPre+t.TRP)
	r.after(SameBank, wra, act, v.writeToPre+t.TRP)
	r.after(SameBank, pre, act, t.TRP)
	r.after(SameRank, prea, act, t.TRPAB)
	r.after(SameRank, ref, act, t.TRFC)
	r.apart(SameRank, pdxa|pdxp, act, t.TXP)
	r.after(SameRank, srefex, act, v.selfRefreshExit)

	r.after(SameBank, act, pre, t.TRAS)
	r.after(SameBank, rd, pre, v.readToPre)
	r.after(SameBank, wr, pre, v.writeToPre)
	r.after(SameRank, act, prea, t.TRAS)
	r.after(SameRank, reads, prea, v.readToPre)
	r.after(SameRank, writes, prea, v.writeToPre)
	r.after(SameRank, pre, pre|prea, t.TPPD)
	r.apart(SameRank, pdxa, pre|prea, t.TXP)

	r.after(SameRank, act, ref|srefen, t.TRC)
	r.after(SameRank, rda, ref|srefen, v.readToPre+t.TRP)
	r.after(SameRank, wra, ref|srefen, v.writeToPre+t.TRP)
	r.after(SameRank, pre, ref|srefen, t.TRP)
	r.after(SameRank, prea, ref|srefen, t.TRPAB)
	r.after(SameRank, ref, ref|srefen, t.TRFC)
	r.apart(SameRank, pdxp, ref|srefen, t.TXP)
	r.after(SameRank, srefex, ref|srefen, v.selfRefreshExit)
}

// bankRefreshRules are those of REFPB, which counts as an activation of its bank.
func (r *Rules) bankRefreshRules(t *Timing, v derived) {
	if t.TRFCPB == 0 {
		return
	}
	r.after(SameBank, act, refpb, t.TRC)
	r.after(SameGroup, act, refpb, t.TRRDL)
	r.after(SameRank, act, refpb, t.TRRDS)
	r.after(SameBank, rda, refpb, v.readToPre+t.TRP)
	r.after(SameBank, wra, refpb, v.writeToPre+t.TRP)
	r.after(SameBank, pre, refpb, t.TRP)
	r.after(SameRank, prea, refpb, t.TRPAB)
	r.after(SameRank, ref, refpb, t.TRFC)
	r.apart(SameRank, pdxa|pdxp, refpb, t.TXP)
	r.after(SameRank, srefex, refpb, v.selfRefreshExit)

	r.after(SameBank, refpb, act|refpb, t.TRFCPB)
	r.after(SameRank, refpb, act, v.bankRefreshToAct)
	r.after(SameRank, refpb, refpb, v.bankRefreshToBankRefresh)
	r.after(SameRank, refpb, prea|ref|srefen, t.TRFCPB)
	r.after(SameRank, refpb, pdea|pdep, v.refreshToEntry)
}

// lowPowerRules are those of power-down and self refresh: a rank enters when the data have left, and stays for a while.
func (r *Rules) lowPowerRules(t *Timing, v derived) {
	r.after(SameRank, act, pdea, v.actToEntry)
	r.after(SameRank, reads, pdea|pdep, v.readToEntry)
	r.after(SameRank, wr, pdea, v.writeToEntry)
	r.after(SameRank, wra, pdea|pdep, v.autoWriteToEntry)
	r.after(SameRank, pre, pdea|pdep, v.preToEntry)
	r.after(SameRank, prea, pdep, v.preToEntry)
	r.after(SameRank, ref, pdep, v.refreshToEntry)
	r.apart(SameRank, srefex, pdep, v.selfRefreshExit)
	r.apart(SameRank, reads, srefen, v.readToEntry+r.Clocks[RDA]-1)
	r.apart(SameRank, wra, srefen, v.autoWriteToEntry+r.Clocks[WRA]-1)

	r.apart(SameRank, pdea, pdxa, t.TCKE)
	r.apart(SameRank, pdep, pdxp, t.TCKE)
	r.apart(SameRank, pdxa, pdea, t.TCKE)
	r.apart(SameRank, pdxp, pdep, t.TCKE)
	r.after(SameRank, srefen, srefex, v.selfRefreshStay)
}

// windows bound the activations, REFPB included. A Window measures from the last clock of a member; only the other end is left to move.
func (r *Rules) windows(t *Timing) {
	for _, w := range []struct{ count, clocks int }{{4, t.TFAW}, {32, t.T32AW}} {
		if w.clocks == 0 {
			continue
		}
		window := Window{Count: w.count, Members: act.members()}
		window.Clocks[ACT] = w.clocks - (r.Clocks[ACT] - 1)
		if t.TRFCPB > 0 {
			window.Members = (act | refpb).members()
			window.Clocks[REFPB] = w.clocks - (r.Clocks[REFPB] - 1)
		}
		r.Windows = append(r.Windows, window)
	}
}
