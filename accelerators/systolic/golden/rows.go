package golden

import (
	_ "embed" // for the measured rows
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

//go:embed data/golden_compute.csv
var computeCSV string

//go:embed data/golden_corners.csv
var cornersCSV string

// Row is one layer on one array with the printed values. Strides are given for both axes, borders are part of the input.
type Row struct {
	Net        string
	LayerIndex int
	Layer      dnn.Layer
	Array      systolic.Array
	Measured   Values
}

// Values are the compared columns.
type Values struct {
	M, N, K                                          int64
	TotalCycles                                      int64
	OverallUtilPct, MappingEffPct, ComputeUtilPct    float64
	SRAMIfmapReads, SRAMFilterReads, SRAMOfmapWrites int64
}

// ReadCompute reads rows in the format of golden_compute.csv. Columns are found by their header; further ones are ignored.
func ReadCompute(r io.Reader) ([]Row, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("golden: %w", err)
	}
	if len(records) < 2 {
		return nil, errors.New("golden: no rows")
	}
	rows := make([]Row, 0, len(records)-1)
	for i, record := range records[1:] {
		p := parser{header: records[0], record: record}
		row := p.row()
		if p.err != nil {
			return nil, fmt.Errorf("golden: record %d: %w", i+1, p.err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// parser reads the columns of one record and keeps the first error.
type parser struct {
	header, record []string
	err            error
}

func (p *parser) row() Row {
	row := Row{
		Net:        p.text("net"),
		LayerIndex: p.int("layer_idx"),
		Layer:      p.layer(),
		Array:      systolic.Array{Rows: p.int("rows"), Cols: p.int("cols")},
		Measured: Values{
			M: p.int64("M"), N: p.int64("N"), K: p.int64("K"),
			TotalCycles:     p.int64("total_cycles"),
			OverallUtilPct:  p.float("overall_util_pct"),
			MappingEffPct:   p.float("mapping_eff_pct"),
			ComputeUtilPct:  p.float("compute_util_pct"),
			SRAMIfmapReads:  p.int64("sram_ifmap_reads"),
			SRAMFilterReads: p.int64("sram_filter_reads"),
			SRAMOfmapWrites: p.int64("sram_ofmap_writes"),
		},
	}
	p.keep("dataflow", row.Array.Dataflow.UnmarshalText([]byte(p.text("dataflow"))))
	p.keep("array", row.Array.Check())
	return row
}

func (p *parser) layer() dnn.Layer {
	height, width, depth := p.int("ifmap_h"), p.int("ifmap_w"), p.int("channels")
	kernelHeight, kernelWidth, filters := p.int("filt_h"), p.int("filt_w"), p.int("num_filt")
	switch kind := p.text("kind"); kind {
	case "conv":
		return dnn.Layer{
			Name: p.text("layer"), Op: dnn.Conv,
			InHeight: height, InWidth: width, InChannels: depth,
			KernelHeight: kernelHeight, KernelWidth: kernelWidth, Filters: filters,
			StrideHeight: p.int("stride_h"), StrideWidth: p.int("stride_w"),
		}
	case "gemm":
		return dnn.Layer{Name: p.text("layer"), Op: dnn.GEMM, M: height, N: filters, K: width, Weights: true}
	default:
		p.keep("kind", fmt.Errorf("unknown kind %q: known are conv, gemm", kind))
		return dnn.Layer{}
	}
}

func (p *parser) text(column string) string {
	i := slices.Index(p.header, column)
	if i < 0 {
		p.keep(column, errors.New("no such column"))
		return ""
	}
	return p.record[i] // the CSV reader has checked that a record is as long as the header
}

func (p *parser) int(column string) int { return int(p.int64(column)) }

func (p *parser) int64(column string) int64 {
	value, err := strconv.ParseInt(p.text(column), 10, 64)
	p.keep(column, err)
	return value
}

func (p *parser) float(column string) float64 {
	value, err := strconv.ParseFloat(p.text(column), 64)
	p.keep(column, err)
	return value
}

func (p *parser) keep(column string, err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("column %q: %w", column, err)
	}
}
