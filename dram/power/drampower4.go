package power

import "github.com/codesign-gym/codesign/dram/device"

// DRAMPower4 is the energy of the counts after DRAMPower 4. It knows one supply, the first rail of the device; for LPDDR devices, which it
// does not know, all rails are added up.
func DRAMPower4(d *device.Device, c Counts) Energy {
	t := drampower4(d, rankRails(d)...)
	return t.energy(&c)
}

// DRAMPower4Rail is the energy of the counts that one rail of the device supplies, after the formulas of DRAMPower 4.
func DRAMPower4Rail(d *device.Device, r device.Rail, c Counts) Energy {
	t := drampower4(d, r)
	return t.energy(&c)
}

// rankRails are the rails of which DRAMPower 4 takes account.
func rankRails(d *device.Device) []device.Rail {
	if lpddr(d) {
		return d.Rails
	}
	return d.Rails[:1]
}

// tariff is the energy in pJ that one count costs the rank: a command, or a cycle of a state.
type tariff struct {
	activate, precharge, read, write, refresh, bankRefresh                    float64
	active, precharged                                                        float64
	fastActiveDown, fastPrechargedDown, slowActiveDown, slowPrechargedDown    float64
	selfRefresh, selfRefreshRefresh, selfRefreshActive, selfRefreshPrecharged float64
}

// drampower4 sums the costs over the rails.
func drampower4(d *device.Device, rails ...device.Rail) tariff {
	var t tariff
	burst, tm := float64(d.BurstClocks()), &d.Timing
	for i := range rails {
		r := &rails[i]
		pj := r.VoltageV * d.ClockNS() * float64(d.Chips) // of a mA during a clock
		t.activate += pj * (r.IDD0MA - r.IDD3NMA) * float64(tm.TRAS)
		t.precharge += pj * (r.IDD0MA - r.IDD2NMA) * float64(tm.TRC-tm.TRAS)
		t.read += pj * (r.IDD4RMA - r.IDD3NMA) * burst
		t.write += pj * (r.IDD4WMA - r.IDD3NMA) * burst
		t.refresh += pj * (r.IDD5MA - r.IDD3NMA) * float64(tm.TRFC)
		t.bankRefresh += pj * bankRefreshMAClocks(d, r)
		t.active += pj * r.IDD3NMA
		t.precharged += pj * r.IDD2NMA
		t.fastActiveDown += pj * r.IDD3P1MA
		t.fastPrechargedDown += pj * r.IDD2P1MA
		t.slowActiveDown += pj * r.IDD3P0MA
		t.slowPrechargedDown += pj * r.IDD2P0MA
		t.selfRefresh += pj * r.IDD6MA
		t.selfRefreshRefresh += pj * (r.IDD5MA - r.IDD3NMA)
		t.selfRefreshActive += pj * r.IDD3P0MA
		t.selfRefreshPrecharged += pj * r.IDD2P0MA
	}
	return t
}

func (t *tariff) energy(c *Counts) Energy {
	refreshing := c.SelfRefreshActiveCycles + c.SelfRefreshPrechargedCycles + c.PowerUpActiveCycles + c.PowerUpPrechargedCycles
	return Energy{
		ActivatePJ:                t.activate * float64(c.Activates),
		PrechargePJ:               t.precharge * float64(c.Precharges),
		ReadPJ:                    t.read * float64(c.Reads),
		WritePJ:                   t.write * float64(c.Writes),
		RefreshPJ:                 t.refresh * float64(c.Refreshes),
		BankRefreshPJ:             t.bankRefresh * float64(c.BankRefreshes),
		ActiveStandbyPJ:           t.active * float64(c.ActiveCycles),
		PrechargedStandbyPJ:       t.precharged * float64(c.PrechargedCycles),
		FastActivePowerDownPJ:     t.fastActiveDown * float64(c.FastActivePowerDownCycles),
		FastPrechargedPowerDownPJ: t.fastPrechargedDown * float64(c.FastPrechargedPowerDownCycles),
		SlowActivePowerDownPJ:     t.slowActiveDown * float64(c.SlowActivePowerDownCycles),
		SlowPrechargedPowerDownPJ: t.slowPrechargedDown * float64(c.SlowPrechargedPowerDownCycles),
		SelfRefreshPJ:             t.selfRefresh*float64(c.SelfRefreshCycles) + t.selfRefreshRefresh*float64(refreshing),
		SelfRefreshStandbyPJ:      t.selfRefreshActive*float64(c.SelfRefreshActiveCycles) + t.selfRefreshPrecharged*float64(c.SelfRefreshPrechargedCycles),
		PowerUpStandbyPJ:          t.active*float64(c.PowerUpActiveCycles) + t.precharged*float64(c.PowerUpPrechargedCycles),
	}
}
