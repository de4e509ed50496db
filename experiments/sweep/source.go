package sweep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// sources picks the studies whose trials are taken, and reports how they differ from the scenario.
func (s *Scenario) sources(w file.WarmStart, r *dataset.Reader) (map[int]bool, error) {
	spec := s.instance.Simulator.Spec()
	settings := jsonValues(s.recorded())
	picked := map[int]bool{}
	var names, simulated []string
	var nearest []string
	var nearestName string
	var errs []error
	for i, info := range r.Studies() {
		names = append(names, info.Scenario)
		simulated = append(simulated, info.Simulator)
		if w.Source != "" && info.Scenario != w.Source || w.Source == "" && info.Simulator != spec.Name {
			continue
		}
		if w.Source == "" {
			if differences := s.otherSettings(info, settings); len(differences) > 0 {
				if nearest == nil || len(differences) < len(nearest) {
					nearest, nearestName = differences, info.Scenario
				}
				continue
			}
		}
		picked[i] = true
		errs = append(errs, differs(spec, info, r))
	}
	switch {
	case len(picked) > 0:
		return picked, file.Join(distinct(errs)...)
	case w.Source != "":
		return nil, suggest.Unknown("scenario of "+w.From, w.Source, unique(names))
	case nearest != nil:
		return nil, fmt.Errorf("%s has no study with the same settings: %s; to take the trials of another scenario, name it: source = %q",
			w.From, strings.Join(nearest, ", "), nearestName)
	}
	return nil, fmt.Errorf("%s is of simulator %s, the scenario is of %s", w.From, strings.Join(unique(simulated), ", "), spec.Name)
}

// otherSettings lists the settings, fidelity included, in which a study differs from the scenario.
func (s *Scenario) otherSettings(info dataset.StudyInfo, here map[string]string) []string {
	var there map[string]json.RawMessage
	if err := json.Unmarshal(info.Settings, &there); err != nil {
		return []string{"settings that are no object"}
	}
	names := slices.Concat(slices.Collect(maps.Keys(here)), slices.Collect(maps.Keys(there)))
	var list []string
	for _, name := range unique(names) {
		if got, want := string(there[name]), here[name]; got != want {
			list = append(list, fmt.Sprintf("%s = %s, here %s", name, orAbsent(got), orAbsent(want)))
		}
	}
	if info.Fidelity != s.Fidelity {
		list = append(list, fmt.Sprintf("fidelity %q, here %q", info.Fidelity, s.Fidelity))
	}
	return list
}

// orAbsent is the text of a setting in a message.
func orAbsent(text string) string {
	if text == "" {
		return "absent"
	}
	return text
}

// jsonValues is each value as the dataset writes it.
func jsonValues(values map[string]any) map[string]string {
	texts := map[string]string{}
	for name, v := range values {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			panic(fmt.Sprintf("sweep: setting %s: %v", name, err)) // strings, numbers and booleans always marshal
		}
		texts[name] = strings.TrimSpace(b.String())
	}
	return texts
}

// unique sorts names and drops repeated ones.
func unique(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// differs reports a study whose designs or metrics are not those of the specification.
func differs(spec simulators.Spec, info dataset.StudyInfo, r *dataset.Reader) error {
	switch {
	case info.Simulator != spec.Name:
		return fmt.Errorf("scenario %s of it is of simulator %s, this one is of %s", info.Scenario, info.Simulator, spec.Name)
	case info.Version != spec.Version:
		return fmt.Errorf("it is of version %s of %s, here is version %s: the numbers are not the same", info.Version, spec.Name, spec.Version)
	case info.SpaceHash == dataset.SpaceHash(spec.Space):
		return nil
	}
	var missing, more []string
	for _, name := range spec.Space.Names() {
		if !hasColumn(r.Params(), dataset.ParamPrefix+name) {
			missing = append(missing, name)
		}
	}
	several := slices.ContainsFunc(r.Studies(), func(other dataset.StudyInfo) bool { return other.Simulator != info.Simulator })
	for _, c := range r.Params() {
		if name := strings.TrimPrefix(c.Name, dataset.ParamPrefix); !several && !slices.Contains(spec.Space.Names(), name) {
			more = append(more, name)
		}
	}
	switch {
	case len(missing) > 0:
		return fmt.Errorf("its design space has not the axes %s", strings.Join(missing, ", "))
	case len(more) > 0:
		return fmt.Errorf("its design space has the axes %s, which are not searched here", strings.Join(more, ", "))
	}
	return fmt.Errorf("its design space has the same axes with other levels, units or conditions (space hash %s, here %s)",
		info.SpaceHash, dataset.SpaceHash(spec.Space))
}

func hasColumn(columns []dataset.Column, name string) bool {
	return slices.ContainsFunc(columns, func(c dataset.Column) bool { return c.Name == name })
}

// metricColumns finds the specification's metrics among the dataset's.
func metricColumns(spec simulators.Spec, r *dataset.Reader) ([]int, error) {
	var columns []int
	var errs []error
	for i, key := range spec.Keys() {
		at := slices.IndexFunc(r.Metrics(), func(c dataset.Column) bool { return c.Name == dataset.MetricPrefix+key })
		if at < 0 {
			errs = append(errs, fmt.Errorf("it has no metric %s", key))
			continue
		}
		if unit := r.Metrics()[at].Unit; unit != "" && unit != spec.Metrics[i].Unit {
			errs = append(errs, fmt.Errorf("its metric %s is in %s, here in %s", key, unit, spec.Metrics[i].Unit))
		}
		columns = append(columns, at)
	}
	return columns, errors.Join(errs...)
}
