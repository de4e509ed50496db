package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured rows
	"errors"
)

//go:embed data/summary.csv.gz
var summaryCSV []byte

//go:embed data/mappings.csv.gz
var mappingsCSV []byte

//go:embed data/levels.csv.gz
var levelsCSV []byte

// Embedded are the designs that come with the package.
func Embedded() ([]Design, error) {
	summary, errSummary := gzip.NewReader(bytes.NewReader(summaryCSV))
	mappings, errMappings := gzip.NewReader(bytes.NewReader(mappingsCSV))
	levels, errLevels := gzip.NewReader(bytes.NewReader(levelsCSV))
	if err := errors.Join(errSummary, errMappings, errLevels); err != nil {
		return nil, err
	}
	return Read(summary, mappings, levels)
}

// Check compares all embedded designs: a report for each table.
func Check() ([]Report, error) {
	designs, err := Embedded()
	if err != nil {
		return nil, err
	}
	return Compare(designs)
}
