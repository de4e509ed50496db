package archgym

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// Limits of what is imported.
const (
	MaxRows      = 5_000_000
	maxMistakes  = 10      // reported at once
	maxFieldSize = 1 << 20 // bytes of a record
)

// Table is what the files hold.
type Table struct {
	Units    []Unit
	Rewarded bool // every row has a reward
	Studies  []Study
	Skipped  int // malformed lines that were left out

	names  []string         // axes, in the order of the first row
	levels []map[string]int // of each axis: the texts by number of first appearance
	rows   int
}

// Study is the rows of one file and algorithm.
type Study struct {
	File, Algorithm string // the algorithm is empty where the file has no such column
	rows            []row
}

// row is one evaluation.
type row struct {
	axes   []int32 // numbers of the texts
	values []float64
	reward float64
}

// NewTable begins an import with the units of the observations.
func NewTable(units []Unit) (*Table, error) {
	if err := checkUnits(units); err != nil {
		return nil, err
	}
	return &Table{Units: units, Rewarded: true}, nil
}

// Read adds the rows of a file. Malformed lines are an error that names the first of them, or are left out and counted.
func (t *Table) Read(name string, r io.Reader, skipMalformed bool) error {
	reader := csv.NewReader(r)
	reader.FieldsPerRecord, reader.ReuseRecord, reader.TrimLeadingSpace = -1, true, false
	l := &layout{units: t.Units}
	var errs []error
	fail := func(at int, err error) {
		if t.Skipped++; !skipMalformed {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, at, err))
		}
	}
	first, added := true, 0
	for len(errs) < maxMistakes {
		fields, err := reader.Read()
		if err == io.EOF {
			break
		}
		if malformed, ok := errors.AsType[*csv.ParseError](err); ok {
			fail(malformed.Line, malformed.Err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if first {
			first = false
			fields[0] = strings.TrimPrefix(fields[0], "\ufeff")
			if isHead(fields) {
				if l, err = newLayout(t.Units, slices.Clone(fields)); err != nil {
					return fmt.Errorf("%s:1: %w", name, err)
				}
				continue
			}
		}
		if err := t.record(name, l, fields); err != nil {
			at, _ := reader.FieldPos(0)
			fail(at, err)
			continue
		}
		added++
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if added == 0 {
		return fmt.Errorf("%s: no line with a design", name)
	}
	return nil
}

// record adds one record.
func (t *Table) record(name string, l *layout, fields []string) error {
	size := 0
	for _, f := range fields {
		size += len(f)
	}
	if size > maxFieldSize {
		return fmt.Errorf("a line longer than %d bytes", maxFieldSize)
	}
	in, err := l.parse(fields)
	if err != nil {
		return err
	}
	if t.rows == MaxRows {
		return fmt.Errorf("more than %d rows", MaxRows)
	}
	if t.names == nil {
		for _, a := range in.axes {
			t.names, t.levels = append(t.names, a.name), append(t.levels, map[string]int{})
		}
	}
	out := row{axes: make([]int32, len(t.names)), values: in.observations, reward: in.reward}
	if err := t.check(in.axes); err != nil {
		return err
	}
	for _, a := range in.axes {
		i := slices.Index(t.names, a.name)
		number, known := t.levels[i][a.value]
		if !known {
			number = len(t.levels[i])
			t.levels[i][strings.Clone(a.value)] = number
		}
		out.axes[i] = int32(number)
	}
	for i, u := range t.Units {
		out.values[i] *= u.Factor
	}
	t.Rewarded = t.Rewarded && in.rewarded
	at := slices.IndexFunc(t.Studies, func(s Study) bool { return s.File == name && s.Algorithm == in.algorithm })
	if at < 0 {
		at = len(t.Studies)
		t.Studies = append(t.Studies, Study{File: name, Algorithm: strings.Clone(in.algorithm)})
	}
	t.Studies[at].rows = append(t.Studies[at].rows, out)
	t.rows++
	return nil
}

// check reports axes that are not those of the first row.
func (t *Table) check(axes []axis) error {
	for _, a := range axes {
		if !slices.Contains(t.names, a.name) {
			return fmt.Errorf("axis %q is new: the first line has %s", a.name, strings.Join(t.names, ", "))
		}
	}
	if len(axes) < len(t.names) {
		for _, name := range t.names {
			if !slices.ContainsFunc(axes, func(a axis) bool { return a.name == name }) {
				return fmt.Errorf("axis %q, which the first line has, is missing", name)
			}
		}
	}
	return nil
}

// axesOf makes the axes of all rows. levels gives the level of the n-th text of an axis.
func (t *Table) axesOf() (s space.Space, levels [][]int, err error) {
	params := make([]space.Param, len(t.names))
	levels = make([][]int, len(t.names))
	for i, name := range t.names {
		texts := make([]string, len(t.levels[i]))
		for text, n := range t.levels[i] {
			texts[n] = text
		}
		params[i] = space.Param{Name: plain(name), Doc: "ArchGym's " + name}
		if values, ordinal := numbersOf(texts); ordinal {
			params[i].Kind, params[i].Values = space.Ordinal, slices.Compact(slices.Sorted(slices.Values(values)))
			for _, v := range values {
				levels[i] = append(levels[i], sort.SearchFloat64s(params[i].Values, v))
			}
			continue
		}
		params[i].Kind, params[i].Labels = space.Nominal, slices.Sorted(slices.Values(texts))
		for _, text := range texts {
			levels[i] = append(levels[i], sort.SearchStrings(params[i].Labels, text))
		}
	}
	s, err = space.New(params...)
	return s, levels, err
}

// numbersOf are the texts as numbers, if all of them are.
func numbersOf(texts []string) ([]float64, bool) {
	values := make([]float64, len(texts))
	for i, text := range texts {
		v, err := parseNumber(text)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, false
		}
		values[i] = v + 0 // never -0
	}
	return values, true
}
