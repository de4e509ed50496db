package systolic

import (
	"errors"
	"fmt"
)

// Problem is what one layer asks of the accelerator: Count products of an M×K by a K×N matrix, one after another, or VectorOps
// operations of the vector unit. Lower makes it from a layer; a literal needs Check.
type Problem struct {
	M, N, K int64 // ifmap rows (output pixels), filter columns (filters), depth; all 0 in a vector problem
	Count   int64 // products run serially: groups of a convolution, batch of a GEMM

	// Distinct elements that a layer has in DRAM. For products they are those of ONE product, for a vector problem of the layer.
	IfmapElements, FilterElements, OfmapElements int64

	Ifmap Geometry // where the ifmap elements of a product lie; the zero value is a matrix

	VectorOps int64 // operations of the vector unit, one result of two operands each
	Fused     bool  // the vector unit applies them to outputs on their way out: neither cycles nor traffic of their own

	Sparsity Sparsity // of the filter, for CalcSparse and SimulateSparse; everything else runs the dense product

	Repeats int64   // identical layers in sequence; Simulate costs one of them, Workload all
	Profile Profile // set when lowering, because SCALE-Sim rounds output sizes differently
}

// MACs is the number of multiply-accumulate operations of one copy of the layer. Border zeros count: the array works on them too.
func (p Problem) MACs() int64 { return p.Count * p.M * p.N * p.K }

// maxWork bounds work, so that what is multiplied further stays inside int64: a partial sum moved to DRAM and back has
// 64 bits, that is 8 bytes, and a byte takes at most 100 cycles; cycles and accesses are at most work, partial sums work/4.
const maxWork = 1 << 54

// work bounds from above the cycles and the SRAM accesses that any array up to MaxArraySide needs for all copies of the problem.
// A fold has at most T + 3·side cycles and there are at most (Sr/R + 1)·(Sc/C + 1) folds, hence at most
// 4·M·N·K + 3·side·(M + N + K) cycles a product. In float64, so that it cannot overflow itself.
func (p Problem) work() float64 {
	m, n, k := float64(p.M), float64(p.N), float64(p.K)
	product := 4*m*n*k + 3*MaxArraySide*(m+n+k)
	elements := float64(p.IfmapElements) + float64(p.FilterElements) + float64(p.OfmapElements) + float64(p.VectorOps)
	return float64(p.Repeats) * (float64(p.Count)*product + float64(max(p.Count, 1))*elements)
}

// Check reports a problem that is neither a set of products nor a vector operation, and one whose counts may not fit int64.
func (p Problem) Check() error {
	product := p.M >= 1 && p.N >= 1 && p.K >= 1 && p.Count >= 1 && p.VectorOps == 0 && !p.Fused
	vector := p.M == 0 && p.N == 0 && p.K == 0 && p.Count == 0 && p.VectorOps >= 1
	if !product && !vector {
		return fmt.Errorf("systolic: M %d, N %d, K %d, Count %d, VectorOps %d is neither a product (all of M, N, K, Count ≥ 1, no VectorOps) "+
			"nor a vector operation (VectorOps ≥ 1, the others 0)", p.M, p.N, p.K, p.Count, p.VectorOps)
	}
	if p.Repeats < 1 {
		return fmt.Errorf("systolic: Repeats %d out of range [1, ...)", p.Repeats)
	}
	if p.IfmapElements < 0 || p.FilterElements < 0 || p.OfmapElements < 0 {
		return fmt.Errorf("systolic: element counts %d, %d, %d (ifmap, filter, ofmap) must not be negative", p.IfmapElements, p.FilterElements, p.OfmapElements)
	}
	if work := p.work(); work > maxWork {
		return fmt.Errorf("systolic: problem too large: M %d, N %d, K %d, Count %d, VectorOps %d, Repeats %d give a bound of %.3g on its counts, the limit is %.3g",
			p.M, p.N, p.K, p.Count, p.VectorOps, p.Repeats, work, float64(maxWork))
	}
	if product && (p.IfmapElements > p.M*p.K || p.FilterElements > p.K*p.N || p.OfmapElements > p.M*p.N) {
		return fmt.Errorf("systolic: element counts %d, %d, %d (ifmap, filter, ofmap) exceed M·K %d, K·N %d, M·N %d",
			p.IfmapElements, p.FilterElements, p.OfmapElements, p.M*p.K, p.K*p.N, p.M*p.N)
	}
	return errors.Join(p.Ifmap.check(p.M, p.K), p.Sparsity.Check())
}
