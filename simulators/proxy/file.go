package proxy

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// Format is the version of the file: JSON in gzip. Version 1 has neither tables nor products and floors, version 2 no budgets, version 3 no features of tasks and no targets
// beside floors; all are read too.
const Format = 4

// File is a proxy as its file holds it.
type File struct {
	Format      int            `json:"codesign_proxy"`
	Simulator   string         `json:"simulator"`          // catalogue id of the true one
	Version     string         `json:"simulator_version"`  // of the true one
	Axes        []Axis         `json:"axes"`               // of the design space
	Common      map[string]any `json:"settings"`           // settings that all tasks share
	Features    []Feature      `json:"features,omitempty"` // by which the tasks are described
	Tasks       []Task         `json:"tasks"`              // with the settings in which they differ
	Rows        int            `json:"rows"`               // training rows
	Infeasible  int            `json:"infeasible_rows"`    // of them
	Seed        uint64         `json:"seed"`               // of the fit
	Seen        [][]int        `json:"levels_seen"`        // of each axis: the levels that training rows had
	Counts      bool           `json:"counts,omitempty"`   // features count what axes with the same labels choose
	Related     bool           `json:"related,omitempty"`  // features of classifiers tell what these axes choose alike, and what the names of others say of it
	Targets     []Target       `json:"targets"`
	Feasibility *Classifier    `json:"feasibility,omitempty"`
	Budgets     []Budget       `json:"budgets,omitempty"` // asked for in the fit

	Corrected []CorrectedTask `json:"corrected,omitempty"` // further tasks, or corrected ones of Tasks
}

// Target is one metric.
type Target struct {
	Name      string            `json:"name"`
	Unit      string            `json:"unit,omitempty"`
	Doc       string            `json:"doc,omitempty"`
	Kind      regress.Kind      `json:"kind"`
	Transform regress.Transform `json:"transform"`
	HalfWidth []float64         `json:"half_width"`        // of the interval, in transformed units, for each task
	Spread    float64           `json:"spread"`            // from the least to the greatest transformed target
	Product   *Product          `json:"product,omitempty"` // what the metric is by its law, in the place of a model
	Sum       *Sum              `json:"sum,omitempty"`     // likewise
	Floors    []Floor           `json:"floors,omitempty"`  // what the model is learned over; each is a further feature of it
	Beside    []int             `json:"beside,omitempty"`  // of a model over floors: targets whose logarithms are further features of it
	Model     regress.Encoded   `json:"model"`
	New       *NewTasks         `json:"new_tasks,omitempty"` // how features tell the metric of a new task; nil = they do not
}

// Axis is a space.Param in JSON.
type Axis struct {
	Name   string       `json:"name"`
	Unit   string       `json:"unit,omitempty"`
	Doc    string       `json:"doc,omitempty"`
	Group  string       `json:"group,omitempty"`
	Kind   string       `json:"kind"`
	Values []float64    `json:"values,omitempty"`
	Labels []string     `json:"labels,omitempty"`
	Log    bool         `json:"log,omitempty"`
	When   []space.Cond `json:"when,omitempty"`
}

// newFile is the file of a fit without its targets.
func newFile(t *Table, o FitOptions) File {
	pointed := len(findPointers(t.Spec.Space)) > 0
	f := File{Format: Format, Simulator: t.Spec.Name, Version: t.Spec.Version, Rows: len(t.Rows), Seed: o.Seed, Features: t.Features, Counts: pointed, Related: pointed}
	f.Common, f.Tasks = commonSettings(t.Tasks)
	seen := make([]map[int]bool, t.Spec.Space.Len())
	for axis, p := range t.Spec.Space.Params() {
		f.Axes = append(f.Axes, Axis{p.Name, p.Unit, p.Doc, p.Group, p.Kind.String(), p.Values, p.Labels, p.Log, p.When})
		seen[axis] = map[int]bool{}
	}
	for _, r := range t.Rows {
		if r.Infeasible {
			f.Infeasible++
		}
		for axis, level := range r.Point {
			if t.Spec.Space.Active(r.Point, axis) {
				seen[axis][level] = true
			}
		}
	}
	for _, levels := range seen {
		f.Seen = append(f.Seen, slices.Sorted(maps.Keys(levels)))
	}
	return f
}

// commonSettings parts the settings that all tasks share from those in which they differ.
func commonSettings(tasks []Task) (common map[string]any, differ []Task) {
	common = maps.Clone(tasks[0].Settings)
	maps.DeleteFunc(common, func(name string, v any) bool {
		return slices.ContainsFunc(tasks, func(t Task) bool { return jsonText(t.Settings[name]) != jsonText(v) })
	})
	for _, t := range tasks {
		own := maps.Clone(t.Settings)
		maps.DeleteFunc(own, func(name string, _ any) bool { _, shared := common[name]; return shared })
		differ = append(differ, Task{t.Name, own, t.Features})
	}
	return common, differ
}

// space makes the design space.
func (f *File) space() (space.Space, error) {
	var params []space.Param
	for _, a := range f.Axes {
		p := space.Param{Name: a.Name, Unit: a.Unit, Doc: a.Doc, Group: a.Group, Values: a.Values, Labels: a.Labels, Log: a.Log, When: a.When}
		for p.Kind = space.Ordinal; p.Kind.String() != a.Kind; p.Kind++ {
			if p.Kind > space.Permutation {
				return space.Space{}, fmt.Errorf("axis %q: unknown kind %q", a.Name, a.Kind)
			}
		}
		params = append(params, p)
	}
	return space.New(params...)
}

// Write writes the proxy. Equal proxies give equal bytes.
func (p *Proxy) Write(w io.Writer) error {
	text, err := json.Marshal(p.file)
	if err != nil {
		return fmt.Errorf("proxy: %w", err)
	}
	z := gzip.NewWriter(w)
	_, err = z.Write(text)
	if err := errors.Join(err, z.Close()); err != nil {
		return fmt.Errorf("proxy: %w", err)
	}
	return nil
}

// Hash identifies the proxy: the first 12 hexadecimal digits of the SHA-256 of its content.
func (p *Proxy) Hash() string {
	text, err := json.Marshal(p.file)
	if err != nil {
		panic("proxy: a proxy that cannot be written: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])[:12]
}

// mostBytes bounds the content of a file.
const mostBytes = 1 << 30

// Read reads a proxy. What is not one, or is of another format, is an error that says so.
func Read(r io.Reader) (*Proxy, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("not a proxy: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(z, mostBytes))
	if err != nil {
		return nil, fmt.Errorf("not a whole proxy: %w", err)
	}
	var version struct {
		Format *int `json:"codesign_proxy"`
	}
	if err := json.Unmarshal(text, &version); err != nil || version.Format == nil {
		return nil, errors.New("not a proxy: it has no number codesign_proxy")
	}
	if *version.Format < 1 || *version.Format > Format {
		return nil, fmt.Errorf("a proxy of format %d, this program reads formats 1 to %d: fit it again", *version.Format, Format)
	}
	var f File
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("not a proxy: %w", err)
	}
	p, err := open(f)
	if err != nil {
		return nil, fmt.Errorf("not a proxy: %w", err)
	}
	return p, nil
}

// ReadFile reads the proxy in a file.
func ReadFile(path string) (*Proxy, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p, err := Read(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}
