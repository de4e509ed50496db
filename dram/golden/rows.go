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
)

//go:embed data/dramsys.csv.gz
var dramsysCSV []byte

//go:embed data/dramsim3.csv.gz
var dramsim3CSV []byte

//go:embed data/ramulator.csv.gz
var ramulatorCSV []byte

// Row is one measured run of a peer.
type Row struct {
	Peer     string // DRAMSys5.0, DRAMsim3 or Ramulator2.1
	Device   string // as the peer's table names it: DDR4-2400-8Gb-x8
	Config   string // the peer's policies by the name of the table
	Trace    string
	measured map[string]measurement // by column
}

// measurement is a printed number and the place of its last digit: 0.01 for 3.14, 1 for 42.
type measurement struct{ value, lastDigit float64 }

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

// Read reads a table in the form of the embedded ones: a header that names the columns peer, device, config, trace and total_cycles, and
// measured ones in any order. Those that are not compared are ignored, and an empty cell was not measured. An error names line and column.
func Read(from io.Reader) ([]Row, error) {
	in := csv.NewReader(from)
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("golden: no header")
	}
	if err != nil {
		return nil, fmt.Errorf("golden: %w", err)
	}
	for i, name := range header {
		if slices.Contains(header[:i], name) {
			return nil, fmt.Errorf("golden: line 1: column %q is there twice", name)
		}
	}
	for _, name := range []string{"peer", "device", "config", "trace", "total_cycles"} {
		if !slices.Contains(header, name) {
			return nil, fmt.Errorf("golden: line 1: no column %q", name)
		}
	}
	compared := map[string][]column{}
	for _, peer := range peers() {
		compared[peer] = columns(peer)
	}
	var rows []Row
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("golden: %w", err)
		}
		row, err := readRow(header, record, compared)
		if err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("golden: line %d: %w", line, err)
		}
		rows = append(rows, row)
	}
}

// readRow is the row of a record, which is as long as the header.
func readRow(header, record []string, compared map[string][]column) (Row, error) {
	cell := func(name string) string {
		if i := slices.Index(header, name); i >= 0 {
			return record[i]
		}
		return ""
	}
	row := Row{Peer: cell("peer"), Device: cell("device"), Config: cell("config"), Trace: cell("trace"), measured: map[string]measurement{}}
	for _, name := range []string{"peer", "device", "config", "trace", "total_cycles"} {
		if cell(name) == "" {
			return Row{}, fmt.Errorf("column %q: no value", name)
		}
	}
	list, known := compared[row.Peer]
	if !known {
		return Row{}, fmt.Errorf("column %q: unknown peer %q: known are %s", "peer", row.Peer, strings.Join(peers(), ", "))
	}
	for _, c := range list {
		if text := cell(c.name); text != "" {
			m, err := parse(text)
			if err != nil {
				return Row{}, fmt.Errorf("column %q: %w", c.name, err)
			}
			row.measured[c.name] = m
		}
	}
	return row, nil
}

// parse reads a number that is printed as digits, perhaps with a sign and a point.
func parse(text string) (measurement, error) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "-.0123456789") != "" {
		return measurement{}, fmt.Errorf("%q is not a decimal number", text)
	}
	m := measurement{value: value, lastDigit: 1}
	_, fraction, _ := strings.Cut(text, ".")
	for range fraction {
		m.lastDigit /= 10
	}
	return m, nil
}
