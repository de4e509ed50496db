package dramsys

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// Run serves all requests of a job under a configuration. It is a pure function of the two, but for the source, which it drains, and the
// log, which it calls. A *memory.Stuck error tells that the requests could not be served.
func Run(c Config, j memory.Job) (memory.Stats, error) {
	if err := errors.Join(c.Check(), c.CheckDevice(j.Device)); err != nil {
		return memory.Stats{}, err
	}
	if jumpSupports(c, &j) {
		return runJump(c, &j)
	}
	return runEvents(c, &j)
}

// CheckDevice reports the policies that the device does not have.
func (c Config) CheckDevice(d *device.Device) error {
	t := d.Timing
	switch {
	case c.RefreshPolicy == AllBank && t.TREFI <= 0:
		return fmt.Errorf("RefreshPolicy = all_bank is not valid for %s, which has no refresh interval (TREFI = %d): valid are %v", d.Name, t.TREFI, NoRefresh)
	case c.RefreshPolicy == PerBank && (t.TRFCPB <= 0 || t.TREFIPB <= 0):
		return fmt.Errorf("RefreshPolicy = per_bank is not valid for %s, which has no refresh of single banks (TRFCPB = %d, TREFIPB = %d): valid are %v and %v",
			d.Name, t.TRFCPB, t.TREFIPB, NoRefresh, AllBank)
	}
	return nil
}

// neverIssued lists commands that the controller never issues, so that their registers need not be kept.
func neverIssued(c Config) []device.Command {
	var never []device.Command
	switch c.PagePolicy {
	case Open:
		never = append(never, device.RDA, device.WRA)
	case Closed:
		never = append(never, device.RD, device.WR)
	}
	if c.RefreshPolicy != PerBank {
		never = append(never, device.REFPB)
	}
	if c.PowerDown != Staggered {
		never = append(never, device.PDEA, device.PDXA, device.PDEP, device.PDXP)
	}
	if c.PowerDown == NoPowerDown {
		never = append(never, device.SREFEN, device.SREFEX)
		if c.RefreshPolicy == NoRefresh {
			never = append(never, device.REF, device.PREA)
		}
	}
	return never
}
