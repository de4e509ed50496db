package device

// deriveLPDDR4 gives the delays of LPDDR4. ACT and column commands are two halves of two clocks each.
func (d *Device) deriveLPDDR4() derived {
	t := d.Timing
	burst := d.BurstClocks()
	v := d.deriveLPDDR()
	v.lengths = d.lengths(4, 4, 2)
	v.writeToReadS = t.CWL + 1 + burst + t.TWTRS
	v.writeToReadL = t.CWL + 1 + burst + t.TWTRL
	v.readToPre = burst + t.TRTP - 8
	return v
}

// deriveLPDDR5 gives the delays of LPDDR5 in bank group mode. ACT is two commands, sent back to back. Inside a bank group a burst occupies
// the array for tCCDL clocks, longer than the data bus.
func (d *Device) deriveLPDDR5() derived {
	t := d.Timing
	v := d.deriveLPDDR()
	v.lengths = d.lengths(2, 1, 1)
	v.readToWriteL += t.TCCDL - d.BurstClocks()
	v.writeToReadS = t.CWL + d.BurstClocks() + t.TWTRS
	v.writeToReadL = t.CWL + t.TCCDL + t.TWTRL
	v.readToPre = t.TRTP
	return v
}

// deriveLPDDR gives what LPDDR4 and LPDDR5 share.
func (d *Device) deriveLPDDR() derived {
	t := d.Timing
	burst := d.BurstClocks()
	v := derived{
		readStart:  t.CL + t.TDQSCK,
		writeStart: t.CWL + t.TDQSS + t.TDQS2DQ,
		writeToPre: t.CWL + burst + 1 + t.TWR,

		bankRefreshToAct:         t.TRRDS,
		bankRefreshToBankRefresh: t.TRFCPB,

		actToEntry:     t.TCMDCKE,
		preToEntry:     t.TCMDCKE,
		refreshToEntry: t.TCMDCKE,

		selfRefreshStay: t.TSR,
		selfRefreshExit: t.TXSR,
	}
	v.readToWriteS = v.readStart + burst - t.CWL + t.TWPRE + t.TRPST
	v.readToWriteL = v.readToWriteS
	v.readToEntry = v.readStart + burst + t.TRPST
	v.writeToEntry = v.writeStart + burst + t.TWR
	v.autoWriteToEntry = v.writeToEntry + 2
	return v
}
