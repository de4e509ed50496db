package systolic

import "fmt"

// Sparse tells whether the layer of the problem has N:M sparse weights.
func (p Problem) Sparse() bool { return p.Sparsity != Sparsity{} }

// Stored is the product that the array runs: that of the kept depths of a sparse filter, else the problem.
func (p Problem) Stored() Problem {
	if p.Sparse() {
		p.K = kept{int64(p.Sparsity.Keep), int64(p.Sparsity.Of)}.depths(p.K)
	}
	return p
}

// SimulateSparse runs one copy of a problem with the sparsity of its layer, layer-wise, in the profile ScaleSim: cycles, registers and SRAM reads are those
// of the kept depths, MACs the multiply-accumulates that are done. The DRAM traffic is what CalcSparse counts: kept weights without their
// metadata. A problem without sparsity runs as in Simulate, with the traffic of WindowTraffic.
func SimulateSparse(c Config, p Problem, s *Scratch) (Stats, error) {
	if !p.Sparse() {
		return Simulate(c, p, WindowTraffic(c, p, IfmapWindows(c, p, s), s)), nil
	}
	if p.Profile != ScaleSim {
		return Stats{}, fmt.Errorf("systolic: sparse weights are modelled in the profile %s, not %s", ScaleSim, p.Profile)
	}
	r, err := CalcSparse(c, p, p.Sparsity, s)
	if err != nil {
		return Stats{}, err
	}
	t := Traffic{IfmapElements: r.Ifmap.Elements, FilterElements: r.Filter.Elements, OfmapElements: r.Ofmap.Elements}
	return Simulate(c, p.Stored(), t.times(p.Count)), nil
}
