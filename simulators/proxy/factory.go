package proxy

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Prefix is what comes before the path of a file where a simulator is named.
const Prefix = "proxy:"

// Resolve makes the factory of a name: that of the proxy in a file, relative to the folder, or the one of the catalogue. known is false where the name is
// neither.
func Resolve(catalogue []simulators.Factory, name, folder string) (f simulators.Factory, known bool, err error) {
	path, is := strings.CutPrefix(name, Prefix)
	if !is {
		at := slices.IndexFunc(catalogue, func(f simulators.Factory) bool { return f.Name == name })
		if at < 0 {
			return simulators.Factory{}, false, nil
		}
		return catalogue[at], true, nil
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	p, err := ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		err = fmt.Errorf("%w: fit one with `codesign proxy fit`", err)
	}
	if err != nil {
		return simulators.Factory{}, true, fmt.Errorf("proxy: %w", err)
	}
	f, err = p.Factory(catalogue)
	f.Name = name
	return f, true, err
}

// The settings of a proxy beside those that its tasks differ in.
const (
	intervalsSetting = "intervals"
	checkSetting     = "check_frac"
)

// Factory is the proxy as a catalogue lists simulators. Its settings are those in which its tasks differ, and two of its own. The catalogue may have the true
// simulator: of another version, the proxy is refused.
func (p *Proxy) Factory(catalogue []simulators.Factory) (simulators.Factory, error) {
	f := simulators.Factory{
		Name: Prefix + p.file.Simulator,
		Doc:  fmt.Sprintf("Proxy of %s %s, learned from %d designs.", p.file.Simulator, p.file.Version, p.file.Rows),
	}
	truth := slices.IndexFunc(catalogue, func(f simulators.Factory) bool { return f.Name == p.file.Simulator })
	for _, name := range slices.Sorted(maps.Keys(p.file.Tasks[0].Settings)) {
		s := p.setting(name)
		if truth >= 0 && p.tellsNewTasks() {
			s = opened(s, catalogue[truth].Settings)
		}
		f.Settings = append(f.Settings, s)
	}
	f.Settings = append(f.Settings,
		simulators.Setting{Name: intervalsSetting, Default: false,
			Doc: "report for each metric the interval that holds the true value nine times in ten, the chance of being feasible, and axes with unseen levels"},
		simulators.Setting{Name: checkSetting, Default: 0.0, Min: 0, Max: 1,
			Doc: "share of the designs, drawn by a hash of each, that the true simulator evaluates instead"})
	f.New = func(s simulators.Settings) (simulators.Instance, error) {
		p, task, err := p.taskOf(s, catalogue)
		if err != nil {
			return simulators.Instance{}, err
		}
		return p.instance(&simulator{proxy: p, task: task, intervals: s.Bool(intervalsSetting), checkFrac: s.Float(checkSetting)}, catalogue)
	}
	return f, nil
}

// Instance is the proxy in one of its tasks. The catalogue may have the true simulator.
func (p *Proxy) Instance(task int, catalogue []simulators.Factory) (simulators.Instance, error) {
	return p.instance(&simulator{proxy: p, task: task}, catalogue)
}

// instance completes a simulator.
func (p *Proxy) instance(sim *simulator, catalogue []simulators.Factory) (simulators.Instance, error) {
	instance := simulators.Instance{About: p.about()}
	if truth := slices.IndexFunc(catalogue, func(f simulators.Factory) bool { return f.Name == p.file.Simulator }); truth >= 0 {
		real, err := p.open(catalogue[truth], sim.task)
		if err != nil {
			return simulators.Instance{}, err
		}
		sim.truth, instance.Repair, instance.Detail = real.Simulator, real.Repair, real.Detail
	}
	if sim.checkFrac > 0 && sim.truth == nil {
		return simulators.Instance{}, fmt.Errorf("%s = %v: the true simulator %s is not in the catalogue", checkSetting, sim.checkFrac, p.file.Simulator)
	}
	if err := sim.describe(); err != nil {
		return simulators.Instance{}, err
	}
	instance.Simulator = sim
	return instance, nil
}

// setting declares a setting in which the tasks differ.
func (p *Proxy) setting(name string) simulators.Setting {
	s := simulators.Setting{Name: name, Default: p.file.Tasks[0].Settings[name], Doc: "of the true simulator; the proxy knows"}
	var known []string
	for _, t := range p.Tasks() {
		text := fmt.Sprint(t.Settings[name])
		if !slices.Contains(known, text) {
			known = append(known, text)
		}
	}
	if _, text := s.Default.(string); text {
		s.Allowed = known
	}
	s.Doc += " " + strings.Join(known, ", ")
	return s
}

// opened is a setting of the proxy with the values that the true simulator accepts: features tell what the proxy was not fitted to.
func opened(s simulators.Setting, truth []simulators.Setting) simulators.Setting {
	if at := slices.IndexFunc(truth, func(t simulators.Setting) bool { return t.Name == s.Name }); at >= 0 {
		s.Allowed = truth[at].Allowed
		s.Doc += "; others are told by their features"
	}
	return s
}

// taskOf is the proxy with a task of the settings, and that task: a known one, or a new one that the features tell that the true simulator of the catalogue says of it.
func (p *Proxy) taskOf(s simulators.Settings, catalogue []simulators.Factory) (*Proxy, int, error) {
	task, unknown := p.task(s)
	truth := slices.IndexFunc(catalogue, func(f simulators.Factory) bool { return f.Name == p.file.Simulator })
	if unknown == nil || truth < 0 || !p.tellsNewTasks() {
		return p, task, unknown
	}
	own, name := map[string]any{}, []string{}
	for _, key := range slices.Sorted(maps.Keys(p.file.Tasks[0].Settings)) {
		own[key] = s.Map()[key]
		name = append(name, fmt.Sprint(own[key]))
	}
	set := p.settings(Task{Settings: own})
	in, resolved, err := catalogue[truth].Open(set)
	if err != nil {
		return nil, 0, fmt.Errorf("the true simulator: %w", err)
	}
	t := &Table{
		Spec:  simulators.Spec{Name: p.file.Simulator, Version: in.Simulator.Spec().Version, Space: in.Simulator.Spec().Space, Metrics: p.Metrics()},
		Tasks: []Task{{Name: strings.Join(name, ","), Settings: set}},
	}
	if !sameAxes(t.Spec.Space, p.space) {
		return nil, 0, fmt.Errorf("the design space of %s is not that of the proxy with these settings", p.file.Simulator)
	}
	t.Describe([][]simulators.Feature{Features(catalogue[truth], in, resolved.Map())})
	told, err := p.Correct(t, FitOptions{})
	if err != nil {
		return nil, 0, err
	}
	return told, told.Task(set), nil
}

// task is the task with the settings.
func (p *Proxy) task(s simulators.Settings) (int, error) {
	given := s.Map()
	var known []string
	tasks := p.Tasks()
	for i := len(tasks) - 1; i >= 0; i-- { // a corrected one takes the place of the one that it is
		same := true
		for name, v := range tasks[i].Settings {
			same = same && jsonText(v) == jsonText(given[name])
		}
		if same {
			return i, nil
		}
		if text := jsonText(tasks[i].Settings); !slices.Contains(known, text) {
			known = append(known, text)
		}
	}
	slices.Reverse(known)
	return 0, fmt.Errorf("the proxy was not fitted to these settings; it knows %s", strings.Join(known, ", "))
}

// jsonText is a setting's value as text: numbers alike, whatever their Go type.
func jsonText(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// open makes the true simulator of a task. One of another version, or with other designs, is an error.
func (p *Proxy) open(f simulators.Factory, task int) (simulators.Instance, error) {
	set := p.Settings(task)
	instance, _, err := f.Open(set)
	if err != nil {
		return instance, fmt.Errorf("the true simulator: %w", err)
	}
	spec := instance.Simulator.Spec()
	if spec.Version != p.file.Version {
		return instance, fmt.Errorf("the proxy was fitted to %s %s, here is %s: the numbers are not the same; fit it again", spec.Name, p.file.Version, spec.Version)
	}
	if narrowed, err := narrowTo(instance, p.space); err == nil {
		return narrowed, nil
	}
	return instance, fmt.Errorf("the design space of %s %s is not that of the proxy: fit it again", spec.Name, spec.Version)
}

// Settings are the true simulator's settings in a task.
func (p *Proxy) Settings(task int) map[string]any { return p.settings(p.Tasks()[task]) }

// settings are a task's own and those that all share.
func (p *Proxy) settings(t Task) map[string]any {
	set := maps.Clone(p.file.Common)
	if set == nil {
		set = map[string]any{}
	}
	maps.Copy(set, t.Settings)
	return set
}

// narrowTo narrows an instance to the levels of a space of the same axes.
func narrowTo(in simulators.Instance, to space.Space) (simulators.Instance, error) {
	keep := map[string][]string{}
	for axis, p := range to.Params() {
		for level := range to.Levels(axis) {
			keep[p.Name] = append(keep[p.Name], p.LevelName(level))
		}
	}
	from := in.Simulator.Spec().Space
	for axis, p := range from.Params() {
		if names := keep[p.Name]; len(names) == from.Levels(axis) {
			delete(keep, p.Name)
		}
	}
	if len(keep) > 0 {
		var err error
		if in, err = simulators.Narrow(in, keep); err != nil {
			return in, err
		}
	}
	if !sameAxes(in.Simulator.Spec().Space, to) {
		return in, errors.New("other axes")
	}
	return in, nil
}

// sameAxes tells whether two spaces have the same designs.
func sameAxes(a, b space.Space) bool {
	if a.Len() != b.Len() {
		return false
	}
	for axis, p := range a.Params() {
		q := b.Param(axis)
		if p.Name != q.Name || p.Kind != q.Kind || !slices.Equal(p.Values, q.Values) || !slices.Equal(p.Labels, q.Labels) {
			return false
		}
	}
	return true
}
