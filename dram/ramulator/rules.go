package ramulator

import (
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
)

// peerRules are the rules of the device as the peer reads them: PREA does not wait for RDA and WRA but for REF, RDA does not wait for the
// write recovery of WR, and REF does not wait for REF.
func peerRules(d *device.Device) *device.Rules {
	rules := d.Rules()
	rules.Constraints = slices.DeleteFunc(rules.Constraints, func(c device.Constraint) bool {
		switch c.To {
		case device.PREA:
			return c.From == device.RDA || c.From == device.WRA
		case device.RDA:
			return c.From == device.WR && c.Scope == device.SameBank
		case device.REF:
			return c.From == device.REF
		}
		return false
	})
	rules.Constraints = append(rules.Constraints, device.Constraint{
		From: device.REF, To: device.PREA, Scope: device.SameRank, Clocks: d.Timing.TRFC,
	})
	return rules
}
