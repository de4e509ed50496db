package dataflow

import "fmt"

// Energy of an access in units of one multiply-accumulate, and that unit. Source: MAESTRO's cost database (commit 4eb08d1), 28 nm.
const (
	L1EnergyMACs = 1.68
	L2EnergyMACs = 18.61
	MACEnergyPJ  = 0.23
)

// EnergyMACs is the energy in units of one multiply-accumulate: buffers and arithmetic, without DRAM and network.
func (s Stats) EnergyMACs() float64 {
	return L2EnergyMACs*float64(s.L2Accesses()) + L1EnergyMACs*float64(s.L1Accesses()) + float64(s.MACs)
}

// EnergyPJ is the energy in picojoule.
func (s Stats) EnergyPJ() float64 { return s.EnergyMACs() * MACEnergyPJ }

// AreaTable is the cost of the parts of an accelerator in silicon. Buffers come in whole units.
type AreaTable struct {
	Name          string
	PEUM2         float64 // one multiply-accumulate unit
	L1UnitBytes   int64
	L1UnitUM2     float64
	L2UnitBytes   int64
	L2UnitUM2     float64
	BusUM2        float64 // per element a cycle and unit of a linear law in the PEs
	ArbiterUM2    float64 // per unit of a quadratic law in the PEs
	PEPowerMW     float64 // powers are 0 where the table has none
	L1UnitPowerMW float64
	L2UnitPowerMW float64
	BusMW         float64
	ArbiterMW     float64
}

// Area28 is MAESTRO's table of today: linear and quadratic fits to a 28 nm library. Source: MAESTRO's hardware modules and cost database
// (commit 4eb08d1).
func Area28() AreaTable {
	return AreaTable{
		Name:  "maestro-28nm",
		PEUM2: 283, L1UnitBytes: 1, L1UnitUM2: 0.104, L2UnitBytes: 1, L2UnitUM2: 0.104, BusUM2: 101.7938, ArbiterUM2: 395.473,
		PEPowerMW: 1.2223, L1UnitPowerMW: 0.00345, L2UnitPowerMW: 0.00345, BusMW: 0.0008, ArbiterMW: 0.00034,
	}
}

// AreaOld is the table of MAESTRO's older releases, with which the areas that NASAIC published come out. It has no powers. Source: the copy in
// GAMMA's repository, github.com/maestro-project/gamma; bus and arbiter as today.
func AreaOld() AreaTable {
	return AreaTable{
		Name:  "maestro-old",
		PEUM2: 4470, L1UnitBytes: 64, L1UnitUM2: 4505.19, L2UnitBytes: 32 << 10, L2UnitUM2: 4161.54, BusUM2: 101.7938, ArbiterUM2: 395.473,
	}
}

// AreaGamma is the table with which GAMMA and DiGamma compare areas: PEs and buffers, neither bus nor arbiter. It has no powers. Source: constants of an 8-bit
// multiply-accumulate unit and of a bit of buffer in the same repository.
func AreaGamma() AreaTable {
	const bitUM2 = 0.086
	return AreaTable{Name: "gamma", PEUM2: 282, L1UnitBytes: 1, L1UnitUM2: 8 * bitUM2, L2UnitBytes: 1, L2UnitUM2: 8 * bitUM2}
}

// AreaTables lists the tables.
func AreaTables() []AreaTable { return []AreaTable{Area28(), AreaOld(), AreaGamma()} }

// LookupArea returns the table of a name; the error of an unknown name lists the known ones.
func LookupArea(name string) (AreaTable, error) {
	for _, t := range AreaTables() {
		if t.Name == name {
			return t, nil
		}
	}
	return AreaTable{}, fmt.Errorf("dataflow: unknown area table %q: known are %s, %s, %s", name, Area28().Name, AreaOld().Name, AreaGamma().Name)
}

// Area is an area by parts.
type Area struct{ PEsUM2, L1UM2, L2UM2, BusUM2, ArbiterUM2 float64 }

// TotalUM2 is the sum of the parts.
func (a Area) TotalUM2() float64 { return a.PEsUM2 + a.L1UM2 + a.L2UM2 + a.BusUM2 + a.ArbiterUM2 }

// Power is a power by parts.
type Power struct{ PEsMW, L1MW, L2MW, BusMW, ArbiterMW float64 }

// TotalMW is the sum of the parts.
func (p Power) TotalMW() float64 { return p.PEsMW + p.L1MW + p.L2MW + p.BusMW + p.ArbiterMW }

// minArbiterMW is the floor of the arbiter's power. Source: MAESTRO's hardware modules.
const minArbiterMW = 0.34

// busSize is the linear law of a bus to P processing elements, in the unit of BusUM2. Source: MAESTRO's hardware modules.
func busSize(pes float64) float64 { return 14.662*pes + 28.895 }

// arbiterSize is the quadratic law of a matrix arbiter of P requests, in the unit of ArbiterUM2. Source: MAESTRO's hardware modules.
func arbiterSize(pes float64) float64 { return 1.2886*pes*pes + 5.5814*pes - 23.711 }

// Area is the area of hardware with the given buffers: bytes in each PE, and shared.
func (t AreaTable) Area(h Hardware, l1Bytes, l2Bytes int64) Area {
	pes, lanes := float64(h.PEs), float64(max(h.SIMDLanes, 1))
	return Area{
		PEsUM2:     pes * lanes * t.PEUM2,
		L1UM2:      pes * t.L1UnitUM2 * units(l1Bytes, t.L1UnitBytes),
		L2UM2:      t.L2UnitUM2 * units(l2Bytes, t.L2UnitBytes),
		BusUM2:     t.BusUM2 * busSize(pes) * float64(h.NoCBandwidth),
		ArbiterUM2: t.ArbiterUM2 * max(arbiterSize(pes), 1),
	}
}

// Power is the power of hardware with the given buffers at full activity; a table without powers gives zeros.
func (t AreaTable) Power(h Hardware, l1Bytes, l2Bytes int64) Power {
	if t.PEPowerMW == 0 {
		return Power{}
	}
	pes, lanes := float64(h.PEs), float64(max(h.SIMDLanes, 1))
	return Power{
		PEsMW:     pes * lanes * t.PEPowerMW,
		L1MW:      pes * t.L1UnitPowerMW * units(l1Bytes, t.L1UnitBytes),
		L2MW:      t.L2UnitPowerMW * units(l2Bytes, t.L2UnitBytes),
		BusMW:     t.BusMW * busSize(pes) * float64(h.NoCBandwidth),
		ArbiterMW: max(t.ArbiterMW*arbiterSize(pes), minArbiterMW),
	}
}

// units is the number of whole units that hold so many bytes.
func units(bytes, unit int64) float64 {
	return float64(bytes/unit) + float64(min(bytes%unit, 1))
}
