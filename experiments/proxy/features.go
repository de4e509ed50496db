package proxy

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// Described is features that a user states of scenarios.
type Described struct {
	path      string
	features  []proxy.Feature
	scenarios []string
	values    [][]float64 // of each scenario
}

// ReadFeatures reads a CSV file of features: a header "scenario,name,name [unit],…" and a line of numbers for each scenario.
func ReadFeatures(path string) (*Described, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d, err := parseFeatures(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	d.path = path
	return d, nil
}

func parseFeatures(text string) (*Described, error) {
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) < 2 || len(lines[0]) < 2 || strings.TrimSpace(lines[0][0]) != "scenario" {
		return nil, errors.New("no features: want a header scenario,name,… and a line for each scenario")
	}
	d := &Described{}
	var first []simulators.Feature
	for _, cell := range lines[0][1:] {
		name, unit, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(cell), "]"), "[")
		d.features = append(d.features, proxy.Feature{Name: strings.TrimSpace(name), Unit: unit, Doc: "as stated"})
		first = append(first, simulators.Feature{Name: strings.TrimSpace(name)})
	}
	errs := []error{simulators.CheckFeatures(first)}
	for i, line := range lines[1:] {
		if slices.Contains(d.scenarios, line[0]) {
			errs = append(errs, fmt.Errorf("line %d: scenario %s is there twice", i+2, line[0]))
		}
		values := make([]float64, len(d.features))
		for k, cell := range line[1:] {
			v, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
			if err != nil || v-v != 0 {
				errs = append(errs, fmt.Errorf("line %d: %s = %q is not a number", i+2, d.features[k].Name, cell))
			}
			values[k] = v
		}
		d.scenarios, d.values = append(d.scenarios, line[0]), append(d.values, values)
	}
	return d, errors.Join(errs...)
}

// beside are the features of each task with those that are stated of its scenario, which take the place of those of the same name.
func (d *Described) beside(said [][]simulators.Feature, tasks []proxy.Task) ([][]simulators.Feature, error) {
	if d == nil {
		return said, nil
	}
	out := make([][]simulators.Feature, len(tasks))
	for i, task := range tasks {
		at := slices.Index(d.scenarios, task.Name)
		if at < 0 {
			return nil, fmt.Errorf("%s has no line of the scenario %s: there are %s", d.path, task.Name, strings.Join(d.scenarios, ", "))
		}
		stated := func(f simulators.Feature) bool {
			return slices.ContainsFunc(d.features, func(g proxy.Feature) bool { return g.Name == f.Name })
		}
		out[i] = slices.DeleteFunc(slices.Clone(said[i]), stated)
		for k, f := range d.features {
			out[i] = append(out[i], simulators.Feature{Name: f.Name, Unit: f.Unit, Doc: f.Doc, Value: d.values[at][k]})
		}
	}
	return out, nil
}
