package golden

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// Row is one layer on one accelerator with the printed values. Strides are given for both axes, borders are part of the input.
type Row struct {
	Table      Table
	Net        string // empty in Sparse
	LayerIndex int
	Layer      dnn.Layer
	Config     systolic.Config
	Profile    systolic.Profile
	PortWords  int64             // User: words a cycle of each port
	Sparsity   systolic.Sparsity // Sparse
	measured   []value           // parallel to the columns of the table
}

// value is a printed or computed number. Integers are exact as float64 below 2⁵³; the tables hold none above.
type value struct {
	number float64
	absent bool // the peer does not print it
}

// Read reads a table in the format of the reference folder. Columns are found by their header; further ones are ignored.
func Read(t Table, r io.Reader) ([]Row, error) {
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
		row := p.row(t)
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

func (p *parser) row(t Table) Row {
	row := Row{
		Table:   t,
		Layer:   p.layer(t),
		Config:  systolic.Config{Array: systolic.Array{Rows: p.int("rows"), Cols: p.int("cols")}},
		Profile: systolic.ScaleSim,
	}
	row.Config.IfmapSRAMKiB, row.Config.FilterSRAMKiB, row.Config.OfmapSRAMKiB = 1, 1, 1
	if t != Sparse {
		row.Net, row.LayerIndex = p.text("net"), p.int("layer_idx")
	}
	p.keep("dataflow", row.Config.Dataflow.UnmarshalText([]byte(p.text("dataflow"))))
	p.keep("array", row.Config.Array.Check())
	switch t {
	case Calc, User:
		row.Config.IfmapSRAMKiB, row.Config.FilterSRAMKiB, row.Config.OfmapSRAMKiB = p.capacity("ifmap_kb"), p.capacity("filter_kb"), p.capacity("ofmap_kb")
		if p.text("peer_version") == "v2" {
			row.Profile = systolic.ScaleSimV2
		}
	case Sparse:
		capacityKiB := p.capacity("sram_kb")
		row.Config.IfmapSRAMKiB, row.Config.FilterSRAMKiB, row.Config.OfmapSRAMKiB = capacityKiB, capacityKiB, capacityKiB
		row.Sparsity = p.sparsity()
	}
	if t == User {
		row.PortWords = int64(p.between("bw", 1, systolic.MaxPortWords))
	}
	for _, c := range t.columns() {
		row.measured = append(row.measured, p.value(c))
	}
	return row
}

func (p *parser) sparsity() (s systolic.Sparsity) {
	keep, of, found := strings.Cut(p.text("sparsity"), ":")
	if !found {
		p.keep("sparsity", fmt.Errorf("%q is not N:M", p.text("sparsity")))
	}
	var err error
	s.Keep, err = strconv.Atoi(keep)
	p.keep("sparsity", err)
	s.Of, err = strconv.Atoi(of)
	p.keep("sparsity", err)
	p.keep("representation", s.Representation.UnmarshalText([]byte(p.text("representation"))))
	if p.text("optimized_mapping") == "True" {
		s.RowWiseBlock, s.Seed = p.int("block_size"), measuredSeed
	}
	p.keep("sparsity", s.Check())
	return s
}

// measuredSeed is the RandomNumberGeneratorSeed with which the rows were measured.
const measuredSeed = 40

func (p *parser) layer(t Table) dnn.Layer {
	height, width, depth := p.int("ifmap_h"), p.int("ifmap_w"), p.int("channels")
	kernelHeight, kernelWidth, filters := p.int("filt_h"), p.int("filt_w"), p.int("num_filt")
	switch kind := p.text("kind"); kind {
	case "conv":
		strideHeight, strideWidth := "stride_h", "stride_w"
		if t == Sparse {
			strideHeight, strideWidth = "stride", "stride"
		}
		return dnn.Layer{
			Name: p.text("layer"), Op: dnn.Conv,
			InHeight: height, InWidth: width, InChannels: depth,
			KernelHeight: kernelHeight, KernelWidth: kernelWidth, Filters: filters,
			StrideHeight: p.int(strideHeight), StrideWidth: p.int(strideWidth),
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

func (p *parser) int(column string) int {
	v, err := strconv.Atoi(p.text(column))
	p.keep(column, err)
	return v
}

func (p *parser) between(column string, low, high int) int {
	v := p.int(column)
	if v < low || v > high {
		p.keep(column, fmt.Errorf("%d out of range [%d, %d]", v, low, high))
	}
	return v
}

func (p *parser) capacity(column string) int { return p.between(column, 1, systolic.MaxSRAMKiB) }

// value reads a measured column: an integer if it is exact and looks like one.
func (p *parser) value(c column) value {
	text := p.text(c.name)
	if text == "" {
		return value{absent: true}
	}
	number, err := strconv.ParseFloat(text, 64)
	p.keep(c.name, err)
	return value{number: number}
}

func (p *parser) keep(column string, err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("column %q: %w", column, err)
	}
}
