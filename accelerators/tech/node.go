package tech

import (
	"fmt"
	"slices"
)

// The range of supply voltages of EnergyFactor, in volts. In it every fitted polynomial rises with the voltage (tested); the
// smallest and the largest nominal supply of the ten nodes lie inside.
const (
	MinSupplyV = 0.6
	MaxSupplyV = 1.3
)

type node struct {
	nm         int
	areaFactor float64 // area relative to 45 nm
	a, b, c    float64 // energy factor a·V² + b·V + c
}

// nodes returns the rows of Stillmaker and Baas 2017: the area factors from 45 nm and the coefficients of the energy factor.
func nodes() [10]node {
	return [...]node{
		// nm, area, a, b, c
		{130, 6.4, 7.171, -6.709, 2.904},
		{90, 2.8, 4.762, -4.781, 2.092},
		{65, 1.5, 3.755, -4.398, 1.975},
		{45, 1, 1.103, -0.362, 0.2767},
		{32, 0.46, 0.9559, -0.7823, 0.471},
		{20, 0.21, 0.373, -0.1582, 0.04104},
		{16, 0.19, 0.2958, -0.1241, 0.03024},
		{14, 0.17, 0.2363, -0.09675, 0.02239},
		{10, 0.10, 0.2068, -0.09311, 0.02375},
		{7, 0.059, 0.1776, -0.09097, 0.02447},
	}
}

// EnergyFactor returns the switching energy of a circuit at a node and supply voltage, in a unit common to all nodes: only ratios mean something.
func EnergyFactor(nodeNM int, supplyV float64) (float64, error) {
	n, err := find(nodeNM)
	if err != nil {
		return 0, err
	}
	if !(supplyV >= MinSupplyV && supplyV <= MaxSupplyV) {
		return 0, fmt.Errorf("tech: supply %g V out of range [%g, %g] V", supplyV, MinSupplyV, MaxSupplyV)
	}
	return n.a*supplyV*supplyV + n.b*supplyV + n.c, nil
}

// ScaleTo returns the table at another node and supply voltage. The name gains the target; DRAM keeps its energy.
func (t Table) ScaleTo(nodeNM int, supplyV float64) (Table, error) {
	energy, area, err := ratios(t, nodeNM, supplyV)
	if err != nil {
		return Table{}, err
	}
	t.Name = fmt.Sprintf("%s scaled to %d nm, %g V", t.Name, nodeNM, supplyV)
	t.NodeNM, t.SupplyV = nodeNM, supplyV
	t.Adders = scale(t.Adders, energy, area)
	t.Multipliers = scale(t.Multipliers, energy, area)
	t.RegisterEnergyPJPerBit *= energy
	t.RegisterAreaUM2PerBit *= area
	t.SRAM.ReferenceEnergyPJPerBit *= energy
	t.SRAM.AreaMM2PerKiB *= area
	return t, nil
}

func ratios(t Table, nodeNM int, supplyV float64) (energy, area float64, err error) {
	oldEnergy, err := EnergyFactor(t.NodeNM, t.SupplyV)
	if err != nil {
		return 0, 0, fmt.Errorf("table %q: %w", t.Name, err)
	}
	newEnergy, err := EnergyFactor(nodeNM, supplyV)
	if err != nil {
		return 0, 0, err
	}
	from, _ := find(t.NodeNM) // both known: EnergyFactor has looked them up
	to, _ := find(nodeNM)
	return newEnergy / oldEnergy, to.areaFactor / from.areaFactor, nil
}

func scale(rows []Component, energy, area float64) []Component {
	scaled := slices.Clone(rows)
	for i := range scaled {
		scaled[i].EnergyPJ *= energy
		scaled[i].AreaUM2 *= area
	}
	return scaled
}

func find(nodeNM int) (node, error) {
	for _, n := range nodes() {
		if n.nm == nodeNM {
			return n, nil
		}
	}
	var known []int
	for _, n := range nodes() {
		known = append(known, n.nm)
	}
	return node{}, fmt.Errorf("tech: node %d nm has no scaling factor: known are %v nm", nodeNM, known)
}
