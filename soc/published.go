package soc

import "math"

// PublishedLibrary is the hardware library of the reference, with its table of memories: no leakage, and buses without energy and area.
func PublishedLibrary() Library {
	return Library{
		Processor:    Processor{Name: "A53", ClockMHz: 1000, OpsPerCycle: 2, OpsPerJoule: 47019607843, AreaMM2: 0.65},
		BaseClockMHz: 100,
		ClockFactors: []int{1, 4, 6, 8},
		WidthsBytes:  []int{4, 8, 16, 32, 64, 128},
		EnergyFactor: 0.064, LogicAreaFactor: 0.0374, MemoryAreaFactor: 0.07,
		Memory:     TableMemory(),
		BurstBytes: 1024, PowerWindowS: 0.01,
		Levels: []Level{{SupplyV: nominalV, ClockFactor: 1}},
	}
}

// Figures of the default library that the reference leaves out; the package documentation says where they come from.
const (
	nominalV   = 0.9  // supply of the 40 nm tables
	thresholdV = 0.35 // of the alpha-power law
	alpha      = 1.3  // velocity saturation, Sakurai and Newton 1990

	registerLeakageMW = 7.395312e-5 // one bit at 40 nm and 1 ns: Aladdin's component tables
	registerAreaUM2   = 5.981433    // likewise
	registerEnergyPJ  = 8.999495e-3 // likewise, a clock with switching data
	um2PerMM2         = 1e6

	// busBitsPerByte are the registers of a bus for a byte of width: eight bits in each direction, read and write.
	busBitsPerByte = 16
	// processorLeakageFrac is the leakage of the processor over its dynamic power. Source: none, an assumption in the usual range of 28 nm mobile cores.
	processorLeakageFrac = 0.1
)

// DefaultLibrary is the published hardware library with leakage, energy and area of buses, and levels of voltage and frequency.
func DefaultLibrary() Library {
	l := PublishedLibrary()
	opsPerS := l.Processor.ClockMHz * 1e6 * float64(l.Processor.OpsPerCycle)
	l.Processor.LeakageMW = processorLeakageFrac * opsPerS / float64(l.Processor.OpsPerJoule) * 1000
	l.LogicLeakageMWPerMM2 = registerLeakageMW / registerAreaUM2 * um2PerMM2
	l.Memory.SRAM = leakingMemory().SRAM // that of DRAM is of a whole chip's periphery
	l.Bus = BusModel{
		EnergyPJPerByte: 8 * registerEnergyPJ, // a byte crosses one register
		AreaUM2:         busBitsPerByte * registerAreaUM2,
		LeakageMW:       busBitsPerByte * registerLeakageMW,
	}
	l.Levels = nil
	for _, v := range []float64{nominalV, 0.8, 0.7, 0.6} {
		l.Levels = append(l.Levels, Level{SupplyV: v, ClockFactor: alphaPower(v) / alphaPower(nominalV)})
	}
	return l
}

// alphaPower is the speed of a gate, in no unit, by the alpha-power law.
func alphaPower(v float64) float64 { return math.Pow(v-thresholdV, alpha) / v }
