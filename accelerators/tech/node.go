package tech

import (
	"fmt"
	"math"
	"slices"
)

// The supply voltages of EnergyFactor, in volts. Each node has its own range in them: see node.
const (
	MinSupplyV = 0.6
	MaxSupplyV = 1.8
)

// The technology nodes of EnergyFactor, in nanometres.
const (
	MinNodeNM = 7
	MaxNodeNM = 180
)

// anySupplyV is in the range of every node.
const anySupplyV = 1

// node is a row of the scaling tables. In its range of supplies the fitted polynomial rises with the voltage and the nodes keep their order (both
// tested); the nominal supply of the node lies inside.
type node struct {
	nm          int
	areaFactor  float64 // area relative to 45 nm
	a, b, c     float64 // energy factor a·V² + b·V + c
	lowV, highV float64
}

// nodes returns the rows of Stillmaker and Baas 2017: the area factors from 45 nm and the coefficients of the energy factor (from 20 nm on those of
// high-performance, at 45 and 32 nm of low-power transistors).
func nodes() [11]node {
	return [...]node{
		// nm, area, a, b, c, supplies
		{180, 19, 0, 24.64, -17.98, 0.9, 1.8},
		{130, 6.4, 7.171, -6.709, 2.904, 0.6, 1.3},
		{90, 2.8, 4.762, -4.781, 2.092, 0.6, 1.3},
		{65, 1.5, 3.755, -4.398, 1.975, 0.6, 1.3},
		{45, 1, 1.103, -0.362, 0.2767, 0.6, 1.3},
		{32, 0.46, 0.9559, -0.7823, 0.471, 0.6, 1.3},
		{20, 0.21, 0.373, -0.1582, 0.04104, 0.6, 1.3},
		{16, 0.19, 0.2958, -0.1241, 0.03024, 0.6, 1.3},
		{14, 0.17, 0.2363, -0.09675, 0.02239, 0.6, 1.3},
		{10, 0.10, 0.2068, -0.09311, 0.02375, 0.6, 1.3},
		{7, 0.059, 0.1776, -0.09097, 0.02447, 0.6, 1.3},
	}
}

// factors are what scaling multiplies with, and why they are uncertain.
type factors struct {
	energy, area float64
	why          string
}

// EnergyFactor returns the switching energy of a circuit at a node and supply voltage, in a unit common to all nodes: only ratios mean something. A node
// between two rows of the tables is on the power law through them.
func EnergyFactor(nodeNM int, supplyV float64) (float64, error) {
	f, err := factorsOf(nodeNM, supplyV)
	return f.energy, err
}

// AreaFactor returns the area of a circuit at a node relative to 45 nm. A node between two rows of the tables is on the power law through them.
func AreaFactor(nodeNM int) (float64, error) {
	f, err := factorsOf(nodeNM, anySupplyV)
	return f.area, err
}

// factorsOf returns the factors of a node.
func factorsOf(nodeNM int, supplyV float64) (factors, error) {
	rows := nodes()
	if nodeNM < MinNodeNM || nodeNM > MaxNodeNM {
		return factors{}, fmt.Errorf("tech: node %d nm out of range [%d, %d] nm", nodeNM, MinNodeNM, MaxNodeNM)
	}
	at := 0
	for rows[at].nm > nodeNM {
		at++
	}
	low := rows[at]
	if low.nm == nodeNM {
		energy, err := low.energy(supplyV)
		return factors{energy: energy, area: low.areaFactor}, err
	}
	high := rows[at-1]
	lowEnergy, err := low.energy(supplyV)
	if err != nil {
		return factors{}, err
	}
	highEnergy, err := high.energy(supplyV)
	if err != nil {
		return factors{}, err
	}
	x := math.Log(float64(nodeNM)/float64(low.nm)) / math.Log(float64(high.nm)/float64(low.nm))
	return factors{
		energy: lowEnergy * math.Pow(highEnergy/lowEnergy, x),
		area:   low.areaFactor * math.Pow(high.areaFactor/low.areaFactor, x),
		why:    fmt.Sprintf("%d nm is on the power law between %d and %d nm", nodeNM, low.nm, high.nm),
	}, nil
}

// energy is the energy factor of a row.
func (n node) energy(supplyV float64) (float64, error) {
	if !(supplyV >= n.lowV && supplyV <= n.highV) {
		return 0, fmt.Errorf("tech: supply %g V out of range [%g, %g] V of %d nm", supplyV, n.lowV, n.highV, n.nm)
	}
	return n.a*supplyV*supplyV + n.b*supplyV + n.c, nil
}

// ScaleTo returns the table at another node and supply voltage. The name gains the target; DRAM keeps its energy. What is scaled is uncertain.
func (t Table) ScaleTo(nodeNM int, supplyV float64) (Table, error) {
	from, err := factorsOf(t.NodeNM, t.SupplyV)
	if err != nil {
		return Table{}, fmt.Errorf("table %q: %w", t.Name, err)
	}
	to, err := factorsOf(nodeNM, supplyV)
	if err != nil {
		return Table{}, err
	}
	energy, area := to.energy/from.energy, to.area/from.area
	why := fmt.Sprintf("scaled from %d nm, %g V after Stillmaker and Baas 2017", t.NodeNM, t.SupplyV)
	for _, more := range []string{from.why, to.why} {
		if more != "" {
			why += "; " + more
		}
	}
	t.Name = fmt.Sprintf("%s scaled to %d nm, %g V", t.Name, nodeNM, supplyV)
	t.NodeNM, t.SupplyV = nodeNM, supplyV
	t.Adders = scale(t.Adders, energy, area, why)
	t.Multipliers = scale(t.Multipliers, energy, area, why)
	t.RegisterEnergyPJPerBit *= energy
	t.RegisterAreaUM2PerBit *= area
	t.RegisterEnergyOrigin, t.RegisterAreaOrigin = t.RegisterEnergyOrigin.doubt(why), t.RegisterAreaOrigin.doubt(why)
	t.HopEnergyPJPerBit *= energy
	t.HopOrigin = t.HopOrigin.doubt(why)
	t.SRAM.ReferenceEnergyPJPerBit *= energy
	t.SRAM.AreaMM2PerKiB *= area
	t.SRAM.EnergyOrigin, t.SRAM.AreaOrigin = t.SRAM.EnergyOrigin.doubt(why), t.SRAM.AreaOrigin.doubt(why)
	t.SRAM.Rows = slices.Clone(t.SRAM.Rows)
	for i := range t.SRAM.Rows {
		row := &t.SRAM.Rows[i]
		row.EnergyPJPerBit, row.AreaMM2 = row.EnergyPJPerBit*energy, row.AreaMM2*area
		row.EnergyOrigin, row.AreaOrigin = row.EnergyOrigin.doubt(why), row.AreaOrigin.doubt(why)
	}
	return t, nil
}

func scale(rows []Component, energy, area float64, why string) []Component {
	scaled := slices.Clone(rows)
	for i := range scaled {
		scaled[i].EnergyPJ *= energy
		scaled[i].AreaUM2 *= area
		scaled[i].EnergyOrigin, scaled[i].AreaOrigin = scaled[i].EnergyOrigin.doubt(why), scaled[i].AreaOrigin.doubt(why)
	}
	return scaled
}
