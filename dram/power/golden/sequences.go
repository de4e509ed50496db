package golden

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured rows
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/dram/device"
)

//go:embed data/golden_drampower4.csv.gz
var drampower4Rows []byte

//go:embed data/golden_drampower4_sequences.csv.gz
var drampower4Sequences []byte

//go:embed data/golden_drampower51.csv.gz
var drampower5Rows []byte

//go:embed data/golden_drampower51_sequences.csv.gz
var drampower5Sequences []byte

// Step is one command of a sequence.
type Step struct {
	Cycle    int64
	Command  device.Command
	FastExit bool // of an entry into power-down
	Bank     int
}

// Key names a sequence.
type Key struct{ Device, Sequence string }

// Sequence is a command sequence of one rank in order of time.
type Sequence struct {
	Key
	Steps    []Step
	HasEnd   bool
	EndCycle int64 // where it says that it ends, if it does
}

// Row holds what was measured for a sequence: figures as they are printed, by the name of their column.
type Row struct {
	Key
	Printed map[string]string
}

// ReadSequences reads command sequences in the format device, sequence, cycle, command, bank. The commands of a sequence may stand in any
// order of time; those of one clock keep theirs, except that PRE comes first.
func ReadSequences(r io.Reader) ([]Sequence, error) {
	header, records, err := readTable(r)
	if err != nil {
		return nil, err
	}
	var sequences []Sequence
	index, known := map[Key]int{}, spellings()
	for i, record := range records {
		p := parser{header: header, record: record}
		key := p.key()
		at, ok := index[key]
		if !ok {
			at = len(sequences)
			index[key] = at
			sequences = append(sequences, Sequence{Key: key})
		}
		p.step(&sequences[at], known)
		if p.err != nil {
			return nil, fmt.Errorf("golden: record %d: %w", i+1, p.err)
		}
	}
	for _, s := range sequences {
		slices.SortStableFunc(s.Steps, earlier)
	}
	return sequences, nil
}

// earlier orders steps by clock, PRE first.
func earlier(a, b Step) int {
	if a.Cycle != b.Cycle {
		return int(max(-1, min(1, a.Cycle-b.Cycle)))
	}
	first := func(s Step) int {
		if s.Command == device.PRE {
			return 0
		}
		return 1
	}
	return first(a) - first(b)
}

// ReadRows reads measured rows: device, sequence, and any further columns.
func ReadRows(r io.Reader) ([]Row, error) {
	header, records, err := readTable(r)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(records))
	for i, record := range records {
		p := parser{header: header, record: record}
		row := Row{Key: p.key(), Printed: map[string]string{}}
		for i, name := range header {
			row.Printed[name] = record[i]
		}
		if p.err != nil {
			return nil, fmt.Errorf("golden: record %d: %w", i+1, p.err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// readTable reads a table with a header, gzip-compressed or not.
func readTable(r io.Reader) (header []string, records [][]string, err error) {
	buffered := bufio.NewReader(r)
	r = buffered
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if r, err = gzip.NewReader(buffered); err != nil {
			return nil, nil, fmt.Errorf("golden: %w", err)
		}
	}
	records, err = csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("golden: %w", err)
	}
	if len(records) < 2 {
		return nil, nil, errors.New("golden: no rows")
	}
	return records[0], records[1:], nil
}

// spelling is a command as a sequence spells it.
type spelling struct {
	command  device.Command
	fastExit bool
}

// spellings are the names of commands in sequences: those of the device and those of the peers.
func spellings() map[string]spelling {
	names := map[string]spelling{
		"REFA": {command: device.REF}, "REFB": {command: device.REFPB},
		"PDN_F_ACT": {device.PDEA, true}, "PDN_S_ACT": {device.PDEA, false}, "PUP_ACT": {command: device.PDXA},
		"PDN_F_PRE": {device.PDEP, true}, "PDN_S_PRE": {device.PDEP, false}, "PUP_PRE": {command: device.PDXP},
		"SREN": {command: device.SREFEN}, "SREX": {command: device.SREFEX},
	}
	for c := range device.Command(device.Commands) {
		names[c.String()] = spelling{command: c}
	}
	return names
}

// parser reads the columns of one record and keeps the first error.
type parser struct {
	header, record []string
	err            error
}

func (p *parser) key() Key { return Key{p.text("device"), p.text("sequence")} }

func (p *parser) step(s *Sequence, known map[string]spelling) {
	cycle, name := p.int("cycle", 0, 1<<62), p.text("command")
	if name == "END" {
		s.HasEnd, s.EndCycle = true, cycle
		return
	}
	c, ok := known[name]
	if !ok {
		p.keep("command", fmt.Errorf("unknown command %q: known are END, %s", name, strings.Join(slices.Sorted(maps.Keys(known)), ", ")))
	}
	s.Steps = append(s.Steps, Step{Cycle: cycle, Command: c.command, FastExit: c.fastExit, Bank: int(p.int("bank", 0, 63))})
}

func (p *parser) text(name string) string {
	i := slices.Index(p.header, name)
	if i < 0 {
		p.keep(name, errors.New("no such column"))
		return ""
	}
	return p.record[i]
}

func (p *parser) int(name string, low, high int64) int64 {
	value, err := strconv.ParseInt(p.text(name), 10, 64)
	if err == nil && (value < low || value > high) {
		err = fmt.Errorf("%d out of range [%d, %d]", value, low, high)
	}
	p.keep(name, err)
	return value
}

func (p *parser) keep(column string, err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("column %q: %w", column, err)
	}
}
