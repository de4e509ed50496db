package power

import "github.com/codesign-gym/codesign/dram/device"

// DRAMPower5 is the core energy of the counts after DRAMPower 5.1, all rails together.
func DRAMPower5(d *device.Device, c Counts) Energy {
	var e Energy
	for _, r := range d.Rails {
		e = e.Plus(DRAMPower5Rail(d, r, c))
	}
	return e
}

// DRAMPower5Rail is the core energy of the counts that one rail of the device supplies, after DRAMPower 5.1.
func DRAMPower5Rail(d *device.Device, r device.Rail, c Counts) Energy {
	var (
		b     = &c.Bankwise
		banks = float64(d.Banks())
		tras  = float64(d.Timing.TRAS)
		trp   = float64(d.Timing.TRP)
		burst = float64(d.BurstClocks())
		pj    = r.VoltageV * d.ClockNS() * float64(d.Chips) // of a mA during a clock

		i = currents(d, &r)
	)
	return Energy{
		ActivatePJ:                pj * (i.theta - i.activeBase) * tras * float64(b.Activates),
		PrechargePJ:               pj * (i.beta - r.IDD2NMA) * trp * float64(b.Precharges),
		ReadPJ:                    pj * (r.IDD4RMA - r.IDD3NMA) * burst * float64(b.Reads+b.AutoReads),
		WritePJ:                   pj * (r.IDD4WMA - r.IDD3NMA) * burst * float64(b.Writes+b.AutoWrites),
		RefreshPJ:                 pj * (r.IDD5MA - i.allActive) * float64(d.Timing.TRFC) * float64(b.Refreshes),
		BankRefreshPJ:             pj * (bankRefreshMAClocks(d, &r) - (r.IDD3NMA-r.IDD2NMA)*float64(d.Timing.TRFCPB)) * float64(b.BankRefreshes),
		ActiveStandbyPJ:           pj * i.rho * float64(b.ActiveCycles),
		BankActiveStandbyPJ:       pj * (i.allActive - i.rho) / banks * float64(b.BankActiveCycles),
		PrechargedStandbyPJ:       pj * r.IDD2NMA * float64(b.PrechargedCycles),
		FastActivePowerDownPJ:     pj * r.IDD3P1MA * float64(b.FastActivePowerDownCycles),
		FastPrechargedPowerDownPJ: pj * r.IDD2P1MA * float64(b.FastPrechargedPowerDownCycles),
		SlowActivePowerDownPJ:     pj * r.IDD3P0MA * float64(b.SlowActivePowerDownCycles),
		SlowPrechargedPowerDownPJ: pj * r.IDD2P0MA * float64(b.SlowPrechargedPowerDownCycles),
		SelfRefreshPJ:             pj * r.IDD6MA * float64(b.SelfRefreshCycles),
	}
}

// derived are the currents in mA that DRAMPower 5 derives from those of the data sheet.
type derived struct {
	rho        float64 // of a rank with a bank open, without the share of the bank
	beta       float64 // of a precharge
	theta      float64 // of an activation
	activeBase float64 // that an activation has beneath it
	allActive  float64 // with all banks open
}

func currents(d *device.Device, r *device.Rail) derived {
	banks, tras, trp := float64(d.Banks()), float64(d.Timing.TRAS), float64(d.Timing.TRP)
	i := derived{rho: d.BankwiseRhoFrac*(r.IDD3NMA-r.IDD2NMA) + r.IDD2NMA, beta: r.IBetaMA}
	if i.beta == 0 {
		i.beta = r.IDD0MA
	}
	i.theta = (r.IDD0MA*(trp+tras) - i.beta*trp) / tras
	if lpddr(d) { // IDD3N is measured with one bank open
		i.activeBase = r.IDD3NMA
		i.allActive = i.rho + banks*(r.IDD3NMA-i.rho)
	} else { // with all banks open
		i.activeBase = (r.IDD3NMA + (banks-1)*i.rho) / banks
		i.allActive = r.IDD3NMA
	}
	return i
}
