package golden

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// Design is one architecture under one mapping with what was printed of it.
type Design struct {
	Name         string
	Problem      loopnest.Problem
	Architecture loopnest.Architecture
	Mapping      loopnest.Mapping
	summary      record
	keeps        []keep
	levels       []record
}

// record is a line of a table by its columns.
type record map[string]string

// keep is a line of the table of mappings: the words of each tensor in a level.
type keep struct {
	level int // in the architecture
	words map[string]int64
}

// Read reads the three tables in the format of the reference folder. Columns are found by their header; further ones are ignored.
func Read(summary, mappings, levels io.Reader) ([]Design, error) {
	totals, errSummary := table(summary, "design", "computes", "cycles", "utilization_pct", "energy_uJ", "edp_J_cycle", "gflops_at_1GHz")
	nests, errMappings := table(mappings, "design", "component", "keeps", "loops")
	rows, errLevels := table(levels, append([]string{"design", "component", "tensor", "size_words", "word_bits", "block_size", "cluster_size", "instances", "read_bw",
		"write_bw", "read_pJ", "write_pJ", "update_pJ", "leak_pJ_per_cycle", "compute_pJ", "area_um2", "energy_total"}, printed()...)...)
	if err := errors.Join(errSummary, errMappings, errLevels); err != nil {
		return nil, err
	}
	var designs []Design
	for _, total := range totals {
		mine := func(r record) bool { return r["design"] == total["design"] }
		d := Design{Name: total["design"], summary: total, levels: filter(rows, mine)}
		if err := d.build(filter(nests, mine)); err != nil {
			return nil, fmt.Errorf("golden: %s: %w", d.Name, err)
		}
		designs = append(designs, d)
	}
	return designs, nil
}

// table reads lines by column, all of which it must have.
func table(r io.Reader, columns ...string) ([]record, error) {
	lines, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("golden: %w", err)
	}
	if len(lines) < 2 {
		return nil, errors.New("golden: no rows")
	}
	for _, c := range columns {
		if !slices.Contains(lines[0], c) {
			return nil, fmt.Errorf("golden: no column %q: there are %s", c, strings.Join(lines[0], ", "))
		}
	}
	var records []record
	for _, line := range lines[1:] {
		r := record{}
		for i, name := range lines[0] {
			r[name] = line[i]
		}
		records = append(records, r)
	}
	return records, nil
}

func filter(records []record, want func(record) bool) []record {
	return slices.DeleteFunc(slices.Clone(records), func(r record) bool { return !want(r) })
}

// numbers reads columns of a record and keeps the first error. An empty column, or one with a dash, is 0.
type numbers struct {
	record record
	err    error
}

func (n *numbers) float(column string) float64 {
	text := n.record[column]
	if text == "" || text == "-" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil && n.err == nil {
		n.err = fmt.Errorf("column %q: %q is no number", column, text)
	}
	return v
}

func (n *numbers) count(column string) int64 {
	v := n.float(column)
	if v != float64(int64(v)) && n.err == nil {
		n.err = fmt.Errorf("column %q: %q is no integer", column, n.record[column])
	}
	return int64(v)
}
