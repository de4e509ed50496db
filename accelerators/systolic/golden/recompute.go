package golden

import (
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// recompute gives the model's values for a row, parallel to the columns of its table.
func recompute(row Row, s *systolic.Scratch) ([]value, error) {
	p, err := systolic.Lower(row.Layer, row.Profile)
	if err != nil {
		return nil, err
	}
	c := row.Config
	if err := row.check(p); err != nil {
		return nil, err
	}
	switch row.Table {
	case Compute:
		return computeValues(c.Array, p, systolic.ComputeLayer(c.Array, p)), nil
	case Calc:
		return runValues(c, p, systolic.Calc(c, p, s)), nil
	case User:
		return runValues(c, p, systolic.User(c, p, systolic.PortWords{Ifmap: row.PortWords, Filter: row.PortWords, Ofmap: row.PortWords}, s)), nil
	}
	r, err := systolic.CalcSparse(c, p, row.Sparsity, s)
	return sparseValues(c, p, r), err
}

// check reports a row that is too large for its mode.
func (r Row) check(p systolic.Problem) error {
	switch r.Table {
	case Compute:
		return nil
	case User:
		return p.CheckUser()
	}
	return p.CheckWindows()
}

func computeValues(a systolic.Array, p systolic.Problem, c systolic.Compute) []value {
	return numbers(
		float64(p.M), float64(p.N), float64(p.K), float64(c.Cycles),
		100*systolic.OverallUtilFrac(a, c), 100*systolic.MappingFrac(a, p), 100*systolic.ComputeUtilFrac(a, p),
		float64(c.IfmapReads), float64(c.FilterReads), float64(c.OfmapWrites),
	)
}

func runValues(c systolic.Config, p systolic.Problem, r systolic.Run) []value {
	total := r.Compute
	total.Cycles = r.TotalCycles()
	values := append(computeValues(c.Array, p, total), value{float64(r.CyclesWithPrefetch()), p.Profile == systolic.ScaleSimV2})
	cycles := float64(total.Cycles)
	values = append(values, numbers(
		float64(r.StallCycles), float64(r.IfmapReads)/cycles, float64(r.FilterReads)/cycles, float64(r.OfmapWrites)/cycles,
		r.Ifmap.Bandwidth(), r.Filter.Bandwidth(), r.Ofmap.Bandwidth())...)
	for _, port := range []systolic.Port{r.Ifmap, r.Filter, r.Ofmap} {
		values = append(values, numbers(float64(port.StartCycle), float64(port.StopCycle), float64(port.Elements))...)
	}
	return values
}

func sparseValues(c systolic.Config, p systolic.Problem, r systolic.SparseRun) []value {
	return numbers(
		float64(p.M), float64(p.N), float64(p.K), float64(r.TotalCycles()),
		100*systolic.OverallUtilFrac(c.Array, r.Compute), 100*r.MappingFrac, 100*r.ComputeUtilFrac,
		r.SRAMIfmapReads(), float64(r.FilterReads), float64(r.OfmapWrites),
		float64(r.CyclesWithPrefetch()), float64(r.StallCycles),
		float64(r.Ifmap.Elements), float64(r.Filter.Elements), float64(r.Ofmap.Elements),
		r.OriginalWords(), r.StoredWords(), r.MetadataWords(), r.MetadataBandwidth(),
	)
}

func numbers(list ...float64) []value {
	values := make([]value, len(list))
	for i, v := range list {
		values[i].number = v
	}
	return values
}
