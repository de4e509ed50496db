package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed data/dramsys.csv.gz
var dramsysCSV []byte

//go:embed data/dramsim3.csv.gz
var dramsim3CSV []byte

//go:embed data/ramulator.csv.gz
var ramulatorCSV []byte

// Row is one measured run of a peer.
type Row struct {
	Peer   string // DRAMSys5.0, DRAMsim3 or Ramulator2.1
	Device string // as the peer's table names it: DDR4-2400-8Gb-x8
	Config string // the peer's policies by the name of the table
	Trace  string
	cells  map[string]string // the measured columns by name; one that is empty was not measured
}

// Usable tells whether the peer finished the run. Where it stopped making progress, the table says so behind the name of the policies.
func (r Row) Usable() bool { return !strings.HasSuffix(r.Config, livelock) }

const livelock = "(LIVELOCK)"

// String names the row.
func (r Row) String() string { return fmt.Sprintf("%s %s %s %s", r.Peer, r.Device, r.Config, r.Trace) }

// Embedded lists all embedded rows: DRAMSys, then DRAMsim3, then Ramulator.
func Embedded() ([]Row, error) {
	var rows []Row
	for _, table := range [][]byte{dramsysCSV, dramsim3CSV, ramulatorCSV} {
		text, err := gzip.NewReader(bytes.NewReader(table))
		if err != nil {
			return nil, err
		}
		more, err := Read(text)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// Read reads a table in the form of the embedded ones: a header with peer, device, config, trace and total_cycles, and measured columns in any
// order; unknown columns are ignored.
func Read(from io.Reader) ([]Row, error) {
	in := csv.NewReader(from)
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("golden: header: %w", err)
	}
	var rows []Row
	for {
		record, err := in.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("golden: %w", err)
		}
		cells := make(map[string]string, len(header))
		for i, name := range header {
			cells[name] = record[i]
		}
		row := Row{Peer: cells["peer"], Device: cells["device"], Config: cells["config"], Trace: cells["trace"], cells: cells}
		line, _ := in.FieldPos(0)
		for _, name := range []string{"peer", "device", "config", "trace", "total_cycles"} {
			if cells[name] == "" && row.Usable() {
				return nil, fmt.Errorf("golden: line %d: no value for the column %q", line, name)
			}
		}
		rows = append(rows, row)
	}
}

// number is a measured value with the place of its last printed digit; ok is false where nothing was measured.
func (r Row) number(column string) (value, lastDigit float64, ok bool, err error) {
	text := r.cells[column]
	if text == "" {
		return 0, 0, false, nil
	}
	value, err = strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, 0, false, fmt.Errorf("golden: %s: column %s: %q is not a number", r, column, text)
	}
	lastDigit = 1
	if _, fraction, found := strings.Cut(text, "."); found {
		for range fraction {
			lastDigit /= 10
		}
	}
	return value, lastDigit, true, nil
}
