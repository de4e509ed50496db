package dramsim3

import "github.com/codesign-gym/codesign/dram/device"

// readToWriteBubbleClocks is the idle time between read and write data that the reference has for every device.
const readToWriteBubbleClocks = 2

// peerRules are the delays of the device as the reference reads them: those of DDR4 for every standard, one clock a command, with its own
// defects. See the package documentation.
func peerRules(d *device.Device) *device.Rules {
	plain := *d
	plain.Standard = device.DDR4
	plain.Timing.RD2WRBubble = readToWriteBubbleClocks
	rules := plain.Rules()
	kept := rules.Constraints[:0]
	for _, c := range rules.Constraints {
		switch {
		case c.From == device.ACT && c.To == device.REF:
			continue // auto-precharge need not wait for tRAS before REF
		case c.From == device.RDA && c.To == device.ACT:
			c.Clocks += d.BurstClocks()
		}
		kept = append(kept, c)
	}
	if d.Timing.TPPD > 0 {
		kept = append(kept, device.Constraint{From: device.PRE, To: device.PRE, Scope: device.SameRank, Clocks: d.Timing.TPPD})
	}
	rules.Constraints = kept
	return rules
}

// measured tells whether the reference was measured on devices of the standard.
func measured(s device.Standard) bool {
	return s == device.DDR3 || s == device.DDR4 || s == device.LPDDR4
}

// unused are the commands that this controller never issues.
func unused() []device.Command {
	return []device.Command{
		device.REFPB, device.PREA, device.PDEA, device.PDXA, device.PDEP, device.PDXP, device.SREFEN, device.SREFEX,
	}
}
