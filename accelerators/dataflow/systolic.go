package dataflow

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// systolicL1Bytes is the buffer of a PE of a systolic array: two operands of a byte and a sum of four.
const systolicL1Bytes = 6

// SquareArray is the array of a systolic template on so many PEs: as square as it can be without leaving more than a row of them out.
func (t Template) SquareArray(pes int) systolic.Array {
	rows := int(math.Sqrt(float64(pes)))
	a := systolic.Array{Rows: rows, Cols: pes / rows}
	switch t {
	case WS:
		a.Dataflow = systolic.WeightStationary
	case IS:
		a.Dataflow = systolic.InputStationary
	}
	return a
}

// systolic costs a layer on a systolic array, with package systolic's cycles and SRAM counts. The L2 feeds the edges of the array over the two links, which
// limit it where they carry more than the array takes; a PE reads both operands and its sum for every multiply-accumulate, and writes what passes through.
func (t Template) systolic(h Hardware, l Layer) (Stats, error) {
	if err := h.Check(); err != nil {
		return Stats{}, err
	}
	if h.SIMDLanes > 1 {
		return Stats{}, fmt.Errorf("dataflow: %d SIMD lanes in a systolic array: want 1", h.SIMDLanes)
	}
	problem := products(l)
	if err := problem.Check(); err != nil {
		return Stats{}, fmt.Errorf("dataflow: layer %q: %w", l.Name, err)
	}
	array := t.SquareArray(h.PEs)
	if array.Cols > systolic.MaxArraySide {
		return Stats{}, fmt.Errorf("dataflow: %d PEs as a systolic array: %d columns out of range [1, %d]", h.PEs, array.Cols, systolic.MaxArraySide)
	}
	copies := problem.Repeats
	c := systolic.ComputeLayer(array, problem)
	in, out := c.IfmapReads+c.FilterReads+c.OfmapReads, c.OfmapWrites
	ingress, egress := transfer(in, h), transfer(out, h)
	compute := c.Cycles
	st := Stats{
		RuntimeCycles: copies * (max(compute, ingress, egress) + 2*int64(h.HopCycles)),
		MACs:          l.MACs(),
		L1Bytes:       systolicL1Bytes,
		L2Bytes:       2 * foldElements(array, problem),
		NoCNeed:       (max(in, out) + compute - 1) / compute,
		Steps:         copies,
	}
	st.noCNeedSum = copies * st.NoCNeed
	st.activeUnits = ratio(float64(problem.MACs()), float64(c.Cycles))
	st.Ingress.add(ingress, copies, true)
	st.Egress.add(egress, copies, true)
	st.Compute.add(compute, copies, true)
	st.Operands = [3]Accesses{
		{L1Writes: st.MACs, L2Reads: copies * c.IfmapReads},
		{L1Writes: st.MACs, L2Reads: copies * c.FilterReads},
		{L2Reads: copies * c.OfmapReads, L2Writes: copies * c.OfmapWrites},
	}
	switch t {
	case WS:
		st.Operands[Weight].L1Writes = copies * c.FilterReads
	case IS:
		st.Operands[Input].L1Writes = copies * c.IfmapReads
	}
	st.settle(h, &l)
	st.buffers(h)
	return st, nil
}

// products is a layer as matrix products one after the other: output pixels by filters, over the window; samples are repeats.
func products(l Layer) systolic.Problem {
	f := l.filled()
	if f.Op == MatMul {
		p := systolic.Problem{M: int64(f.Size[M]), N: int64(f.Size[N]), K: int64(f.Size[K]), Count: 1, Repeats: 1}
		p.IfmapElements, p.FilterElements, p.OfmapElements = p.M*p.K, p.K*p.N, p.M*p.N
		return p
	}
	count, depth := int64(f.Size[G]), int64(f.Size[C])
	if f.Op == Depthwise {
		count, depth = depth, 1
	}
	p := systolic.Problem{
		M: int64(f.OutHeight()) * int64(f.OutWidth()), N: int64(f.Size[K]), K: int64(f.Size[R]) * int64(f.Size[S]) * depth, Count: count, Repeats: int64(f.Size[N]),
	}
	p.IfmapElements, p.FilterElements, p.OfmapElements = min(int64(f.Size[Y])*int64(f.Size[X])*depth, p.M*p.K), p.K*p.N, p.M*p.N
	return p
}

// foldElements is what one pass through the array reads and writes: the tile that stays and the two that stream.
func foldElements(a systolic.Array, p systolic.Problem) int64 {
	rows, cols, streamed := p.M, p.N, p.K
	switch a.Dataflow {
	case systolic.WeightStationary:
		rows, cols, streamed = p.K, p.N, p.M
	case systolic.InputStationary:
		rows, cols, streamed = p.K, p.M, p.N
	}
	rows, cols = min(rows, int64(a.Rows)), min(cols, int64(a.Cols))
	return rows*cols + streamed*(rows+cols)
}
