package power

import "github.com/codesign-gym/codesign/dram/device"

// StateCycles are the operands of DRAMsim3's formula: commands and the states as its controller counts them, in clocks.
type StateCycles struct {
	Activates, Reads, Writes, Refreshes int64
	ActiveCycles                        int64 // clocks in which a bank is open
	IdleCycles                          int64 // clocks in which none is
	SelfRefreshCycles                   int64
}

// DRAMsim3 is the energy of a rank after DRAMsim3, from the first rail of the device. An activation includes its precharge.
func DRAMsim3(d *device.Device, c StateCycles) Energy {
	var (
		r     = &d.Rails[0]
		tm    = &d.Timing
		burst = float64(d.BurstClocks())
		pj    = r.VoltageV * d.ClockNS() * float64(d.Chips) // of a mA during a clock
		row   = r.IDD0MA*float64(tm.TRC) - r.IDD3NMA*float64(tm.TRAS) - r.IDD2NMA*float64(tm.TRP)
	)
	return Energy{
		ActivatePJ:          pj * row * float64(c.Activates),
		ReadPJ:              pj * (r.IDD4RMA - r.IDD3NMA) * burst * float64(c.Reads),
		WritePJ:             pj * (r.IDD4WMA - r.IDD3NMA) * burst * float64(c.Writes),
		RefreshPJ:           pj * (r.IDD5MA - r.IDD3NMA) * float64(tm.TRFC) * float64(c.Refreshes),
		ActiveStandbyPJ:     pj * r.IDD3NMA * float64(c.ActiveCycles),
		PrechargedStandbyPJ: pj * r.IDD2NMA * float64(c.IdleCycles),
		SelfRefreshPJ:       pj * r.IDD6MA * float64(c.SelfRefreshCycles),
	}
}
