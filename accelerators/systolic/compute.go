package systolic

// Compute is what the array and the vector unit do for one Problem with a memory that never stalls them. All numbers are exact.
type Compute struct {
	Folds         int64 // tiles of one product, each a full pass through the array
	Cycles        int64 // serial cycles of all products, or of the vector unit
	MACs          int64
	VectorOps     int64
	IfmapReads    int64 // SRAM accesses, elements
	FilterReads   int64
	OfmapWrites   int64 // sums and partial sums
	OfmapReads    int64 // partial sums that the next row fold continues from
	PartialSums   int64 // accesses of OfmapWrites and OfmapReads that are AccumulatorBits wide; the others are words
	PreloadShifts int64 // register writes that bring the stationary operand to its row (ws and is)
}

// folding is a product laid on an array: spans along rows and columns, the streamed dimension and the tiles.
type folding struct {
	rowSpan, colSpan, streamed int64
	rowFolds, colFolds         int64
	foldCycles                 int64
}

// fold lays one product on the array.
func (a Array) fold(p Problem) folding {
	rows, cols := int64(a.Rows), int64(a.Cols)
	var f folding
	switch a.Dataflow {
	case OutputStationary:
		f = folding{rowSpan: p.M, colSpan: p.N, streamed: p.K}
		f.foldCycles = p.K + rows + cols - 2
	case WeightStationary:
		f = folding{rowSpan: p.K, colSpan: p.N, streamed: p.M}
		f.foldCycles = p.M + 2*rows + cols - 2
	case InputStationary:
		f = folding{rowSpan: p.K, colSpan: p.M, streamed: p.N}
		f.foldCycles = p.N + 2*rows + cols - 2
	}
	f.rowFolds, f.colFolds = ceilDiv(f.rowSpan, rows), ceilDiv(f.colSpan, cols)
	return f
}

// ComputeLayer runs one copy of a problem on an array. Both must have passed their Check.
func ComputeLayer(a Array, p Problem) Compute {
	if p.Count == 0 {
		return computeVector(a, p)
	}
	f := a.fold(p)
	c := Compute{
		Folds:       f.rowFolds * f.colFolds,
		Cycles:      f.cycles(p),
		MACs:        p.MACs(),
		IfmapReads:  p.Count * p.M * p.K,
		FilterReads: p.Count * p.K * p.N,
	}
	outputs := p.Count * p.M * p.N
	switch a.Dataflow {
	case OutputStationary:
		c.IfmapReads *= f.colFolds
		c.FilterReads *= f.rowFolds
		c.OfmapWrites = outputs
	case WeightStationary:
		c.IfmapReads *= f.colFolds
		c.OfmapWrites = f.rowFolds * outputs
		c.PreloadShifts = p.Count * f.preloadShifts(a)
	case InputStationary:
		c.FilterReads *= f.colFolds
		c.OfmapWrites = f.rowFolds * outputs
		c.PreloadShifts = p.Count * f.preloadShifts(a)
	}
	c.OfmapReads = c.OfmapWrites - outputs
	c.PartialSums = 2 * c.OfmapReads
	if p.Profile != Physical {
		c.OfmapReads, c.PartialSums = 0, c.OfmapReads
		if a.Dataflow == OutputStationary {
			c.OfmapWrites += p.Count * c.Folds * int64(a.Rows+a.Cols)
		}
	}
	return c
}

func (f folding) cycles(p Problem) int64 {
	cycles := p.Count * f.rowFolds * f.colFolds * f.foldCycles
	if p.Profile != Physical {
		return cycles - p.Count // the peer reports the index of the last cycle
	}
	return cycles
}

// preloadShifts counts register writes of one product's preloads: the value for row x passes rows 0 to x.
func (f folding) preloadShifts(a Array) int64 {
	rows := int64(a.Rows)
	last := f.rowSpan - (f.rowFolds-1)*rows
	return f.colSpan * ((f.rowFolds-1)*rows*(rows+1)/2 + last*(last+1)/2)
}

// OverallUtilFrac is the share of the processing elements' cycles that are multiply-accumulates, 0 for a vector problem.
func OverallUtilFrac(a Array, c Compute) float64 {
	return ratio(float64(c.MACs), float64(c.Cycles)*float64(a.Rows)*float64(a.Cols))
}

// MappingFrac is the mean over the folds of the share of processing elements in use, 0 for a vector problem.
func MappingFrac(a Array, p Problem) float64 {
	f := a.fold(p)
	return ratio(float64(f.rowSpan)*float64(f.colSpan), float64(f.rowFolds)*float64(f.colFolds)*float64(a.Rows)*float64(a.Cols))
}

// ComputeUtilFrac is the mean over the folds of the share of the processing elements' cycles of that foldCycle that are multiply-accumulates,
// 0 for a vector problem.
func ComputeUtilFrac(a Array, p Problem) float64 {
	f := a.fold(p)
	cycles := f.foldCycles
	if p.Profile != Physical && a.Dataflow != OutputStationary {
		cycles += int64(a.Cols) - 1 // the peer's denominator is longer than its fold
	}
	return ratio(MappingFrac(a, p)*float64(f.streamed), float64(cycles)) // a vector problem on one element: 0 cycles
}

func ceilDiv(x, y int64) int64 { return (x + y - 1) / y }

func ratio(x, y float64) float64 {
	if y == 0 {
		return 0
	}
	return x / y
}
