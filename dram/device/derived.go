package device

// derived are the delays that the standards compute differently. They count from the last clock of a command to the last clock of the next.
type derived struct {
	lengths [Commands]int // clocks of the command bus

	readStart, writeStart      int // last clock of the command to the first clock of its data
	readToWriteS, readToWriteL int
	writeToReadS, writeToReadL int
	readToPre, writeToPre      int

	bankRefreshToAct, bankRefreshToBankRefresh int // another bank

	// To power-down entry.
	actToEntry, preToEntry, refreshToEntry      int
	readToEntry, writeToEntry, autoWriteToEntry int

	selfRefreshStay, selfRefreshExit int
}

// derive gives the delays of the device's standard; false if there is no such standard.
func (d *Device) derive() (derived, bool) {
	switch d.Standard {
	case DDR3, DDR4, DDR5, HBM2, GDDR6:
		return d.deriveDDR(), true
	case LPDDR4:
		return d.deriveLPDDR4(), true
	case LPDDR5:
		return d.deriveLPDDR5(), true
	}
	return derived{}, false
}

// lengths is how many clocks of the command bus the commands take; power-down entry and exit take 1, a command the device lacks 0.
func (d *Device) lengths(actClocks, columnClocks, otherClocks int) (l [Commands]int) {
	for c := range Command(Commands) {
		switch s := set(1) << c; {
		case c == ACT:
			l[c] = actClocks
		case c.IsColumn():
			l[c] = columnClocks
		case s&(pdea|pdxa|pdep|pdxp) != 0:
			l[c] = 1
		case c == REFPB && d.Timing.TRFCPB == 0:
			l[c] = 0
		default:
			l[c] = otherClocks
		}
	}
	return l
}
