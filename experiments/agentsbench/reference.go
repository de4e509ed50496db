package agentsbench

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured rows
	"fmt"
)

//go:embed data/results.csv.gz
var referenceCSV []byte

// Reference lists the measured rows of the reference agents. Their sources are "baseline", plain implementations in Python, and
// "optuna-3.1.0".
func Reference() ([]Row, error) {
	text, err := gzip.NewReader(bytes.NewReader(referenceCSV))
	if err != nil {
		return nil, fmt.Errorf("agentsbench: reference rows: %w", err)
	}
	rows, err := ReadRows(text, "")
	if err != nil {
		return nil, fmt.Errorf("agentsbench: reference rows: %w", err)
	}
	return rows, nil
}
