package dram

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/power"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/dram/trace"
)

// Traffic is what the controller serves.
type Traffic struct {
	Source         trace.Source
	MaxOutstanding int                 // requests of one direction without a response that the source allows; 0 = any number
	Log            func(device.Issued) // sees every command in order of its clock; nil = none
}

// Simulate serves the requests and says what it took. It is a pure function of its arguments, but for the source, which it drains, and the log,
// which it calls. An error is a configuration or a trace that makes no sense, or a controller that makes no progress (*memory.Stuck).
func Simulate(c Config, t Traffic) (Stats, error) {
	if err := c.Check(); err != nil {
		return Stats{}, err
	}
	if t.Source == nil {
		return Stats{}, fmt.Errorf("dram: the traffic has no source")
	}
	if t.MaxOutstanding < 0 {
		return Stats{}, fmt.Errorf("dram: MaxOutstanding = %d is below 0", t.MaxOutstanding)
	}
	geometry := c.Map.Geometry()
	job := memory.Job{
		Device: geometry.Device, Channels: geometry.Channels, Ranks: geometry.Ranks, Map: c.Map,
		Source: t.Source, MaxOutstanding: t.MaxOutstanding, Log: t.Log,
		PeakWindowClocks: int64(math.Ceil(c.PeakWindowNS / geometry.Device.ClockNS())), FastExit: c.FastExit,
	}
	var counted memory.Stats
	var err error
	var states *power.StateCycles // if the energy is DRAMsim3's
	switch c.Structure {
	case DRAMSys:
		counted, err = dramsys.Run(c.DRAMSys, job)
	case DRAMsim3:
		var r dramsim3.Result
		r, err = dramsim3.Simulate(c.DRAMsim3, job)
		if counted = r.Stats; c.DRAMsim3.Defects {
			states = r.StateCycles()
		}
	case Ramulator:
		counted, err = ramulator.Run(c.Ramulator, job)
	}
	if err != nil {
		return Stats{}, fmt.Errorf("%s controller: %w", c.Structure, err)
	}
	return c.stats(counted, states), nil
}
