package jedec

import "github.com/codesign-gym/codesign/dram/device"

// delays are the distances of a standard in clocks. They count from the last clock of a command to the last clock of the next one, unless a
// comment says otherwise.
type delays struct {
	length [device.Commands]int64 // clocks on the command bus; 0 = the standard has no such command
	column uint8                  // the command bus of column commands: 1 where they have their own

	rcdRead, rcdWrite      int64
	rc, ras, rp, rpAll     int64
	rrdS, rrdL             int64
	fourActs, acts32       int64
	ccdS, ccdL, ccdLWrite  int64
	readWriteS, readWriteL int64 // RD to WR of another group, of the same one
	writeReadS, writeReadL int64
	readPre, writePre      int64
	ppd                    int64
	rfc, rfcBank           int64

	// REFPB to ACT and to REFPB of another bank, and what the standard calls these delays.
	refreshAct, refreshRefresh         int64
	refreshActRule, refreshRefreshRule Rule

	// Data on the bus: [last clock + start, last clock + start + burst).
	readStart, writeStart, burst int64
	rankSwitch                   int64 // idle clocks between two ranks

	// Low power. Those to an entry end at its first clock.
	actEntry, preEntry, refreshEntry int64
	readEntry, writeEntry, autoEntry int64
	stay, stayRefresh                int64
	wake                             int64 // from power-down exit to the first clock of a command
	wakeRefresh, wakeRefreshColumn   int64
}

// derive writes the delays of a device down from those of its standard.
func derive(d *device.Device, generic bool) delays {
	w := common(d)
	switch {
	case generic:
	case d.Standard == device.LPDDR4:
		w.lpddr4(&d.Timing)
	case d.Standard == device.LPDDR5:
		w.lpddr5(&d.Timing)
	case d.Standard == device.DDR5:
		w.setLengths(2, 2, 1)
	case d.Standard == device.HBM2:
		w.setLengths(2, 1, 1)
		w.column = 1
	}
	if d.Timing.TRFCPB == 0 {
		w.length[device.REFPB] = 0
	}
	return w
}

// common are the delays that section "Delays" of the documentation states: those of DDR3 and DDR4, and the base of the others.
func common(d *device.Device) delays {
	t, burst := &d.Timing, int64(d.BurstLength/d.DataRate)
	n := func(clocks int) int64 { return int64(clocks) }
	readData, writeData := n(t.AL+t.CL), n(t.AL+t.CWL)
	w := delays{
		rcdRead: n(t.TRCDRD - t.AL), rcdWrite: n(t.TRCDWR - t.AL),
		rc: n(t.TRC), ras: n(t.TRAS), rp: n(t.TRP), rpAll: n(max(t.TRP, t.TRPAB)),
		rrdS: n(t.TRRDS), rrdL: n(t.TRRDL), fourActs: n(t.TFAW), acts32: n(t.T32AW),
		ccdS: n(t.TCCDS), ccdL: n(t.TCCDL), ccdLWrite: n(max(t.TCCDL, t.TCCDLWR)),
		readWriteS: readData + burst + n(t.RD2WRBubble) - writeData,
		writeReadS: n(t.CWL) + burst + n(t.TWTRS), writeReadL: n(t.CWL) + burst + n(t.TWTRL),
		readPre: n(t.AL + t.TRTP), writePre: writeData + burst + n(t.TWR),
		ppd: n(t.TPPD), rfc: n(t.TRFC), rfcBank: n(t.TRFCPB),
		refreshAct: n(t.TRREFD), refreshRefresh: n(t.TRREFD), refreshActRule: TRREFD, refreshRefreshRule: TRREFD,
		readStart: readData, writeStart: writeData, burst: burst, rankSwitch: n(t.TRTRS),
		actEntry: n(t.TACTPDEN), preEntry: n(t.TPRPDEN), refreshEntry: n(t.TREFPDEN),
		stay: n(t.TCKE), stayRefresh: n(t.TCKESR), wake: n(t.TXP), wakeRefresh: n(t.TXS), wakeRefreshColumn: n(t.TXSDLL),
	}
	w.readWriteL = w.readWriteS
	w.readEntry = readData + burst + 1
	w.writeEntry, w.autoEntry = w.writePre, w.writePre+1
	w.setLengths(1, 1, 1)
	return w
}

// setLengths sets the clocks on the command bus. Power-down is a level of one pin.
func (w *delays) setLengths(act, column, other int64) {
	for c := range device.Command(device.Commands) {
		switch {
		case c == device.ACT:
			w.length[c] = act
		case c.IsColumn():
			w.length[c] = column
		case device.PDEA <= c && c <= device.PDXP:
			w.length[c] = 1
		default:
			w.length[c] = other
		}
	}
}

// mobile changes what LPDDR4 and LPDDR5 share: strobes that start late, and their names for the low-power delays.
func (w *delays) mobile(t *device.Timing) {
	w.readStart += int64(t.TDQSCK)
	w.writeStart += int64(t.TDQSS + t.TDQS2DQ)
	w.writePre++ // the write recovery starts one clock after the data
	w.refreshAct, w.refreshActRule = w.rrdS, TRRDS
	w.refreshRefresh, w.refreshRefreshRule = w.rfcBank, TRFCPB
	w.actEntry, w.preEntry, w.refreshEntry = int64(t.TCMDCKE), int64(t.TCMDCKE), int64(t.TCMDCKE)
	w.readEntry = w.readStart + w.burst + int64(t.TRPST)
	w.writeEntry = w.writeStart + w.burst + int64(t.TWR)
	w.autoEntry = w.writeEntry + 2
	w.stayRefresh, w.wakeRefresh, w.wakeRefreshColumn = int64(t.TSR), int64(t.TXSR), 0
	w.readWriteS = w.readStart + w.burst - int64(t.CWL) + int64(t.TWPRE+t.TRPST)
	w.readWriteL = w.readWriteS
}

func (w *delays) lpddr4(t *device.Timing) {
	w.setLengths(4, 4, 2)
	w.mobile(t)
	w.writeReadS++ // as the write recovery
	w.writeReadL++
	w.readPre = int64(t.TRTP) + w.burst - 8
}

// lpddr5 counts a burst within a bank group as tCCD_L clocks: it comes in two halves.
func (w *delays) lpddr5(t *device.Timing) {
	w.setLengths(2, 1, 1)
	w.mobile(t)
	halves := w.ccdL - w.burst
	w.readWriteL += halves
	w.writeReadL += halves
}
