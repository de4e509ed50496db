package device

// deriveDDR gives the delays of the standards in the style of DDR. They differ in the lengths of their commands and in which delays they have.
func (d *Device) deriveDDR() derived {
	t := d.Timing
	burst := d.BurstClocks()
	v := derived{
		lengths:      d.lengths(1, 1, 1),
		readStart:    t.AL + t.CL,
		writeStart:   t.AL + t.CWL,
		readToWriteS: t.CL + burst + t.RD2WRBubble - t.CWL,
		writeToReadS: t.CWL + burst + t.TWTRS,
		writeToReadL: t.CWL + burst + t.TWTRL,
		readToPre:    t.AL + t.TRTP,
		writeToPre:   t.AL + t.CWL + burst + t.TWR,

		bankRefreshToAct:         t.TRREFD,
		bankRefreshToBankRefresh: t.TRREFD,

		actToEntry:     t.TACTPDEN,
		preToEntry:     t.TPRPDEN,
		refreshToEntry: t.TREFPDEN,

		selfRefreshStay: t.TCKESR,
		selfRefreshExit: t.TXS,
	}
	v.readToWriteL = v.readToWriteS
	v.readToEntry = v.readStart + burst + 1
	v.writeToEntry = v.writeToPre
	v.autoWriteToEntry = v.writeToPre + 1
	switch d.Standard {
	case DDR5: // two-clock commands
		v.lengths = d.lengths(2, 2, 1)
	case HBM2: // two-clock ACT
		v.lengths = d.lengths(2, 1, 1)
	}
	return v
}
