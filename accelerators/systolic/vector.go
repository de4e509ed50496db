package systolic

// computeVector runs a problem on the vector unit: one lane a column of the array, one operation a lane and cycle. Each operation
// reads one input element, each parameter is read once. Fused operations work on values that pass by: they cost no cycles and no SRAM accesses.
func computeVector(a Array, p Problem) Compute {
	c := Compute{VectorOps: p.VectorOps}
	if !p.Fused {
		c.Cycles = ceilDiv(p.VectorOps, int64(a.Cols))
		c.IfmapReads, c.FilterReads, c.OfmapWrites = p.VectorOps, p.FilterElements, p.OfmapElements
	}
	return c
}
