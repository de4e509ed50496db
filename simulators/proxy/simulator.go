package proxy

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
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
	for _, name := range slices.Sorted(maps.Keys(p.file.Tasks[0].Settings)) {
		f.Settings = append(f.Settings, p.setting(name))
	}
	f.Settings = append(f.Settings,
		simulators.Setting{Name: intervalsSetting, Default: false,
			Doc: "report for each metric the interval that holds the true value nine times in ten, the chance of being feasible, and axes with unseen levels"},
		simulators.Setting{Name: checkSetting, Default: 0.0, Min: 0, Max: 1,
			Doc: "share of the designs, drawn by a hash of each, that the true simulator evaluates instead"})
	truth := slices.IndexFunc(catalogue, func(f simulators.Factory) bool { return f.Name == p.file.Simulator })
	f.New = func(s simulators.Settings) (simulators.Instance, error) {
		task, err := p.task(s)
		if err != nil {
			return simulators.Instance{}, err
		}
		sim := &simulator{proxy: p, task: task, intervals: s.Bool(intervalsSetting), checkFrac: s.Float(checkSetting)}
		instance := simulators.Instance{About: p.about()}
		if truth >= 0 {
			real, err := p.open(catalogue[truth], task)
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
	return f, nil
}

// setting declares a setting in which the tasks differ.
func (p *Proxy) setting(name string) simulators.Setting {
	s := simulators.Setting{Name: name, Default: p.file.Tasks[0].Settings[name], Doc: "of the true simulator; the proxy knows"}
	var known []string
	for _, t := range p.file.Tasks {
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

// task is the task with the settings.
func (p *Proxy) task(s simulators.Settings) (int, error) {
	given := s.Map()
	var known []string
	for i, t := range p.file.Tasks {
		same := true
		for name, v := range t.Settings {
			same = same && jsonText(v) == jsonText(given[name])
		}
		if same {
			return i, nil
		}
		known = append(known, jsonText(t.Settings))
	}
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
func (p *Proxy) Settings(task int) map[string]any {
	set := maps.Clone(p.file.Common)
	if set == nil {
		set = map[string]any{}
	}
	maps.Copy(set, p.file.Tasks[task].Settings)
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

// simulator is a proxy in one task.
type simulator struct {
	proxy     *Proxy
	task      int
	intervals bool
	checkFrac float64
	truth     simulators.Simulator // nil = not in the catalogue
	columns   []int                // metric of the truth of each of the proxy's
	spec      simulators.Spec
}

var _ simulators.Simulator = (*simulator)(nil)

// describe makes the specification.
func (s *simulator) describe() error {
	f := &s.proxy.file
	s.spec = simulators.Spec{
		Name: "proxy/" + f.Simulator, Version: f.Version + "+proxy." + s.proxy.Hash(), Space: s.proxy.space, Metrics: s.proxy.Metrics(),
		Doc: fmt.Sprintf("Proxy of %s %s, learned from %d designs.\n\n"+
			"Every metric is a prediction; what it is worth, `codesign proxy eval` measures. A design is infeasible when that is likelier than not.", f.Simulator, f.Version, f.Rows),
	}
	if s.truth != nil {
		keys := s.truth.Spec().Keys()
		for _, m := range s.spec.Metrics {
			at := slices.Index(keys, m.Key())
			if at < 0 {
				return fmt.Errorf("the true simulator has no metric %s: fit the proxy again", m.Key())
			}
			s.columns = append(s.columns, at)
		}
		s.spec.Space = s.truth.Spec().Space // with the documentation of today
	}
	if !s.intervals {
		return nil
	}
	for _, m := range s.proxy.Metrics() {
		low, high := m, m
		low.Name, low.Doc = m.Name+"_low", "lower end of the interval that holds the true "+m.Key()+" nine times in ten"
		high.Name, high.Doc = m.Name+"_high", "upper end of that interval"
		s.spec.Metrics = append(s.spec.Metrics, low, high)
	}
	s.spec.Metrics = append(s.spec.Metrics,
		simulators.Metric{Name: "feasible_frac", Doc: "the chance that the design is feasible"},
		simulators.Metric{Name: "unseen", Unit: "axes", Doc: "how many axes have a level that no training row had: such intervals are as wide as the training targets spread"})
	return nil
}

func (s *simulator) Spec() simulators.Spec { return s.spec }

// Evaluate predicts, and of the checked share asks the true simulator.
func (s *simulator) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	var checked []int
	var truly []space.Point
	for i, p := range points {
		if s.checked(p) {
			checked, truly = append(checked, i), append(truly, p)
		}
	}
	s.predict(points, results)
	if len(truly) == 0 {
		return results, ctx.Err()
	}
	real, err := s.truth.Evaluate(ctx, truly)
	if err == nil && len(real) != len(truly) {
		err = fmt.Errorf("%d results for %d points", len(real), len(truly))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.proxy.file.Simulator, err)
	}
	for k, i := range checked {
		results[i] = s.real(real[k])
	}
	return results, nil
}

// predict fills in what the proxy says.
func (s *simulator) predict(points []space.Point, results []simulators.Result) {
	if len(points) == 0 {
		return
	}
	said := s.proxy.Predict(points, s.task)
	for i := range points {
		if said.Feasible != nil && said.Feasible[i] < 0.5 {
			results[i] = simulators.Infeasible(fmt.Sprintf("predicted to be infeasible, with a chance of %.2f", 1-said.Feasible[i]), 0)
			continue
		}
		values := make([]float64, 0, len(s.spec.Metrics))
		for _, m := range said.Metrics {
			values = append(values, m.Mean[i])
		}
		if s.intervals {
			feasible := 1.0
			if said.Feasible != nil {
				feasible = said.Feasible[i]
			}
			for _, m := range said.Metrics {
				values = append(values, m.Low[i], m.High[i])
			}
			values = append(values, feasible, float64(said.Unseen[i]))
		}
		results[i] = simulators.OK(values...)
	}
}

// real is a result of the true simulator in the proxy's metrics: intervals of no width.
func (s *simulator) real(r simulators.Result) simulators.Result {
	if r.Values == nil {
		return r
	}
	values := make([]float64, 0, len(s.spec.Metrics))
	for _, c := range s.columns {
		values = append(values, r.Values[c])
	}
	if s.intervals {
		for _, c := range s.columns {
			values = append(values, r.Values[c], r.Values[c])
		}
		values = append(values, 1, 0)
	}
	return simulators.OK(values...)
}

// checked tells whether the true simulator evaluates a design: a hash of the design decides, so that it depends on nothing else.
func (s *simulator) checked(p space.Point) bool {
	if s.checkFrac == 0 {
		return false
	}
	h := fnv.New64a()
	var b [8]byte
	for _, level := range p {
		binary.LittleEndian.PutUint64(b[:], uint64(level))
		h.Write(b[:]) // a hash takes everything
	}
	x := h.Sum64() // its low bits are weak: they are mixed once more
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return float64((x^x>>31)>>11)/(1<<53) < s.checkFrac
}

// about tells what the proxy is.
func (p *Proxy) about() []simulators.Section {
	targets := simulators.Section{Title: "predicted metric", Columns: []string{"model", "learned as", "90 % interval, transformed"}}
	for _, t := range p.file.Targets {
		learned := t.Transform.Name
		if learned == "" {
			learned = "itself"
		}
		targets.Rows = append(targets.Rows, []string{simulators.Metric{Name: t.Name, Unit: t.Unit}.Key(), string(t.Kind), learned, fmt.Sprintf("± %.3g", slices.Max(t.HalfWidth))})
	}
	fitted := simulators.Section{Title: "fitted to", Columns: []string{"value"}, Rows: [][]string{
		{"simulator", p.file.Simulator + " " + p.file.Version}, {"rows", fmt.Sprint(p.file.Rows)}, {"infeasible rows", fmt.Sprint(p.file.Infeasible)},
		{"settings", jsonText(p.file.Common)},
	}}
	return []simulators.Section{fitted, targets}
}
