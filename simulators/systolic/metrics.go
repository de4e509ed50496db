package systolic

import (
	"context"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/simulators"
)

// metrics lists what evaluate returns, in its order.
func metrics() []simulators.Metric {
	return []simulators.Metric{
		{Name: "latency", Unit: "cycles", Doc: "whole network, layers one after another, each limited by the array or by DRAM"},
		{Name: "latency", Unit: "ns", Doc: "latency_cycles at the clock"},
		{Name: "energy", Unit: "pJ", Doc: "dynamic energy of one inference: the sum of the five parts below"},
		{Name: "energy_mac", Unit: "pJ", Doc: "multipliers and accumulating adders"},
		{Name: "energy_register", Unit: "pJ", Doc: "operand and accumulator registers of the array"},
		{Name: "energy_vector", Unit: "pJ", Doc: "vector unit"},
		{Name: "energy_sram", Unit: "pJ", Doc: "the three SRAMs"},
		{Name: "energy_dram", Unit: "pJ", Doc: "DRAM traffic"},
		{Name: "area", Unit: "mm2", Doc: "arrays, vector units and SRAMs of all cores; no wiring, control or pads"},
		{Name: "power", Unit: "mW", Doc: "energy over latency: mean dynamic power"},
		{Name: "utilization", Unit: "frac", Doc: "multiply-accumulates over latency_cycles · rows · cols · cores"},
		{Name: "edp", Unit: "J·s", Doc: "energy-delay product"},
		{Name: "dram", Unit: "bytes", Doc: "DRAM traffic of double-buffered SRAMs; a lower bound with traffic = bound"},
		{Name: "sram", Unit: "accesses", Doc: "accesses of the three SRAMs, from the array and from DRAM"},
	}
}

// evaluate is the model's pure function. The axes stay inside the ranges of the technology table, so a refusal is a mistake here.
func evaluate(_ context.Context, d design) simulators.Result {
	stats, err := d.scenario.stats(d.Config)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	m, err := systolic.EvaluateCores(d.Config, d.scenario.cores, stats, d.scenario.table)
	if err != nil {
		return simulators.Failed(err.Error())
	}
	energyPJ := m.Energy.TotalPJ()
	return simulators.OK(
		float64(m.LatencyCycles), m.LatencyNS,
		energyPJ, m.Energy.MACPJ, m.Energy.RegisterPJ, m.Energy.VectorPJ, m.Energy.SRAMPJ, m.Energy.DRAMPJ,
		m.Area.TotalMM2(), energyPJ/m.LatencyNS, m.UtilizationFrac, m.EDPJS,
		float64(m.DRAMBytes), float64(m.SRAMAccesses),
	)
}
