package power

import "github.com/codesign-gym/codesign/dram/device"

// Energy is the energy of a rank, all its chips, by component in pJ. A component that a model does not have is 0.
type Energy struct {
	ActivatePJ    float64 // opening rows
	PrechargePJ   float64 // closing them
	ReadPJ        float64
	WritePJ       float64
	RefreshPJ     float64 // of all banks
	BankRefreshPJ float64 // of one bank

	ActiveStandbyPJ     float64 // a bank open; DRAMPower 5: the part that does not depend on how many
	BankActiveStandbyPJ float64 // DRAMPower 5: the part of each open bank
	PrechargedStandbyPJ float64

	FastActivePowerDownPJ     float64
	FastPrechargedPowerDownPJ float64
	SlowActivePowerDownPJ     float64
	SlowPrechargedPowerDownPJ float64

	SelfRefreshPJ        float64 // self refresh and, in DRAMPower 4, the refresh it begins with
	SelfRefreshStandbyPJ float64 // DRAMPower 4: power-down current during that refresh
	PowerUpStandbyPJ     float64 // DRAMPower 4: standby current during the rest of it after an early exit
}

// TotalPJ is the sum of the components.
func (e Energy) TotalPJ() float64 {
	return e.ActivatePJ + e.PrechargePJ + e.ReadPJ + e.WritePJ + e.RefreshPJ + e.BankRefreshPJ +
		e.ActiveStandbyPJ + e.BankActiveStandbyPJ + e.PrechargedStandbyPJ +
		e.FastActivePowerDownPJ + e.FastPrechargedPowerDownPJ + e.SlowActivePowerDownPJ + e.SlowPrechargedPowerDownPJ +
		e.SelfRefreshPJ + e.SelfRefreshStandbyPJ + e.PowerUpStandbyPJ
}

// Plus is the sum of two energies, component by component: of two rails, or of two ranks.
func (e Energy) Plus(o Energy) Energy {
	return Energy{
		ActivatePJ:                e.ActivatePJ + o.ActivatePJ,
		PrechargePJ:               e.PrechargePJ + o.PrechargePJ,
		ReadPJ:                    e.ReadPJ + o.ReadPJ,
		WritePJ:                   e.WritePJ + o.WritePJ,
		RefreshPJ:                 e.RefreshPJ + o.RefreshPJ,
		BankRefreshPJ:             e.BankRefreshPJ + o.BankRefreshPJ,
		ActiveStandbyPJ:           e.ActiveStandbyPJ + o.ActiveStandbyPJ,
		BankActiveStandbyPJ:       e.BankActiveStandbyPJ + o.BankActiveStandbyPJ,
		PrechargedStandbyPJ:       e.PrechargedStandbyPJ + o.PrechargedStandbyPJ,
		FastActivePowerDownPJ:     e.FastActivePowerDownPJ + o.FastActivePowerDownPJ,
		FastPrechargedPowerDownPJ: e.FastPrechargedPowerDownPJ + o.FastPrechargedPowerDownPJ,
		SlowActivePowerDownPJ:     e.SlowActivePowerDownPJ + o.SlowActivePowerDownPJ,
		SlowPrechargedPowerDownPJ: e.SlowPrechargedPowerDownPJ + o.SlowPrechargedPowerDownPJ,
		SelfRefreshPJ:             e.SelfRefreshPJ + o.SelfRefreshPJ,
		SelfRefreshStandbyPJ:      e.SelfRefreshStandbyPJ + o.SelfRefreshStandbyPJ,
		PowerUpStandbyPJ:          e.PowerUpStandbyPJ + o.PowerUpStandbyPJ,
	}
}

// AveragePowerMW is the power that spends the energy in the clocks of the device: pJ per ns is mW. It is 0 if there are no clocks.
func AveragePowerMW(d *device.Device, energyPJ float64, clocks int64) float64 {
	if clocks <= 0 {
		return 0
	}
	return energyPJ / (float64(clocks) * d.ClockNS())
}

// lpddr tells whether the device is of the LPDDR family.
func lpddr(d *device.Device) bool { return d.Standard == device.LPDDR4 || d.Standard == device.LPDDR5 }

// bankRefreshMAClocks is the charge in mA·clocks that one refresh of one bank draws on top of the precharged standby current. IDD5PB is an
// average over tREFI / banks, so by definition of an average it is (IDD5PB − IDD2N) tREFI / banks. Where the data sheet has no IDD5PB, a bank
// draws its share of the refresh of all banks.
func bankRefreshMAClocks(d *device.Device, r *device.Rail) float64 {
	if r.IDD5PBMA == 0 {
		return (r.IDD5MA - r.IDD2NMA) * float64(d.Timing.TRFC) / float64(d.Banks())
	}
	return (r.IDD5PBMA - r.IDD2NMA) * float64(d.Timing.TREFI) / float64(d.Banks())
}
