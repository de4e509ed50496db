package soc

// Library is the hardware that designs are made of. PublishedLibrary has the figures of the reference, DefaultLibrary adds what it leaves out;
// change a copy.
type Library struct {
	Processor            Processor
	BaseClockMHz         float64 // of accelerators, memories and buses: a block's clock is ClockFactor times it
	ClockFactors         []int   // ascending
	WidthsBytes          []int   // of memories and buses, ascending
	EnergyFactor         float64 // technology scaling of the energy of all blocks but processors, their leakage too
	LogicAreaFactor      float64 // technology scaling of the area of accelerators and buses
	MemoryAreaFactor     float64
	Memory               MemoryModel
	Bus                  BusModel
	LogicLeakageMWPerMM2 float64 // of accelerators, on the scaled area
	BurstBytes           int64   // the unit in which tasks share the bandwidth of a bus or memory
	PowerWindowS         float64 // the power is that of the worst window of this length
	Levels               []Level // voltage and frequency; Levels[0] is nominal, with the clock factor 1
}

// Processor is the general processor.
type Processor struct {
	Name        string
	ClockMHz    float64
	OpsPerCycle int64
	OpsPerJoule int64
	AreaMM2     float64
	LeakageMW   float64
}

// BusModel has the figures of buses, before technology scaling. A byte pays on every bus that it crosses.
type BusModel struct {
	EnergyPJPerByte float64
	AreaMM2         float64 // a byte of width
}

// MemoryModel has the figures of memories, before technology scaling. The capacity of a memory is the most bytes that it holds at a time, at least FloorBytes,
// rounded up to a multiple of QuantumBytes.
type MemoryModel struct {
	QuantumBytes, FloorBytes int64
	SRAM, DRAM               Memory
}

// Memory has the figures of one kind of memory: rows by ascending capacity, or without rows the constants.
type Memory struct {
	Rows            []MemoryRow
	EnergyPJPerByte float64
	AreaMM2PerKiB   float64
}

// MemoryRow has the figures of a memory of one capacity.
type MemoryRow struct {
	CapacityBytes                 int64
	ReadPJPerByte, WritePJPerByte float64
	AreaMM2                       float64
	LeakageMW                     float64
}

// Level is a step of dynamic voltage and frequency scaling.
type Level struct {
	SupplyV     float64
	ClockFactor float64 // frequency relative to nominal
}

// DefaultLibrary is the published hardware library, with leakage, energy and area of buses, and voltage levels.
func DefaultLibrary() Library { return PublishedLibrary() }

// PublishedLibrary is the hardware library of the reference, with its table of memories: see the package documentation for the origin of each figure.
func PublishedLibrary() Library { return Library{} }

// FlatMemory is the other memory model of the reference, constants a byte, and its buses: absurd figures that serve exact comparison.
func FlatMemory() (MemoryModel, BusModel) { return MemoryModel{}, BusModel{} }

// Unrolls lists how far an accelerator of a task can be unrolled: powers of two up to the loop count, and the loop count itself.
func (l Library) Unrolls(t Task) []int64 { return nil }

// Blocks lists every block that a graph can use, without IDs: the processor, the accelerators in task order, memories, buses; at the nominal level.
func (l Library) Blocks(g *Graph) []Block { return nil }

// Name is the block's name in the published library: "A53_pe", "descale_fxp_cloned_IP0_8_4_pe", "GMEM_5_8_mem".
func (l Library) Name(g *Graph, b Block) string { return "" }

// Named is the block of a name of the published library, without ID.
func (l Library) Named(g *Graph, name string) (Block, error) { return Block{}, nil }
