package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured rows
	"fmt"
	"io"
)

//go:embed data/compute.csv.gz
var computeCSV []byte

//go:embed data/calc.csv.gz
var calcCSV []byte

//go:embed data/user.csv.gz
var userCSV []byte

//go:embed data/sparse.csv.gz
var sparseCSV []byte

//go:embed data/traces.csv.gz
var tracesCSV []byte

// Tables lists the tables that have a row a layer.
func Tables() []Table { return []Table{Compute, Calc, User, Sparse} }

// Embedded are the rows of a table that come with the package.
func Embedded(t Table) ([]Row, error) {
	text, err := unpack([][]byte{computeCSV, calcCSV, userCSV, sparseCSV}[t])
	if err != nil {
		return nil, err
	}
	return Read(t, text)
}

func unpack(table []byte) (io.Reader, error) { return gzip.NewReader(bytes.NewReader(table)) }

// Check compares all embedded rows, table by table, and then the traces.
func Check() ([]Report, error) {
	var reports []Report
	for _, t := range Tables() {
		rows, err := Embedded(t)
		if err != nil {
			return reports, fmt.Errorf("%s: %w", t.Reference(), err)
		}
		report, err := Compare(t.Reference(), rows)
		if err != nil {
			return reports, fmt.Errorf("%s: %w", t.Reference(), err)
		}
		reports = append(reports, report)
	}
	lines, err := EmbeddedTraces()
	if err != nil {
		return reports, fmt.Errorf("%s: %w", TracesReference, err)
	}
	report, err := CompareTraces(TracesReference, lines)
	return append(reports, report), err
}

// EmbeddedTraces are the trace lines that come with the package.
func EmbeddedTraces() ([]TraceRow, error) {
	text, err := unpack(tracesCSV)
	if err != nil {
		return nil, err
	}
	return ReadTraces(text)
}
