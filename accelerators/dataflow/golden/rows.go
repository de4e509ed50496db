package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured rows
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

//go:embed data/maestro_golden.csv.gz
var maestroCSV []byte

//go:embed data/nasaic_golden.csv.gz
var nasaicCSV []byte

//go:embed data/bundled_mappings.csv.gz
var bundledCSV []byte

//go:embed data/bundled_mapping_table.csv
var nestsCSV string

// Row is one layer under one mapping on one accelerator, with what was printed.
type Row struct {
	Net, Mapping string // the names in the table
	Layer        dataflow.Layer
	Nest         dataflow.Mapping
	Hardware     dataflow.Hardware
	measured     map[string]string // by column
}

// String names the row.
func (r Row) String() string {
	return fmt.Sprintf("%s %s, %s on %d PEs, bandwidth %d", r.Net, r.Layer.Name, r.Mapping, r.Hardware.PEs, r.Hardware.NoCBandwidth)
}

// defaultOffchip is MAESTRO's off-chip bandwidth where no hardware file sets it, in elements a cycle.
const defaultOffchip = 70000

// ReadRows reads rows in the format of the embedded tables, with the nests that they name: map identifiers to nests in the notation of data/README.md.
// Columns are found by their header; those that are not compared are ignored.
func ReadRows(r io.Reader, nests Nests) ([]Row, error) {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("golden: %w", err)
	}
	if len(records) < 2 {
		return nil, errors.New("golden: no rows")
	}
	rows := make([]Row, 0, len(records)-1)
	for i, record := range records[1:] {
		p := parser{header: records[0], record: record, nests: nests}
		row := p.row()
		if p.err != nil {
			return nil, fmt.Errorf("golden: record %d: %w", i+1, p.err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Nests are nests in the notation of data/README.md by their identifiers.
type Nests map[string]string

// Read adds the nests of a table: a header, then an identifier and a nest a record.
func (n Nests) Read(r io.Reader) error {
	records, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return fmt.Errorf("golden: %w", err)
	}
	for i, record := range records {
		if len(record) != 2 {
			return fmt.Errorf("golden: nest %d: %d columns: want an identifier and a nest", i, len(record))
		}
		if i > 0 {
			n[record[0]] = record[1]
		}
	}
	return nil
}

// Kind is what a table holds.
type Kind uint8

// The kinds of tables.
const (
	OtherTable Kind = iota
	RowTable        // rows that can be compared
	NestTable       // nests that rows name
)

// KindOf tells what a table holds by its header.
func KindOf(table []byte) Kind {
	header, _, _ := strings.Cut(string(table), "\n")
	columns := strings.Split(strings.TrimSpace(header), ",")
	switch {
	case slices.Contains(columns, "runtime_cycles"):
		return RowTable
	case slices.Equal(columns, []string{"map_id", "nest_outer_to_inner"}):
		return NestTable
	}
	return OtherTable
}

// embedded unpacks an embedded table.
func embedded(table []byte) ([]Row, error) {
	text, err := gzip.NewReader(bytes.NewReader(table))
	if err != nil {
		return nil, err
	}
	nests := Nests{}
	if err := nests.Read(strings.NewReader(nestsCSV)); err != nil {
		return nil, err
	}
	return ReadRows(text, nests)
}

// parser reads the columns of one record and keeps the first error.
type parser struct {
	header, record []string
	nests          Nests
	err            error
}

func (p *parser) row() Row {
	row := Row{
		Layer: dataflow.Layer{
			Name: p.text("layer"), StrideY: p.stride("stride_y"), StrideX: p.stride("stride_x"),
			Size: [dataflow.NumDims]int{
				dataflow.C: p.int("C"), dataflow.K: p.int("K"), dataflow.R: p.int("R"), dataflow.S: p.int("S"), dataflow.X: p.int("X"), dataflow.Y: p.int("Y"),
			},
		},
		Hardware: dataflow.Hardware{PEs: p.int("num_pes"), NoCBandwidth: p.int("noc_bw"), OffchipBandwidth: defaultOffchip},
		measured: map[string]string{},
	}
	switch kind := p.text("type"); kind {
	case "CONV", "FC", "TRCONV":
	case "DSCONV":
		row.Layer.Op, row.Layer.Size[dataflow.K] = dataflow.Depthwise, 1
	default:
		p.keep("type", fmt.Errorf("unknown type %q: known are CONV, DSCONV, FC, TRCONV", kind))
	}
	if p.err == nil {
		p.keep("layer", row.Layer.Check())
	}
	if p.err == nil {
		p.mapping(&row)
	}
	for i, name := range p.header {
		row.measured[name] = p.record[i]
	}
	return row
}

// mapping finds the nest of a row: of a template by its name, or of a nest that the table names, which ran with a hardware file.
func (p *parser) mapping(row *Row) {
	if slices.Contains(p.header, "dataflow") {
		row.Net, row.Mapping = p.text("net"), p.text("dataflow")
		var template dataflow.Template
		p.keep("dataflow", template.UnmarshalText([]byte(strings.ToLower(row.Mapping))))
		row.Nest = template.Map(row.Layer, nil)
		return
	}
	row.Net, row.Mapping = p.text("mapping_set"), p.text("map_id")
	row.Hardware.OffchipBandwidth, row.Hardware.HopCycles = p.int("offchip_bw"), 1
	text, known := p.nests[row.Mapping]
	if !known {
		p.keep("map_id", fmt.Errorf("no nest %q in the table of nests", row.Mapping))
		return
	}
	var err error
	row.Nest, err = parseNest(text, row.Layer)
	p.keep("map_id", err)
}

// parseNest reads a nest in the notation of data/README.md for a layer.
func parseNest(text string, l dataflow.Layer) (dataflow.Mapping, error) {
	text = strings.NewReplacer("#R", strconv.Itoa(l.Size[dataflow.R]), "#S", strconv.Itoa(l.Size[dataflow.S])).Replace(text)
	m := dataflow.Mapping{{}}
	for _, word := range strings.Fields(text) {
		if units, cluster := strings.CutPrefix(word, "|"); cluster {
			n, err := strconv.Atoi(units)
			if err != nil {
				return nil, fmt.Errorf("nest: cluster %q: %w", word, err)
			}
			m = append(m, dataflow.Level{Units: n})
			continue
		}
		directive, err := parseMap(word)
		if err != nil {
			return nil, err
		}
		level := &m[len(m)-1]
		level.Maps = append(level.Maps, directive)
	}
	return m, m.Check(l)
}

// parseMap reads one map, such as sp:K=1/1.
func parseMap(word string) (m dataflow.Map, err error) {
	kind, rest, _ := strings.Cut(word, ":")
	dim, sizes, _ := strings.Cut(rest, "=")
	tile, step, ok := strings.Cut(sizes, "/")
	if !ok || kind != "sp" && kind != "t" {
		return m, fmt.Errorf("nest: map %q: want sp:D=tile/step or t:D=tile/step", word)
	}
	m.Spatial = kind == "sp"
	if err := m.Dim.UnmarshalText([]byte(dim)); err != nil {
		return m, err
	}
	if m.Size, err = strconv.Atoi(tile); err != nil {
		return m, fmt.Errorf("nest: map %q: %w", word, err)
	}
	if m.Step, err = strconv.Atoi(step); err != nil {
		return m, fmt.Errorf("nest: map %q: %w", word, err)
	}
	return m, nil
}

func (p *parser) text(column string) string {
	i := slices.Index(p.header, column)
	if i < 0 {
		p.keep(column, errors.New("no such column"))
		return ""
	}
	return p.record[i] // the CSV reader has checked that a record is as long as the header
}

// stride is that of an axis, or of both.
func (p *parser) stride(axis string) int {
	if slices.Contains(p.header, axis) {
		return p.int(axis)
	}
	return p.int("stride")
}

func (p *parser) int(column string) int {
	value, err := strconv.Atoi(p.text(column))
	p.keep(column, err)
	return value
}

func (p *parser) keep(column string, err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("column %q: %w", column, err)
	}
}
