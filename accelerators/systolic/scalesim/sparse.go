package scalesim

import (
	"io"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// SparseName is the file name of the report of sparse filters.
const SparseName = "SPARSE_REPORT.csv"

// ComputeSparse is the line of a product with a sparse filter.
func ComputeSparse(a systolic.Array, p systolic.Problem, r systolic.SparseRun) Compute {
	c := ComputeRun(a, p, r.Run)
	c.MappingFrac, c.ComputeUtilFrac = r.MappingFrac, r.ComputeUtilFrac
	return c
}

// BandwidthName is the file name of the bandwidth report.
const BandwidthName = "BANDWIDTH_REPORT.csv"

// WriteSparseBandwidth is the bandwidth report where the configuration has sparsity: with a column for the metadata of the filters.
func WriteSparseBandwidth(w io.Writer, layers []systolic.SparseRun) error {
	err := writeLine(w, []string{layerColumn, "Avg IFMAP SRAM BW", "Avg FILTER SRAM BW", "Avg FILTER Metadata SRAM BW", "Avg OFMAP SRAM BW",
		"Avg IFMAP DRAM BW", "Avg FILTER DRAM BW", "Avg OFMAP DRAM BW"})
	for id, r := range layers {
		if err != nil {
			break
		}
		cycles := float64(r.TotalCycles())
		err = writeLine(w, []string{
			strconv.Itoa(id), float(r.SRAMIfmapReads() / cycles), float(float64(r.FilterReads) / cycles), float(r.MetadataBandwidth()), float(float64(r.OfmapWrites) / cycles),
			float(r.Ifmap.Bandwidth()), float(r.Filter.Bandwidth()), float(r.Ofmap.Bandwidth()),
		})
	}
	return err
}

// WriteSparse writes the report of sparse filters as SCALE-Sim does: sizes in words, which are fractions only for ellpack_block, and a head that ends in a space.
func WriteSparse(w io.Writer, representation systolic.Representation, layers []systolic.SparseRun) error {
	_, err := io.WriteString(w, layerColumn+", Sparsity Representation, Original Filter Storage, New Storage (Filter+Metadata), Filter Metadata Storage, Avg FILTER Metadata SRAM BW, \n")
	words := func(v float64) string { return strconv.FormatInt(int64(v), 10) }
	size := words
	if representation == systolic.EllpackBlock {
		size = float
	}
	for id, r := range layers {
		if err != nil {
			break
		}
		err = writeLine(w, []string{
			strconv.Itoa(id), representation.String(), words(r.OriginalWords()), size(r.StoredWords()), size(r.MetadataWords()), float(r.MetadataBandwidth()),
		})
	}
	return err
}
