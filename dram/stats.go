package dram

import (
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/power"
)

// Stats are the results of a run: what the controller counted, in clocks, and what follows from it in time and energy. The energy is that of
// all ranks of all channels, all chips included.
type Stats struct {
	memory.Stats
	ClockNS       float64 // of a command clock
	TimeNS        float64 // TotalCycles · ClockNS
	BandwidthGBps float64 // bytes of all requests over the time
	Energy        power.Energy
	EnergyPJ      float64 // the sum of the components
	PowerMW       float64 // EnergyPJ / TimeNS
	PeakPowerMW   float64 // sum over the ranks of the largest mean power of a window; DRAMPower 4's; 0 if it was not measured
}

// stats derives time, bandwidth and energy. With states the energy is DRAMsim3's.
func (c Config) stats(counted memory.Stats, states *power.StateCycles) Stats {
	d := c.Map.Geometry().Device
	s := Stats{Stats: counted, ClockNS: d.ClockNS()}
	s.TimeNS = float64(s.TotalCycles) * s.ClockNS
	for _, rank := range s.Ranks {
		s.Energy = s.Energy.Plus(c.PowerModel.energy(d, rank))
		s.PeakPowerMW += rank.PeakPowerMW
	}
	if states != nil {
		s.Energy = power.DRAMsim3(d, *states)
	}
	s.EnergyPJ = s.Energy.TotalPJ()
	if s.TimeNS > 0 {
		s.PowerMW = s.EnergyPJ / s.TimeNS
		s.BandwidthGBps = float64(s.Requests) * float64(d.BurstBytes()) / s.TimeNS
	}
	return s
}

// energy is the energy of a rank.
func (m PowerModel) energy(d *device.Device, counts power.Counts) power.Energy {
	if m == DRAMPower5 {
		return power.DRAMPower5(d, counts)
	}
	return power.DRAMPower4(d, counts)
}
