package agentsbench

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// run names what is measured once: an agent on a function with one seed.
type run struct {
	function, agent string
	seed            int
}

// File is a CSV file of our rows that grows by whole runs. It is safe for concurrent use.
type File struct {
	mu   sync.Mutex
	path string
	file *os.File
	rows []Row
}

// OpenFile opens or creates a file of rows. A last line that was cut off is dropped: its run will be measured again.
func OpenFile(path string) (*File, error) {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	whole := text[:bytes.LastIndexByte(text, '\n')+1]
	f := &File{path: path}
	if len(whole) > 0 {
		if f.rows, err = ReadRows(bytes.NewReader(whole), Ours); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if f.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o644); err != nil {
		return nil, err
	}
	_, err = f.file.Seek(int64(len(whole)), 0)
	err = errors.Join(err, f.file.Truncate(int64(len(whole))))
	if err == nil && len(whole) == 0 {
		err = f.write([][]string{columns()})
	}
	if err != nil {
		return nil, errors.Join(err, f.file.Close())
	}
	return f, nil
}

// Rows lists the rows so far; of a run that was measured twice, the later ones.
func (f *File) Rows() []Row {
	f.mu.Lock()
	defer f.mu.Unlock()
	return latest(f.rows)
}

// latest drops the rows that a later one of the same run and trial count replaces.
func latest(rows []Row) []Row {
	type key struct {
		run
		trials int
	}
	last := map[key]int{}
	for i, r := range rows {
		last[key{run{r.Function, r.Agent, r.Seed}, r.Trials}] = i
	}
	var kept []Row
	for i, r := range rows {
		if last[key{run{r.Function, r.Agent, r.Seed}, r.Trials}] == i {
			kept = append(kept, r)
		}
	}
	return kept
}

// done tells for each run in the file up to how many trials it was measured.
func (f *File) done() map[run]int {
	trials := map[run]int{}
	for _, r := range f.Rows() {
		key := run{r.Function, r.Agent, r.Seed}
		trials[key] = max(trials[key], r.Trials)
	}
	return trials
}

// Append writes the rows of one run.
func (f *File) Append(rows []Row) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	records := make([][]string, len(rows))
	for i, r := range rows {
		records[i] = r.record()
	}
	if err := f.write(records); err != nil {
		return err
	}
	f.rows = append(f.rows, rows...)
	return nil
}

// write writes records at once, so that a crash cuts off at most the end of one run.
func (f *File) write(records [][]string) error {
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(records); err != nil {
		return err
	}
	_, err := f.file.Write(text.Bytes())
	return err
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }
