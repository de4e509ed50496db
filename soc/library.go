package soc

import (
	"errors"
	"fmt"
	"slices"
)

// Library is the hardware that designs are made of. PublishedLibrary has the figures of the reference, DefaultLibrary adds what it leaves out;
// change a copy.
type Library struct {
	Processor            Processor
	BaseClockMHz         float64 // of accelerators, memories and buses: a block's clock is ClockFactor times it
	ClockFactors         []int   // ascending
	WidthsBytes          []int   // of memories and buses, ascending
	EnergyFactor         float64 // technology scaling of energy and leakage of all blocks but processors
	LogicAreaFactor      float64 // technology scaling of the area of accelerators and buses
	MemoryAreaFactor     float64
	LogicLeakageMWPerMM2 float64 // of accelerators that run, on their area before scaling
	Memory               MemoryModel
	Bus                  BusModel
	BurstBytes           int64   // the unit in which tasks share the bandwidth of a bus or memory
	PowerWindowS         float64 // the power is that of the worst window of this length
	Levels               []Level // voltage and frequency; Levels[0] is nominal, with the clock factor 1
}

// Processor is the general processor. Its figures are not scaled.
type Processor struct {
	Name        string
	ClockMHz    float64
	OpsPerCycle int64
	OpsPerJoule int64
	AreaMM2     float64
	LeakageMW   float64 // while it runs
}

// BusModel has the figures of buses, before technology scaling. A byte pays on every bus that it crosses.
type BusModel struct {
	EnergyPJPerByte float64
	AreaUM2         float64 // for each byte of width
	LeakageMW       float64 // for each byte of width, all the time
}

// Level is a step of dynamic voltage and frequency scaling.
type Level struct {
	SupplyV     float64
	ClockFactor float64 // frequency relative to nominal
}

// maxUnrolls is how many powers of two the reference lists.
const maxUnrolls = 16

// Unrolls lists how far the accelerator of a task can be unrolled: powers of two up to the loop count, 16 of them at most when there are more than 17, and the
// loop count itself. A task without accelerator has none.
func (l Library) Unrolls(t Task) []int64 {
	if t.Accelerator.Cycles == 0 {
		return nil
	}
	t = t.normal()
	var list []int64
	for u := int64(1); u <= t.LoopIterations; u *= 2 {
		list = append(list, u)
	}
	if len(list) > maxUnrolls+1 {
		list = list[:maxUnrolls]
	}
	if list[len(list)-1] != t.LoopIterations {
		list = append(list, t.LoopIterations)
	}
	return list
}

// Blocks lists every block that a graph can use, without IDs: the processor, the accelerators in task order, SRAMs, DRAMs and buses; at the nominal level.
func (l Library) Blocks(g *Graph) []Block {
	list := []Block{{Kind: GPP}}
	for t, task := range g.Tasks {
		for _, u := range l.Unrolls(task) {
			for _, f := range l.ClockFactors {
				list = append(list, Block{Kind: IP, Task: t, Unroll: u, ClockFactor: f})
			}
		}
	}
	for _, kind := range []Kind{SRAM, DRAM, Bus} {
		for _, width := range l.WidthsBytes {
			for _, f := range l.ClockFactors {
				list = append(list, Block{Kind: kind, WidthBytes: width, ClockFactor: f})
			}
		}
	}
	return list
}

// Check reports every figure that no simulation can use.
func (l Library) Check() error {
	errs := []error{l.Memory.check()}
	figure := func(what string, value float64, zero bool) {
		if !usable(value, zero) {
			errs = append(errs, fmt.Errorf("soc: library: %s %g: want 1e-18 to 1e18", what, value))
		}
	}
	figure("processor clock [MHz]", l.Processor.ClockMHz, false)
	figure("processor operations per cycle", float64(l.Processor.OpsPerCycle), false)
	figure("processor operations per joule", float64(l.Processor.OpsPerJoule), false)
	figure("processor area [mm2]", l.Processor.AreaMM2, true)
	figure("processor leakage [mW]", l.Processor.LeakageMW, true)
	figure("base clock [MHz]", l.BaseClockMHz, false)
	figure("energy factor", l.EnergyFactor, true)
	figure("logic area factor", l.LogicAreaFactor, true)
	figure("memory area factor", l.MemoryAreaFactor, true)
	figure("logic leakage [mW/mm2]", l.LogicLeakageMWPerMM2, true)
	figure("bus energy [pJ/byte]", l.Bus.EnergyPJPerByte, true)
	figure("bus area [um2]", l.Bus.AreaUM2, true)
	figure("bus leakage [mW]", l.Bus.LeakageMW, true)
	figure("burst [bytes]", float64(l.BurstBytes), false)
	figure("power window [s]", l.PowerWindowS, false)
	for _, list := range []struct {
		what   string
		levels []int
	}{{"clock factors", l.ClockFactors}, {"widths", l.WidthsBytes}} {
		if len(list.levels) == 0 || list.levels[0] < 1 || !slices.IsSorted(list.levels) {
			errs = append(errs, fmt.Errorf("soc: library: %s %v: want ascending positive numbers", list.what, list.levels))
		}
	}
	for i, level := range l.Levels {
		figure(fmt.Sprintf("level %d: supply [V]", i), level.SupplyV, false)
		figure(fmt.Sprintf("level %d: clock factor", i), level.ClockFactor, false)
	}
	if len(l.Levels) == 0 || l.Levels[0].ClockFactor != 1 {
		errs = append(errs, errors.New("soc: library: levels: want the first with the clock factor 1"))
	}
	return errors.Join(errs...)
}
