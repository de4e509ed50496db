package proxy

import (
	"fmt"
	"maps"
	"slices"

	"github.com/codesign-gym/codesign/simulators"
)

// Feature is a number by which tasks are described, such as the multiply-accumulates of a network.
type Feature struct {
	Name string `json:"name"`
	Unit string `json:"unit,omitempty"`
	Doc  string `json:"doc,omitempty"`
}

// Features describe a task in numbers: what the simulator says of the settings (Instance.Features), then the settings that are numbers. set are the resolved settings.
func Features(f simulators.Factory, in simulators.Instance, set map[string]any) []simulators.Feature {
	var list []simulators.Feature
	if in.Features != nil {
		list = in.Features()
	}
	said := slices.Clone(list)
	for _, s := range f.Settings {
		var value float64
		switch v := set[s.Name].(type) {
		case int:
			value = float64(v)
		case float64:
			value = v
		default:
			continue
		}
		if !slices.ContainsFunc(said, func(f simulators.Feature) bool { return f.Name == s.Name }) {
			list = append(list, simulators.Feature{Name: s.Name, Unit: s.Unit, Doc: "setting: " + s.Doc, Value: value})
		}
	}
	return list
}

// Describe makes the features of a table's tasks of a list for each, those that the first has, in its order. A task without one of them has none.
func (t *Table) Describe(tasks [][]simulators.Feature) {
	t.Features = nil
	if len(tasks) == 0 {
		return
	}
	for _, f := range tasks[0] {
		t.Features = append(t.Features, Feature{f.Name, f.Unit, f.Doc})
	}
	for i := range t.Tasks {
		t.Tasks[i].Features, _ = valuesOf(t.Features, tasks[i])
	}
}

// valuesOf are the values of features in a list that has them by name, or the name of one that it lacks.
func valuesOf(features []Feature, list []simulators.Feature) (values []float64, missing string) {
	for _, f := range features {
		at := slices.IndexFunc(list, func(g simulators.Feature) bool { return g.Name == f.Name && g.Unit == f.Unit })
		if at < 0 {
			return nil, f.Name
		}
		values = append(values, list[at].Value)
	}
	return values, ""
}

// checkFeatures reports tasks whose features are not those.
func checkFeatures(features []Feature, tasks []Task) error {
	for _, t := range tasks {
		if t.Features != nil && len(t.Features) != len(features) {
			return fmt.Errorf("task %s has %d features of %d", t.Name, len(t.Features), len(features))
		}
		if i := slices.IndexFunc(t.Features, func(v float64) bool { return v-v != 0 }); i >= 0 {
			return fmt.Errorf("task %s: feature %s is %v", t.Name, features[i].Name, t.Features[i])
		}
	}
	return nil
}

// described are the features of the table's one task in the order of the file's: those of the table or, where it has none, of an earlier correction of the same task; nil where
// one is not known.
func (p *Proxy) described(t *Table) []float64 {
	task := t.Tasks[0]
	if task.Features == nil {
		if at := p.Task(task.Settings); at >= 0 {
			return p.Tasks()[at].Features
		}
		return nil
	}
	list := make([]simulators.Feature, len(t.Features))
	for i, f := range t.Features {
		list[i] = simulators.Feature{Name: f.Name, Unit: f.Unit, Value: task.Features[i]}
	}
	values, _ := valuesOf(p.file.Features, list)
	return values
}

// outside lists the features of a task that are outside what the tasks of the fit have, of those that its predictions depend on: that a rule uses, or that were all alike in the fit.
func (p *Proxy) outside(values []float64) []string {
	used := map[int]bool{}
	for _, t := range p.file.Targets {
		if t.New != nil {
			for _, f := range t.New.Rule.Used() {
				used[f] = true
			}
		}
	}
	names := map[string]bool{}
	for f, v := range values {
		low, high := v, v
		for i, known := range p.knownFeatures() {
			if i == 0 {
				low, high = known[f], known[f]
			}
			low, high = min(low, known[f]), max(high, known[f])
		}
		if (used[f] || low == high) && (v < low || v > high) {
			names[p.file.Features[f].Name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// outsideOf lists the features of a task of Tasks that are outside.
func (p *Proxy) outsideOf(task int) []string {
	if n := len(p.file.Tasks); task >= n {
		return p.file.Corrected[task-n].Outside
	}
	return nil
}

// knownFeatures are those of the tasks of the fit that have some.
func (p *Proxy) knownFeatures() (list [][]float64) {
	for _, t := range p.file.Tasks {
		if t.Features != nil {
			list = append(list, t.Features)
		}
	}
	return list
}
