package systolic

import "github.com/codesign-gym/codesign/accelerators/tech"

// Metrics is what a design is judged by.
type Metrics struct {
	LatencyCycles   int64
	LatencyNS       float64
	Energy          Energy
	Area            Area
	UtilizationFrac float64 // multiply-accumulates over LatencyCycles · processing elements
	DRAMBytes       int64
	SRAMAccesses    int64   // of the three SRAMs, from the array, the vector unit and DRAM, elements
	EDPJS           float64 // energy-delay product, joule · second
}

// Evaluate costs what a network did on one accelerator with a technology table.
func Evaluate(c Config, s Stats, table tech.Table) (Metrics, error) {
	return EvaluateCores(c, 1, s, table)
}

// EvaluateCores is Evaluate of several equal cores, each the configuration with SRAMs of its own.
func EvaluateCores(c Config, cores int, s Stats, table tech.Table) (Metrics, error) {
	if err := inRange("cores", cores, 1, MaxCores, "arrays"); err != nil {
		return Metrics{}, err
	}
	costs, err := NewCosts(c, table)
	if err != nil {
		return Metrics{}, err
	}
	latencyNS, energy := c.Nanoseconds(s.LatencyCycles), costs.Energy(s)
	return Metrics{
		LatencyCycles:   s.LatencyCycles,
		LatencyNS:       latencyNS,
		Energy:          energy,
		Area:            costs.Area.times(float64(cores)),
		UtilizationFrac: ratio(float64(s.MACs), float64(s.LatencyCycles)*float64(c.Rows)*float64(c.Cols)*float64(cores)),
		DRAMBytes:       s.DRAMBytes,
		SRAMAccesses:    s.IfmapReads + s.FilterReads + s.OfmapReads + s.OfmapWrites + s.Traffic.Elements(),
		EDPJS:           (energy.TotalPJ() * 1e-12) * (latencyNS * 1e-9),
	}, nil
}
