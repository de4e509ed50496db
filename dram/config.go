package dram

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/ramulator"
)

// Structure is how the controller is built: what queues it has, and who chooses among the commands.
type Structure uint8

// The structures, each named after the simulator that it equals.
const (
	DRAMSys   Structure = iota // a bank machine for every bank, one buffer, a command multiplexer
	DRAMsim3                   // transaction queues, then command queues served round robin
	Ramulator                  // read, write and active lists with drain watermarks
)

// Structures lists the structures in order of their values.
func Structures() []Structure { return []Structure{DRAMSys, DRAMsim3, Ramulator} }

// String is the structure's name in settings and designs.
func (s Structure) String() string {
	if names := [...]string{"dramsys", "dramsim3", "ramulator"}; int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("Structure(%d)", s)
}

// PowerModel is how commands and states become energy.
type PowerModel uint8

// The power models.
const (
	DRAMPower4 PowerModel = iota // per rank
	DRAMPower5                   // per bank
)

// PowerModels lists the power models in order of their values.
func PowerModels() []PowerModel { return []PowerModel{DRAMPower4, DRAMPower5} }

// String is the model's name in settings and designs.
func (m PowerModel) String() string {
	if names := [...]string{"drampower4", "drampower5"}; int(m) < len(names) {
		return names[m]
	}
	return fmt.Sprintf("PowerModel(%d)", m)
}

// Config is a memory and the controller before it.
type Config struct {
	Map          *address.Map // also says which device, and how many channels and ranks of it
	Structure    Structure
	DRAMSys      dramsys.Config // read if the structure is DRAMSys; so the two below
	DRAMsim3     dramsim3.Config
	Ramulator    ramulator.Config
	PowerModel   PowerModel
	FastExit     bool    // power-down keeps the DLL on: faster exit, higher current
	PeakWindowNS float64 // span over which the peak power is averaged, above 0; 0 = the peak is not measured
}

// maxPeakWindowNS keeps clock arithmetic far from overflow.
const maxPeakWindowNS = 1e15

// Check reports every value that makes no sense, with its range.
func (c Config) Check() error {
	if c.Map == nil {
		return errors.New("dram: the configuration has no address map")
	}
	var errs []error
	switch c.Structure {
	case DRAMSys:
		errs = append(errs, c.DRAMSys.Check())
	case DRAMsim3:
		errs = append(errs, c.DRAMsim3.Check())
	case Ramulator:
		errs = append(errs, c.Ramulator.Check())
	default:
		errs = append(errs, fmt.Errorf("dram: %s is not one of the %d structures", c.Structure, len(Structures())))
	}
	if int(c.PowerModel) >= len(PowerModels()) {
		errs = append(errs, fmt.Errorf("dram: %s is not one of the %d power models", c.PowerModel, len(PowerModels())))
	}
	if !(c.PeakWindowNS >= 0 && c.PeakWindowNS <= maxPeakWindowNS) {
		errs = append(errs, fmt.Errorf("dram: PeakWindowNS = %g ns is not in [0, %g]", c.PeakWindowNS, float64(maxPeakWindowNS)))
	}
	if err := c.Map.Geometry().Device.Check(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Default is every structure at the base configuration of its reference, and the power model of DRAMPower 4. The map is still to be set.
func Default() Config {
	return Config{DRAMSys: dramsys.Default(), DRAMsim3: dramsim3.Default(), Ramulator: ramulator.Default()}
}
